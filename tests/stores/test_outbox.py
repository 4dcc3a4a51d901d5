"""Events wait for RabbitMQ, and what Rasa's own broker still does with them (a real one: tests/faults/test_broker.py)."""

import asyncio
import json
from contextlib import asynccontextmanager
from unittest.mock import Mock

import pytest
from pamqp.commands import Basic
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import PikaEventBroker
from rasa.core.utils import AvailableEndpoints
from structlog.testing import capture_logs

from clara import assistant
from clara.settings import ROOT
from clara.stores import EventOutbox, outbox


class Exchange:
    """RabbitMQ's, which meets each event with the next of these outcomes, and takes those that come later."""

    def __init__(self, *outcomes):
        self.outcomes, self.taken, self.opened = list(outcomes), [], 0

    async def publish(self, message, routing_key):
        outcome = self.outcomes.pop(0) if self.outcomes else Basic.Ack(1)
        if isinstance(outcome, BaseException):
            raise outcome
        if isinstance(outcome, Basic.Ack):
            self.taken.append(json.loads(message.body)["text"])
        return outcome


@pytest.fixture
def deliver(monkeypatch):
    """Has an outbox deliver some texts to an exchange."""
    monkeypatch.setattr(outbox, "PAUSE", 0.01)

    def deliver(exchange, *texts, seconds=5.0):
        @asynccontextmanager
        async def exchange_at(url):
            exchange.opened += 1
            yield exchange

        monkeypatch.setattr(outbox, "exchange_at", exchange_at)
        monkeypatch.setattr(outbox, "BROKER_SECONDS", seconds)
        monkeypatch.setenv("BROKER_URL", "amqp://me:hunter2@localhost/")

        async def run():
            events = await EventOutbox.from_endpoint_config()
            for text in texts:
                events.publish({"text": text})
            await events.close()

        asyncio.run(run())
        return exchange.taken

    return deliver


async def rasas_own(exchange):
    broker = PikaEventBroker("localhost", "me", "hunter2", queues=["events"], event_loop=asyncio.get_running_loop())
    broker._exchange = exchange
    return broker


def test_rasas_own_still_writes_words_into_the_log(deliver, caplog):
    async def run():
        broker = await rasas_own(Exchange(ConnectionError("gone")))
        broker.publish({"event": "user", "text": "a visitor's words"})
        await asyncio.sleep(0.01)

    with capture_logs() as logs:
        asyncio.run(run())
        assert "a visitor's words" in str(logs)
        logs.clear()
        assert deliver(Exchange(ConnectionError("gone")), "a visitor's words") == ["a visitor's words"]
        assert "a visitor's words" not in str(logs) + caplog.text
    assert "Events wait, for RabbitMQ doesn't take them (ConnectionError)." in caplog.text
    assert "RabbitMQ has taken all events that waited" in caplog.text


def test_rasas_own_still_sends_what_it_kept_after_what_came_later(deliver):
    async def run():
        broker = await rasas_own(exchange := Exchange(ConnectionError("gone")))
        for text in ("first", "second"):
            broker.publish({"event": "user", "text": text})
            await asyncio.sleep(0.01)
        broker._publish_unpublished_messages()  # it does when it is connected again
        await asyncio.sleep(0.01)
        return exchange.taken

    assert asyncio.run(run()) == ["second", "first"]
    assert deliver(Exchange(ConnectionError("gone"), ConnectionError("gone")), "first", "second") == ["first", "second"]


def test_rasas_own_still_keeps_whatever_comes(monkeypatch, caplog):
    async def run():
        broker = await rasas_own(Exchange(*[ConnectionError("gone")] * 10))
        for number in range(10):
            broker.publish({"event": "user", "text": f"{number}"})
        await asyncio.sleep(0.01)
        return len(broker._unpublished_events)

    assert asyncio.run(run()) == 10
    monkeypatch.setattr(outbox, "MOST", 3)
    events = EventOutbox("amqp://me:hunter2@localhost/")
    for number in range(10):
        events.publish({"event": "user", "text": f"{number}"})
    assert [json.loads(message.body)["text"] for message in events._waiting] == ["0", "1", "2"]
    assert caplog.text.count("3 events wait for RabbitMQ: those that come now are not sent.") == 1


@pytest.mark.parametrize(
    "outcome", [asyncio.CancelledError(), Basic.Return(), OSError("gone")], ids=["cancelled", "came back", "gone"]
)
def test_event_that_is_not_confirmed_is_sent_again_on_a_new_connection(deliver, outcome):
    exchange = Exchange(Basic.Ack(1), outcome)
    texts = [f"{number}" for number in range(outbox.AT_ONCE + 5)]
    deliver(exchange, *texts)
    assert exchange.opened == 2
    assert list(dict.fromkeys(exchange.taken[:1] + exchange.taken[outbox.AT_ONCE - 1 :])) == texts


def test_server_that_stops_does_not_wait_for_ever(deliver, caplog):
    assert deliver(Exchange(*[OSError("gone")] * 1000), "first", seconds=0.1) == []
    assert "The server stops. Events that RabbitMQ hasn't taken: 1" in caplog.text


@pytest.mark.parametrize(("url", "kind"), [("", type(None)), ("amqp://me:hunter2@127.0.0.1:9/", EventOutbox)])
def test_rasa_finds_the_outbox_where_it_is_set(monkeypatch, url, kind):
    monkeypatch.setenv("BROKER_URL", url)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))

    async def create():
        return await EventBroker.create(endpoints.event_broker)

    assert isinstance(asyncio.run(create()), kind)


def test_console_tells_nobody_what_is_said_there(settings, monkeypatch):
    """Its conversations are kept in memory, as they are, words about health among them."""
    found = []

    async def load_agent(model_path, endpoints):
        found.append(endpoints)
        return Mock()

    monkeypatch.setattr(assistant, "load_agent", load_agent)
    asyncio.run(assistant.console_agent(settings, "model"))
    assert found[0].event_broker is None
