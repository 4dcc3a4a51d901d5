"""Runs that nobody made: questions, what came of them, and what a report shows of that, as a test wants it."""

from benchmarks.understanding.comparison import changes, run_of
from benchmarks.understanding.confusions import confusions, count_taken
from benchmarks.understanding.curves import THRESHOLDS, Curves
from benchmarks.understanding.figures import Figure, Outcome, right_by_label
from benchmarks.understanding.judge import Verdict
from benchmarks.understanding.report import Report
from benchmarks.understanding.sets import Question

CURVES = Curves({"right": 1 - THRESHOLDS**4, "near": (1 - THRESHOLDS) ** 2, "far": (1 - THRESHOLDS) ** 4}, 0.55)


def outcome(right=True, text="Who pays?", labels=("funders",), given=None, reply="Nobody knows.", before=(), **verdict):
    """What came of a question, whose other marks are in `verdict`."""
    marks = dict.fromkeys(Verdict.__dataclass_fields__, False) | {"says": "neither", "right": right} | verdict
    return Outcome(Question(text, "en", labels), reply, Verdict(**marks), given or labels[0], before=before)


def figure(right, more_is_better=True, name="topics"):
    """A share of as many questions as `right` has; it counts those that are true there."""
    return Figure(name, frozenset(range(len(right))), frozenset(n for n, hit in enumerate(right) if hit), more_is_better)


def report(outcomes, accepted=None, threshold=0.5):
    """The report of a run, with a figure of all its questions, beside an accepted one."""
    found = [figure([one.verdict.right for one in outcomes])]
    run = run_of(outcomes, [*found, *right_by_label(outcomes)])
    return Report(
        model="a model",
        figures=found,
        labels=right_by_label(outcomes),
        thresholds={"topics": threshold},
        changes=changes(run, accepted),
        counts=count_taken(outcomes),
        confusions=confusions(outcomes),
        curves=CURVES,
    )
