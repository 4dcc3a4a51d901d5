"""Right and false answers against the threshold from which a topic is answered, measured and drawn."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt
import numpy as np

from benchmarks.nlu import pipeline_settings, understood
from benchmarks.understanding.figures import kind_of
from benchmarks.understanding.progress import progress
from benchmarks.understanding.sets import Question
from clara.assistant import trained_model
from clara.knowledge import Knowledge
from clara.logs import configure_logging
from clara.nlu.keys import NEAR, PAGE_ANSWERS
from clara.settings import Settings

THRESHOLDS = np.linspace(0, 1, 101)


@dataclass(frozen=True)
class Curves:
    """What any threshold would give.

    Attributes:
        shares: of the questions, at each of THRESHOLDS, by what they are shares of.
        answer_from: the threshold that config.yml sets.
    """

    shares: Mapping[str, np.ndarray]
    answer_from: float


def measure_curves(questions: Sequence[Question], knowledge: Knowledge, settings: Settings) -> Curves:
    """Find what any threshold would give.

    Args:
        questions: plain ones; each wholly by itself, without its parts.
        knowledge: tells topics from the rest.
        settings: where the model is.
    """
    certain, right = _understand(questions, settings)
    kinds = np.array([kind_of(question.labels[0], knowledge) for question in questions])
    due, near_miss = kinds == "topic", kinds == "not_on_page"
    answered = certain[:, np.newaxis] >= THRESHOLDS
    shares = {
        "questions the page answers: right answer": (answered & right[:, np.newaxis])[due].mean(axis=0),
        "about CLARA, not on the page: false answer": answered[near_miss].mean(axis=0),
        "everything else: false answer": answered[~due & ~near_miss].mean(axis=0),
    }
    return Curves(shares, pipeline_settings(settings.root)["Abstainer"]["answer_from"])


def draw_curves(file: Path, curves: Curves) -> None:
    """Draw them, as a PNG."""
    figure, axes = plt.subplots(figsize=(8, 5))
    for name, shares in curves.shares.items():
        axes.plot(THRESHOLDS, shares, label=name)
    axes.axvline(curves.answer_from, color="grey", linestyle=":", label="answer_from in config.yml")
    axes.set_xlabel("threshold: certainty that the page answers")
    axes.set_ylabel("share of the questions")
    axes.set_ylim(0, 1)
    axes.grid(color="#eeeeee")
    axes.legend(loc="center left")
    figure.savefig(file, dpi=90, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def _understand(questions: Sequence[Question], settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """How certain it is of each question that the page answers it, and whether the likeliest topic is a right one."""
    configure_logging(logging.WARNING)  # or else every question is printed
    with progress("curves", len(questions)) as step:
        messages = understood(trained_model(settings), _counted(questions, step))
    certain = np.array([message[PAGE_ANSWERS] for message in messages])
    right = np.array([(m[NEAR] or [""])[0] in q.labels for m, q in zip(messages, questions)])
    return certain, right


def _counted(questions: Sequence[Question], step: Callable[[], None]) -> Iterator[str]:
    """The texts, with a step after each."""
    for question in questions:
        yield question.text
        step()
