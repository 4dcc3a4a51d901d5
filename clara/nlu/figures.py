"""The figures in a text: years, counts, in digits or in words."""

import re
from typing import FrozenSet

from clara.nlu.text import fold

# "one" and "two" are left out: in either language they are more often no figures.
WORDS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "douzaine": 12,
    "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "cent": 100,
}  # fmt: skip


def figures(text: str) -> FrozenSet[int]:
    """The figures in an English or French text."""
    found = {int(digits) for digits in re.findall(r"\d{1,6}", text)}
    return frozenset(found | {WORDS[word] for word in re.findall(r"[a-z]+", fold(text)) if word in WORDS})
