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


SAYS = {"yes": r"(yes|oui)\b", "no": r"(no|non)\b"}

LONGEST_REPLY = 700  # characters, for one thing asked; a reply that says everything answers nothing


@dataclass(frozen=True)
class Verdict:
    """What became of one question.

    Attributes:
        right: the reply is, in substance and language, one that the question's labels allow.
        false_answer: it states a fact of the page where none was due.
        wrong_language: it is not in the question's language.
        crisis_reply, medical_reply: it is, or holds, the reply to a message in distress, to a health question.
        says: "yes" or "no", where it begins with one; "neither".
        says_wrong: that is not what the page says to a question that wants a yes or a no.
        asks_back: it asks which question was meant.
        answered_in_part: of several things asked, it gives one at least.
        names_what_was_asked: for a question whose answer isn't on the page: the refusal names it; None for others.
    """

    right: bool
    false_answer: bool
    wrong_language: bool
    crisis_reply: bool
    medical_reply: bool
    says: str
    says_wrong: bool
    asks_back: bool
    answered_in_part: bool
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
        self.did_you_mean: Expectation = content["did_you_mean"]

    def judge(self, question: Question, text: str) -> Verdict:
        """The verdict on a reply's text."""
        text = plain(text)
        language = question.language
        states_fact = any(meets(text, topic, either) for topic in self.topics.values() for either in LANGUAGES)
        fact_is_due = any(label in self.topics for label in question.labels)
        asked_aspects = [self.aspects[label] for label in question.labels if label in self.aspects]
        fulfilled = [self._fulfils(text, label, language, states_fact and not fact_is_due) for label in question.labels]
        says = next((word for word, pattern in SAYS.items() if re.match(pattern, text)), "neither")
        says_wrong = bool(question.says) and says not in (question.says, "neither")
        longest = LONGEST_REPLY * (len(question.labels) if question.all_asked else 1)
        return Verdict(
            right=len(text) <= longest and not says_wrong and (all(fulfilled) if question.all_asked else any(fulfilled)),
            false_answer=states_fact and not fact_is_due,
            wrong_language=language_of(text) != language,
            crisis_reply=any(meets(text, self.refusals["crisis"], either) for either in LANGUAGES),
            medical_reply=any(meets(text, self.refusals["medical"], either) for either in LANGUAGES),
            says=says,
            says_wrong=says_wrong,
            asks_back=meets(text, self.did_you_mean, language),
            answered_in_part=any(fulfilled),
            names_what_was_asked=any(meets(text, a, language) for a in asked_aspects) if asked_aspects else None,
        )

    def _fulfils(self, text: str, label: str, language: str, false_answer: bool) -> bool:
        if label in self.topics:
            return meets(text, self.topics[label], language)
        if label in self.courtesies:
            return not false_answer and meets(text, self.courtesies[label], language)
        kind = "not_on_page" if label in self.aspects else label
        return not false_answer and meets(text, self.refusals[kind], language)


def meets(text: str, expectation: Expectation, language: str) -> bool:
    """Whether the plain text holds something for each item of the expectation."""
    return all(re.search(pattern, text) for pattern in expectation[language])


def language_of(text: str) -> str:
    """The language that a text of a sentence or more is written in, by its function words."""
    words = re.findall(r"\w+", text)
    return max(LANGUAGES, key=lambda language: sum(word in FUNCTION_WORDS[language] for word in words))
