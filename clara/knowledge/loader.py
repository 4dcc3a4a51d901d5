"""Reads data/knowledge into a Knowledge, or says everything that is wrong with it in words for an editor."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clara.errors import ClaraError
from clara.knowledge.model import (
    LANGUAGES,
    MAX_SUGGESTIONS,
    REFUSAL_KINDS,
    Courtesy,
    Knowledge,
    Organisation,
    Phrases,
    Refusal,
    Topic,
    Words,
)
from clara.knowledge.page import Page, Passage
from clara.knowledge.typography import typeset

LANGUAGE_NAMES = {"en": "English", "fr": "French"}
NOT_UNDERSTOOD = "unclear"

# The parts that an entry of each file may have.
TOPIC_KEYS = frozenset({"title", "suggestion", "answer", "sources", "related"})
KEYS = {
    "topics": TOPIC_KEYS,
    "organisations.yml": TOPIC_KEYS | {"aliases", "not_names"},
    "refusals.yml": frozenset({"kind", "title", "text", "suggestions", "contact"}),
    "courtesies.yml": frozenset({"title", "text", "suggestions"}),
}

# What the code fills in, by phrase.
PLACES = {
    "source_line": {"paragraphs"},
    "one_paragraph": {"number"},
    "several_paragraphs": {"numbers", "last"},
    "contact": {"address"},
}


def load_knowledge(folder: Path) -> Knowledge:
    """Read the knowledge files; what was read is given again until one of them changes: a starting server asks a dozen times.

    Args:
        folder: holds page.en.txt, topics/*.yml, organisations.yml, refusals.yml, courtesies.yml and phrases.yml.

    Raises:
        ClaraError: a file is missing or broken; the text has one line a problem: the file, the entry, what to do.
    """
    return _read(folder, tuple(_state(file) for file in sorted(folder.rglob("*.*"))))


def _state(file: Path) -> tuple[Path, int, int]:
    """What changes when a file does: when it was written, and how long it is; an editor's own files come and go."""
    try:
        state = file.stat()
    except OSError:
        return file, 0, 0
    return file, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=2)
def _read(folder: Path, states: tuple[tuple[Path, int, int], ...]) -> Knowledge:
    """Read the files, in the states that they are in."""
    reader = _Reader(folder)
    page = reader.page()
    topics: dict[str, Topic] = {}
    for file in sorted(folder.glob("topics/*.yml")):
        for id, entry in reader.entries(f"topics/{file.name}"):
            entry.must_be_new(topics)
            topics[id] = Topic(**entry.topic_parts(page))
    for id, entry in reader.entries("organisations.yml"):
        entry.must_be_new(topics)
        topics[id] = Organisation(
            **entry.topic_parts(page),
            aliases=entry.strings("aliases", at_least=1),
            not_names=entry.strings("not_names", at_least=0),
        )
    refusals = {
        id: Refusal(
            id, entry.kind(), entry.words("title"), entry.words("text"), entry.topic_ids("suggestions"), entry.flag("contact")
        )
        for id, entry in reader.entries("refusals.yml")
    }
    courtesies = {
        id: Courtesy(id, entry.words("title"), entry.words("text"), entry.topic_ids("suggestions"))
        for id, entry in reader.entries("courtesies.yml")
    }
    phrases = reader.phrases()
    reader.check_ids(topics, refusals, courtesies)
    reader.check_aliases(topics)
    reader.raise_problems()
    if page is None or phrases is None:
        raise AssertionError("A part that can't be read is a problem, and was raised.")
    return Knowledge(page, topics, refusals, courtesies, phrases)


class _Reader:
    """Reads the files of one folder, and notes every problem instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self.mentioned: list[tuple[str, str]] = []  # (where, the topic id that stands there)
        self.all_read = True

    def page(self) -> Page | None:
        try:
            return Page((self.folder / "page.en.txt").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.problems.append("page.en.txt: the page can't be read; put its text there, in UTF-8.")
            return None

    def entries(self, name: str) -> list[tuple[str, "_Entry"]]:
        content = self._mapping(name)
        entries = [(str(id), _Entry(self, name, str(id), value)) for id, value in content.items()]
        for _, entry in entries:
            entry.must_have_only(KEYS["topics" if name.startswith("topics/") else name])
        return entries

    def phrases(self) -> Phrases | None:
        content = self._mapping("phrases.yml")
        if not content:
            return None
        phrases = Phrases(**{f.name: _Entry(self, "phrases.yml", f.name, content).words(f.name) for f in fields(Phrases)})
        for name, places in PLACES.items():
            for language in LANGUAGES:
                if set(re.findall(r"{(.*?)}", getattr(phrases, name)[language])) != places:
                    wanted = " and ".join(f"{{{place}}}" for place in sorted(places))
                    self.problems.append(
                        f"phrases.yml, {name}: the {LANGUAGE_NAMES[language]} text must hold {wanted}, and no other."
                    )
        return phrases

    def check_ids(self, topics: Mapping[str, Topic], *others: Mapping[str, Refusal] | Mapping[str, Courtesy]) -> None:
        if not self.all_read:
            return  # what a broken file holds is unknown: nothing can be said of references to it
        for where, id in self.mentioned:
            if id not in topics:
                self.problems.append(f"{where}: there is no topic called {id!r}; correct the name or take it out.")
        known = [id for entries in (topics, *others) for id in entries]
        for id in sorted({id for id in known if known.count(id) > 1}):
            self.problems.append(f"{id}: this name is used in two files; give each entry a name of its own.")
        if NOT_UNDERSTOOD not in known:
            self.problems.append(f"refusals.yml: the entry {NOT_UNDERSTOOD!r} is missing; the assistant can't do without it.")

    def check_aliases(self, topics: Mapping[str, Topic]) -> None:
        owners: dict[str, str] = {}
        for organisation in (topic for topic in topics.values() if isinstance(topic, Organisation)):
            for alias in organisation.aliases:
                where = f"organisations.yml, {organisation.id}"
                if not any(sign.isalnum() for sign in alias):
                    self.problems.append(f"{where}: the alias {alias!r} has no letter; write a name or take it out.")
                owner = owners.setdefault(alias.lower(), organisation.id)
                if owner != organisation.id:
                    self.problems.append(f"{where}: the alias {alias!r} is {owner}'s too; one name means one body.")

    def raise_problems(self) -> None:
        if self.problems:
            raise ClaraError("\n".join(f"{self.folder.name}/{problem}" for problem in self.problems))

    def _mapping(self, name: str) -> dict[str, Any]:
        try:
            content = YAML(typ="safe", pure=True).load((self.folder / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.all_read = False
            self.problems.append(f"{name}: the file can't be read; put it back, in UTF-8.")
            return {}
        except YAMLError as error:
            self.all_read = False
            mark = getattr(error, "problem_mark", None)
            line = f", line {mark.line + 1}" if mark else ""
            reason = getattr(error, "problem", None) or "it can't be understood"
            self.problems.append(f"{name}{line}: this isn't YAML ({reason}); check quotes, colons and indents there.")
            return {}
        if not isinstance(content, dict) or not content:
            self.problems.append(f"{name}: it holds no entries; each starts with its name and a colon.")
            return {}
        return content


class _Entry:
    """One entry of a file; each method reads one part of it, and notes what is wrong with that part."""

    def __init__(self, reader: _Reader, file: str, id: str, content: Any) -> None:
        self.reader = reader
        self.where = f"{file}, {id}"
        self.id = id
        self.content = content if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            self.problem("it has no parts; compare it with the other entries of the file.")

    def problem(self, text: str) -> None:
        self.reader.problems.append(f"{self.where}: {text}")

    def must_have_only(self, keys: frozenset[str]) -> None:
        for key in sorted(set(map(str, self.content)) - keys):
            self.problem(f"there is no part called {key!r}; one of these is meant: {', '.join(sorted(keys))}.")

    def must_be_new(self, known: Mapping[str, Topic]) -> None:
        if self.id in known:
            self.problem("this name is used twice; give each entry a name of its own.")

    def topic_parts(self, page: Page | None) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.words("title"),
            "suggestion": self.words("suggestion"),
            "answer": self.words("answer"),
            "sources": self.sources(page),
            "related": self.topic_ids("related"),
        }

    def words(self, key: str) -> Words:
        part = self.content.get(key)
        texts = {}
        for language in LANGUAGES:
            text = part.get(language) if isinstance(part, dict) else None
            if not isinstance(text, str) or not text.strip():
                name = LANGUAGE_NAMES[language]
                self.problem(f"the {name} {key} is missing; write it under {key}, after '{language}:'.")
                text = ""
            texts[language] = typeset(text, language)
        return Words(**texts)

    def strings(self, key: str, at_least: int) -> tuple[str, ...]:
        part = self.content.get(key, [])
        if not isinstance(part, list) or not all(isinstance(item, str) for item in part) or len(part) < at_least:
            self.problem(f"'{key}' must be a list of texts, {at_least} or more; put quotes around each.")
            return ()
        return tuple(part)

    def sources(self, page: Page | None) -> tuple[Passage, ...]:
        passages = []
        for text in self.strings("sources", at_least=1):
            passage = page.locate(text) if page else None
            if passage:
                passages.append(passage)
            elif page:
                self.problem(f"the source {text!r} isn't on the page; copy it from there, letter by letter.")
        return tuple(passages)

    def topic_ids(self, key: str) -> tuple[str, ...]:
        ids = self.strings(key, at_least=0)
        if len(ids) > MAX_SUGGESTIONS:
            self.problem(f"'{key}' names {len(ids)} topics; keep {MAX_SUGGESTIONS} at most.")
        self.reader.mentioned += [(self.where, id) for id in ids]
        return ids

    def flag(self, key: str) -> bool:
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.problem(f"'{key}' is {value!r}, but must be true or false.")
        return bool(value)

    def kind(self) -> str:
        kind = self.content.get("kind")
        if kind not in REFUSAL_KINDS:
            self.problem(f"the kind {kind!r} doesn't exist; take one of {', '.join(REFUSAL_KINDS)}.")
        return str(kind)
