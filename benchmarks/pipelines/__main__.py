"""Compares what the pipeline could be, in half an hour: python -m benchmarks.pipelines. Writes pipelines.md."""

import argparse
import os
import sys
import time
from collections.abc import Sequence

import numpy as np
from sklearn.model_selection import StratifiedKFold

from benchmarks.pipelines.classifiers import CLASSIFIERS, Certainties
from benchmarks.pipelines.features import Features
from benchmarks.understanding.sets import read_set
from clara.knowledge import Knowledge, load_knowledge
from clara.settings import ROOT, read_settings

FOLDS = 3
SAMPLE = 3  # every third training question: all of them would take hours
FALSE_SHARES = (0.03, 0.015)
ALL = ("USE", "E5", "n-grams")
COMBINATIONS = [
    *((features, "logistic regression") for features in (("n-grams",), ("spaCy vectors",), ("USE",), ("E5",))),
    *((features, "networks") for features in (("USE", "n-grams"), ("E5", "n-grams"), ("USE", "E5"), ALL)),
    *((ALL, name) for name in CLASSIFIERS if name != "networks"),
]
INTRODUCTION = f"""\
# What the pipeline could be

Written by `.venv/bin/python -m benchmarks.pipelines`. Every row learns from the same training questions: every {SAMPLE}rd of
them. Cross-validated: in {FOLDS} parts, topics right at the best guess, and topics guessed where none was due. Frozen: asked the
plain questions of the test set, each by itself; topics right where so many of what is not due are answered all the same, by the
certainty of all topics together, or by that of the likeliest alone, or by how near the nearest training question of a topic is.

| features | classifier | cross-validated: right | false | frozen: 3 % | 1.5 % | 3 %, likeliest alone | 3 %, nearness | seconds |
|---|---|---:|---:|---:|---:|---:|---:|---:|
"""


def main() -> int:
    """Print and write the table."""
    argparse.ArgumentParser(prog="python -m benchmarks.pipelines", description=__doc__).parse_args()
    os.chdir(ROOT)
    settings = read_settings()
    knowledge = load_knowledge(settings.knowledge)
    frozen = [question for question in read_set("test") if question.group == "questions"]
    labels = [question.labels for question in frozen]
    features = Features(settings, frozen)
    rows = []
    for names, classifier in COMBINATIONS:
        if not set(names) <= set(features.training):
            continue
        training, asked = (np.hstack([source[name] for name in names]) for source in (features.training, features.frozen))
        training, intents = training[::SAMPLE], features.intents[::SAMPLE]
        started = time.monotonic()
        certainties = CLASSIFIERS[classifier](training, intents, asked)
        seconds = time.monotonic() - started
        nearness = _nearness(training, intents, asked, knowledge)
        right = _right_shares(certainties, labels, knowledge, nearness)
        crossed = _cross_validate(classifier, training, intents, knowledge)
        cells = (" + ".join(names), classifier, *(f"{100 * share:.1f} %" for share in (*crossed, *right)), f"{seconds:.0f}")
        rows.append(f"| {' | '.join(cells)} |")
        print(rows[-1], flush=True)
    (ROOT / "docs" / "understanding" / "pipelines.md").write_text(INTRODUCTION + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


def _cross_validate(classifier: str, vectors: np.ndarray, intents: np.ndarray, knowledge: Knowledge) -> tuple[float, float]:
    """Topics right at the best guess, topics guessed where none was due."""
    guessed = np.empty_like(intents)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, intents):
        certainties, classes = CLASSIFIERS[classifier](vectors[seen], intents[seen], vectors[unseen])
        guessed[unseen] = np.array(classes)[certainties.argmax(axis=1)]
    due, taken = (np.isin(names, list(knowledge.topics)) for names in (intents, guessed))
    return float((guessed == intents)[due].mean()), float(taken[~due].mean())


def _right_shares(
    found: Certainties, labels: Sequence[tuple[str, ...]], knowledge: Knowledge, nearness: np.ndarray
) -> tuple[float, ...]:
    """Topics right at each of FALSE_SHARES by all topics together, then at the first by the likeliest and by nearness."""
    certainties, classes = found
    topics = [number for number, name in enumerate(classes) if name in knowledge.topics]
    likeliest = np.array(classes)[topics][certainties[:, topics].argmax(axis=1)]
    due = np.array([any(label in knowledge.topics for label in own) for own in labels])
    right = np.array([name in own for name, own in zip(likeliest, labels)])
    together, alone = certainties[:, topics].sum(axis=1), certainties[:, topics].max(axis=1)
    measures = [(together, share) for share in FALSE_SHARES] + [(alone, FALSE_SHARES[0]), (nearness, FALSE_SHARES[0])]
    return tuple(float((right & (by > np.quantile(by[~due], 1 - share)))[due].mean()) for by, share in measures)


def _nearness(vectors: np.ndarray, intents: np.ndarray, asked: np.ndarray, knowledge: Knowledge) -> np.ndarray:
    """How much nearer than any other training question the nearest one of a topic is, by cosine."""
    of_topic = np.isin(intents, list(knowledge.topics))
    closeness = [part @ vectors.T for part in np.array_split(asked, max(1, len(asked) // 500))]
    return np.concatenate([part[:, of_topic].max(axis=1) - part[:, ~of_topic].max(axis=1) for part in closeness])


if __name__ == "__main__":
    sys.exit(main())
