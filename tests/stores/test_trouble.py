"""A listener fails, messages are given up, rows are damaged, the file is locked: nothing is lost, and nobody else waits."""

import asyncio
import gc
import itertools
import sqlite3
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from visits import session, talk, texts, turn

from clara.stores.bounded import BoundedTrackerStore


class Listener(EventBroker):
    """Hears every event that is published."""

    def __init__(self):
        self.heard = []

    def publish(self, event):
        self.heard.append(event["event"])


def test_who_listens_to_events_hears_each_once(database, domain):
    store = BoundedTrackerStore(domain=domain, event_broker=Listener(), **database)
    turns = [turn(str(number)) for number in range(9)]
    asyncio.run(talk(store, domain, *turns, sender="heard"))
    asyncio.run(store.save(asyncio.run(store.retrieve("heard"))))
    store.engine.dispose()
    assert store.event_broker.heard == [event.type_name for event in [*session(), *itertools.chain(*turns)]]


def test_listener_that_fails_fails_no_message_and_puts_no_word_into_the_log(store, domain, caplog):
    class Failing(Listener):
        def publish(self, event):
            raise ValueError(f"Can't take {event}")

    store.event_broker = Failing()
    asyncio.run(talk(store, domain, turn("a secret")))
    assert texts(asyncio.run(store.retrieve("visitor"))) == ["a secret"]
    assert "Events can't be handed on: ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_given_up_save_is_finished_before_the_next_message(store, domain):
    """A visitor's time is up, or the tab closed, while the database is slow; the conversation's lock is free then."""

    store.event_broker = Listener()

    async def give_up():
        await talk(store, domain, turn("first"))
        store._add = Slow(store._add)
        await given_up(talk(store, domain, turn("second")), store._add)
        return await store.retrieve("visitor")

    assert texts(asyncio.run(give_up())) == ["first", "second"]
    assert store.event_broker.heard.count("user") == 2  # who listens to events hears of it too


def test_fault_that_nobody_waits_for_any_more_is_no_stack_trace_in_the_log(store):
    told = []

    def fail():
        raise OSError("The database is away.")

    async def give_up():
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
        work = Slow(fail)
        await given_up(store._aside(work), work)
        gc.collect()

    asyncio.run(give_up())
    assert told == []


class Slow:
    """Work that has begun, and doesn't end before it may."""

    def __init__(self, work):
        self.work, self.begun, self.may_end = work, threading.Event(), threading.Event()

    def __call__(self, *arguments):
        self.begun.set()
        self.may_end.wait(10)
        return self.work(*arguments)


async def given_up(coroutine, work):
    """Give something up while slow work is under way for it, which ends a moment later."""
    waiting = asyncio.create_task(coroutine)
    while not work.begun.is_set():
        await asyncio.sleep(0.001)
    waiting.cancel()
    asyncio.get_running_loop().call_later(0.05, work.may_end.set)
    with pytest.raises(asyncio.CancelledError):
        await waiting


def test_nothing_is_lost_where_a_conversation_could_not_be_read(store, domain):
    """Rasa then begins an empty one, and counts the rows of the old one as its first events."""
    asyncio.run(talk(store, domain, turn("first"), turn("second")))
    anew = DialogueStateTracker.from_events("visitor", [*session(), *turn("third")], domain.slots)
    asyncio.run(store.save(anew))
    tracker = asyncio.run(store.retrieve_full_tracker("visitor"))
    assert texts(tracker) == ["first", "second", "third"]
    assert len(tracker.events) == 3 + 9 + 9 + 3 + 9


@pytest.mark.parametrize("damage", ['{"event": "user"', '{"event": "no such"}', "[]", "null"])
def test_damaged_row_is_left_out_and_the_rest_goes_on(store, domain, caplog, damage):
    asyncio.run(talk(store, domain, turn("a secret"), turn("second")))
    with store.engine.begin() as connection:
        first = "SELECT min(id) FROM events WHERE type_name = 'user'"
        connection.execute(sa.text(f"UPDATE events SET data = :damage WHERE id = ({first})"), {"damage": damage})
    tracker = asyncio.run(store.retrieve("visitor"))
    assert tracker.latest_message.text == "second"
    assert tracker.get_slot("thread") == ["funders"]
    assert "is damaged, and left out" in caplog.text
    assert "secret" not in caplog.text


def test_what_cannot_be_encoded_does_not_end_the_process(store, domain):
    """Rasa's store takes every ValueError for a wrong setting, and exits."""
    tracker = DialogueStateTracker.from_events("visitor \ud800", session(), domain.slots)
    with pytest.raises((UnicodeEncodeError, sa.exc.DBAPIError)):
        asyncio.run(store.save(tracker))
    assert asyncio.run(FailSafeTrackerStore(store).retrieve("visitor \ud800")) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_locked_file_stops_nobody_else_and_loses_nothing(store, database, domain):
    async def talk_while_locked():
        with closing(sqlite3.connect(database["db"])) as other:
            other.execute("BEGIN IMMEDIATE")
            saving = asyncio.create_task(talk(store, domain, turn("first")))
            for _ in range(20):  # somebody else is served
                await asyncio.sleep(0.01)
            assert not saving.done()
            other.rollback()
        await saving

    asyncio.run(talk_while_locked())
    assert asyncio.run(store.retrieve("visitor")).latest_message.text == "first"
