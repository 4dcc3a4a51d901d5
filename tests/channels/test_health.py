"""The health check: true only when the right answer comes back through the whole assistant."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
import requests

from benchmarks.server import running_server
from clara.channels import HEALTH
from clara.channels.health import Health
from clara.live import LiveKnowledge


@pytest.fixture
def live(settings):
    return LiveKnowledge(settings.knowledge)


def speaking(text, calls):
    async def on_new_message(message):
        calls.append(message)
        if isinstance(text, Exception):
            raise text
        if text is not None:
            await message.output_channel.send_response(message.sender_id, {"text": text})

    return on_new_message


def right_answer(knowledge):
    return next(iter(knowledge.topics.values())).answer["en"]


def test_right_answer_is_health(knowledge, live):
    assert asyncio.run(Health(speaking(right_answer(knowledge), []), live, 10).check())


@pytest.mark.parametrize("text", [None, "I’m sorry.", RuntimeError("gone"), asyncio.TimeoutError()])
def test_anything_else_is_not(live, text):
    assert not asyncio.run(Health(speaking(text, []), live, 10).check())


def test_finding_holds_for_some_seconds_and_is_asked_for_once(knowledge, live):
    async def check(seconds):
        calls = []
        health = Health(speaking(right_answer(knowledge), calls), live, seconds)
        assert all(await asyncio.gather(*(health.check() for _ in range(20))))
        return len(calls)

    assert asyncio.run(check(seconds=10)) == 1
    assert asyncio.run(check(seconds=0)) == 20


def test_each_question_is_a_conversation_of_its_own(knowledge, live):
    calls = []
    health = Health(speaking(right_answer(knowledge), calls), live, 0)
    for _ in range(3):
        asyncio.run(health.check())
    assert len({message.sender_id for message in calls}) == 3
    assert {message.input_channel for message in calls} == {HEALTH}


def test_change_is_logged_once_each_way(knowledge, live, caplog):
    words = [None, None, right_answer(knowledge), None]

    async def run():
        said = iter(words)

        async def on_new_message(message):
            await speaking(next(said), [])(message)

        health = Health(on_new_message, live, 0)
        return [await health.check() for _ in words]

    with caplog.at_level("WARNING", logger="clara"):
        assert asyncio.run(run()) == [False, False, True, False]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING", "ERROR"]


def test_server_is_well_and_keeps_nothing_of_the_question(trained, tmp_path):
    file = tmp_path / "conversations.db"
    with running_server({"CONVERSATIONS": str(file)}) as address:
        response = requests.get(f"{address}/chat/health", timeout=60)
        assert (response.status_code, response.json()) == (200, {"healthy": True})
        assert requests.get(f"{address}/chat/alive", timeout=60).json() == {"alive": True}
        requests.post(f"{address}/chat/messages", json={"message": "hello"}, timeout=60)
    with closing(sqlite3.connect(file)) as database:
        senders = [sender for (sender,) in database.execute("SELECT DISTINCT sender_id FROM events")]
    assert len(senders) == 1
    assert not senders[0].startswith(HEALTH)
