"""What a run shows, each figure once: the page and the committed summary are two views of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.understanding.comparison import Change
from benchmarks.understanding.confusions import Confusion, Taken
from benchmarks.understanding.curves import Curves
from benchmarks.understanding.figures import Figure


@dataclass(frozen=True)
class Report:
    """A run on the test set. Nothing in it holds a question's text: nobody is to read that set.

    Attributes:
        model: the name of the model that was asked.
        figures: those of the table.
        labels: right replies by label.
        thresholds: of the figures, by their names.
        changes: of figures and labels, by their names, since the accepted run; None if there is none on the same questions.
        counts: what was taken for what.
        confusions: the same without what was understood, the worst first.
        curves: what another threshold of certainty would give.
    """

    model: str
    figures: Sequence[Figure]
    labels: Sequence[Figure]
    thresholds: Mapping[str, float]
    changes: Mapping[str, Change] | None
    counts: Mapping[Taken, int]
    confusions: Sequence[Confusion]
    curves: Curves

    @property
    def missed(self) -> list[str]:
        """One line for each missed threshold."""
        return missed_thresholds(self.figures, self.thresholds)

    @property
    def regressions(self) -> list[str]:
        """One line for each figure that got clearly worse; labels are not judged by themselves."""
        found = [self.changes[figure.name] for figure in self.figures if self.changes and figure.name in self.changes]
        return [
            f"{change.now.name}: {change.worse} questions got worse, {change.better} better (p = {change.chance:.1g})."
            for change in found
            if change.is_regression
        ]

    @property
    def is_good(self) -> bool:
        """Whether nothing is missed, and nothing got clearly worse."""
        return not self.missed and not self.regressions


def missed_thresholds(figures: Sequence[Figure], thresholds: Mapping[str, float]) -> list[str]:
    """One line for each figure on the wrong side of its threshold, and for each threshold without a figure."""
    by_name = {figure.name: figure for figure in figures}
    missed = [f"There is no figure called {name!r}." for name in thresholds if name not in by_name]
    for name, bound in thresholds.items():
        figure = by_name.get(name)
        if figure and not figure.keeps(bound):
            found = f"{figure.share:.1%}, the threshold is {bound:.1%}" if figure.total else "nothing was asked"
            missed.append(f"{name}: {found}.")
    return missed
