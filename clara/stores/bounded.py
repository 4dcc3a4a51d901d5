"""A SQL store whose work doesn't grow with the conversation, and doesn't stop the server while the database makes it wait."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    AllSlotsReset,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine, Row

from clara.logs import kind_and_place
from clara.stores.deletion import delete_conversations
from clara.stores.engine import open_engine
from clara.stores.feedback import FEEDBACK, Opinion, keep_feedback
from clara.stores.turns import EVENTS

logger = logging.getLogger(__name__)

REPLAYED = 28  # the newest events that are replayed, three turns of nine: rules look at one, answering at slots
RETROACTIVE = [event.type_name for event in (ActionReverted, AllSlotsReset, Restarted, UserUtteranceReverted)]
THREADS = 4  # that wait for the database
GRACE_SECONDS = 2.0  # more than a file's lock is waited for

INDEXES = {"events_newest": ("sender_id", "id"), "events_replay": ("sender_id", "type_name", "action_name", "id")}

Result = TypeVar("Result")


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how many of its events, from the first, stand in the database already."""

    stored = 0


class BoundedTrackerStore(SQLTrackerStore):
    """Keeps every event, and replays the end of a conversation only: what its slots hold, and the last turns.

    Rasa's store replays the whole session with each message, counts its rows to know which events are new, blocks the event loop
    while it waits for the database, and ends the process where something can't be encoded.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Open the database (see SQLTrackerStore)."""
        super().__init__(*args, **kwargs)
        rasas: Engine = self.engine
        rasas.dispose()
        self.engine: Engine = open_engine(rasas.url, [EVENTS, FEEDBACK], INDEXES)
        self.sessionmaker.configure(bind=self.engine)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="conversations")

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """A conversation as its last turns and its slots; None where there is none."""
        return await self._aside(self._tracker, sender_id, self._replayed_rows)

    async def retrieve_full_tracker(self, conversation_id: str) -> StoredTracker | None:
        """A conversation as all its events, of all its sessions; None where there is none."""
        return await self._aside(self._tracker, conversation_id, _all_rows)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._aside(self._sender_ids)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that don't stand in the database yet, and tell whoever listens to events."""
        await self._aside(self._add, tracker, asyncio.get_running_loop())

    def tell(self, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
        """Tell whoever listens to events of those that were added to a conversation; if they can't be told, the log says so."""
        try:
            for event in events if self.event_broker else ():
                self.event_broker.publish({"sender_id": tracker.sender_id, **event.as_dict()})
        except Exception as error:  # whose own text may hold a visitor's words
            logger.error("Events can't be handed on: %s", kind_and_place(error))

    async def forget(self, sender_id: str) -> None:
        """Delete a conversation."""
        await self._aside(self._delete, sender_id)

    async def rate(self, sender_id: str, message_id: str, opinion: Opinion) -> bool:
        """Keep what a visitor says of an answer (see keep_feedback); whether there is such an answer."""
        return await self._aside(self._rate, sender_id, message_id, opinion)

    async def _aside(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Do something in a thread; whoever gives up waiting takes it back, or, where it has begun, waits a little for its end.

        The next message would meet it half done. But a database that is silent would keep everybody waiting for ever.
        """
        begun = self._threads.submit(work, *arguments)
        job = asyncio.wrap_future(begun)
        try:
            return await asyncio.shield(job)
        except asyncio.CancelledError:
            if not begun.cancel():
                job.add_done_callback(_looked_at)
                await asyncio.wait({job}, timeout=GRACE_SECONDS)
            raise

    def _tracker(self, sender_id: str, rows_of: Callable[[Connection, str], Sequence[Row]]) -> StoredTracker | None:
        with self.engine.connect() as connection:
            rows = rows_of(connection, sender_id)
        events = [event for row in rows if (event := _event(row))]
        if not events:
            return None
        tracker: StoredTracker = StoredTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored = len(tracker.events)
        return tracker

    def _replayed_rows(self, connection: Connection, sender_id: str) -> Sequence[Row]:
        newest = connection.execute(_rows(sender_id).order_by(EVENTS.c.id.desc()).limit(REPLAYED)).all()
        for number, row in enumerate(newest):
            if row.type_name == SessionStarted.type_name:
                return newest[number::-1]
        window = newest[::-1]
        if len(newest) < REPLAYED:
            return window
        session = self._session(connection, sender_id)
        if connection.execute(session.where(_is_nameless(RETROACTIVE)).limit(1)).first():
            return connection.execute(session.order_by(EVENTS.c.id)).all()  # it may reach back to any event
        turns = (number for number, row in enumerate(window) if _begins_turn(row))
        window = window[next(turns, 0) :]
        return [*self._slot_rows(connection, session, window[0].id), *window]

    def _session(self, connection: Connection, sender_id: str) -> sa.sql.Select:
        """The rows of the latest session."""
        starts = _rows(sender_id).where(_is_nameless([SessionStarted.type_name]))
        started = connection.scalar(starts.with_only_columns(sa.func.max(EVENTS.c.id)))
        return _rows(sender_id).where(EVENTS.c.id >= (started or 0))

    def _slot_rows(self, connection: Connection, session: sa.sql.Select, before: int) -> Sequence[Row]:
        """The event that set each slot last, if that was before an event: a look into the index for each."""
        earlier = session.where(EVENTS.c.type_name == SlotSet.type_name, EVENTS.c.id < before)
        latest = [
            # The column `action_name` holds the name of whatever an event is about.
            earlier.where(EVENTS.c.action_name == slot.name).with_only_columns(sa.func.max(EVENTS.c.id))
            for slot in self.domain.slots
        ]
        if not latest:
            return []
        return connection.execute(sa.select(EVENTS).where(EVENTS.c.id.in_(sa.union_all(*latest))).order_by(EVENTS.c.id)).all()

    def _add(self, tracker: DialogueStateTracker, loop: asyncio.AbstractEventLoop) -> None:
        with self.engine.begin() as connection:
            new = _unstored(connection, tracker)
            if isinstance(tracker, StoredTracker) and not connection.execute(_rows(tracker.sender_id).limit(1)).first():
                raise LookupError("The conversation was deleted while its message was at work.")
            if new:
                connection.execute(EVENTS.insert(), [_row(tracker.sender_id, event) for event in new])
        if isinstance(tracker, StoredTracker):
            tracker.stored = len(tracker.events)
        loop.call_soon_threadsafe(self.tell, tracker, new)  # from here, for whoever gave up waiting can't

    def _sender_ids(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(EVENTS.c.sender_id).distinct()))

    def _delete(self, sender_id: str) -> None:
        with self.engine.begin() as connection:
            delete_conversations(connection, [sender_id])

    def _rate(self, sender_id: str, message_id: str, opinion: Opinion) -> bool:
        with self.engine.begin() as connection:
            return keep_feedback(connection, sender_id, message_id, opinion)


def _looked_at(job: "asyncio.Future[Any]") -> None:
    """Nobody waits any more for what comes of it; a fault that nobody looked at would be logged with its stack trace."""
    if not job.cancelled():
        job.exception()


def _rows(sender_id: str) -> sa.sql.Select:
    return sa.select(EVENTS).where(EVENTS.c.sender_id == sender_id)


def _is_nameless(types: Sequence[str]) -> sa.sql.ColumnElement:
    """Whether an event is of one of these types; they have no name, and the database, told so, takes the longer index."""
    return sa.and_(EVENTS.c.type_name.in_(types), EVENTS.c.action_name.is_(None))


def _all_rows(connection: Connection, sender_id: str) -> Sequence[Row]:
    return connection.execute(_rows(sender_id).order_by(EVENTS.c.id)).all()


def _begins_turn(row: Row) -> bool:
    return row.type_name == ActionExecuted.type_name and row.action_name == ACTION_LISTEN_NAME


def _unstored(connection: Connection, tracker: DialogueStateTracker) -> list[Event]:
    events = list(tracker.events)
    if isinstance(tracker, StoredTracker):
        return events[tracker.stored :]
    if not events:
        return []
    # A tracker that Rasa made: of a new conversation, or in place of one that could not be read.
    since = min(event.timestamp for event in events)
    rows = connection.execute(_rows(tracker.sender_id).where(EVENTS.c.timestamp >= since))
    stored = {(row.timestamp, row.type_name) for row in rows}
    return [event for event in events if (event.timestamp, event.type_name) not in stored]


def _event(row: Row) -> Event | None:
    """The event of a row; None where it is damaged: the rest of the conversation goes on."""
    try:
        return Event.from_parameters(json.loads(row.data))
    except (ValueError, TypeError, KeyError, AttributeError):
        logger.error("Row %s of the conversations is damaged, and left out.", row.id)
        return None


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
