"""Stands before every public channel: what isn't a plain message of a reasonable size doesn't reach the assistant."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from clara.channels.rejection import Rejection

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]

COMMAND = re.compile(r"^[\s/]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain_text_only(on_new_message: OnNewMessage) -> OnNewMessage:
    """The handler that a public channel gives its messages to: "/restart" is a word there, and no command.

    A visitor has no commands to give: the slash is what makes them, for Rasa strips spaces before it.
    """

    async def handle(message: UserMessage) -> Any:
        message.text = COMMAND.sub("", message.text or "") or "?"
        return await on_new_message(message)

    return handle


def check_text(text: Any, most: int) -> str:
    """A visitor's text, trimmed, control characters as spaces; Rejection where it is none, or has more than `most` characters."""
    if not isinstance(text, str):
        raise Rejection("unreadable", "Send a text as `message`.")
    if SURROGATE.search(text):
        raise Rejection("unreadable", "Send valid Unicode as `message`: half of a surrogate pair stands alone.")
    text = CONTROL.sub(" ", text).strip()
    if not text:
        raise Rejection("empty", "Send a text as `message`.")
    if len(unicodedata.normalize("NFKC", text)) > most:  # one sign may stand for many: U+FDFA for eighteen
        raise Rejection("too_long", f"Send at most {most} characters as `message`.")
    return text
