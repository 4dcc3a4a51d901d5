"""The report as one page that asks nobody for anything."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clara.answering.reply import ANSWER, DID_YOU_MEAN, UNCLEAR
from clara.knowledge import Knowledge
from clara.report.figures import Figures
from clara.report.groups import Group
from clara.report.material import as_examples, as_topic
from clara.report.words import words_in

TEMPLATES = Path(__file__).parent / "templates"
MOST_GROUPS = 60  # on the page; all of them are in questions.csv


def render(figures: Figures, groups: Sequence[Group], knowledge: Knowledge, language: str) -> str:
    """The page as HTML.

    Args:
        figures: of the period.
        groups: what was asked in vain.
        knowledge: has the titles of topics and refusals.
        language: "en" or "fr": the report's.
    """
    # What visitors typed is escaped, as is all else.
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    words = words_in(language)
    titles = {id: topic.title[language] for id, topic in knowledge.topics.items()}
    titles |= {id: refusal.title[language] for id, refusal in knowledge.refusals.items()}
    shown, rest = groups[:MOST_GROUPS], groups[MOST_GROUPS:]

    def named(prefix: str) -> Callable[[str], str]:
        return lambda name: words.get(f"{prefix}_{name}", name.capitalize())

    def title_of(id: str) -> str:
        return titles.get(id) or named("kind")(id)

    return environment.get_template("report.html").render(
        language=language,
        words=words,
        figures=figures,
        shares=_shares(figures),
        busiest=max((day.messages for day in figures.days), default=0) or 1,
        groups=[{"group": group, "examples": as_examples(group), "topic": as_topic(group)} for group in shown],
        rest={"groups": len(rest), "questions": sum(len(group.questions) for group in rest)},
        title_of=title_of,
        title_of_kind=named("kind"),
        title_of_language=named("lang"),
        title_of_channel=named("channel"),
        colon=":" if language == "en" else "\u00a0:",
        written=lambda day: _written(day, language),
        percent=lambda share: _percent(share, language),
    )


def _shares(figures: Figures) -> dict[str, float]:
    kinds = figures.kinds
    return {
        "answered_share": figures.share(ANSWER),
        "refused_share": figures.share("not_on_page"),
        "unclear_share": (kinds[UNCLEAR] + kinds[DID_YOU_MEAN]) / figures.messages if figures.messages else 0.0,
    }


def _percent(share: float, language: str) -> str:
    return f"{share:.0%}" if language == "en" else f"{100 * share:.0f}\u202f%"


def _written(day: date, language: str) -> str:
    return f"{day:%d/%m/%Y}" if language == "fr" else f"{day:%Y-%m-%d}"
