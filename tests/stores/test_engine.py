"""The database is opened so that nobody waits for long, and nothing is lost."""

import pytest
import sqlalchemy as sa

from clara.stores.bounded import EVENTS
from clara.stores.engine import index


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_writes_ahead(store):
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_it_goes_without_an_index_that_it_may_not_make(store, caplog):
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX events_newest"))
    index(store.engine, EVENTS, "events_newest", "no_such_column")
    assert "no index events_newest" in caplog.text
    index(store.engine, EVENTS, "events_newest", "sender_id", "id")
    index(store.engine, EVENTS, "events_newest", "sender_id", "id")
    assert "events_newest" in {found["name"] for found in sa.inspect(store.engine).get_indexes("events")}
