"""Writes the report of a period."""

from pathlib import Path

from clara.knowledge import load_knowledge
from clara.report.figures import figures_of, unanswered
from clara.report.groups import group
from clara.report.page import render
from clara.report.period import read_period
from clara.report.sheets import write_sheets
from clara.settings import Settings


def write_report(settings: Settings, folder: Path, days: int, language: str) -> list[Path]:
    """Write report.html and the sheets; their paths.

    Args:
        settings: say where the conversations and the knowledge are.
        folder: where to; made if it isn't there.
        days: how many, today included.
        language: "en" or "fr": the page's, and that of whoever opens the sheets.

    Raises:
        ClaraError: the conversations can't be read, or the knowledge is broken.
    """
    knowledge = load_knowledge(settings.knowledge)
    period = read_period(settings, days)
    figures, groups = figures_of(period), group(unanswered(period, knowledge))
    folder.mkdir(mode=0o700, exist_ok=True)  # it holds what visitors typed
    page = folder / "report.html"
    page.write_text(render(figures, groups, knowledge, language), encoding="utf-8")
    return [page, *write_sheets(folder, figures, groups, language)]
