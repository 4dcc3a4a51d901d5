"""What holds for every messaging service, tried with each one's double. docs/channels.md says so in its table."""

import json
import logging
import threading
import time

import pytest
import requests
from double import PUBLIC_URL
from doubles import DOUBLES, talking
from hypothesis import HealthCheck, given, settings, strategies
from standin import SECRET, Assistant, serving_with

from clara.channels.messaging import channel as channel_module
from clara.channels.messaging import client as client_module
from clara.channels.messaging.conversations import ids_of
from clara.channels.messaging.registry import SERVICES
from clara.errors import ClaraError
from clara.settings import Settings

QUESTIONS = ["Who funds CLARA?", "What does “CLARA” stand for & why?", "Quand le CLARA a-t-il été lancé ?"]


def test_every_service_has_a_double():
    assert tuple(double.kind for double in DOUBLES) == SERVICES


def test_message_is_answered_where_it_was_written(service, assistant):
    assert service.say("Who funds CLARA?").text == "You said: Who funds CLARA?"
    (heard,) = assistant.heard
    assert heard.input_channel == service.kind.name


def test_forged_calls_reach_nothing(service, assistant):
    call = service.message("Who funds CLARA?")
    assert service.deliver(service.forge(call)).status_code in (401, 403)
    bare = {**call, "headers": {"Content-Type": call["headers"]["Content-Type"]}}
    token_in_body = service.kind.name in ("mattermost", "rocketchat")
    if not token_in_body:
        assert service.deliver(bare).status_code in (401, 403)
    assert not assistant.heard
    assert not service.shown


@pytest.mark.parametrize("value", ["", "é", b"\xff", b"Bearer \xff.a.b", "v0=é", "Bearer", "Bearer é.é.é", "sha256=", "0" * 1000])
def test_malformed_signatures_or_tokens_are_refused(service, assistant, value):
    call = service.message("Who funds CLARA?")
    value = value if isinstance(value, bytes) else value.encode()
    headers = {name: value for name in call["headers"] if name != "Content-Type"}
    if not headers:
        call["data"] = json.dumps({**json.loads(call["data"]), "token": value.decode("latin-1")}).encode()
    kind = call["headers"]["Content-Type"]
    assert service.deliver({**call, "headers": {**headers, "Content-Type": kind}}).status_code in (401, 403)
    assert not assistant.heard


@pytest.mark.where("signs_body")
def test_altered_calls_are_refused(service, assistant):
    call = service.message("Who funds CLARA?")
    assert service.deliver({**call, "data": call["data"].replace(b"p1", b"p9")}).status_code == 401
    assert not assistant.heard


@pytest.mark.where("tells_time")
def test_old_calls_are_refused(service, assistant):
    assert service.deliver(service.message("Who funds CLARA?", age=2 * service.kind.gives_up_after)).status_code in (401, 403)
    assert not assistant.heard


def test_message_that_is_delivered_twice_is_answered_once(service, assistant):
    call = service.message("Who funds CLARA?")
    assert [service.deliver(call).status_code for _ in range(3)] == [200, 200, 200]
    service.say("And since when?")
    assert [shown.text for shown in service.shown] == ["You said: Who funds CLARA?", "You said: And since when?"]


def test_message_that_is_delivered_again_after_a_restart_is_answered_once(kind, assistant):
    with kind().open() as service:
        call = service.message("Who funds CLARA?")
        for _ in range(2):
            with serving_with(assistant, public_url=PUBLIC_URL, messaging=service.environment()) as client:
                service.server = client.address
                assert service.deliver(call).status_code == 200
                service.wait(1)
        assert len(service.shown) == 1


def test_messages_out_of_order_are_each_answered(service):
    first, second = service.message("first", id="101"), service.message("second", id="102")
    service.deliver(second)
    service.deliver(first)
    assert [shown.text for shown in service.wait(2)] == ["You said: second", "You said: first"]


def test_large_calls_are_refused(service, assistant):
    assert service.deliver(service.content({"text": "a" * 300_000})).status_code == 413
    assert not assistant.heard


def test_long_message_gets_a_kind_word(service, assistant):
    assert "too long" in service.say("a" * 600).text
    assert not assistant.heard


def test_empty_reply_becomes_an_apology(service, assistant):
    assistant.text = ""
    assert "something went wrong" in service.say("hello").text


def test_commands_are_treated_as_plain_text(service, assistant):
    service.say("/restart")
    assert assistant.heard[0].text == "restart"


def test_message_without_text_gets_a_kind_word(service, assistant):
    assert service.deliver(service.picture()).status_code == 200
    assert "only read text" in service.wait(1)[0].text
    assert not assistant.heard


def test_each_person_has_a_conversation_of_their_own(service, assistant):
    for person, room in [("p1", "r1"), ("p2", "r1"), ("p1", "r2"), ("p1", "r1")]:
        service.say("hello", person=person, room=room)
    first, second, third, fourth = (message.sender_id for message in assistant.heard)
    assert len({first, second, third}) == 3
    assert fourth == first
    assert all(id.startswith(f"{service.kind.name}-") and "p1" not in id for id in (first, second, third))


def test_conversation_can_be_named_by_the_services_own_ids(service, assistant):
    service.say("hello")
    (heard,) = assistant.heard
    ours = Settings(session_secret=SECRET)
    assert heard.sender_id in ids_of(service.named(), ours)
    for other in (service.named(person="p2"), service.named(room="r2")):
        assert heard.sender_id not in ids_of(other, ours)
    assert heard.sender_id not in ids_of(service.named(), Settings(session_secret="t" * 32))
    with pytest.raises(ClaraError, match=f"lacks an id: it must be {service.kind.name}:"):
        ids_of(service.named(person=""), ours)


def test_suggestions_can_be_chosen_by_their_number(service, assistant):
    assistant.suggestions = QUESTIONS
    shown = service.say("hello")
    assert len(shown.buttons) <= 5
    if shown.buttons != QUESTIONS:
        assert [line for line in shown.text.splitlines() if line[:2] in ("1.", "2.", "3.")] == [
            f"{number}. {question}" for number, question in enumerate(QUESTIONS, start=1)
        ]
    service.say(" 2. ")
    service.say("7")
    assert [message.text for message in assistant.heard] == ["hello", QUESTIONS[1], "7"]


@pytest.mark.where("has_buttons")
def test_pressed_button_asks_its_question(service, assistant):
    assistant.suggestions = QUESTIONS
    shown = service.say("hello")
    call = service.press(shown, shown.buttons[1])
    assert service.deliver(service.forge(call)).status_code in (401, 403)
    assert service.deliver(call).status_code == 200
    assert f"You said: {QUESTIONS[1]}" in service.wait(2)[1].text
    assert service.deliver(call).status_code == 200
    assert [message.text for message in assistant.heard] == ["hello", QUESTIONS[1]]


def test_source_is_a_line_of_its_own(service, assistant):
    assistant.text = "CLARA is a network.\nSource: the page, paragraph 1. https://www.example.org/about_us"
    text = service.say("What is CLARA?").text
    assert text.startswith(assistant.text)


def test_markup_characters_are_shown_literally(service, assistant):
    assistant.text = "1 < 2 & 3 > 2 <b>bold</b> « é » 😀"
    if service.kind.name == "telegram":
        assistant.text = "1 & 2 « é » 😀"  # the double has no parser for more
    assert service.say("hello").text == assistant.text


def test_long_reply_comes_in_parts(service, assistant):
    assistant.text = " ".join(["word"] * 3000) + "\nSource: the page."
    assistant.suggestions = QUESTIONS
    service.say("hello")
    words = sum(shown.text.count("word") for shown in service.shown)
    assert words == 3000
    assert "Source: the page." in service.shown[-1].text
    assert all("Source" not in shown.text and not shown.buttons for shown in service.shown[:-1])


def test_fault_of_the_assistant_gets_an_apology(service, assistant):
    async def fails(message):
        raise RuntimeError("zanzibar")

    assistant.fault = fails
    assert "something went wrong" in service.say("hello").text


def test_fault_of_the_store_gets_an_apology(service, assistant, monkeypatch, caplog):
    async def fails(sender):
        raise OSError("zanzibar")

    monkeypatch.setattr(assistant.tracker_store, "retrieve", fails)
    assert "something went wrong" in service.say("hello").text
    assert "zanzibar" not in caplog.text


def test_slow_answer_arrives_after_the_acknowledgement(service, assistant, monkeypatch):
    monkeypatch.setattr(channel_module, "ACKNOWLEDGE_SECONDS", 0.1)
    assistant.fault = assistant.slowly(1)
    call = service.message("Who funds CLARA?")
    assert service.deliver(call).status_code == service.deliver(call).status_code == 200
    assert not service.shown
    assert service.wait(1)[0].text == "You said: Who funds CLARA?"


def test_quick_answer_arrives_before_the_acknowledgement(service):
    assert service.deliver(service.message("Who funds CLARA?")).status_code == 200
    assert len(service.shown) == 1


def test_service_in_trouble_is_called_again(service, monkeypatch):
    monkeypatch.setattr(client_module, "PAUSES", (0.01, 0.01))
    service.say("warm up")
    service.troubles = [429, 503]
    assert service.say("hello").text == "You said: hello"
    assert [shown.text for shown in service.shown].count("You said: hello") == 1


def test_service_that_refuses_a_reply_affects_no_other(service, caplog):
    service.say("warm up")
    service.troubles = [500] * 5
    with caplog.at_level(logging.ERROR):
        assert service.deliver(service.message("zanzibar")).status_code in (200, 503)
    assert any(service.kind.title in record.message for record in caplog.records)
    assert "zanzibar" not in caplog.text
    service.troubles = []
    assert service.say("hello again").text == "You said: hello again"


def test_flood_of_messages_is_asked_once_to_wait(kind, assistant):
    with talking(kind, assistant, limits={"session_rate": 2}) as service:
        for _ in range(6):
            assert service.deliver(service.message("hello")).status_code == 200
        assert len(assistant.heard) == 2
        assert ["a lot of messages" in shown.text for shown in service.wait(3)] == [False, False, True]


def test_service_that_is_off_has_no_route(kind, assistant):
    with talking(kind, assistant) as service, serving_with(assistant) as off:
        call = service.message("hello")
        service.server = off.address
        assert service.deliver(call).status_code == 404


def test_nothing_can_be_read_at_the_address(service):
    assert requests.get(service.address, timeout=30).status_code in (401, 404)


@pytest.fixture(scope="module", params=DOUBLES, ids=lambda kind: kind.kind.name)
def fuzzed(request):
    with talking(request.param, Assistant()) as service:
        yield service


NESTED = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.floats() | strategies.text(max_size=20),
    lambda inner: strategies.lists(inner, max_size=4) | strategies.dictionaries(strategies.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=NESTED)
def test_strange_content_is_no_fault(fuzzed, content):
    assert fuzzed.deliver(fuzzed.content(content)).status_code in (200, 400, 401, 403)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=strategies.data())
def test_strange_value_in_a_message_is_no_fault(fuzzed, data):
    content = json.loads(call) if (call := fuzzed.message("hello")["data"])[:1] == b"{" else {"From": "1", "To": "2", "Body": "3"}
    places = list(_places(content))
    *path, last = data.draw(strategies.sampled_from(places))
    inner = content
    for key in path:
        inner = inner[key]
    inner[last] = data.draw(NESTED)
    assert fuzzed.deliver(fuzzed.content(content)).status_code in (200, 400, 401, 403, 503)


def _places(value, *path):
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, *path, key)


def test_stopping_waits_for_answers_under_way(kind, assistant):
    assistant.fault = assistant.slowly(0.5)
    with talking(kind, assistant) as service:
        thread = threading.Thread(target=lambda: service.deliver(service.message("hello")))
        thread.start()
        while not assistant.heard:
            time.sleep(0.01)
    thread.join(10)
    assert len(service.shown) == 1
