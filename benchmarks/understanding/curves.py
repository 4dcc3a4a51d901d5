"""Right and false answers against the threshold from which a topic is answered, as a picture."""

import logging
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt
import numpy as np

from benchmarks.nlu import pipeline_settings, understood
from benchmarks.understanding.figures import kind_of
from benchmarks.understanding.sets import Question
from clara.assistant import trained_model
from clara.knowledge import Knowledge
from clara.logs import configure_logging
from clara.nlu.keys import NEAR, PAGE_ANSWERS
from clara.settings import Settings

THRESHOLDS = np.linspace(0, 1, 101)


def draw_curves(file: Path, questions: Sequence[Question], knowledge: Knowledge, settings: Settings) -> None:
    """Draw what any threshold would give, and where config.yml has set it.

    Args:
        file: the picture.
        questions: plain ones; each wholly by itself, without its parts.
        knowledge: tells topics from the rest.
        settings: where the model is.
    """
    certain, right = _understand(questions, settings)
    kinds = np.array([kind_of(question, knowledge) for question in questions])
    due, near_miss = kinds == "topic", kinds == "not_on_page"
    answered = certain[:, np.newaxis] >= THRESHOLDS
    answer_from = pipeline_settings(settings.root)["Abstainer"]["answer_from"]
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(THRESHOLDS, (answered & right[:, np.newaxis])[due].mean(axis=0), label="questions the page answers: right answer")
    axes.plot(THRESHOLDS, answered[near_miss].mean(axis=0), label="about CLARA, not on the page: false answer")
    axes.plot(THRESHOLDS, answered[~due & ~near_miss].mean(axis=0), label="everything else: false answer")
    axes.axvline(answer_from, color="grey", linestyle=":", label="answer_from in config.yml")
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
    messages = understood(trained_model(settings), (question.text for question in questions))
    certain = np.array([message[PAGE_ANSWERS] for message in messages])
    right = np.array([(m[NEAR] or [""])[0] in q.labels for m, q in zip(messages, questions)])
    return certain, right
