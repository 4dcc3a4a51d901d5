"""Conversations are kept whole, and replayed in part."""

import asyncio
import json

import pytest
import sqlalchemy as sa
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    Restarted,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker
from visits import session, talk, texts, turn

from clara.stores.bounded import REPLAYED


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
