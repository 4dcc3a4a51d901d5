"""Trains the baseline in its own environment, and ours, from scratch: python -m benchmarks.baseline [--epochs 100].

`make benchmark-baseline` makes that environment, and calls it. On two cores an epoch takes minutes, the hundred of Rasa's
default many hours. A few of them serve to measure what a message costs, which doesn't depend on their number; what the training
would have taken is then calculated.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import clara.nlu.encoder
import clara.training
from benchmarks.baseline import EPOCHS, FOLDER, MODEL, PYTHON, TRAINING
from benchmarks.nlu import write_with_epochs
from clara.settings import ROOT, read_settings

# How far a training is, as tqdm tells it: which epoch has ended, and when.
EPOCH_ENDED = re.compile(r"Epochs:[^\r\n]*?(\d+)/\d+ \[([\d:]+)<")


def main() -> int:
    """Train both; what it took goes into models/training.json; 1 where the baseline's training failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.baseline", description=__doc__)
    parser.add_argument(
        "--epochs", type=int, default=EPOCHS, help="of each component of the pipeline that has some; Rasa's default is 100"
    )
    epochs = parser.parse_args().epochs
    with tempfile.TemporaryDirectory() as folder:
        config = write_with_epochs(FOLDER / "config.yml", epochs, Path(folder))
        MODEL.unlink(missing_ok=True)
        started = time.monotonic()
        result = train_baseline(config)
        seconds = time.monotonic() - started
    if result.returncode or not MODEL.exists():
        print(result.stdout, file=sys.stderr)
        return 1
    took = {"epochs": epochs, "seconds": seconds, "last_epoch": last_epoch_seconds(result.stdout), "ours_seconds": train_ours()}
    TRAINING.write_text(json.dumps(took), encoding="utf-8")
    print("The baseline is ready:", ", ".join(f"{name} {value}" for name, value in took.items()))
    return 0


def last_epoch_seconds(printed: str) -> float:
    """How long the last epoch took, from what a training printed.

    DIET's batches grow from epoch to epoch, and the first pays for TensorFlow's preparations, so the last is the shortest.

    Raises:
        ValueError: no end of an epoch was printed.
    """
    ended = {0: 0.0}
    for number, clock in EPOCH_ENDED.findall(printed):
        seconds = 0
        for part in clock.split(":"):
            seconds = 60 * seconds + int(part)
        ended.setdefault(int(number), seconds)
    last = max(ended)
    if not last:
        raise ValueError("The training printed no end of an epoch.")
    return (ended[last] - ended[last - 1]) if last - 1 in ended else ended[last] / last


def train_baseline(config: Path) -> "subprocess.CompletedProcess[str]":
    """Run `rasa train` in the baseline's environment."""
    command = [str(PYTHON), "-m", "rasa", "train", "--force", "--config", str(config)]
    command += ["--data", "data", "--domain", "domain.yml", "--out", str(MODEL.parent)]
    command += ["--fixed-model-name", MODEL.name.removesuffix(".tar.gz")]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def train_ours() -> float:
    """Train ours in a copy of the checkout, without anything kept from earlier trainings; the seconds that it took."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("clara", "data", "config.yml", "domain.yml", "uv.lock"):
            (Path(folder) / name).symlink_to(ROOT / name)
        (Path(folder) / "models").mkdir()
        clara.nlu.encoder.ENCODINGS = Path(folder)
        started = time.monotonic()
        clara.training.train(replace(read_settings(), root=Path(folder)))
        return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
