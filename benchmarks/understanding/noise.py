"""Slips of the finger, as on a phone: clean questions made noisy, each the same way every time."""

import random
import re
import zlib
from collections.abc import Iterable
from dataclasses import replace

from benchmarks.understanding.sets import TYPOS, Question
from clara.nlu.text import fold, without_accents

LETTERS_A_SLIP = 14  # one slip in so many letters, and at least one a question
ROWS = {"en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"), "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn")}  # of the keyboards
TRIES = 10  # a swap of two equal letters changes nothing, nor does a lost space in a single word
SLIPS = ("neighbour", "swap", "drop", "double", "space")


def noisy(questions: Iterable[Question]) -> list[Question]:
    """The questions, each with slips; what happens to one hangs on its text alone.

    Half of them lose their signs and capitals, half their accents, one in fifteen is shouted in capitals.
    """
    return [replace(question, text=_slip(question), group=TYPOS) for question in questions]


def _slip(question: Question) -> str:
    chance = random.Random(zlib.crc32(question.text.encode("utf-8")))
    text = question.text
    for _ in range(max(1, sum(map(str.isalpha, text)) // LETTERS_A_SLIP)):
        slips = (_one_slip(text, question.language, chance) for _ in range(TRIES))
        text = next((slipped for slipped in slips if slipped != text), text)
    if chance.random() < 1 / 2:
        text = re.sub(r"[.!?;:,…]", "", text).lower().strip()
    if chance.random() < 1 / 2:
        text = without_accents(text)
    return text.upper() if chance.random() < 1 / 15 else text


def _one_slip(text: str, language: str, chance: random.Random) -> str:
    """The text with one slip, inside a word or between two."""
    kind = chance.choice(SLIPS)
    places = [
        i for i in range(len(text) - 1) if (text[i] == " " if kind == "space" else text[i].isalpha() and text[i + 1].isalpha())
    ]
    if not places:
        return text
    at = chance.choice(places)
    instead = {
        "neighbour": chance.choice(neighbours(text[at], language)),
        "swap": text[at + 1] + text[at],
        "double": 2 * text[at],
        "drop": "",
        "space": "",
    }[kind]
    return text[:at] + instead + text[at + (2 if kind == "swap" else 1) :]


def neighbours(letter: str, language: str) -> list[str]:
    """The letters beside one on the keyboard of a language; itself, where the keyboard hasn't got it."""
    for row in ROWS[language]:
        at = row.find(fold(letter))
        if at >= 0:
            return [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
    return [letter]
