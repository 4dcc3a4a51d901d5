"""Collects what the assistant says, with its metadata, for channels of our own."""

from typing import Any

from rasa.core.channels.channel import OutputChannel


class ReplyCollector(OutputChannel):
    """An output channel that keeps each reply as plain JSON types instead of sending it.

    Attributes:
        replies: one dictionary a reply: `text` (one paragraph), `kind`, `topics`, `language`, `sources` (each with `text` and
            `paragraph`) and `suggestions` (questions).
    """

    def __init__(self, channel: str) -> None:
        """A collector for one message.

        Args:
            channel: the name of the input channel that it answers to.
        """
        self.channel = channel
        self.replies: list[dict[str, Any]] = []

    def name(self) -> str:  # type: ignore[override]  # Rasa declares a class method, and calls it on instances only
        """The channel's name."""
        return self.channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a reply; whatever else Rasa adds to a message (ids, nulls) is left out."""
        told = message.get("reply") or {}
        self.replies.append(
            {
                "text": message.get("text") or "",
                "kind": told.get("kind"),
                "topics": told.get("topics") or [],
                "language": told.get("language"),
                "sources": told.get("sources") or [],
                "suggestions": [button["title"] for button in message.get("buttons") or []],
            }
        )
