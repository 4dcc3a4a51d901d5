"""Events go to a real RabbitMQ, for other programs; it is stopped, killed, or frozen, while people are talking."""

import json
import time

import pytest
from broker import running_broker
from commands import clara
from crowd import QUESTIONS, Crowd, by_conversation, expect_kept, expect_spoken, sqlite_rows
from process import running

from benchmarks.server import Visitor, free_port

AWAY_SECONDS = 12


@pytest.fixture(scope="module")
def broker():
    with running_broker() as broker:
        yield broker


@pytest.fixture
def assistant(trained, broker, tmp_path):
    broker.read()
    with running(tmp_path, BROKER_URL=broker.url) as assistant:
        yield assistant


def events_of(deliveries):
    """The events of each conversation, in order; one that was sent twice, once."""
    conversations = {}
    for delivered in {delivered.id: delivered for delivered in deliveries}.values():
        event = delivered.event
        conversations.setdefault(event.pop("sender_id"), []).append(event)
    return conversations


def wait_for_all(broker, kept, seconds=60.0):
    """What arrives, until it is all that is kept."""
    deliveries, deadline = [], time.monotonic() + seconds
    while len({delivered.id for delivered in deliveries}) < sum(map(len, kept.values())):
        assert time.monotonic() < deadline, f"{len(deliveries)} events arrived in {seconds:g} s."
        deliveries += broker.read()
    return deliveries


def test_everything_that_is_said_arrives_without_what_is_private(assistant, broker):
    visitor = Visitor(assistant.address)
    said = ["Who funds CLARA?", "My scan shows a shadow, Zanzibar was fine", "I want to die, my Zanzibar trip is off"]
    replies = [visitor.say(text) for text in said]
    assert assistant.healthy()  # it had a conversation of its own for that
    assert visitor.say("And since when?")
    kept = by_conversation(sqlite_rows(assistant.conversations))
    deliveries = wait_for_all(broker, kept)
    time.sleep(1)
    assert not broker.read()  # nothing else
    ((sender, events),) = events_of(deliveries).items()
    assert kept == {sender: events}
    spoken = [event for event in events if event["event"] in ("user", "bot")]
    assert [event["event"] for event in spoken] == ["user", "bot"] * 4
    assert [event["text"] for event in spoken[1:6:2]] == [reply["text"] for reply in replies]
    assert [event["text"] for event in spoken[0:6:2]] == [said[0], "[not kept]", "[not kept]"]
    assert [event["parse_data"]["intent"]["name"] for event in spoken[0:6:2]] == ["funders", "medical", "crisis"]
    assert "Zanzibar" not in json.dumps(events)


@pytest.mark.parametrize(("leave", "come_back"), [("stop", "start"), ("kill", "start"), ("freeze", "thaw")])
def test_broker_is_gone_for_a_while(assistant, broker, leave, come_back):
    crowd = Crowd(assistant.address)
    with crowd.talking():
        crowd.wait_for_answers(20)
        getattr(broker, leave)()
        end = time.monotonic() + AWAY_SECONDS
        try:
            crowd.wait_for_answers(20, since=time.monotonic())
            assert assistant.healthy()
            time.sleep(max(0.0, end - time.monotonic()))
        finally:
            getattr(broker, come_back)()
        crowd.wait_for_answers(20, since=time.monotonic())
    expect_spoken(crowd.turns)
    assert all(turn.status == 200 for turn in crowd.turns)
    rows = sqlite_rows(assistant.conversations)
    expect_kept(crowd.turns, rows)
    kept = by_conversation(rows)
    assert events_of(wait_for_all(broker, kept)) == kept
    assert "Events wait, for RabbitMQ doesn't take them" in assistant.logged()
    assert not [words for words in QUESTIONS if words in assistant.logged()]


def test_stopping_waits_until_events_are_there(assistant, broker):
    crowd = Crowd(assistant.address)
    with crowd.talking():
        crowd.wait_for_answers(20)
    assistant.stop()
    kept = by_conversation(sqlite_rows(assistant.conversations))
    assert events_of(broker.read()) == kept


@pytest.mark.parametrize(("right", "wrong"), [(":guest@", ":hunter2@"), ("/guest:", "/nobody:"), ("/", "/nowhere")])
def test_broker_that_may_not_be_used_says_what_to_do(broker, right, wrong):
    """A wrong password, a user and a virtual host that there aren't."""
    url = wrong.join(broker.url.rsplit(right, 1))
    result = clara("serve", PORT=str(free_port()), BROKER_URL=url)
    (line,) = result.stderr.strip().splitlines()
    assert result.returncode == 1
    assert line.startswith("BROKER_URL can't be used (")
    assert "hunter2" not in line
