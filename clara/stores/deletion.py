"""Conversations, deleted with all that hangs on them."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clara.stores.feedback import FEEDBACK, has_feedback
from clara.stores.turns import EVENTS


def delete_conversations(connection: Connection, conversations: Collection[str]) -> int:
    """Delete conversations, and what was said of their answers; how many events they had."""
    if has_feedback(connection):
        connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender_id.in_(conversations)))
    return int(connection.execute(EVENTS.delete().where(EVENTS.c.sender_id.in_(conversations))).rowcount)


def delete_orphans(connection: Connection) -> None:
    """Delete what was said of conversations that are gone: while one is deleted, somebody may just be saying it."""
    if has_feedback(connection):
        connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender_id.not_in(sa.select(EVENTS.c.sender_id))))
