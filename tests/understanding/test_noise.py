"""The noise is what fingers do, and the same each time."""

from benchmarks.understanding.noise import neighbours, noisy
from benchmarks.understanding.sets import TYPOS, Question

QUESTIONS = [
    Question("Who funds the Cancéropôle, and since when has it existed?", "en", ("funders",)),
    Question("Quels projets ont été certifiés pour leur excellence scientifique ?", "fr", ("programmes_certified_projects",)),
    Question("?", "en", ("unclear",)),
]


def test_slips_change_the_text_and_nothing_that_is_due():
    for clean, slipped in zip(QUESTIONS[:2], noisy(QUESTIONS)):
        assert slipped.text.lower() != clean.text.lower()
        assert (slipped.labels, slipped.language, slipped.group) == (clean.labels, clean.language, TYPOS)


def test_slips_are_the_same_each_time_and_hang_on_the_text_alone():
    assert noisy(QUESTIONS) == [noisy([question])[0] for question in QUESTIONS]


def test_slips_are_few():
    for clean, slipped in zip(QUESTIONS, noisy(QUESTIONS)):
        assert abs(len(clean.text) - len(slipped.text)) <= 1 + len(clean.text) // 8


def test_text_without_a_word_stays():
    assert noisy(QUESTIONS[2:])[0].text in ("?", "")


def test_neighbours_are_those_of_the_keyboard():
    assert neighbours("q", "en") == ["w"]
    assert neighbours("é", "fr") == ["z", "r"]
    assert neighbours("ß", "fr") == ["ß"]
