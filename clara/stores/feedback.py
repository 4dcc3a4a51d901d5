"""What visitors say of answers: whether one was of use, and if not, why. Kept beside the conversations, and deleted with them."""

import time
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from clara.answering.reply import ANSWER
from clara.stores.turns import EVENTS, SPOKEN, turns_of

REASONS = ("not_what_i_asked", "incomplete", "wrong", "hard_to_understand")

FEEDBACK = sa.Table(
    "feedback",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("timestamp", sa.Float, nullable=False),
)


def keep_feedback(connection: Connection, conversation: str, message: str, helpful: bool, reason: str) -> bool:
    """Keep what is said of an answer, in place of what was said of it before; whether there is such an answer.

    Of refusals and apologies nobody is asked what they think.

    Args:
        connection: to the conversations, in a transaction.
        conversation: its id.
        message: the id of the message that was answered.
        helpful: whether the answer was of use.
        reason: one of REASONS, or "".
    """
    rows = connection.execute(sa.select(EVENTS).where(EVENTS.c.sender_id == conversation, SPOKEN).order_by(EVENTS.c.id))
    if not any(turn.message == message and turn.kind == ANSWER for turn in turns_of(rows)):
        return False
    connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender_id == conversation, FEEDBACK.c.message_id == message))
    said = {"sender_id": conversation, "message_id": message, "helpful": helpful, "reason": reason, "timestamp": time.time()}
    connection.execute(FEEDBACK.insert(), [said])
    return True


def delete_conversations(connection: Connection, conversations: Collection[str]) -> int:
    """Delete conversations, and what was said of their answers; how many events they had."""
    connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender_id.in_(conversations)))
    return int(connection.execute(EVENTS.delete().where(EVENTS.c.sender_id.in_(conversations))).rowcount)
