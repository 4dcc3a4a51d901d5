"""Opens the database of the conversations."""

import logging
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import create_engine_kwargs
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import QueuePool

logger = logging.getLogger(__name__)

BUSY_SECONDS = 5.0  # how long a locked SQLite file is waited for


def open_engine(url: URL) -> Engine:
    """An engine whose errors hold no visitor's words; for SQLite, one that keeps its connections open and writes ahead.

    Write-ahead logging lets readers read while somebody writes, and syncs once a commit: what is committed survives a power cut.
    """
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, hide_parameters=True, **create_engine_kwargs(url))
    # A connection is used by one thread at a time, but not always by the same.
    waiting = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    engine = sa.create_engine(url, hide_parameters=True, poolclass=QueuePool, connect_args=waiting)
    sa.event.listen(engine, "connect", _write_ahead)
    return engine


def index(engine: Engine, table: sa.Table, name: str, *columns: str) -> None:
    """Make an index unless it is there; where that can't be done (no right to, another process is doing it) it goes without."""
    try:
        if name in {found["name"] for found in sa.inspect(engine).get_indexes(table.name)}:
            return
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE INDEX {name} ON {table.name} ({', '.join(columns)})"))
    except sa.exc.SQLAlchemyError as error:
        logger.warning("The conversations have no index %s, long ones will be read slowly: %s", name, type(error).__name__)


def _write_ahead(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
