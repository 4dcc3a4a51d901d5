"""What was said in a period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from clara.channels import HEALTH
from clara.database import engine_of
from clara.settings import Settings
from clara.stores.engine import take_time
from clara.stores.feedback import FEEDBACK, Opinion, has_feedback
from clara.stores.turns import EVENTS, SPOKEN, Turn, turns_of


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
    last = date.today()
    first = last - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time()).timestamp()
    columns = (EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.data)
    spoken = sa.select(*columns).where(SPOKEN, EVENTS.c.timestamp >= since).order_by(EVENTS.c.sender_id, EVENTS.c.id)
    with engine_of(settings) as engine, engine.connect() as connection:
        take_time(connection)
        rows = connection.execution_options(stream_results=True).execute(spoken)
        turns = tuple(turn for turn in turns_of(rows) if turn.channel != HEALTH)
        said = connection.execute(sa.select(FEEDBACK).where(FEEDBACK.c.timestamp >= since)) if has_feedback(connection) else ()
        opinions = {(row.sender_id, row.message_id): Opinion(row.helpful, row.reason) for row in said}
    return Period(first, last, turns, opinions)
