"""The database is opened so that nobody waits for long, and nothing is lost."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import UserUttered

from clara.stores.bounded import EVENTS, INDEXES, BoundedTrackerStore
from clara.stores.engine import open_engine


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_writes_ahead(store):
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def indexes(engine):
    return {found["name"] for found in sa.inspect(engine).get_indexes("events")}


def test_indexes_are_made_where_they_are_missing(store):
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX events_newest"))
    for _ in range(2):
        assert set(INDEXES) <= indexes(open_engine(store.engine.url, [EVENTS], INDEXES))


def test_it_goes_without_an_index_that_it_may_not_make(store, caplog):
    engine = open_engine(store.engine.url, [EVENTS], {"events_odd": ["no_such_column"]})
    assert "events_odd" not in indexes(engine)
    assert "lack a table or an index" in caplog.text


@pytest.fixture
def file(tmp_path, domain):
    """A store in a file, and the file."""
    path = tmp_path / "conversations.db"
    store = BoundedTrackerStore(domain=domain, dialect="sqlite", db=str(path))
    yield store, path
    store.engine.dispose()


def say(store, text):
    async def turn():
        tracker = await store.get_or_create_tracker("visitor")
        tracker.update(UserUttered(text))
        await store.save(tracker)

    asyncio.run(turn())


def texts(path):
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT data FROM events WHERE type_name = 'user' ORDER BY id")
        return [json.loads(row)["text"] for (row,) in rows]


@pytest.mark.parametrize("with_its_journal", [True, False])
def test_file_that_is_deleted_is_made_anew(file, caplog, with_its_journal):
    store, path = file
    say(store, "before")
    path.unlink()
    if with_its_journal:
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink()
    say(store, "after")
    assert texts(path) == ["after"]
    assert set(INDEXES) <= indexes(store.engine)
    assert "is gone, or is another" in caplog.text


def test_file_that_is_replaced_is_read(file, tmp_path):
    store, path = file
    say(store, "one")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, tmp_path / "backup.db")
    say(store, "two")
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink()
    (tmp_path / "backup.db").rename(path)
    say(store, "three")
    assert texts(path) == ["one", "three"]


def test_locked_file_is_an_error_soon_and_none_afterwards(file, monkeypatch):
    store, path = file
    say(store, "before")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sa.exc.OperationalError):
            say(store, "meanwhile")
        other.rollback()
    say(store, "after")
    assert texts(path) == ["before", "after"]
