"""Rasa's default pipeline (DIET) on our questions: python -m benchmarks.pipelines.diet [--epochs 100]; prints a row.

It takes many hours, and needs TensorFlow: run it in the environment of `make benchmark-baseline`.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

import rasa.model_training

from benchmarks.nlu import likeliest_intents, write_with_epochs
from benchmarks.understanding.sets import read_set
from clara.knowledge import load_knowledge
from clara.logs import configure_logging
from clara.settings import ROOT, read_settings

DEFAULT = ROOT / "benchmarks" / "banking77" / "default.yml"


def main() -> int:
    """Train on data/nlu, measure on the plain questions of the test set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pipelines.diet", description=__doc__)
    parser.add_argument("--epochs", type=int, default=100, help="of DIET; `rasa init` writes 100")
    epochs = parser.parse_args().epochs
    os.chdir(ROOT)
    configure_logging(logging.WARNING)  # or else every question is printed
    with tempfile.TemporaryDirectory() as folder:
        file = write_with_epochs(DEFAULT, epochs, Path(folder))
        started = time.monotonic()
        model = rasa.model_training.train_nlu(str(file), str(ROOT / "data" / "nlu"), output=folder)
        seconds = time.monotonic() - started
        questions = [question for question in read_set("test") if question.group == "questions"]
        guesses = likeliest_intents(str(model), (question.text for question in questions))
    topics = load_knowledge(read_settings().knowledge).topics
    due = [any(label in topics for label in question.labels) for question in questions]
    right = sum(d and g in q.labels for d, g, q in zip(due, guesses, questions)) / sum(due)
    false = sum(not d and g in topics for d, g in zip(due, guesses)) / (len(due) - sum(due))
    print(f"| DIET, {epochs} epochs | right {right:.1%} | false {false:.1%} | {seconds:.0f} s of training |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
