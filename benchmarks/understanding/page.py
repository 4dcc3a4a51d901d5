"""The report as pages for a browser, each one file that fetches nothing: of a run, and of the development set's misses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from benchmarks.understanding.comparison import CHANCE, Change
from benchmarks.understanding.confusions import ASKED_BACK, Taken, matrix_of_kinds, matrix_of_labels
from benchmarks.understanding.curves import THRESHOLDS
from benchmarks.understanding.figures import Figure, Outcome
from benchmarks.understanding.report import Report
from clara.knowledge import Knowledge

WIDTH, HEIGHT = 400, 240  # of the curves' frame, in the picture's units
LISTED = 25  # confusions
LOOKS = ("right", "near", "far")  # of the curves, in their order: classes in style.css


def write_report_page(file: Path, report: Report, knowledge: Knowledge) -> None:
    """Write the page of a run on the test set; the knowledge tells which kinds of labels there are."""
    curves = [
        {
            "name": name,
            "look": look,
            "points": " ".join(f"{WIDTH * x:.0f},{HEIGHT * (1 - y):.1f}" for x, y in zip(THRESHOLDS, shares)),
            "share": float(np.interp(report.curves.answer_from, THRESHOLDS, shares)),
            "tenths": shares[:: len(THRESHOLDS) // 10],
        }
        for (name, shares), look in zip(report.curves.shares.items(), LOOKS)
    ]
    _write(
        file,
        "report.html",
        report=report,
        changes=report.changes or {},
        matrices=[matrix_of_kinds(report.counts, knowledge), matrix_of_labels(report.counts)],
        worst_first=sorted(report.labels, key=lambda figure: figure.share),
        chance=CHANCE,
        curves=curves,
        width=WIDTH,
        height=HEIGHT,
        listed=LISTED,
    )


def write_misses_page(file: Path, model: str, figures: Sequence[Figure], misses: Mapping[Taken, Sequence[Outcome]]) -> None:
    """Write the page of the development set's misses, with their questions."""
    _write(file, "misses.html", model=model, figures=figures, misses=misses, asked_back=ASKED_BACK)


def _write(file: Path, template: str, **values: Any) -> None:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "signed": _signed, "label": _breakable, "word": word, "faults": faults}
    file.parent.mkdir(exist_ok=True)
    page = environment.get_template(template).render(written=datetime.now(), **values)
    file.write_text(page, encoding="utf-8")


def word(change: Change) -> str:
    """What became of a figure, in a word or two."""
    if change.is_regression:
        return "clearly worse"
    if change.better == change.worse:
        return "as good" if change.better or change.questions else "same"
    return "better" if change.better > change.worse else "worse"


def faults(outcome: Outcome) -> list[str]:
    """What is wrong with a reply, in words."""
    verdict = outcome.verdict
    found = {
        "false answer": verdict.false_answer,
        "wrong language": verdict.wrong_language,
        f"says {verdict.says}": verdict.says_wrong,
        "asks back": verdict.asks_back,
        "only a part": outcome.question.all_asked and verdict.answered_in_part and not verdict.right,
    }
    return [name for name, so in found.items() if so] or ["not what is due"]


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _signed(number: float) -> str:
    """With a real minus; a zero has no sign."""
    text = f"{number:+d}" if isinstance(number, int) else f"{number:+.1f}"
    return text.strip("+-") if not float(text) else text.replace("-", "−")


def _breakable(label: str) -> Markup:
    """A label that may go on in another line after each of its words."""
    return Markup("_<wbr>").join(map(escape, label.split("_")))
