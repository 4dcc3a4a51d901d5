"""What a stored conversation tells about the message that has just come in."""

from dataclasses import dataclass

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import BotUttered, UserUttered


@dataclass(frozen=True)
class Past:
    """The end of a conversation.

    Attributes:
        heard: the ids of its latest messages, some three turns, as the service gave them: one that comes again after a restart.
        offered: the questions that the last reply offered, in their order.
        language: its language; None where nothing has been said.
    """

    heard: frozenset[str] = frozenset()
    offered: tuple[str, ...] = ()
    language: str | None = None


async def past_of(store: TrackerStore, conversation: str) -> Past:
    """Read the end of a conversation; an empty one where it has just begun."""
    tracker = await store.retrieve(conversation)
    if tracker is None:
        return Past()
    last = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return Past(
        heard=frozenset(event.message_id for event in tracker.events if isinstance(event, UserUttered)),
        offered=tuple(button["title"] for button in (last.data.get("buttons") or [] if last else [])),
        language=tracker.get_slot("language"),
    )
