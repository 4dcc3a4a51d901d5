import asyncio
from types import SimpleNamespace

import pytest

from clara.channels.guard import check_text, plain_text_only
from clara.channels.rejection import Rejection


@pytest.mark.parametrize(
    "text", ["/restart", " /session_start", "\n/funders", '\t/mission_name{"a": "b"}', "\u00a0//restart", "/ /x", "\u2003/x", "/"]
)
def test_commands_are_plain_text(text):
    heard = []

    async def on_new_message(message):
        heard.append(message.text)

    asyncio.run(plain_text_only(on_new_message)(SimpleNamespace(text=text)))
    (text,) = heard
    assert text
    assert not text.startswith("/")
    assert text.strip() == text


def test_text_is_trimmed():
    assert check_text(" who\nfunds you? \n", 500) == "who\nfunds you?"


def test_control_characters_are_spaces():
    assert check_text("who\x00funds\x1b you?\x9f", 500) == "who funds  you?"


@pytest.mark.parametrize("text", ["👩‍🔬 c’est quoi ?", "مرحبا", "𝔄𝔟", "e\u0301", "\u202eabc"])
def test_signs_of_every_script_are_kept(text):
    assert check_text(text, 500) == text


def test_length_is_counted_in_characters_after_trimming():
    assert check_text(f"  {'é' * 500}  ", 500) == "é" * 500
    with pytest.raises(Rejection) as rejected:
        check_text("é" * 501, 500)
    assert rejected.value.reason == "too_long"


def test_signs_that_stand_for_many_are_counted_as_many():
    with pytest.raises(Rejection) as rejected:
        check_text("\ufdfa" * 100, 500)
    assert rejected.value.reason == "too_long"
