"""What our channels say to a request or a message that they don't take."""

from typing import Any

from clara.knowledge import Phrases, Words

# The HTTP status of each reason, and which phrase the visitor reads.
REASONS: dict[str, tuple[int, str]] = {
    "unreadable": (400, "unreadable"),
    "empty": (400, "empty"),
    "unknown_session": (401, "session_over"),
    "foreign_origin": (403, "foreign_origin"),
    "session_over": (410, "session_over"),
    "too_long": (413, "too_long"),
    "not_json": (415, "unreadable"),
    "too_fast": (429, "too_fast"),
    "failed": (503, "apology"),
}


class Rejection(Exception):
    """A request that isn't answered, for one of REASONS.

    Attributes:
        reason: a key of REASONS: for the widget to act on.
        detail: what to do instead, in English, to whoever wrote the client.
        retry_after: seconds to wait before the same request will do; 0 where waiting doesn't help.
    """

    def __init__(self, reason: str, detail: str, retry_after: int = 0) -> None:
        """KeyError where the reason isn't one of REASONS."""
        super().__init__(detail)
        self.status, self._phrase = REASONS[reason]
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after

    def phrase(self, phrases: Phrases) -> Words:
        """What a visitor is told."""
        words: Words = getattr(phrases, self._phrase)
        return words

    def body(self, phrases: Phrases, language: str) -> dict[str, Any]:
        """What is sent: `error`, the reason; `text`, a kind sentence to the visitor; `detail`."""
        return {"error": self.reason, "text": self.phrase(phrases)[language], "detail": self.detail}

    def headers(self) -> dict[str, str]:
        """The HTTP headers that go with it."""
        return {"Retry-After": str(self.retry_after)} if self.retry_after else {}


def failed() -> Rejection:
    """What is said where something broke on our side."""
    return Rejection("failed", "Send the message again in a moment.", retry_after=5)
