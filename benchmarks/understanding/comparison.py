"""A run beside the last accepted one, question by question: what got better, what got worse, and whether that can be chance."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from scipy.stats import binomtest

from benchmarks.understanding.figures import Figure, Outcome

CHANCE = 0.01  # what chance does less often than so, isn't chance


@dataclass(frozen=True)
class Run:
    """What is kept of a run: no question's text.

    Attributes:
        questions: the digest of all that was asked, in its order, and of what was due.
        figures: by their names.
    """

    questions: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Change:
    """A figure of this run beside the accepted run's."""

    now: Figure
    before: Figure

    @property
    def questions(self) -> int:
        """How many more are counted than before."""
        return self.now.hits - self.before.hits

    @property
    def points(self) -> float:
        """How much more the share is, in percentage points."""
        return 100 * (self.now.share - self.before.share)

    @property
    def better(self) -> int:
        """How many questions got better, of those that both are a share of."""
        return len(self._gained if self.now.more_is_better else self._lost)

    @property
    def worse(self) -> int:
        """How many got worse."""
        return len(self._lost if self.now.more_is_better else self._gained)

    @property
    def chance(self) -> float:
        """How likely so many of the changed questions, or more, are the worse ones if each may as well be a better one."""
        changed = self.better + self.worse
        return float(binomtest(self.worse, changed, alternative="greater").pvalue) if changed else 1.0

    @property
    def is_regression(self) -> bool:
        """Whether clearly more questions got worse than better."""
        return self.chance < CHANCE

    @property
    def _gained(self) -> frozenset[int]:
        return (self.now.hit - self.before.hit) & self.before.asked

    @property
    def _lost(self) -> frozenset[int]:
        return (self.before.hit - self.now.hit) & self.now.asked


def run_of(outcomes: Sequence[Outcome], figures: Iterable[Figure]) -> Run:
    """What is to be kept of a run."""
    asked = [(outcome.before, astuple(outcome.question)) for outcome in outcomes]
    digest = hashlib.sha256(json.dumps(asked).encode("utf-8")).hexdigest()
    return Run(digest, {figure.name: figure for figure in figures})


def changes(run: Run, accepted: Run | None) -> dict[str, Change] | None:
    """How the figures that both runs have changed, by their names; None if there is no accepted run on the same questions."""
    if accepted is None or accepted.questions != run.questions:
        return None
    return {name: Change(now, accepted.figures[name]) for name, now in run.figures.items() if name in accepted.figures}


def read_run(file: Path) -> Run | None:
    """The run that write_run() wrote; None where there is no file."""
    if not file.exists():
        return None
    content = json.loads(file.read_text(encoding="utf-8"))
    figures = {
        name: Figure(name, _numbers(kept["asked"]), _numbers(kept["hit"]), kept["more_is_better"])
        for name, kept in content["figures"].items()
    }
    return Run(content["questions"], figures)


def write_run(file: Path, run: Run) -> None:
    """Write a run; hits and totals are there for whoever reads a commit."""
    figures = {
        name: {
            "hits": figure.hits,
            "total": figure.total,
            "more_is_better": figure.more_is_better,
            "hit": _stretches(figure.hit),
            "asked": _stretches(figure.asked),
        }
        for name, figure in run.figures.items()
    }
    content = json.dumps({"questions": run.questions, "figures": figures}, indent=1)
    file.write_text(f"{content}\n", encoding="utf-8")


def _stretches(numbers: Iterable[int]) -> str:
    """Numbers in short: "0-5 7"."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1][1:] = [number]
        else:
            stretches.append([number])
    return " ".join("-".join(map(str, stretch)) for stretch in stretches)


def _numbers(stretches: str) -> frozenset[int]:
    ends = [stretch.partition("-") for stretch in stretches.split()]
    return frozenset(number for first, _, last in ends for number in range(int(first), int(last or first) + 1))
