"""Opens the database of the conversations."""

import logging
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import create_engine_kwargs
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateTable

logger = logging.getLogger(__name__)

BUSY_SECONDS = 2.0  # how long a locked SQLite file is waited for: its visitor still gets an apology in time
CONNECT_SECONDS = 2  # how long a database server is waited for
STATEMENT_SECONDS = 5  # how long it may take for one statement
# What SQLite says when a connection won't be of use again, even when the trouble is over.
BROKEN = ("readonly", "disk I/O error", "no such table")


def open_engine(url: URL, tables: Sequence[sa.Table], indexes: Mapping[str, Sequence[str]]) -> Engine:
    """An engine that gets well again when its database does, whose errors hold no visitor's words.

    Args:
        url: where the database is.
        tables: the tables in it.
        indexes: what the first table is to be looked up by: columns, by the index's name. Where a table or an index can't be made
            (no right to, another process is doing it), the log says so.
    """
    if url.get_backend_name() == "sqlite":
        return _file(url, [*(CreateTable(table, if_not_exists=True) for table in tables), *_definitions(tables[0], indexes)])
    known = create_engine_kwargs(url)
    if url.get_backend_name() == "postgresql":
        arguments = known.setdefault("connect_args", {})
        arguments["options"] = f"{arguments.get('options', '')} -c statement_timeout={STATEMENT_SECONDS * 1000}".strip()
        arguments["connect_timeout"] = CONNECT_SECONDS
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, **known)
    for table in tables:
        try:
            table.create(engine, checkfirst=True)
        except sa.exc.SQLAlchemyError as error:
            _warn(error)
    try:
        there = {found["name"] for found in sa.inspect(engine).get_indexes(tables[0].name)}
        for index in _definitions(tables[0], {name: columns for name, columns in indexes.items() if name not in there}):
            with engine.begin() as connection:
                take_time(connection)
                connection.execute(index)
    except sa.exc.SQLAlchemyError as error:
        _warn(error)
    return engine


def take_time(connection: Connection) -> None:
    """Let this transaction's statements take as long as they need: no visitor waits for them."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))


def _definitions(table: sa.Table, indexes: Mapping[str, Sequence[str]]) -> list[sa.sql.elements.TextClause]:
    return [
        sa.text(f"CREATE INDEX IF NOT EXISTS {name} ON {table.name} ({', '.join(columns)})") for name, columns in indexes.items()
    ]


def _warn(error: Exception) -> None:
    logger.warning(
        "The conversations lack a table or an index: feedback is lost, or long ones are read slowly (%s).", type(error).__name__
    )


def _file(url: URL, schema: Sequence[sa.sql.ClauseElement]) -> Engine:
    """SQLite: connections stay open, and write ahead.

    Write-ahead logging lets readers read while somebody writes, and syncs once a commit: what is committed survives a power cut.
    """
    # A connection is used by one thread at a time, but not always by the same.
    waiting = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    engine = sa.create_engine(url, hide_parameters=True, poolclass=QueuePool, connect_args=waiting)
    statements = [str(part.compile(dialect=engine.dialect)) for part in schema]

    @sa.event.listens_for(engine, "connect")
    def opened(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        try:
            for statement in statements:
                connection.execute(statement)
        except sqlite3.OperationalError as error:
            _warn(error)
        record.info["file"] = _identity(url.database)

    @sa.event.listens_for(engine, "checkout")
    def used(connection: Any, record: Any, _: Any) -> None:
        if url.database and record.info["file"] != _identity(url.database):
            logger.error("The file of the conversations is gone, or is another: it is opened anew.")
            raise sa.exc.DisconnectionError  # the pool opens another one

    @sa.event.listens_for(engine, "handle_error")
    def failed(context: Any) -> None:
        context.is_disconnect |= any(sign in str(context.original_exception) for sign in BROKEN)

    return engine


def _identity(path: str | None) -> tuple[int, int] | None:
    """Which file a path leads to; None where there is none: one that is deleted while open takes what is written, in vain."""
    with suppress(OSError, TypeError):
        found = os.stat(path or "")
        return found.st_dev, found.st_ino
    return None
