"""The website's channel over HTTP, against the running assistant."""

import asyncio
import json
from types import SimpleNamespace

import pytest
import requests

from clara.channels.website import WebsiteChannel, read_request


def post(address, **arguments):
    return requests.post(f"{address}/chat/messages", timeout=60, **arguments)


def test_front_page_says_how_to_talk(address):
    told = requests.get(f"{address}/chat/", timeout=10).json()
    assert told == {"assistant": "Ask CLARA", "post": "/chat/messages", "languages": ["en", "fr"]}


def test_reply_carries_all_its_fields(address):
    response = post(address, json={"message": "Who funds CLARA?"})
    assert response.status_code == 200
    (reply,) = response.json()["replies"]
    assert "European Regional Development Fund" in reply["text"]
    assert (reply["kind"], reply["topics"], reply["language"]) == ("answer", ["funders"], "en")
    assert reply["sources"][0]["paragraph"] == 1
    assert 1 <= len(reply["suggestions"]) <= 3


def test_sessions_are_issued_and_differ(address):
    sessions = {post(address, json={"message": "hello"}).json()["session"] for _ in range(3)}
    assert len(sessions) == 3


def test_conversation_goes_on_with_its_session(address):
    first = post(address, json={"message": "Bonjour, qui finance le CLARA ?"}).json()
    second = post(address, json={"message": "LabEx?", "session": first["session"]}).json()
    assert second["session"] == first["session"]
    assert second["replies"][0]["language"] == "fr"


def test_interface_language_decides_where_the_text_does_not(address):
    for language in ("en", "fr"):
        told = post(address, json={"message": "???", "language": language}).json()
        assert told["replies"][0]["language"] == language


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"data": b"{"}, "JSON object"),
        ({"data": b"\xff\xfe"}, "JSON object"),
        ({"json": ["hello"]}, "JSON object"),
        ({"json": {}}, "`message`"),
        ({"json": {"message": 7}}, "`message`"),
        ({"json": {"message": " \n "}}, "`message`"),
        ({"json": {"message": "a" * 501}}, "500 characters"),
        ({"data": b'{"message": "\\ud800 hello"}'}, "Unicode"),
        ({"json": {"message": "hello", "session": "default"}}, "`session`"),
        ({"json": {"message": "hello", "session": {"a": 1}}}, "`session`"),
        ({"json": {"message": "hello", "language": "de"}}, "`language`"),
    ],
)
def test_request_that_cannot_be_taken_says_why(address, body, says):
    response = post(address, **body)
    assert response.status_code == 400
    assert says in response.json()["error"]


@pytest.mark.parametrize(
    "text", ["/restart", " /session_start", "\n/funders", '\t/mission_name{"a": "b"}', "\u00a0//restart", "/ /x", "\u2003/x"]
)
def test_commands_are_plain_text(text):
    message = read_request(SimpleNamespace(json={"message": text}))
    assert not message.text.startswith("/")
    assert message.text.strip() == message.text


def test_message_of_slashes_alone_is_answered(address):
    assert post(address, json={"message": "///"}).json()["replies"][0]["text"]


def reply_when(on_new_message, **body):
    message = read_request(SimpleNamespace(json={"message": "hello", **body}))
    response = asyncio.run(WebsiteChannel().reply(message, on_new_message))
    return response.status, json.loads(response.body)


async def says_nothing(message):
    """What Rasa does when an action fails, a lock expires or the model did not load."""


async def breaks(message):
    raise RuntimeError("the database is gone")


@pytest.mark.parametrize("fault", [says_nothing, breaks])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "I’m sorry, something went wrong"), ("fr", "Veuillez m’excuser, un problème")]
)
def test_silence_becomes_an_apology(fault, language, words):
    status, told = reply_when(fault, language=language)
    assert status == 503
    assert words in told["error"]
    assert told["session"]
