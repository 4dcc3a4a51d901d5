"""The questions that are offered: before the first message, and to be chosen by their number."""

import re
from collections.abc import Sequence

from clara.knowledge import Knowledge

GREETING = "courtesy_greeting"  # what it offers is offered before the first message too
NUMBER = re.compile(r"\W*([1-9])\W*")


def starters(knowledge: Knowledge, language: str) -> list[str]:
    """The questions that are offered to somebody who has asked nothing yet."""
    return [knowledge.topics[id].suggestion[language] for id in knowledge.courtesies[GREETING].suggestions]


def chosen(text: str, offered: Sequence[str]) -> str:
    """The question that a text asks: the one offered under its number ("2", "2.", "(2)"), or else the text itself."""
    number = NUMBER.fullmatch(text)
    if number and int(number[1]) <= len(offered):
        return offered[int(number[1]) - 1]
    return text
