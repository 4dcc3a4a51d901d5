"""Questions without an answer, put together by meaning."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from clara.nlu.engines import use_vectors
from clara.nlu.text import plain, without_accents
from clara.report.masking import mask
from clara.stores.turns import Turn

# How far apart, on average, the questions of two groups may be to become one: 1 less the cosine of their vectors. Set by reading
# what it does to the development set's questions.
APART = 0.6
MOST = 3000  # different questions; each is compared with each


@dataclass(frozen=True)
class Question:
    """What was asked: the words, masked; how often; the language that was replied in, "" where there was no reply."""

    text: str
    asked: int
    language: str


@dataclass(frozen=True)
class Group:
    """Questions that mean much the same.

    Attributes:
        questions: the most frequent first, or else the most typical.
        taken_for: how the assistant took them: the id of a refusal, "did_you_mean", "unhelpful" or "" (no reply).
    """

    questions: tuple[Question, ...]
    taken_for: str

    @property
    def asked(self) -> int:
        """How often they were asked."""
        return sum(question.asked for question in self.questions)


def group(unanswered: Iterable[tuple[Turn, str]]) -> list[Group]:
    """Group questions by meaning, in both languages together, the most frequent group first.

    Args:
        unanswered: the turns, each with how it was taken; only what was taken alike comes together. Beyond MOST different
            questions, the most frequent are grouped.
    """
    spoken: dict[tuple[str, str], list[Turn]] = {}
    for turn, taken_for in unanswered:
        spoken.setdefault((taken_for, _bare(turn.text)), []).append(turn)
    frequent = sorted(spoken.items(), key=lambda item: -len(item[1]))[:MOST]
    by_kind: dict[str, list[list[Turn]]] = {}
    for (taken_for, _), turns in frequent:
        by_kind.setdefault(taken_for, []).append(turns)
    groups = [found for taken_for, items in by_kind.items() for found in _split(taken_for, items)]
    return sorted(groups, key=lambda found: (-found.asked, found.questions[0].text))


def _bare(text: str) -> str:
    """What is left of a text without signs, accents and capitals: so far, two are the same question."""
    return " ".join(re.findall(r"\w+", without_accents(plain(mask(text)))))


def _split(taken_for: str, items: Sequence[Sequence[Turn]]) -> list[Group]:
    """Groups of what was taken alike; an item is the turns in which the same was asked."""
    vectors = use_vectors([plain(mask(turns[0].text)) or "?" for turns in items])
    groups = []
    for members in _together(vectors):
        centre = vectors[members].mean(axis=0)
        typical = {number: float(vectors[number] @ centre) for number in members}
        order = sorted(members, key=lambda number: (-len(items[number]), -typical[number]))
        groups.append(Group(tuple(_question(items[number]) for number in order), taken_for))
    return groups


def _question(turns: Sequence[Turn]) -> Question:
    """What turns with the same words asked."""
    return Question(mask(turns[0].text), len(turns), turns[0].language)


def _together(vectors: np.ndarray) -> list[list[int]]:
    """The numbers of the vectors, those that belong together in a list."""
    if len(vectors) == 1:
        return [[0]]
    clustering = AgglomerativeClustering(n_clusters=None, distance_threshold=APART, affinity="cosine", linkage="average")
    labels = clustering.fit_predict(vectors)
    return [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)]
