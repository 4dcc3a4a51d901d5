"""Writes docs/understanding/: the table of figures, and the confusion matrix as a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt
import numpy as np

from benchmarks.understanding.figures import Figure, Outcome

INTRODUCTION = """\
# How well questions are understood

Written by `make evaluate`, from the frozen set in tests/understanding/test: questions that nobody trains on or reads, put
through the website's channel, each (but for dialogues) in a conversation of its own, and judged by the text that came back
(benchmarks/understanding/judge.py). [thresholds.yml](../../benchmarks/understanding/thresholds.yml) holds the shares that must
not get worse. A false answer is a fact of the page where none was due: the worst error.
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


def missed_thresholds(figures: Sequence[Figure], thresholds: Mapping[str, float]) -> list[str]:
    """One line for each figure on the wrong side of its threshold, and for each threshold without a figure."""
    by_name = {figure.name: figure for figure in figures}
    missed = [f"There is no figure called {name!r}." for name in thresholds if name not in by_name]
    for name, bound in thresholds.items():
        figure = by_name.get(name)
        if figure and not figure.total:
            missed.append(f"{name}: nothing was asked.")
        if figure and (figure.share < bound if figure.more_is_better else figure.share > bound):
            missed.append(f"{name}: {figure.share:.1%}, the threshold is {bound:.1%}.")
    return missed


def write_report(folder: Path, overall: str, labels: str, outcomes: Sequence[Outcome]) -> None:
    """Write README.md and confusion.png.

    Args:
        folder: where to; made if it isn't there.
        overall: the table of figures.
        labels: the table of right replies by label.
        outcomes: what the picture shows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{INTRODUCTION}\n{overall}\n\n{PICTURE}\n## Right replies, by what was asked\n\n{labels}\n"
    (folder / "README.md").write_text(text, encoding="utf-8")
    draw_confusion(folder / "confusion.png", outcomes)


def draw_confusion(file: Path, outcomes: Sequence[Outcome]) -> None:
    """Draw the confusion matrix, each row as shares of what was asked."""
    names = sorted({outcome.question.labels[0] for outcome in outcomes} | {outcome.given for outcome in outcomes})
    index = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for outcome in outcomes:
        # One of several equally right labels is no confusion.
        asked = outcome.given if outcome.given in outcome.question.labels else outcome.question.labels[0]
        counts[index[asked], index[outcome.given]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
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
