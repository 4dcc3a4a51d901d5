"""What was typed on a phone is read as it was meant; what is no slip stays as it is."""

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from clara.knowledge import LANGUAGES
from clara.nlu.slips import OFTEN, SlipMender, as_meant, edits, read_shorthand, swaps
from clara.nlu.tokenizer import SpacyTokenizer

TAUGHT = [
    "marketing authorization please",
    "which marketing authorization",
    "les découvertes et le financement",
    "financement découvertes",
]


@pytest.fixture
def mender(make):
    component = make(SlipMender)
    component.train(TrainingData([Message.build(text, "funders") for text in TAUGHT]))
    return component


@pytest.fixture
def meant(make, understand):
    """The words of a text as they were meant."""
    tokenizer = make(SpacyTokenizer)

    def meant(mender, text, language):
        message = understand(text, tokenizer, mender, language=language)
        return " ".join(as_meant(token) for token in message.get(TOKENS_NAMES[TEXT]))

    return meant


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "marekting authorizaton", "marketing authorization"),  # swapped, dropped
        ("en", "markketing", "marketing"),  # doubled
        ("fr", "financemnet des decouvretes", "financement des découvertes"),
        ("fr", "ki vs finance koi", "qui vous finance quoi"),
        ("en", "wat do u do", "what do you do"),
    ],
)
def test_slips_and_shorthand_are_read_as_meant(mender, meant, language, text, expected):
    assert meant(mender, text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "marketers"),  # a word of its own
        ("en", "the fever"),  # no name of a body
        ("fr", "du marketing"),
        ("en", "xqzwkv"),  # nothing is near
        ("en", "42 devwecan"),
        ("fr", "sa vocation"),
    ],
)
def test_what_is_no_slip_stays(mender, meant, language, text):
    assert meant(mender, text, language) == text


def test_shorthand_of_one_language_is_not_read_in_the_other(mender, meant):
    assert meant(mender, "r u", "fr") == "r u"


def test_mender_is_the_same_when_loaded(mender, make, meant):
    loaded = make(SlipMender, loaded=True)
    assert meant(loaded, "marekting decouvretes", "en") == meant(mender, "marekting decouvretes", "en")


def test_word_of_many_questions_is_no_slip(make, meant):
    for times, expected in ((OFTEN - 1, "marketing"), (OFTEN, "markting")):
        mender = make(SlipMender)
        mender.train(
            TrainingData([Message.build(f"{text} {n}", "funders") for n in range(times) for text in ("markting", "marketing")])
        )
        assert meant(mender, "markting", "en") == expected


def test_swapped_letters_are_likelier_than_a_wrong_one(make, meant):
    mender = make(SlipMender)
    mender.train(TrainingData([Message.build("trial trial viral viral viral viral viral", "funders")]))
    assert meant(mender, "tiral", "en") == "trial"


def test_edits_and_swaps_of_a_word():
    assert {"ct", "cats", "cut", "coat"} <= edits("cat")
    assert "act" not in edits("cat")
    assert swaps("cat") == {"act", "cta"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_shorthand_stands_for_other_words(language):
    assert all(long and long != short for short, long in read_shorthand()[language].items())
