"""What people confide is not kept: not in the database, not for whoever listens to events."""

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from benchmarks.server import Visitor, running_server
from clara.channels import HEALTH
from clara.stores import WITHHELD, DiscreetTrackerStore


class Listener(EventBroker):
    """Hears every event that is published."""

    def __init__(self):
        self.heard = []

    def publish(self, event):
        self.heard.append(event)


@pytest.fixture
def save(tmp_path):
    """Saves messages as (intent, text, what else was asked); gives the database's file and what a listener heard."""

    def save(*messages):
        listener = Listener()
        file = tmp_path / "conversations.db"
        store = DiscreetTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(file), event_broker=listener)
        tracker = DialogueStateTracker("visitor", None)
        for intent, text, *asked in messages:
            entity = {"entity": "organisation", "value": "organisation_inca"}
            understood = {"intent": {"name": intent}, "entities": [entity], "text": text, "asked": asked}
            tracker.update(UserUttered(text, understood["intent"], [entity], understood))
            tracker.update(ActionExecuted("action_refuse"))
            asyncio.run(store.save(tracker))
        again = asyncio.run(store.retrieve("visitor"))
        store.engine.dispose()
        return file, listener.heard, again

    return save


def test_who_listens_hears_nothing_of_health_checks(tmp_path):
    listener = Listener()
    store = DiscreetTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(tmp_path / "c.db"), event_broker=listener)
    for channel in (HEALTH, "website"):
        tracker = DialogueStateTracker(f"{channel}-1", None)
        tracker.update(UserUttered("hello", input_channel=channel))
        asyncio.run(store.save(tracker))
    store.engine.dispose()
    assert [event["sender_id"] for event in listener.heard] == ["website-1"]


@pytest.mark.parametrize("kind", ["medical", "crisis"])
def test_words_of_a_private_message_are_kept_nowhere(save, kind):
    file, heard, again = save(("funders", "who pays for it"), (kind, "a secret"), ("funders", "and who else"))
    assert b"secret" not in file.read_bytes()
    assert "secret" not in json.dumps(heard)
    texts = [event.text for event in again.events if isinstance(event, UserUttered)]
    assert texts == ["who pays for it", WITHHELD, "and who else"]


def test_words_of_a_message_that_asks_for_something_private_too_are_kept_nowhere(save):
    file, heard, _ = save(("funders", "who pays, and a secret", "medical"), ("funders", "and how much", "not_on_page_money"))
    assert b"secret" not in file.read_bytes()
    assert "secret" not in json.dumps(heard)
    assert b"and how much" in file.read_bytes()


def test_only_the_kind_of_a_private_message_is_kept(save):
    file, _, _ = save(("crisis", "a secret"))
    with closing(sqlite3.connect(file)) as database:
        ((intent, data),) = database.execute("SELECT intent_name, data FROM events WHERE type_name = 'user'")
    kept = json.loads(data)
    assert intent == "crisis"
    assert kept["parse_data"] == {"intent": {"name": "crisis"}, "entities": [], "text": WITHHELD}


def test_other_messages_are_kept_word_for_word(save):
    _, _, again = save(("not_on_page_money", "what is the budget"))
    (event,) = [event for event in again.events if isinstance(event, UserUttered)]
    assert event.text == "what is the budget"
    assert event.entities


def test_failed_save_puts_no_word_into_the_log(tmp_path, caplog):
    store = DiscreetTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(tmp_path / "conversations.db"))
    with store.engine.connect() as database:
        database.execute(sqlalchemy.text("DROP TABLE events"))
    tracker = DialogueStateTracker("visitor", None)
    tracker.update(UserUttered("a secret", {"name": "funders"}))
    asyncio.run(FailSafeTrackerStore(store).save(tracker))
    store.engine.dispose()
    assert "no such table" in caplog.text
    assert "secret" not in caplog.text


def test_server_keeps_no_word_of_somebody_in_distress(trained, tmp_path):
    file = tmp_path / "conversations.db"
    with running_server({"CONVERSATIONS": str(file)}) as address:
        visitor = Visitor(address)
        assert visitor.say("Who funds CLARA? I want to die, my Zanzibar trip is off")["kind"] == "crisis"
        assert visitor.say("My scan shows a shadow, Zanzibar was fine")["kind"] == "medical"
        assert visitor.say("Who funds CLARA? And does this lump in my breast mean cancer, as in Zanzibar?")["kind"] != "crisis"
        assert visitor.say("Who funds CLARA?")["kind"] == "answer"
    content = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert b"Who funds CLARA?" in content
    assert b"Zanzibar" not in content
