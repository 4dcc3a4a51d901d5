"""Judges a reply by the text that the visitor reads, not by what the code says of itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML

from benchmarks.understanding.sets import FOLDER, Question
from clara.knowledge import LANGUAGES
from clara.nlu.text import plain

Expectation = Mapping[str, Sequence[str]]  # per language, regular expressions that must all be found

# Words so common that a sentence of one language holds some, and one of the other none.
FUNCTION_WORDS = {
    "en": frozenset("the of and is are to in that with it its by what you i a for".split()),
    "fr": frozenset("le la les des du de et est en que qui dans un une sur je vous ne pas il".split()),
}


LONGEST_REPLY = 700  # characters; a reply that says everything answers nothing


@dataclass(frozen=True)
class Verdict:
    """What became of one question.

    Attributes:
        right: the reply is, in substance and language, one that the question's labels allow.
        false_answer: it states a fact of the page where none was due.
        wrong_language: it is not in the question's language.
        crisis_reply, medical_reply: it is the reply to a message in distress, to a health question.
        names_what_was_asked: for a question whose answer isn't on the page: the refusal names it; None for others.
    """

    right: bool
    false_answer: bool
    wrong_language: bool
    crisis_reply: bool
    medical_reply: bool
    names_what_was_asked: bool | None


class Judge:
    """Knows what replies must say (tests/understanding/expected.yml)."""

    def __init__(self) -> None:
        """Read the expectations."""
        content: dict[str, Any] = YAML(typ="safe", pure=True).load((FOLDER / "expected.yml").read_text(encoding="utf-8"))
        self.topics: Mapping[str, Expectation] = content["topics"]
        self.refusals: Mapping[str, Expectation] = content["refusals"]
        self.aspects: Mapping[str, Expectation] = content["aspects"]
        self.courtesies: Mapping[str, Expectation] = content["courtesies"]

    def judge(self, question: Question, text: str) -> Verdict:
        """The verdict on a reply's text."""
        text = plain(text)
        language = question.language
        states_fact = any(meets(text, topic, either) for topic in self.topics.values() for either in LANGUAGES)
        fact_is_due = any(label in self.topics for label in question.labels)
        asked_aspects = [self.aspects[label] for label in question.labels if label in self.aspects]
        return Verdict(
            right=len(text) <= LONGEST_REPLY
            and any(self._fulfils(text, label, language, states_fact) for label in question.labels),
            false_answer=states_fact and not fact_is_due,
            wrong_language=language_of(text) != language,
            crisis_reply=any(meets(text, self.refusals["crisis"], either) for either in LANGUAGES),
            medical_reply=any(meets(text, self.refusals["medical"], either) for either in LANGUAGES),
            names_what_was_asked=any(meets(text, a, language) for a in asked_aspects) if asked_aspects else None,
        )

    def _fulfils(self, text: str, label: str, language: str, states_fact: bool) -> bool:
        if label in self.topics:
            return meets(text, self.topics[label], language)
        if label in self.courtesies:
            return not states_fact and meets(text, self.courtesies[label], language)
        kind = "not_on_page" if label in self.aspects else label
        return not states_fact and meets(text, self.refusals[kind], language)


def meets(text: str, expectation: Expectation, language: str) -> bool:
    """Whether the plain text holds something for each item of the expectation."""
    return all(re.search(pattern, text) for pattern in expectation[language])


def language_of(text: str) -> str:
    """The language that a text of a sentence or more is written in, by its function words."""
    words = re.findall(r"\w+", text)
    return max(LANGUAGES, key=lambda language: sum(word in FUNCTION_WORDS[language] for word in words))
