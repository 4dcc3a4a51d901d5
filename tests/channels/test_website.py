"""The website's channel over HTTP: what it takes, what it rejects and in which words, what it says when something breaks."""

import asyncio
import json
import logging
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from clara.channels import asking
from clara.channels.rejection import REASONS

WORDS = {
    "unreadable": {"en": "I can’t read this message", "fr": "Je n’arrive pas à lire ce message"},
    "not_json": {"en": "I can’t read this message", "fr": "Je n’arrive pas à lire ce message"},
    "empty": {"en": "Your message is empty", "fr": "Votre message est vide"},
    "too_long": {"en": "Your message is too long for me", "fr": "Votre message est trop long"},
    "unknown_session": {"en": "This conversation has ended", "fr": "Cette conversation est terminée"},
    "session_over": {"en": "This conversation has ended", "fr": "Cette conversation est terminée"},
    "foreign_origin": {"en": "I can’t answer from this website", "fr": "je ne peux pas répondre depuis ce site"},
    "too_fast": {"en": "Please wait a little", "fr": "Merci de patienter un peu"},
    "failed": {"en": "I’m sorry, something went wrong", "fr": "Excusez-moi, un problème technique"},
}
JSON = {"Content-Type": "application/json"}


def rejected(response, reason, language):
    """The response says this reason, with its status, in these words."""
    told = response.json()
    assert (response.status_code, told["error"]) == (REASONS[reason][0], reason), told
    assert WORDS[reason][language] in told["text"]
    assert told["detail"]
    return told


def test_every_reason_has_its_words_in_the_tests_below():
    assert set(WORDS) == set(REASONS)


def test_reply_carries_all_its_fields(address):
    response = requests.post(f"{address}/chat/messages", json={"message": "Who funds CLARA?"}, timeout=60)
    assert response.status_code == 200
    (reply,) = response.json()["replies"]
    assert "European Regional Development Fund" in reply["text"]
    assert (reply["kind"], reply["topics"], reply["language"]) == ("answer", ["funders"], "en")
    assert reply["sources"][0]["paragraph"] == 1
    assert 1 <= len(reply["suggestions"]) <= 3


def test_conversation_goes_on_with_its_session(visitor):
    assert visitor.say("Bonjour, qui finance le CLARA ?")["language"] == "fr"
    assert visitor.say("LabEx?")["language"] == "fr"


def test_interface_language_decides_where_the_text_does_not(visitor):
    for language in ("en", "fr"):
        visitor.forget()
        assert visitor.say("???", language)["language"] == language


def test_sessions_are_issued_and_lead_to_conversations_apart(client, assistant):
    sessions = {client.post({"message": "hello"}).json()["session"] for _ in range(3)}
    for session in sessions:
        assert client.post({"message": "hello again", "session": session}).json()["session"] == session
    senders = [message.sender_id for message in assistant.heard]
    assert len(sessions) == len(set(senders)) == 3
    assert sorted(senders[:3]) == sorted(senders[3:])


def test_two_visitors_never_see_each_other(client, assistant):
    async def says_slowly(message):
        await asyncio.sleep(0.2)
        metadata = {"kind": "courtesy", "topics": [], "language": "en", "sources": []}
        await message.output_channel.send_response(message.sender_id, {"text": message.text, "reply": metadata})

    assistant.fault = says_slowly
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: client.post({"message": f"I am {number}"}).json(), range(8)))
    assert [[reply["text"] for reply in one["replies"]] for one in told] == [[f"I am {number}"] for number in range(8)]


def test_session_in_the_tracker_does_not_open_the_conversation(client, assistant):
    """Who reads the database can't go on with somebody's conversation."""
    client.post({"message": "hello"})
    rejected(client.post({"message": "hello", "session": assistant.heard[0].sender_id}), "unknown_session", "en")


def test_client_names_no_sender_channel_or_metadata(client, assistant):
    body = {"message": "hi", "sender": "me", "sender_id": "me", "input_channel": "rest", "metadata": {"a": 1}, "language": "fr"}
    assert client.post(body).ok
    (message,) = assistant.heard
    assert (message.input_channel, message.metadata) == ("chat", {"language": "fr"})
    assert message.sender_id != "me"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("reason", "body"),
    [
        ("unreadable", {}),
        ("unreadable", {"message": 7}),
        ("unreadable", {"message": ["hello"]}),
        ("unreadable", {"message": "\ud800 hello"}),
        ("empty", {"message": ""}),
        ("empty", {"message": " \n\u2003\x00 "}),
        ("too_long", {"message": "a" * 501}),
        ("too_long", {"message": "a" * 20_000}),
        ("unknown_session", {"message": "hello", "session": "default"}),
        ("unknown_session", {"message": "hello", "session": {"a": 1}}),
        ("unknown_session", {"message": "hello", "session": "é.\ud800.x"}),
        ("unknown_session", {"message": "hello", "session": 0.5}),
    ],
)
def test_message_that_cannot_be_taken_is_rejected(client, assistant, language, reason, body):
    headers = {"Accept-Language": language} if len(str(body)) > 16_000 else {}  # then the body isn't read
    data = json.dumps({**body, "language": language})
    rejected(client.post(data=data, headers={**JSON, **headers}), reason, language)
    assert not assistant.heard


@pytest.mark.parametrize(("header", "language"), [("fr-FR,fr;q=0.9,en;q=0.8", "fr"), ("de, en", "en"), ("de", "en"), ("", "en")])
@pytest.mark.parametrize(
    ("reason", "sent"),
    [
        ("unreadable", {"data": b"{", "headers": JSON}),
        ("unreadable", {"data": b"\xff\xfe", "headers": JSON}),
        ("unreadable", {"data": b"", "headers": JSON}),
        ("unreadable", {"data": b'["hello"]', "headers": JSON}),
        ("unreadable", {"data": b"[" * 10_000, "headers": JSON}),
        ("unreadable", {"data": b'{"message": "hello", "language": "de"}', "headers": JSON}),
        ("not_json", {"data": b'{"message": "hello"}', "headers": {"Content-Type": "text/plain"}}),
        ("not_json", {"data": {"message": "hello"}}),
        ("not_json", {"data": b""}),
        ("foreign_origin", {"json": {"message": "hello"}, "headers": {"Origin": "https://elsewhere.example"}}),
        ("foreign_origin", {"json": {"message": "hello"}, "headers": {"Origin": "null"}}),
        ("foreign_origin", {"json": {"message": "hello"}, "headers": {"Origin": "http://["}}),
    ],
)
def test_request_that_cannot_be_taken_is_rejected_in_the_browsers_language(client, assistant, header, language, reason, sent):
    headers = {**sent.get("headers", {}), "Accept-Language": header}
    rejected(client.post(**{**sent, "headers": headers}), reason, language)
    assert not assistant.heard


def test_content_type_may_name_its_charset(client):
    headers = {"Content-Type": "Application/JSON; charset=UTF-8"}
    assert client.post(data='{"message": "é"}'.encode(), headers=headers).ok


def test_body_without_an_end_is_cut_off(client):
    def endless():
        yield b'{"message": "'
        while True:
            yield b"a" * 4096

    try:
        response = client.post(data=endless(), headers=JSON)
    except requests.ConnectionError:
        return  # the server hung up in the middle of it
    rejected(response, "too_long", "en")


def test_half_a_request_hurts_nobody(client):
    host, port = client.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as half:
        half.sendall(b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
        assert client.post({"message": "hello"}).ok
    assert client.post({"message": "hello"}).ok


def test_own_and_allowed_websites_may_talk(serve):
    with serve(allowed_origins=("https://www.example.org",)) as client:
        for origin in (client.address, "https://www.example.org"):
            response = client.post({"message": "hello"}, headers={"Origin": origin})
            assert response.ok
            assert response.headers["Access-Control-Allow-Origin"] == origin
            assert response.headers["Access-Control-Expose-Headers"] == "Retry-After"
            assert client.options(headers={"Origin": origin}).headers["Access-Control-Allow-Headers"] == "Content-Type"
        foreign = client.options(headers={"Origin": "https://elsewhere.example"})
        assert "Access-Control-Allow-Origin" not in foreign.headers
        assert client.post({"message": "hello"}).ok  # no browser's page sent it


@pytest.mark.parametrize("language", ["en", "fr"])
def test_conversation_that_goes_too_fast_has_to_wait(serve, assistant, language):
    with serve(limits={"session_rate": 5}) as client:
        session = client.post({"message": "hello"}).json()["session"]
        responses = [client.post({"message": "hello", "session": session, "language": language}) for _ in range(10)]
        assert [response.status_code for response in responses[:4]] == [200] * 4
        rejected(responses[-1], "too_fast", language)
        assert 1 <= int(responses[-1].headers["Retry-After"]) <= 60
        assert len(assistant.heard) < 10
        assert client.post({"message": "hello"}).ok  # another conversation isn't held up


@pytest.mark.parametrize("language", ["en", "fr"])
def test_address_that_sends_too_much_has_to_wait(serve, language):
    def post(address):
        return client.post({"message": "hello"}, headers={"X-Forwarded-For": address, "Accept-Language": language})

    with serve(proxies=1, limits={"address_rate": 5}) as client:
        responses = [post("203.0.113.7") for _ in range(10)]
        assert responses[0].ok
        rejected(responses[-1], "too_fast", language)
        assert post("203.0.113.8").ok
        household = [post(f"2001:db8::{number}") for number in range(10)]
        assert (household[0].status_code, household[-1].status_code) == (200, 429)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_conversation_has_an_end(serve, language):
    with serve(limits={"turns": 3}) as client:
        session = client.post({"message": "hello"}).json()["session"]
        responses = [client.post({"message": "hello", "session": session, "language": language}) for _ in range(3)]
        assert [response.status_code for response in responses] == [200, 200, 410]
        rejected(responses[-1], "session_over", language)


async def says_nothing(message):
    """What Rasa does when an action fails, or the model did not load."""


async def breaks(message):
    raise RuntimeError(f"the database is gone, and {message.text} with it")


async def breaks_after_speaking(message):
    await message.output_channel.send_response(message.sender_id, {"text": "Said, but not kept."})
    raise RuntimeError("the database is full")


async def hangs(message):
    await asyncio.sleep(60)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("fault", [says_nothing, breaks, breaks_after_speaking, hangs])
def test_silence_becomes_an_apology_and_the_visitor_can_try_again(serve, assistant, fault, language, caplog):
    assistant.fault = fault
    with serve(limits={"reply_seconds": 1}) as client, caplog.at_level(logging.WARNING, logger="clara"):
        told = rejected(client.post({"message": "a secret", "language": language}), "failed", language)
        assert "A message failed" in caplog.text
        assert "secret" not in caplog.text
        assistant.fault = None
        assert client.post({"message": "hello", "session": told["session"]}).json()["session"] == told["session"]
    assert assistant.heard[0].sender_id == assistant.heard[1].sender_id


def test_visitors_words_are_in_no_log(client, caplog):
    with caplog.at_level(logging.INFO):
        client.post({"message": "a secret"})
        client.post({"message": "a secret " * 100})
    assert "secret" not in caplog.text


def test_crowd_is_told_at_once_to_wait(serve, assistant, monkeypatch):
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 3)
    assistant.fault = assistant.slowly(1)
    with serve(limits={"address_rate": 1000}) as client, ThreadPoolExecutor(8) as pool:
        told = list(
            pool.map(lambda _: requests.post(f"{client.address}/chat/messages", json={"message": "hello"}, timeout=30), range(8))
        )
        assert sorted(response.status_code for response in told) == [200] * 3 + [429] * 5
        refused = next(response for response in told if response.status_code == 429)
        assert refused.headers["Retry-After"] == "5"
        assert "a lot of messages" in refused.json()["text"]
        assert client.post({"message": "hello again"}).status_code == 200
