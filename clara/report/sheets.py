"""The figures and questions as CSV, for spreadsheets."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from clara.report.figures import Figures
from clara.report.groups import Group

# What makes a spreadsheet take a text for a formula: at its beginning, or where one that splits it elsewhere begins a cell.
FORMULA = re.compile(r"(^|[;,\t])(?=\s*[=+@-])")
DELIMITERS = {"en": ",", "fr": ";"}  # as spreadsheets in these languages read them


def write_sheets(folder: Path, figures: Figures, groups: Sequence[Group], language: str) -> list[Path]:
    """Write days.csv, topics.csv and questions.csv, for spreadsheets in a language of DELIMITERS; their paths."""
    write = partial(_write, DELIMITERS[language])
    return [
        write(
            folder / "days.csv",
            ("day", "conversations", "messages"),
            ((day.date.isoformat(), day.conversations, day.messages) for day in figures.days),
        ),
        write(
            folder / "topics.csv",
            ("topic", "answered", "helpful", "unhelpful", "reasons"),
            (
                (topic.id, topic.answered, topic.helpful, topic.unhelpful, ", ".join(sorted(topic.reasons.elements())))
                for topic in figures.topics
            ),
        ),
        write(
            folder / "questions.csv",
            ("group", "taken for", "question", "asked", "language", "after"),
            (
                (number, group.taken_for, question.text, question.asked, question.language, question.after)
                for number, group in enumerate(groups, start=1)
                for question in group.questions
            ),
        ),
    ]


def _write(delimiter: str, file: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(names)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file


def _harmless(cell: object) -> object:
    return FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell
