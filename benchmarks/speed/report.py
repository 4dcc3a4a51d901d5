"""Writes docs/speed/: the table of ratios, where a millisecond goes, and the picture of a long conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import matplotlib

matplotlib.use("Agg")  # no screen

import matplotlib.pyplot as plt

from benchmarks.speed.anatomy import ALL, UNAVOIDABLE

LIMIT = "the encoders and the classifier, which no server can avoid"
LEAST_SHARE = 0.001  # of a message, to be listed
WINDOW = 20  # messages, whose median is a point of the picture


@dataclass(frozen=True)
class Row:
    """One thing measured on both.

    Attributes:
        what: is measured.
        unit: of the figures.
        ours: figures of the rounds.
        baseline: the same of the baseline; empty where only ours was measured.
        goal: the ratio to reach.
        more_is_better: whether the ratio is ours to the baseline's, or the other way round.
        is_share: whether the ratio is told as a share of the baseline's (0.35x).
    """

    what: str
    unit: str
    ours: Sequence[float]
    baseline: Sequence[float] = ()
    goal: str = ""
    more_is_better: bool = False
    is_share: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better ours is, or which share of the baseline's it is; None where there is nothing to compare."""
        if not self.baseline:
            return None
        share = median(self.ours) / median(self.baseline)
        return share if self.more_is_better or self.is_share else 1 / share

    def line(self) -> str:
        """The row of a Markdown table."""
        ratio = "" if self.ratio is None else f"**{self.ratio:.2f}x**" if self.is_share else f"**{self.ratio:.1f}x**"
        return (
            f"| {self.what} | {_figures(self.ours, self.unit)} | {_figures(self.baseline, self.unit)} | {ratio} | {self.goal} |"
        )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table: medians, and where there were several rounds the least and the most of them."""
    head = ["| what | ours | baseline | ratio | goal |", "|---|---:|---:|---:|---:|"]
    return "\n".join([*head, *(row.line() for row in rows)])


def anatomy_table(parts: Mapping[str, float]) -> str:
    """Milliseconds of each part and its share of a message, the largest first, and the share of what no server can avoid."""
    named = {**parts, LIMIT: sum(parts.get(part, 0.0) for part in UNAVOIDABLE)}
    lines = ["| part | ms | share |", "|---|---:|---:|"]
    for part, seconds in sorted(named.items(), key=lambda item: -item[1]):
        share = seconds / parts[ALL]
        bold = "**" if part in (ALL, LIMIT) else ""
        if share >= LEAST_SHARE:
            lines.append(f"| {bold}{part}{bold} | {1000 * seconds:.2f} | {share:.1%} |")
    return "\n".join(lines)


def draw_conversation(conversations: Mapping[str, Sequence[float]], file: Path) -> None:
    """Milliseconds a message along a conversation, as a picture.

    Args:
        conversations: the seconds of each message, by whose they are.
        file: the PNG to write.
    """
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for name, seconds in conversations.items():
        starts = range(0, len(seconds) - WINDOW + 1, WINDOW)
        axes.plot([start + WINDOW for start in starts], [1000 * median(seconds[s : s + WINDOW]) for s in starts], label=name)
    axes.set(xlabel="turn of one conversation", ylabel="ms a message", ylim=(0, None))
    axes.legend()
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, dpi=100)
    plt.close(figure)


def _figures(figures: Sequence[float], unit: str) -> str:
    if not figures:
        return ""
    spread = f" ({_figure(min(figures))} to {_figure(max(figures))})" if len(figures) > 1 else ""
    return f"{_figure(median(figures))}{spread} {unit}"


def _figure(figure: float) -> str:
    """Three digits count."""
    return f"{float(f'{figure:.3g}'):,.10g}"
