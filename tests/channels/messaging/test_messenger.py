"""What is particular to Messenger."""

import pytest
import requests
from doubles import talking
from messenger_double import VERIFY, MessengerDouble


@pytest.fixture
def messenger(assistant):
    with talking(MessengerDouble, assistant) as service:
        yield service


def handshake(messenger, token):
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
    return requests.get(messenger.address, params=query, timeout=30)


def test_challenge_comes_back(messenger):
    response = handshake(messenger, VERIFY)
    assert (response.status_code, response.text) == (200, "1158201444")
    assert response.headers["Content-Type"].startswith("text/plain")


def test_challenge_of_a_stranger_is_refused(messenger):
    assert handshake(messenger, "wrong").status_code == 401


def test_messages_of_one_call_are_each_answered(messenger):
    events = [messenger.event(person, message={"mid": f"m{person}", "text": f"from {person}"}) for person in ("p1", "p2")]
    messenger.deliver(messenger.events(*events))
    assert {shown.text for shown in messenger.wait(2)} == {"You said: from p1", "You said: from p2"}


def test_button_that_begins_a_conversation_brings_the_opening_in_both_languages(messenger, assistant):
    pressed = messenger.event(postback={"mid": "m1", "title": "Get started", "payload": "START"})
    messenger.deliver(messenger.events(pressed))
    text = messenger.wait(1)[0].text
    assert "Hello!" in text
    assert "Bonjour" in text
    assert not assistant.heard


def test_postback_asks_its_title(messenger, assistant):
    messenger.deliver(messenger.events(messenger.event(postback={"mid": "m1", "title": "Who funds CLARA?", "payload": "X"})))
    assert assistant.heard[0].text == "Who funds CLARA?"


@pytest.mark.parametrize(
    "event",
    [
        {"message": {"mid": "m1", "text": "hello", "is_echo": True}},
        {"read": {"watermark": 1}},
        {"delivery": {"mids": ["m1"]}},
        {"message": {"mid": "m1", "text": "hello"}, "sender": {}},
    ],
)
def test_what_is_no_message_is_left_alone(messenger, assistant, event):
    assert messenger.deliver(messenger.events(messenger.event(**event))).status_code == 200
    assert not assistant.heard
    assert not messenger.shown


def test_button_that_begins_a_conversation_is_asked_for_at_the_start(messenger):
    messenger.say("hello")
    assert messenger.registered == [{"get_started": {"payload": "START"}}]


def test_number_chooses_from_the_opening(messenger, assistant):
    messenger.deliver(messenger.events(messenger.event(postback={"mid": "m1", "title": "Get started", "payload": "START"})))
    (first,) = (line for line in messenger.wait(1)[0].text.splitlines() if line.startswith("1. "))
    messenger.say("1")
    assert f"1. {assistant.heard[0].text}" == first


def test_old_message_beside_a_new_one_is_left_out(messenger):
    old = messenger.event("p1", age=10 * 24 * 3600, message={"mid": "m1", "text": "old"})
    new = messenger.event("p2", message={"mid": "m2", "text": "new"})
    assert messenger.deliver(messenger.events(old, new)).status_code == 200
    assert [shown.text for shown in messenger.wait(1)] == ["You said: new"]


def test_message_that_was_long_under_way_is_answered(messenger):
    assert messenger.say("hello", age=20 * 3600).text == "You said: hello"


def test_conversations_of_one_call_do_not_wait_for_each_other(messenger, assistant):
    assistant.fault = assistant.slowly(1, where="slow")
    events = [messenger.event(text, message={"mid": text, "text": text}) for text in ("slow", "quick")]
    messenger.deliver(messenger.events(*events))
    assert [shown.text for shown in messenger.wait(2)] == ["You said: quick", "You said: slow"]
