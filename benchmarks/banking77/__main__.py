"""Measures a pipeline on BANKING77: python -m benchmarks.banking77 FOLDER [--shots 10 [--draws 5]] [--pipeline default].

FOLDER holds train.csv and test.csv with the columns text and category (Casanueva et al., 2020,
CC BY 4.0). On two cores, ours takes minutes; the default takes twenty minutes a draw of 10 shots, and hours on the whole. It
needs TensorFlow: run it in the environment of `make benchmark-baseline`.
"""

import argparse
import csv
import logging
import sys
import tempfile
import time
from pathlib import Path
from statistics import fmean

import numpy as np
import rasa.model_training
from ruamel.yaml import YAML

from benchmarks.nlu import likeliest_intents
from clara.logs import configure_logging

# Accuracy, full and 10-shot (Casanueva et al., 2020): what the figures below stand beside.
PUBLISHED = {"USE": (92.8, 84.2), "ConveRT": (93.0, 83.3), "BERT, tuned": (93.7, 83.4)}

DRAWS = 5

Row = tuple[str, str]  # text, category


def main() -> int:
    """Train, ask every question of the test file, print a row of the table; few shots are drawn several times."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.banking77", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds train.csv and test.csv")
    parser.add_argument("--shots", type=int, default=0, help="examples a category; all of them where it isn't given")
    parser.add_argument("--pipeline", choices=("ours", "default"), default="ours")
    parser.add_argument("--draws", type=int, default=DRAWS, help="how often few shots are drawn")
    arguments = parser.parse_args()
    configure_logging(logging.WARNING)
    train, test = (read_rows(arguments.folder / f"{name}.csv") for name in ("train", "test"))
    draws = [few(train, arguments.shots, seed) for seed in range(arguments.draws)] if arguments.shots else [train]
    found = [accuracy_after(draw, test, Path(__file__).with_name(f"{arguments.pipeline}.yml")) for draw in draws]
    for name, (full, ten) in PUBLISHED.items():
        print(f"| {name}, published | full {full} %, 10-shot {ten} % | |")
    shots = f"{arguments.shots}-shot" if arguments.shots else "full"
    accuracies = [100 * accuracy for accuracy, _ in found]
    spread = f" ({min(accuracies):.1f} to {max(accuracies):.1f})" if len(found) > 1 else ""
    print(
        f"| {arguments.pipeline} | {shots} {fmean(accuracies):.1f} %{spread} | {fmean(s for _, s in found):.0f} s of training |"
    )
    return 0


def accuracy_after(train: list[Row], test: list[Row], config: Path) -> tuple[float, float]:
    """The accuracy, 0 to 1, of a pipeline trained on these questions, and the seconds that the training took."""
    with tempfile.TemporaryDirectory() as folder:
        if config.stem == "ours":
            import clara.nlu.encoder  # the baseline's environment has no encoders

            clara.nlu.encoder.ENCODINGS = Path(folder)  # those of our own training stay
        started = time.monotonic()
        model = train_model(train, config, Path(folder))
        seconds = time.monotonic() - started
        guesses = likeliest_intents(model, (text for text, _ in test))
        return sum(guess == category for guess, (_, category) in zip(guesses, test)) / len(test), seconds


def read_rows(file: Path) -> list[Row]:
    """The questions of a file, with their categories."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [(" ".join(row["text"].split()), row["category"]) for row in csv.DictReader(lines)]


def few(rows: list[Row], shots: int, seed: int) -> list[Row]:
    """So many questions of each category: the first of a permutation of its questions."""
    by_category: dict[str, list[Row]] = {}
    for row in rows:
        by_category.setdefault(row[1], []).append(row)
    random = np.random.RandomState(seed)
    return [group[i] for group in by_category.values() for i in random.permutation(len(group))[:shots]]


def train_model(rows: list[Row], config: Path, folder: Path) -> str:
    """Train a pipeline on questions; the path of the model."""
    by_category: dict[str, list[str]] = {}
    for text, category in rows:
        by_category.setdefault(category, []).append(f"- {text}")
    blocks = [{"intent": category, "examples": "\n".join(lines)} for category, lines in by_category.items()]
    with (folder / "nlu.yml").open("w", encoding="utf-8") as file:
        YAML(pure=True).dump({"version": "3.1", "nlu": blocks}, file)
    return str(rasa.model_training.train_nlu(str(config), str(folder / "nlu.yml"), output=str(folder)))


if __name__ == "__main__":
    sys.exit(main())
