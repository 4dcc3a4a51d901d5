"""Puts a message to the assistant, for channels of our own: an answer in time, or a Rejection, never silence."""

import asyncio
import logging
from typing import Any

from rasa.core.channels.channel import UserMessage

from clara.channels.collector import ReplyCollector
from clara.channels.guard import OnNewMessage
from clara.channels.rejection import Rejection, failed
from clara.logs import kind_and_place

logger = logging.getLogger(__name__)

# Messages at once in this process: some three seconds of work on two slow cores. Whoever comes then is told at once to wait: in a
# longer queue, all would wait for an apology.
MOST_AT_ONCE = 30
PAUSE_SECONDS = 5

_at_work = 0  # messages


def expect_room() -> None:
    """Rejection where too many are asking already; to be called before a message is counted as its visitor's."""
    if _at_work >= MOST_AT_ONCE:
        raise Rejection("too_fast", f"Too many are asking at once: wait {PAUSE_SECONDS} s.", retry_after=PAUSE_SECONDS)


async def ask(on_new_message: OnNewMessage, message: UserMessage, seconds: float) -> list[dict[str, Any]]:
    """What the assistant says to a message, as ReplyCollector keeps it.

    Args:
        on_new_message: hands a message to the assistant.
        message: its output channel is a ReplyCollector.
        seconds: how long the assistant may think.

    Raises:
        Rejection: it failed, or had nothing to say: Rasa's way of failing is silence. The log tells why, but not the visitor's
            words.
    """
    global _at_work
    collector = message.output_channel
    if not isinstance(collector, ReplyCollector):
        raise TypeError("The replies are read from a ReplyCollector.")
    _at_work += 1
    try:
        await asyncio.wait_for(on_new_message(message), seconds)
        problem = "" if any(reply["text"].strip() for reply in collector.replies) else "the assistant said nothing"
    except Exception as error:
        problem = kind_and_place(error)
        logger.debug("Why the message failed:", exc_info=True)  # may hold the visitor's words, so at this level only
    finally:
        _at_work -= 1
    if problem:
        logger.error("A message failed (%s); the visitor got an apology.", problem)
        raise failed()
    return collector.replies
