"""The figures in a text: years, counts, in digits or in words."""

import re
from typing import FrozenSet

from text_to_num.transforms import alpha2digit

from clara.nlu.text import plain

DOZEN = re.compile(r"\b(?:dozen|douzaine)\b")


def figures(text: str, language: str) -> FrozenSet[int]:
    """The figures above two in a text in English ("en") or French ("fr"); "one", "two", "un" are more often no figures."""
    in_digits = DOZEN.sub("12", alpha2digit(plain(text), language))
    found = map(int, re.findall(r"\d{1,6}", in_digits))
    return frozenset(figure for figure in found if figure > 2)
