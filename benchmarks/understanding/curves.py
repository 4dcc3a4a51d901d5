"""Right and false answers against the threshold from which a topic is answered, as a picture."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt
import numpy as np
from ruamel.yaml import YAML

from benchmarks.understanding.figures import kind_of
from benchmarks.understanding.sets import Question
from clara.assistant import console_agent
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
    certain, right = asyncio.run(_understand(questions, settings))
    kinds = np.array([kind_of(question, knowledge) for question in questions])
    due, near_miss = kinds == "topic", kinds == "not_on_page"
    answered = certain[:, np.newaxis] >= THRESHOLDS
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.plot(THRESHOLDS, (answered & right[:, np.newaxis])[due].mean(axis=0), label="questions the page answers: right answer")
    axes.plot(THRESHOLDS, answered[near_miss].mean(axis=0), label="about CLARA, not on the page: false answer")
    axes.plot(THRESHOLDS, answered[~due & ~near_miss].mean(axis=0), label="everything else: false answer")
    axes.axvline(_answer_from(settings), color="grey", linestyle=":", label="answer_from in config.yml")
    axes.set_xlabel("threshold: certainty that the page answers")
    axes.set_ylabel("share of the questions")
    axes.set_ylim(0, 1)
    axes.grid(color="#eeeeee")
    axes.legend(loc="center left")
    figure.savefig(file, dpi=90, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


async def _understand(questions: Sequence[Question], settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """How certain it is of each question that the page answers it, and whether the likeliest topic is a right one."""
    configure_logging(logging.WARNING)  # or else every question is printed
    agent = await console_agent(settings)
    understood = [await agent.parse_message(question.text) for question in questions]
    certain = np.array([message[PAGE_ANSWERS] for message in understood])
    right = np.array([(m[NEAR] or [""])[0] in q.labels for m, q in zip(understood, questions)])
    return certain, right


def _answer_from(settings: Settings) -> float:
    config = YAML(typ="safe", pure=True).load((settings.root / "config.yml").read_text(encoding="utf-8"))
    (found,) = [step["answer_from"] for step in config["pipeline"] if "answer_from" in step]
    return float(found)
