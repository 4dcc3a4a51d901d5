"""What visitors say of answers: whether one was of use, and if not, why. Kept beside the conversations, and deleted with them."""

import time
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from clara.answering.reply import ANSWER
from clara.stores.turns import EVENTS, SPOKEN, turns_of

REASONS = ("not_what_i_asked", "incomplete", "wrong", "hard_to_understand")


@dataclass(frozen=True)
class Opinion:
    """Whether an answer was of use; `reason` says why not, one of REASONS, or "" where that wasn't told."""

    helpful: bool
    reason: str = ""


INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}  # which both know ON CONFLICT
FEEDBACK = sa.Table(
    "feedback",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("timestamp", sa.Float, nullable=False),
)


def keep_feedback(connection: Connection, conversation: str, message: str, opinion: Opinion) -> bool:
    """Keep what is said of an answer, in place of what was said of it before; whether there is such an answer.

    Of refusals and apologies nobody is asked what they think.

    Args:
        connection: to the conversations, in a transaction.
        conversation: its id.
        message: the id of the message that was answered.
        opinion: what is said.
    """
    spoken = sa.select(EVENTS).where(EVENTS.c.sender_id == conversation, SPOKEN).order_by(EVENTS.c.id)
    rows = connection.execute(spoken).all()  # SQLite can't write while it reads
    if not any(turn.message == message and turn.kind == ANSWER for turn in turns_of(rows)):
        return False
    said = {"sender_id": conversation, "message_id": message, **asdict(opinion), "timestamp": time.time()}
    insert = INSERTS[connection.dialect.name](FEEDBACK).values(said)
    # A "no" that comes after its reason, on another way, doesn't take it back.
    says_less = sa.and_(sa.not_(insert.excluded.helpful), insert.excluded.reason == "")
    changed = {
        "helpful": insert.excluded.helpful,
        "reason": sa.case((says_less, FEEDBACK.c.reason), else_=insert.excluded.reason),
        "timestamp": insert.excluded.timestamp,
    }
    connection.execute(insert.on_conflict_do_update(index_elements=["sender_id", "message_id"], set_=changed))
    return True


def has_feedback(connection: Connection) -> bool:
    """Whether there is a table of it: in PostgreSQL, the server's user may not have been allowed to make one."""
    return connection.dialect.name == "sqlite" or sa.inspect(connection).has_table(FEEDBACK.name)
