"""What a visitor says of an answer, as the website's channel takes it."""

import asyncio
import logging
from typing import Any

from rasa.core.tracker_store import TrackerStore

from clara.channels.rejection import Rejection, failed
from clara.logs import kind_and_place
from clara.stores.bounded import BoundedTrackerStore
from clara.stores.feedback import REASONS, Opinion

logger = logging.getLogger(__name__)


def opinion_in(body: dict[str, Any]) -> tuple[str, Opinion]:
    """The id of the message that was answered, and the opinion, in a request's body; Rejection where there is none."""
    message, helpful, reason = body.get("id"), body.get("helpful"), body.get("reason", "")
    if not isinstance(message, str) or not isinstance(helpful, bool):
        raise Rejection("unreadable", "Send the answer's `id`, and true or false as `helpful`.")
    if reason not in ("", *REASONS) or (helpful and reason):
        raise Rejection("unreadable", f"Send one of {', '.join(REASONS)} as `reason` where it was not helpful, or leave it out.")
    return message, Opinion(helpful, reason)


async def keep_opinion(store: TrackerStore, conversation: str, message: str, opinion: Opinion, seconds: float) -> None:
    """Keep an opinion on the answer to a message, within so many seconds.

    Raises:
        Rejection: there is no such answer in the conversation, or it can't be kept now.
    """
    if not isinstance(store, BoundedTrackerStore):
        logger.error("endpoints.yml keeps the conversations in another kind of store: what visitors say of answers is lost.")
        raise failed()
    try:
        kept = await asyncio.wait_for(store.rate(conversation, message, opinion), seconds)
    except Exception as error:
        logger.error("What a visitor says of an answer can't be kept: %s", kind_and_place(error))
        raise failed() from None
    if not kept:
        raise Rejection("unreadable", "Send as `id` that of an answer of this conversation: nothing else can be rated.")
