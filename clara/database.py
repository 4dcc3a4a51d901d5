"""The database of the conversations, for commands: the server has its own way to it, the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from rasa.core.tracker_store import TrackerStore
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from clara.assistant import endpoints
from clara.errors import ClaraError
from clara.settings import Settings
from clara.stores import DiscreetTrackerStore


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """The engine of the conversations' database, for a command; ClaraError where it can't be opened, or used while this lasts."""
    try:
        store = TrackerStore.create(endpoints(settings).tracker_store)
        if not isinstance(store, DiscreetTrackerStore):
            raise ClaraError("endpoints.yml keeps the conversations in another kind of store, which this command doesn't know.")
        yield store.engine
        store.engine.dispose()
    except SQLAlchemyError as error:
        raise ClaraError(f"The conversations can't be reached now ({type(error).__name__}): try again in a moment.") from None
