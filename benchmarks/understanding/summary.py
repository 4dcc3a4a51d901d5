"""The report's committed summary, docs/understanding/: tables of figures as Markdown, curves and confusion matrix as PNGs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt
import numpy as np

from benchmarks.understanding.comparison import CHANCE
from benchmarks.understanding.confusions import Taken
from benchmarks.understanding.curves import draw_curves
from benchmarks.understanding.figures import Figure
from benchmarks.understanding.report import Report

INTRODUCTION = f"""\
# How well questions are understood

Written by `make evaluate`, from the frozen set in tests/understanding/test: questions that nobody trains on or reads, put
through the website's channel, each (but for dialogues) in a conversation of its own, and judged by the text that came back
(benchmarks/understanding/judge.py). [thresholds.yml](../../benchmarks/understanding/thresholds.yml) holds the shares that must
not get worse. A false answer is a fact of the page where none was due: the worst error.

`make evaluate` also writes `reports/understanding.html`: the figures beside those of the last accepted run, and the worst
confusions. A figure is a regression, and the command fails, where so many more questions got worse than better since that run
that chance would do it less than once in {1 / CHANCE:.0f} times (p < {CHANCE}, one-sided exact sign test over the questions that
changed). [tests/understanding](../../tests/understanding/README.md) says when to accept a run.
"""

PICTURE = """\
## What another threshold would give

A topic is answered from a certainty on that the page answers at all (`answer_from` in config.yml, set on the development set):
fewer right answers to the right of the line, more false ones to the left.

![curves of right and false answers](curves.png)

## What is taken for what

Rows: what was asked; columns: what the assistant took it for.

![confusion matrix](confusion.png)
"""


def table(figures: Sequence[Figure], thresholds: Mapping[str, float]) -> str:
    """The figures as a Markdown table, with their thresholds."""
    lines = ["| what | share | questions | threshold |", "|---|---:|---:|---:|"]
    for figure in figures:
        bound = thresholds.get(figure.name)
        sign = "≥" if figure.more_is_better else "≤"
        limit = "" if bound is None else f"{sign} {bound:.1%}"
        lines.append(f"| {figure.name} | {figure.share:.1%} | {figure.hits}/{figure.total} | {limit} |")
    return "\n".join(lines)


def write_summary(folder: Path, report: Report) -> None:
    """Write README.md, curves.png and confusion.png into a folder, which is made if it isn't there."""
    folder.mkdir(parents=True, exist_ok=True)
    overall, labels = table(report.figures, report.thresholds), table(report.labels, {})
    text = f"{INTRODUCTION}\n{overall}\n\n{PICTURE}\n## Right replies, by what was asked\n\n{labels}\n"
    (folder / "README.md").write_text(text, encoding="utf-8")
    draw_curves(folder / "curves.png", report.curves)
    draw_confusion(folder / "confusion.png", report.counts)


def draw_confusion(file: Path, counts: Mapping[Taken, int]) -> None:
    """Draw the confusion matrix, each row as shares of what was asked."""
    names = sorted({name for pair in counts for name in pair})
    matrix = np.array([[counts.get((asked, given), 0) for given in names] for asked in names])
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(17, 16))
    picture = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("taken for")
    axes.set_ylabel("asked")
    axes.grid(color="#eeeeee", linewidth=0.5)
    axes.set_axisbelow(True)
    figure.colorbar(picture, ax=axes, fraction=0.03, label="share of the questions asked")
    figure.savefig(file, dpi=80, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
