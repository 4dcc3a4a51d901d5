"""Facebook Messenger: webhooks and the Send API (https://developers.facebook.com/docs/messenger-platform)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from sanic.response import HTTPResponse, text

from clara.channels.messaging.call import Call, at, expect_same, objects_at, text_at, time_at
from clara.channels.messaging.client import Client, bearer
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

TOKEN, SECRET, VERIFY, API = "MESSENGER_PAGE_TOKEN", "MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN", "MESSENGER_API_URL"
START = "START"  # the payload of the button that begins a conversation


class Messenger(Service):
    """Answers what people write to a page."""

    name = "messenger"
    title = "Messenger"
    who = ("PAGE", "PERSON")
    most = 2000
    gives_up_after = 36 * 3600.0
    variables = (
        Variable(TOKEN, "the page's access token"),
        Variable(SECRET, "the app's secret"),
        Variable(VERIFY, "a word of your own; enter the same one in the webhook's form"),
        Variable(API, "where the Graph API is", default="https://graph.facebook.com/v24.0"),
    )
    verified = "signature over the body (HMAC-SHA256); at most 36 hours old"
    form = "numbered text, one quick reply per number (titles have 20 characters at most)"

    async def verify(self, call: Call, client: Client) -> None:
        """By the app's secret."""
        signature = hmac.new(self._values[SECRET].encode(), call.body, hashlib.sha256).hexdigest()
        expect_same(call.headers.get("x-hub-signature-256", ""), f"sha256={signature}")

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """All the messages in a call, and presses of the button that begins a conversation."""
        events = [event for entry in objects_at(call.json, "entry") for event in objects_at(entry, "messaging")]
        return [message for event in events for message in _incoming(event)]

    def handshake(self, query: Mapping[str, str]) -> HTTPResponse:
        """The challenge, if the word is ours."""
        expect_same(query.get("hub.verify_token", ""), self._values[VERIFY])
        return text(query.get("hub.challenge", ""))

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """By the Send API."""
        message: dict[str, Any] = {"text": reply.plain()}
        numbers = [
            {"content_type": "text", "title": str(number), "payload": question}
            for number, question in enumerate(reply.suggestions, start=1)
        ]
        if numbers:
            message["quick_replies"] = numbers
        await self._call(client, "messages", {"recipient": dict(to), "messaging_type": "RESPONSE", "message": message})

    async def register(self, client: Client) -> None:
        """The button that begins a conversation: Messenger shows it only where it was asked for."""
        await self._call(client, "messenger_profile", {"get_started": {"payload": START}})

    async def _call(self, client: Client, path: str, content: Mapping[str, Any]) -> None:
        await client.call("POST", f"{self._values[API]}/me/{path}", json=content, headers=bearer(self._values[TOKEN]))


def _incoming(event: dict[str, Any]) -> list[Incoming]:
    person, page = text_at(event, "sender", "id"), text_at(event, "recipient", "id")
    message, pressed = at(event, "message"), at(event, "postback")
    if not person or at(message, "is_echo") is True or not (message or pressed):
        return []
    said = text_at(message, "quick_reply", "payload") or text_at(message, "text") or text_at(pressed, "title")
    return [
        Incoming(
            id=text_at(message, "mid") or text_at(pressed, "mid") or text_at(event, "timestamp"),
            who=(page, person),
            to={"id": person},
            text=said,
            at=time_at(event, "timestamp"),
            opening=text_at(pressed, "payload") == START,
        )
    ]
