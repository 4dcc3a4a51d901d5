"""Questions without an answer, put together by meaning."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from clara.nlu.classifier import BARE
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
    """What was asked.

    Attributes:
        text: the words, masked.
        asked: how often.
        language: the one that was replied in; "" where there was no reply.
        after: of a few words, which mean little by themselves: the id of what had last been spoken of; else "".
    """

    text: str
    asked: int
    language: str
    after: str = ""


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
    first: dict[
        tuple[str, str, str], tuple[str, str]
    ] = {}  # by how it was taken, its bare words and what it came after: the words, the language
    asked: Counter[tuple[str, str, str]] = Counter()
    for turn, taken_for in unanswered:
        text = mask(turn.text)
        key = taken_for, _bare(text), turn.after if len(text.split()) <= BARE else ""
        first.setdefault(key, (text, turn.language))
        asked[key] += 1
    by_kind: dict[str, list[Question]] = {}
    for key, count in asked.most_common(MOST):
        text, language = first[key]
        by_kind.setdefault(key[0], []).append(Question(text, count, language, after=key[2]))
    groups = [found for taken_for, questions in by_kind.items() for found in _split(taken_for, questions)]
    return sorted(groups, key=lambda found: (-found.asked, found.questions[0].text))


def _bare(text: str) -> str:
    """What is left of a text without signs, accents and capitals: so far, two are the same question."""
    return " ".join(re.findall(r"\w+", without_accents(plain(text))))


def _split(taken_for: str, questions: Sequence[Question]) -> list[Group]:
    """Groups of questions that were taken alike."""
    vectors = use_vectors([plain(question.text) or "?" for question in questions])
    groups = []
    for members in _together(vectors):
        typical = vectors @ vectors[members].mean(axis=0)
        order = sorted(members, key=lambda number: (-questions[number].asked, -typical[number]))
        groups.append(Group(tuple(questions[number] for number in order), taken_for))
    return groups


def _together(vectors: np.ndarray) -> list[list[int]]:
    """The numbers of the vectors, those that belong together in a list."""
    if len(vectors) == 1:
        return [[0]]
    clustering = AgglomerativeClustering(n_clusters=None, distance_threshold=APART, affinity="cosine", linkage="average")
    labels = clustering.fit_predict(vectors)
    return [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)]
