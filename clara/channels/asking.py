"""Puts a message to the assistant, for channels of our own: an answer in time, or a Rejection, never silence."""

import asyncio
import logging
from typing import Any

from rasa.core.channels.channel import UserMessage

from clara.channels.collector import ReplyCollector
from clara.channels.guard import OnNewMessage
from clara.channels.rejection import Rejection
from clara.logs import kind_and_place

logger = logging.getLogger(__name__)


async def ask(on_new_message: OnNewMessage, message: UserMessage, seconds: float) -> list[dict[str, Any]]:
    """What the assistant says to a message, as ReplyCollector keeps it.

    Args:
        on_new_message: hands a message to the assistant.
        message: its output channel is a ReplyCollector.
        seconds: how long the assistant may think.

    Raises:
        Rejection: it failed, or had nothing to say: Rasa's way of failing is silence. The log tells why, but not the
            visitor's words.
    """
    collector = message.output_channel
    if not isinstance(collector, ReplyCollector):
        raise TypeError("The replies are read from a ReplyCollector.")
    try:
        await asyncio.wait_for(on_new_message(message), seconds)
        problem = "" if any(reply["text"] for reply in collector.replies) else "the assistant said nothing"
    except Exception as error:
        problem = kind_and_place(error)
        logger.debug("Why the message failed:", exc_info=True)  # may hold the visitor's words, so at this level only
    if problem:
        logger.error("A message failed (%s); the visitor got an apology.", problem)
        raise Rejection("failed", "Send the message again in a moment.", retry_after=5)
    return collector.replies
