"""Conversations are kept whole, and replayed in part."""

import asyncio
import gc
import itertools
import json
import sqlite3
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from rasa.core.actions.action import RemoteAction
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from clara.stores.bounded import REPLAYED, BoundedTrackerStore


def session():
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def turn(text, thread=("funders",)):
    """What an answer leaves behind; small talk leaves the thread as it is."""
    remembered = [SlotSet("thread", list(thread)), SlotSet("told", list(thread))] if thread else []
    return [
        UserUttered(text, {"name": "funders"}),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_answer"),
        BotUttered(f"An answer to {text}."),
        SlotSet("language", "en"),
        FollowupAction("action_listen"),
        *remembered,
        ActionExecuted("action_listen"),
    ]


async def talk(store, domain, *turns, sender="visitor"):
    """As Rasa does: read, add, save."""
    for events in turns:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        tracker.update_with_events(events if tracker.events else [*session(), *events], domain)
        await store.save(tracker)


def texts(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def told(events):
    return [(event.type_name, event.timestamp) for event in events]


def test_what_is_kept_is_what_rasa_keeps(store, database, domain):
    turns = [turn(f"question {number}", ["history_launch"] if number == 1 else []) for number in range(12)]
    asyncio.run(talk(store, domain, *turns))
    tracker = asyncio.run(store.retrieve_full_tracker("visitor"))
    assert told(tracker.events)[3:] == told(event for events in turns for event in events)
    assert len(tracker.events) > REPLAYED
    theirs = SQLTrackerStore(domain=domain, **database)
    full = asyncio.run(theirs.retrieve_full_tracker("visitor"))
    theirs.engine.dispose()
    assert full == tracker
    assert full.current_slot_values() == asyncio.run(store.retrieve("visitor")).current_slot_values()


def test_state_is_that_of_the_whole_conversation(store, domain):
    asyncio.run(talk(store, domain, turn("first", ["history_launch", "funders"]), *(turn(str(i), []) for i in range(30))))
    tracker = asyncio.run(store.retrieve("visitor"))
    assert tracker.get_slot("thread") == ["history_launch", "funders"]
    assert tracker.get_slot("language") == "en"
    assert tracker.latest_message.text == "29"
    assert tracker.latest_action_name == "action_listen"


def test_three_turns_are_replayed(store, domain):
    asyncio.run(talk(store, domain, *(turn(str(number)) for number in range(10))))
    assert texts(asyncio.run(store.retrieve("visitor"))) == ["7", "8", "9"]


def test_short_conversation_is_replayed_whole(store, domain):
    asyncio.run(talk(store, domain, turn("first"), turn("second")))
    assert texts(asyncio.run(store.retrieve("visitor"))) == ["first", "second"]


def test_replayed_events_and_bytes_sent_stay_the_same(store, domain):
    async def costs():
        found = []
        for number in range(1, 201):
            await talk(store, domain, turn(f"question {number:04}"))
            if number in (5, 50, 200):
                tracker = await store.retrieve("visitor")
                call = RemoteAction("action_answer", None)._action_call_format(tracker, domain)
                found.append((len(tracker.events), len(json.dumps(call["tracker"]["events"])) // 100))
        return found

    early, *later = asyncio.run(costs())
    assert early[0] <= REPLAYED + len(domain.slots)
    assert later == [early, early]


def test_new_session_leaves_the_slots_of_the_last_one(store, domain):
    many = [turn(str(number), []) for number in range(10)]
    asyncio.run(talk(store, domain, turn("first", ["history_launch"]), [*session(), *turn("again", [])], *many))
    assert asyncio.run(store.retrieve("visitor")).get_slot("thread") is None


@pytest.mark.parametrize("event", [UserUtteranceReverted, AllSlotsReset, Restarted])
def test_what_reaches_back_reaches_as_far_as_for_rasa(store, database, domain, event):
    """Commands that the console and tools have, and visitors don't."""
    undone = [*turn("taken back", ["history_launch"])[:-1], event(), ActionExecuted("action_listen")]
    many = [turn(str(number), []) for number in range(6)]
    asyncio.run(talk(store, domain, turn("first", ["partners_ecosystem"]), undone, *many))
    theirs = SQLTrackerStore(domain=domain, **database)
    whole = asyncio.run(theirs.retrieve("visitor"))
    theirs.engine.dispose()
    assert asyncio.run(store.retrieve("visitor")).current_slot_values() == whole.current_slot_values()


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
        slow(store)
        saving = asyncio.create_task(talk(store, domain, turn("second")))
        while not store.begun.is_set():
            await asyncio.sleep(0.001)
        saving.cancel()
        asyncio.get_running_loop().call_later(0.05, store.may_end.set)
        with pytest.raises(asyncio.CancelledError):
            await saving
        return await store.retrieve("visitor")

    assert texts(asyncio.run(give_up())) == ["first", "second"]
    assert store.event_broker.heard.count("user") == 2  # who listens to events hears of it too


def test_fault_that_nobody_waits_for_any_more_is_no_stack_trace_in_the_log(store):
    begun, may_end, told = threading.Event(), threading.Event(), []

    def fail():
        begun.set()
        may_end.wait(10)
        raise OSError("The database is away.")

    async def give_up():
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
        waiting = asyncio.create_task(store._aside(fail))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        waiting.cancel()
        asyncio.get_running_loop().call_later(0.05, may_end.set)
        with pytest.raises(asyncio.CancelledError):
            await waiting
        del waiting
        gc.collect()

    asyncio.run(give_up())
    assert told == []


def slow(store):
    add = store._add
    store.begun, store.may_end = threading.Event(), threading.Event()

    def wait_and_add(*arguments):
        store.begun.set()
        store.may_end.wait(10)
        return add(*arguments)

    store._add = wait_and_add


def test_unknown_conversation_is_none(store):
    assert asyncio.run(store.retrieve("nobody")) is None
    assert asyncio.run(store.retrieve_full_tracker("nobody")) is None


def test_conversations_are_told_apart_and_forgotten(store, domain):
    asyncio.run(talk(store, domain, turn("mine"), sender="one"))
    asyncio.run(talk(store, domain, turn("yours"), sender="two"))
    assert sorted(asyncio.run(store.keys())) == ["one", "two"]
    asyncio.run(store.forget("one"))
    assert asyncio.run(store.keys()) == ["two"]


def test_tracker_saved_twice_is_kept_once(store, domain):
    tracker = DialogueStateTracker.from_events("visitor", [*session(), *turn("first")], domain.slots)
    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker))
    again = asyncio.run(store.retrieve("visitor"))
    again.update_with_events(turn("second"), domain)
    asyncio.run(store.save(again))
    asyncio.run(store.save(again))
    assert len(asyncio.run(store.retrieve_full_tracker("visitor")).events) == 3 + 9 + 9


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


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_is_scanned_or_sorted_to_go_on_with_a_long_conversation(store, domain):
    asyncio.run(talk(store, domain, *(turn(str(number), []) for number in range(10))))
    asked = []
    sa.event.listen(store.engine, "after_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    asyncio.run(store.retrieve("visitor"))
    queries = [query for query in asked if query[0].startswith("SELECT")]
    assert len(queries) == 4
    with store.engine.connect() as connection:
        newest, *others = ([row[-1] for row in explained(connection, *query)] for query in queries)
    assert len(newest) == 1  # no step that sorts
    assert newest[0].startswith("SEARCH events USING INDEX")
    reads = [step for plan in others for step in plan if "events" in step]
    assert len(reads) >= 3
    for step in reads:  # by the whole index, or by number; the other index would lead through all of the conversation
        assert "events_replay (sender_id=? AND type_name=? AND action_name=?" in step or "PRIMARY KEY" in step, step


def explained(connection, query, values):
    return connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
