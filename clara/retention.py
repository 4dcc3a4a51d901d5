"""Deletes conversations: those that are old, and those that somebody asks to be deleted."""

import time

import sqlalchemy as sa

from clara.channels.messaging.conversations import ids_of
from clara.database import engine_of
from clara.settings import Settings
from clara.stores.deletion import delete_conversations, delete_orphans
from clara.stores.engine import take_time
from clara.stores.turns import EVENTS

DAY = 86_400.0
AT_ONCE = 200  # conversations that are deleted in one step: between two steps, visitors' messages are written


def purge(settings: Settings) -> int:
    """Delete the conversations in which nothing was said for `retention_days`; how many they were.

    Raises:
        ClaraError: the database can't be opened or changed.
    """
    before = time.time() - settings.retention_days * DAY
    old = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(sa.func.max(EVENTS.c.timestamp) < before)
    with engine_of(settings) as engine:
        with engine.begin() as connection:
            take_time(connection)
            ids = list(connection.scalars(old))
        deleted = 0
        for begin in range(0, len(ids), AT_ONCE):
            with engine.begin() as connection:
                # Asked once more: a conversation may have gone on meanwhile.
                still = list(connection.scalars(old.where(EVENTS.c.sender_id.in_(ids[begin : begin + AT_ONCE]))))
                delete_conversations(connection, still)
                deleted += len(still)
        with engine.begin() as connection:
            delete_orphans(connection)
        return deleted


def forget(settings: Settings, conversation: str) -> bool:
    """Delete a conversation; whether there was one.

    Args:
        settings: say where it is.
        conversation: its id, the session that its visitor's browser has, or a messaging service with its ids (see ids_of).

    Raises:
        ClaraError: as purge() and ids_of() have it.
    """
    ids = ids_of(conversation, settings) or [conversation.split(".")[0]]
    with engine_of(settings) as engine, engine.begin() as connection:
        return bool(delete_conversations(connection, ids))
