"""Where conversations are kept: a SQL store that stays as fast as on the first day, and discreet."""

from clara.stores.discreet import WITHHELD, DiscreetTrackerStore
from clara.stores.locks import ConversationLocks
from clara.stores.outbox import EventOutbox

__all__ = ["WITHHELD", "ConversationLocks", "DiscreetTrackerStore", "EventOutbox"]
