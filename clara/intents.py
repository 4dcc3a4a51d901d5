"""Whether domain, rules and training questions are in step with the knowledge: each breach is told in words for an editor."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clara.errors import ClaraError
from clara.knowledge import LANGUAGES, Knowledge
from clara.knowledge.model import LANGUAGE_NAMES
from clara.knowledge.reader import NOT_UNDERSTOOD, line_of

AT_LEAST = {"topic": 20, "refusal": 40, "courtesy": 15}  # ways to ask, in each language
FOLLOW_UPS_AT_LEAST = 1  # in each language, after each topic and refusal
ACTIONS = {"topic": "action_answer", "refusal": "action_refuse", "courtesy": "action_courtesy"}
# Courtesies that say something else than their own words.
OF_THEIR_OWN = {
    "courtesy_more": "action_go_on",
    "courtesy_english": "action_say_again",
    "courtesy_french": "action_say_again",
}


def out_of_step(knowledge: Knowledge, root: Path) -> list[str]:
    """What is missing or left over, one line each: the file, what to do.

    Args:
        knowledge: has the names that are to be found everywhere.
        root: domain.yml and data/ stand in it.
    """
    kinds = kinds_of(knowledge)
    return [*_in_domain(kinds, root), *_in_rules(kinds, root), *_in_questions(kinds, root)]


def kinds_of(knowledge: Knowledge) -> dict[str, str]:
    """The name of everything that can be asked for, with what it is: a "topic", a "refusal" or a "courtesy"."""
    kinds = ("topic", knowledge.topics), ("refusal", knowledge.refusals), ("courtesy", knowledge.courtesies)
    return {id: kind for kind, entries in kinds for id in entries}


def blocks(root: Path) -> Iterator[dict[str, Any]]:
    """The blocks of the training questions: `intent`, `metadata`, and `examples` as a list of texts."""
    for file in sorted((root / "data" / "nlu").rglob("*.yml")):
        name = file.relative_to(root)
        for number, block in enumerate((_load(file) or {}).get("nlu") or [], start=1):
            if not _is_whole(block):
                raise ClaraError(f"{name}, block {number}: it needs an intent, metadata with a language, and examples after '|'.")
            lines = block["examples"].splitlines()
            yield {**block, "examples": [line.removeprefix("- ").strip() for line in lines if line.strip()]}


def _is_whole(block: Any) -> bool:
    if not isinstance(block, dict) or not isinstance(block.get("metadata"), dict):
        return False
    return "language" in block["metadata"] and isinstance(block.get("intent"), str) and isinstance(block.get("examples"), str)


def _in_domain(kinds: dict[str, str], root: Path) -> Iterator[str]:
    known = set(_load(root / "domain.yml")["intents"])
    yield from (f"domain.yml: {id} is missing; add it under 'intents'." for id in kinds if id not in known)
    yield from (f"domain.yml: nothing in the knowledge is called {id}; take it out of 'intents'." for id in known - set(kinds))


def _in_rules(kinds: dict[str, str], root: Path) -> Iterator[str]:
    found = {}
    for rule in _load(root / "data" / "rules.yml")["rules"]:
        asked, done = rule["steps"]
        found.update({entry["intent"]: done["action"] for entry in asked.get("or", [asked])})
    for id, kind in kinds.items():
        action = OF_THEIR_OWN.get(id, ACTIONS[kind])
        if found.get(id) != action:
            yield f"data/rules.yml: {id} is missing; add it to the rule that ends in {action}."
    yield from (f"data/rules.yml: nothing in the knowledge is called {id}; take it out." for id in found.keys() - kinds.keys())


def _in_questions(kinds: dict[str, str], root: Path) -> Iterator[str]:
    asked: Counter[tuple[str, str]] = Counter()
    followed: Counter[tuple[str, str]] = Counter()
    for block in blocks(root):
        language, after = block["metadata"]["language"], block["metadata"].get("after")
        counter, id = (followed, after) if after else (asked, block["intent"])
        counter[id, language] += len(block["examples"])
        for named in {id, block["intent"], *block["metadata"].get("also", ())} - kinds.keys():
            yield f"data/nlu/{language}: there are questions for {named}, which the knowledge doesn't have; take them out."
    for id, kind in kinds.items():
        for language in LANGUAGES:
            if (count := asked[id, language]) < AT_LEAST[kind]:
                name = LANGUAGE_NAMES[language]
                yield f"data/nlu/{language}: {id} has {count} ways to ask in {name}; write {AT_LEAST[kind]} or more."
            if kind != "courtesy" and id != NOT_UNDERSTOOD and followed[id, language] < FOLLOW_UPS_AT_LEAST:
                yield f"data/nlu/{language}/followups.yml: nothing is asked after {id}; write some that one may ask then."


def _load(file: Path) -> Any:
    try:
        return YAML(typ="safe").load(file.read_text(encoding="utf-8"))  # in C: there are thousands of questions
    except YAMLError as error:
        raise ClaraError(f"{file.name}{line_of(error)}: this isn't YAML; check quotes, colons and indents there.") from None
