"""What was said in a period."""

import time
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from clara.retention import engine_of
from clara.settings import Settings
from clara.stores.engine import take_time
from clara.stores.feedback import FEEDBACK
from clara.stores.turns import EVENTS, SPOKEN, Turn, turns_of

DAY = 86_400.0


@dataclass(frozen=True)
class Opinion:
    """Whether an answer was of use; `reason` says why not, where that was told."""

    helpful: bool
    reason: str


@dataclass(frozen=True)
class Period:
    """The turns of a period, and what was said of their answers.

    Attributes:
        first: its first day.
        last: its last day, today.
        turns: conversation by conversation, each in its order.
        opinions: by conversation and message.
    """

    first: date
    last: date
    turns: tuple[Turn, ...]
    opinions: dict[tuple[str, str], Opinion]

    def opinion_of(self, turn: Turn) -> Opinion | None:
        """What was said of a turn's answer; None where nothing was."""
        return self.opinions.get((turn.conversation, turn.message))


def read_period(settings: Settings, days: int) -> Period:
    """What was said today and on the days before, as the machine's clock has them.

    Args:
        settings: say where the conversations are.
        days: how many, today included.

    Raises:
        ClaraError: the database can't be reached.
    """
    now = time.time()
    first = datetime.fromtimestamp(now - (days - 1) * DAY).date()
    since = datetime.combine(first, datetime.min.time()).timestamp()
    spoken = sa.select(EVENTS).where(SPOKEN, EVENTS.c.timestamp >= since).order_by(EVENTS.c.sender_id, EVENTS.c.id)
    with engine_of(settings) as engine, engine.connect() as connection:
        take_time(connection)
        turns = tuple(turns_of(connection.execute(spoken)))
        said = connection.execute(sa.select(FEEDBACK).where(FEEDBACK.c.timestamp >= since))
        opinions = {(row.sender_id, row.message_id): Opinion(row.helpful, row.reason) for row in said}
    return Period(first, datetime.fromtimestamp(now).date(), turns, opinions)
