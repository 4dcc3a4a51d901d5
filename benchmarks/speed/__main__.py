"""Measures speed and weight beside the baseline: python -m benchmarks.speed; `make benchmark` calls it, with uv's path in UV.

Takes some ten minutes, the baseline's start most of it. Writes docs/speed/README.md and its picture.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import psutil

from benchmarks.baseline import EPOCHS, MODEL, PYTHON, TRAINING
from benchmarks.speed.anatomy import anatomy
from benchmarks.speed.measures import (
    CONVERSATIONS,
    QUESTIONS,
    alternately,
    answered_alike,
    first_turns,
    installed_bytes,
    long_conversation,
    memory_after,
    our_installed_bytes,
    seconds_of,
    throughput,
)
from benchmarks.speed.report import Row, anatomy_table, draw_conversation, table
from benchmarks.speed.systems import Running, baseline, ours, wait_for_answer
from clara.knowledge import load_knowledge
from clara.settings import ROOT, read_settings
from clara.training import current_model

FOLDER = ROOT / "docs" / "speed"
ROUNDS = 3
LATE, LATEST = 200, 1000  # turns
MEGABYTE = 1e6

INTRODUCTION = """\
# How fast, how light

Written by `make benchmark`. Ours beside the baseline: the same data, rules and actions on Rasa's default configuration (the
pipeline and policies that `rasa init` means, an action server over HTTP), its own SQLite store, in an environment of its own that
`make benchmark-baseline` makes. Both servers ran at once. Where there is a spread, rounds were taken in turns, and the median
stands before the least and the most; the rest was measured once, one after the other. Ratios carry over to other machines,
milliseconds don't.
"""
PICTURE = """\
![milliseconds a message along a conversation](conversation.png)

## Where a millisecond goes

A message of ours early in a conversation, in one process without HTTP (medians; benchmarks/speed/anatomy.py).\
"""


def main() -> int:
    """Measure, print the tables, write them; 1 where the baseline or the model isn't there."""
    if not (MODEL.exists() and TRAINING.exists() and current_model(read_settings()).exists()):
        print("There is nothing to compare: run `make train` and `make benchmark-baseline` first.", file=sys.stderr)
        return 1
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*starts(folder), *messages(folder), *training(), *sizes()]
        parts = anatomy(read_settings(), folder)
    report = [f"Measured on {machine()}.", table(rows), PICTURE, anatomy_table(parts)]
    print("\n\n".join(report))
    (FOLDER / "README.md").write_text("\n".join([INTRODUCTION, "\n\n".join(report), ""]), encoding="utf-8")
    return 0


def machine() -> str:
    """What it runs on."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.machine()} {platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
    )


def starts(folder: Path) -> list[Row]:
    """Until the first right answer, of each by itself."""

    def start(system: Callable[[], AbstractContextManager[Running]]) -> float:
        started = time.perf_counter()
        with system() as running:
            wait_for_answer(running, QUESTIONS[0], first_answer())
            return time.perf_counter() - started

    mine, theirs = alternately(2, partial(start, ours), partial(start, partial(baseline, folder)))
    return [Row("start until the first right answer", "s", mine, theirs, "2.5x")]


def messages(folder: Path) -> list[Row]:
    """What messages cost, early and late, one visitor and several, and what the memory is afterwards."""
    with ours() as mine, baseline(folder) as theirs:
        for running in (mine, theirs):
            wait_for_answer(running, QUESTIONS[0], first_answer())
        asked = answered_alike(load_knowledge(read_settings().knowledge), mine, theirs)  # which warms both up
        print(f"{len(asked)} of {len(QUESTIONS)} questions are answered alike, and asked.", flush=True)
        early = alternately(ROUNDS, partial(first_turns, mine, asked), partial(first_turns, theirs, asked))
        rates = alternately(ROUNDS, partial(throughput, mine, asked, 10), partial(throughput, theirs, asked, 5))
        long = {"ours": long_conversation(mine, asked, LATEST), "baseline": long_conversation(theirs, asked, LATE)}
        memory = [[memory_after(running, asked, CONVERSATIONS) / MEGABYTE] for running in (mine, theirs)]
    FOLDER.mkdir(exist_ok=True)
    draw_conversation(long, FOLDER / "conversation.png")
    window = len(asked)
    fifth, late, latest = (before(turn, window, long["ours"]) for turn in (4 + window, LATE, LATEST))
    theirs_late = before(LATE, window, long["baseline"])
    p50, p95 = milliseconds(early, median), milliseconds(early, ninety_fifth)
    along = f"ours at turn {LATE} and at turn {LATEST}, beside ours from turn 5 on ({fifth:.1f} ms)"
    return [
        Row("a message early in a conversation, p50", "ms", p50[0], p50[1], "6x"),
        Row("the same, p95", "ms", p95[0], p95[1], "5x"),
        Row(f"at turn {LATE} of one conversation, p50", "ms", [late], [theirs_late], "20x"),
        Row(along, "x", [late / fifth, latest / fifth], goal="1.2x, flat"),
        Row("8 visitors at once, one process", "messages/s", rates[0], rates[1], "5x", more_is_better=True),
        Row(f"memory of all processes after {CONVERSATIONS} conversations", "MB", memory[0], memory[1], "0.35x", is_share=True),
    ]


def first_answer() -> str:
    """What the first question's answer begins with."""
    return load_knowledge(read_settings().knowledge).topics["funders"].answer["en"]


def before(turn: int, window: int, seconds: list[float]) -> float:
    """The median of so many messages before a turn, each question among them, in milliseconds."""
    return 1000 * median(seconds[turn - window : turn])


def training() -> list[Row]:
    """What trainings took when the baseline was made, and what it takes to find out that nothing has changed."""
    took = json.loads(TRAINING.read_text(encoding="utf-8"))
    least = took["seconds"] + (EPOCHS - took["epochs"]) * took["last_epoch"]
    what = "training from scratch"
    if took["epochs"] < EPOCHS:
        told = (
            f"{took['epochs']} of the baseline's {EPOCHS} epochs took {took['seconds']:.0f} s, the last {took['last_epoch']:.0f}"
        )
        what += f" ({told}; calculated from that, the least that all can take)"
    unchanged = [seconds_of([sys.executable, "-m", "clara", "train"], ROOT) for _ in range(ROUNDS)]
    return [
        Row(what, "s", [took["ours_seconds"]], [least], "4x"),
        Row("finding out that nothing has changed", "s", unchanged, goal="under 3 s"),
    ]


def sizes() -> list[Row]:
    """What is installed."""
    mine = our_installed_bytes(ROOT, os.environ["UV"]) / MEGABYTE
    theirs = installed_bytes(PYTHON.parents[1]) / MEGABYTE
    return [Row("installed on disk", "MB", [mine], [theirs], "0.4x", is_share=True)]


def ninety_fifth(figures: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(figures, n=20)[-1]


def milliseconds(systems: list[list[list[float]]], statistic: Callable[[list[float]], float]) -> list[list[float]]:
    """A statistic of the seconds of each round, in milliseconds, for each system."""
    return [[1000 * statistic(seconds) for seconds in rounds] for rounds in systems]


if __name__ == "__main__":
    sys.exit(main())
