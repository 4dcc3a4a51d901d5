"""Old conversations are deleted, and those that somebody asks to be deleted; the others stay."""

import asyncio
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from clara import retention
from clara.errors import ClaraError
from clara.retention import AT_ONCE, DAY, forget, purge
from clara.settings import read_settings
from clara.stores.turns import EVENTS

pytestmark = pytest.mark.filterwarnings("ignore")  # Rasa's, about slots

NOW = time.time()


@pytest.fixture
def settings(store, database):
    """The settings of the store's database."""
    if database["dialect"] == "sqlite":
        return read_settings({"CONVERSATIONS": database["db"]})
    url = f"postgresql://{database['username']}@{database['host']}:{database['port']}/{database['db']}"
    return read_settings({"DATABASE_URL": url})


@pytest.fixture(autouse=True)
def environment(settings, monkeypatch):
    """The store reads the environment itself."""
    monkeypatch.setenv("CONVERSATIONS", str(settings.conversations or ""))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)


def talk(store, sender, *days_ago):
    tracker = DialogueStateTracker(sender, store.domain.slots)
    for days in days_ago:
        moment = NOW - days * DAY
        tracker.update(UserUttered("hello", timestamp=moment))
        tracker.update(BotUttered("Hello!", timestamp=moment))
    asyncio.run(store.save(tracker))


def conversations(store):
    with store.engine.connect() as connection:
        return set(connection.scalars(sa.select(EVENTS.c.sender_id)))


def events(store, sender):
    with store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).where(EVENTS.c.sender_id == sender))


def test_old_conversations_are_deleted_whole_and_young_ones_kept_whole(store, settings):
    talk(store, "old", 90, 31)
    talk(store, "young", 90, 29)
    before = events(store, "young")
    assert purge(settings) == 1
    assert conversations(store) == {"young"}
    assert events(store, "young") == before
    assert purge(settings) == 0


def test_days_are_a_setting(store, settings):
    talk(store, "old", 5)
    assert purge(settings) == 0
    assert purge(replace(settings, retention_days=4)) == 1


def test_clock_moves_on(store, settings, monkeypatch):
    talk(store, "visitor", 0)
    assert purge(settings) == 0
    monkeypatch.setattr(retention.time, "time", lambda: NOW + 31 * DAY)
    assert purge(settings) == 1


def test_many_are_deleted_in_steps(store, settings):
    rows = [
        {"sender_id": f"visitor {number}", "type_name": "user", "timestamp": NOW - 40 * DAY, "data": "{}"}
        for number in range(2 * AT_ONCE + 1)
    ]
    with store.engine.begin() as connection:
        connection.execute(EVENTS.insert(), rows)
    assert purge(settings) == len(rows)
    assert not conversations(store)


def test_one_conversation_is_deleted_by_its_id_or_its_session(store, settings):
    for sender in ("one", "two", "three"):
        talk(store, sender, 0)
    assert forget(settings, "one")
    assert forget(settings, "two.a-time.a-signature")
    assert not forget(settings, "nobody")
    assert conversations(store) == {"three"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_database_that_cannot_be_changed_says_what_to_do(store, settings):
    talk(store, "old", 31)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(ClaraError, match=r"can't be reached now \(OperationalError\): try again"):
            purge(settings)


def test_message_at_work_does_not_bring_a_deleted_conversation_back(store, settings):
    talk(store, "one", 0)
    tracker = asyncio.run(store.retrieve("one"))
    tracker.update(UserUttered("secret words"))
    assert forget(settings, "one")
    with pytest.raises(LookupError, match="was deleted"):
        asyncio.run(store.save(tracker))
    assert not conversations(store)
