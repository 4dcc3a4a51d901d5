"""Reads the files of data/knowledge part by part, and says what is wrong with them in words for an editor."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clara.knowledge.model import (
    LANGUAGE_NAMES,
    LANGUAGES,
    MAX_SUGGESTIONS,
    REFUSAL_KINDS,
    Courtesy,
    Organisation,
    Phrases,
    Refusal,
    Topic,
    Words,
)
from clara.knowledge.page import Page, Passage
from clara.knowledge.review import of_phrase, of_suggestions
from clara.knowledge.typography import typeset

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


def line_of(error: Exception) -> str:
    """Where a file stopped being YAML, ", line 12"; "" where that isn't known."""
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


class Reader:
    """Reads the files of one folder, and notes every problem instead of stopping at the first.

    Attributes:
        problems: one line each: the file, the entry, what to do.
        all_read: whether every file could be read: what a broken one holds is unknown, and nothing can be said of it.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self.folder = folder
        self.problems: list[str] = []
        self.mentioned: list[tuple[str, str]] = []  # (where, the topic id that stands there)
        self.all_read = True

    def page(self) -> Page | None:
        """The page."""
        try:
            return Page((self.folder / "page.en.txt").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.problems.append("page.en.txt: the page can't be read; put its text there, in UTF-8.")
            return None

    def entries(self, name: str) -> list[tuple[str, "Entry"]]:
        """The entries of a file, by their names."""
        content = self._mapping(name)
        entries = [(str(id), Entry(self, name, str(id), value)) for id, value in content.items()]
        for _, entry in entries:
            entry.must_have_only(KEYS["topics" if name.startswith("topics/") else name])
        return entries

    def names(self) -> dict[str, str]:
        """The names and figures of French answers, with the page's words that each renders."""
        return {str(french): str(words) for french, words in self._mapping("names.yml").items()}

    def phrases(self) -> Phrases | None:
        """The words that belong to no topic."""
        content = self._mapping("phrases.yml")
        if not content:
            return None
        phrases = Phrases(**{f.name: Entry(self, "phrases.yml", f.name, content).words(f.name) for f in fields(Phrases)})
        for field in fields(Phrases):
            self.problems += (f"phrases.yml, {field.name}: {told}" for told in of_phrase(getattr(phrases, field.name)))
        for name, places in PLACES.items():
            for language in LANGUAGES:
                if set(re.findall(r"{(.*?)}", getattr(phrases, name)[language])) != places:
                    wanted = " and ".join(f"{{{place}}}" for place in sorted(places))
                    self.problems.append(
                        f"phrases.yml, {name}: the {LANGUAGE_NAMES[language]} text must hold {wanted}, and no other."
                    )
        return phrases

    def check_ids(self, topics: Mapping[str, Topic], *others: Mapping[str, Refusal] | Mapping[str, Courtesy]) -> None:
        """Note names that stand for nothing, or for two things."""
        if not self.all_read:
            return
        for where, id in self.mentioned:
            if id not in topics:
                self.problems.append(f"{where}: there is no topic called {id!r}; correct the name or take it out.")
        known = [id for entries in (topics, *others) for id in entries]
        for id in sorted({id for id in known if known.count(id) > 1}):
            self.problems.append(f"{id}: this name is used in two files; give each entry a name of its own.")
        if NOT_UNDERSTOOD not in known:
            self.problems.append(f"refusals.yml: the entry {NOT_UNDERSTOOD!r} is missing; the assistant can't do without it.")

    def check_suggestions(self, topics: Mapping[str, Topic]) -> None:
        """Note which topics ask the same question."""
        self.problems += of_suggestions(topics.values())

    def check_aliases(self, topics: Mapping[str, Topic], page: Page | None) -> None:
        """Note names of organisations that are no names, two bodies', or not the page's."""
        owners: dict[str, str] = {}
        text = " ".join(page.paragraphs) if page else ""
        for organisation in (topic for topic in topics.values() if isinstance(topic, Organisation)):
            where = f"organisations.yml, {organisation.id}"
            if page and organisation.aliases and organisation.aliases[0] not in text:
                self.problems.append(f"{where}: the page has no {organisation.aliases[0]!r}; put its name there first.")
            for alias in organisation.aliases:
                if not any(sign.isalnum() for sign in alias):
                    self.problems.append(f"{where}: the alias {alias!r} has no letter; write a name or take it out.")
                owner = owners.setdefault(alias.lower(), organisation.id)
                if owner != organisation.id:
                    self.problems.append(f"{where}: the alias {alias!r} is {owner}'s too; one name means one body.")

    def _mapping(self, name: str) -> dict[str, Any]:
        try:
            content = YAML(typ="safe", pure=True).load((self.folder / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            self.all_read = False
            self.problems.append(f"{name}: the file can't be read; put it back, in UTF-8.")
            return {}
        except (YAMLError, ValueError, RecursionError) as error:  # a date that there isn't, brackets without end
            self.all_read = False
            reason = getattr(error, "problem", None) or "it can't be understood"
            self.problems.append(f"{name}{line_of(error)}: this isn't YAML ({reason}); check quotes, colons and indents there.")
            return {}
        if not isinstance(content, dict) or not content:
            self.problems.append(f"{name}: it holds no entries; each starts with its name and a colon.")
            return {}
        return content


class Entry:
    """One entry of a file; each method reads one part of it, and notes what is wrong with that part."""

    def __init__(self, reader: Reader, file: str, id: str, content: Any) -> None:
        """An entry as it stands in its file."""
        self.sound = True
        self.reader = reader
        self.where = f"{file}, {id}"
        self.id = id
        self.content = content if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            self.problem("it has no parts; compare it with the other entries of the file.")

    def problem(self, text: str) -> None:
        """Note what is wrong with it."""
        self.sound = False
        self.reader.problems.append(f"{self.where}: {text}")

    def review(self, problems: Iterable[str]) -> None:
        """Note what is wrong with its words, where all its parts are there."""
        if self.sound:
            for problem in problems:
                self.problem(problem)

    def must_have_only(self, keys: frozenset[str]) -> None:
        """Note parts that there aren't."""
        for key in sorted(set(map(str, self.content)) - keys):
            self.problem(f"there is no part called {key!r}; one of these is meant: {', '.join(sorted(keys))}.")

    def must_be_new(self, known: Mapping[str, Topic]) -> None:
        """Note a name that is used twice."""
        if self.id in known:
            self.problem("this name is used twice; give each entry a name of its own.")

    def topic_parts(self, page: Page | None) -> dict[str, Any]:
        """The parts that every topic has."""
        return {
            "id": self.id,
            "title": self.words("title"),
            "suggestion": self.words("suggestion"),
            "answer": self.words("answer"),
            "sources": self.sources(page),
            "related": self.topic_ids("related"),
        }

    def words(self, key: str) -> Words:
        """A part that says the same in each language, typeset."""
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
        """A part that is a list of texts."""
        part = self.content.get(key, [])
        if not isinstance(part, list) or not all(isinstance(item, str) for item in part) or len(part) < at_least:
            self.problem(f"'{key}' must be a list of texts, {at_least} or more; put quotes around each.")
            return ()
        return tuple(part)

    def sources(self, page: Page | None) -> tuple[Passage, ...]:
        """The passages that it rests on."""
        passages = []
        for text in self.strings("sources", at_least=1):
            passage = page.locate(text) if page else None
            if passage:
                passages.append(passage)
            elif page:
                nearest = page.nearest(text)
                like = f" The nearest there is {nearest!r}." if nearest else ""
                self.problem(f"the source {text!r} isn't on the page; copy it from there, letter by letter.{like}")
        return tuple(passages)

    def topic_ids(self, key: str) -> tuple[str, ...]:
        """A part that names topics."""
        ids = self.strings(key, at_least=0)
        if len(ids) > MAX_SUGGESTIONS:
            self.problem(f"'{key}' names {len(ids)} topics; keep {MAX_SUGGESTIONS} at most.")
        self.reader.mentioned += [(self.where, id) for id in ids]
        return ids

    def flag(self, key: str) -> bool:
        """A part that is true or false."""
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.problem(f"'{key}' is {value!r}, but must be true or false.")
        return bool(value)

    def kind(self) -> str:
        """The kind of a refusal."""
        kind = self.content.get("kind")
        if kind not in REFUSAL_KINDS:
            self.problem(f"the kind {kind!r} doesn't exist; take one of {', '.join(REFUSAL_KINDS)}.")
        return str(kind)
