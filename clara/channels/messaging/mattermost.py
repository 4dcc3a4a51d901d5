"""Mattermost: an outgoing webhook in, posts of a bot account out (https://developers.mattermost.com/integrate/)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from clara.channels.messaging.call import Call, at, expect_same, text_at, time_at, without_first
from clara.channels.messaging.client import IMPATIENCE, Client, Undelivered, bearer
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

URL, TOKEN, WEBHOOK = "MATTERMOST_URL", "MATTERMOST_BOT_TOKEN", "MATTERMOST_WEBHOOK_TOKEN"


class Mattermost(Service):
    """Answers, in a thread, the posts of public channels that begin with the webhook's trigger word."""

    name = "mattermost"
    title = "Mattermost"
    who = ("CHANNEL", "USER")
    most = 10_000
    needs_public_url = True
    variables = (
        Variable(URL, "your Mattermost server's address"),
        Variable(TOKEN, "the bot account's access token"),
        Variable(WEBHOOK, "the outgoing webhook's token; for several webhooks, all their tokens, separated by spaces"),
    )
    verified = "the webhook's token in the body; for buttons, our own signature (HMAC-SHA256)"
    form = "Markdown; one button per suggestion"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._tokens = values[WEBHOOK].split()
        self._posts = f"{values[URL].rstrip('/')}/api/v4/posts"
        self._login = bearer(values[TOKEN])

    async def verify(self, call: Call, client: Client) -> None:
        """By the webhook's token, or where a button was pressed by what we gave along with it."""
        told = _content(call)
        if isinstance(at(told, "context"), dict):
            parts = (text_at(told, "channel_id"), text_at(told, "context", "root"), text_at(told, "context", "question"))
            expect_same(text_at(told, "context", "signature"), self._signature(*parts))
        else:
            expect_same(text_at(told, "token"), self._tokens)

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A post, or a pressed button."""
        told = _content(call)
        channel, person = text_at(told, "channel_id"), text_at(told, "user_id")
        pressed = at(told, "context")
        id = text_at(told, "trigger_id" if pressed else "post_id")
        if not (channel and person and id):
            return []
        root, by_machine = (text_at(pressed, "root"), False) if pressed else await self._post(client, id)
        if by_machine:  # or they would talk for ever: our own posts come back too
            return []
        return [
            Incoming(
                id=id,
                who=(channel, person),
                to={"channel_id": channel, "root_id": root},
                text=text_at(pressed, "question")
                if pressed
                else without_first(text_at(told, "text"), text_at(told, "trigger_word")),
                at=time_at(told, "timestamp"),
                pressed=bool(pressed),
            )
        ]

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """As a post in the thread."""
        question = f"> {reply.question}\n\n" if reply.question else ""
        post: dict[str, Any] = {**to, "message": f"{question}{reply.lines()}"}
        if reply.suggestions:
            buttons = [self._button(to, number, question) for number, question in enumerate(reply.suggestions)]
            post["props"] = {"attachments": [{"text": "", "actions": buttons}]}
        await client.call("POST", self._posts, json=post, headers=self._login)

    def _button(self, to: Mapping[str, Any], number: int, question: str) -> dict[str, Any]:
        signature = self._signature(to["channel_id"], to["root_id"], question)
        context = {"question": question, "root": to["root_id"], "signature": signature}
        return {
            "id": f"ask{number}",
            "type": "button",
            "name": question,
            "integration": {"url": self._address, "context": context},
        }

    def _signature(self, *parts: str) -> str:
        return hmac.new(self._tokens[0].encode(), "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    async def _post(self, client: Client, id: str) -> tuple[str, bool]:
        """What the webhook doesn't tell of a post: which one its thread began with, and whether a machine wrote it."""
        try:
            url, headers = f"{self._posts}/{quote(id, safe='')}", self._login
            post = await client.call("GET", url, headers=headers, patience=IMPATIENCE)
        except Undelivered:  # Mattermost doesn't call again
            return id, False
        by_machine = any(text_at(post, "props", sign) == "true" for sign in ("from_bot", "from_webhook"))
        return text_at(post, "root_id") or id, by_machine


def _content(call: Call) -> dict[str, Any]:
    """Outgoing webhooks come as JSON or as a form, as their settings say."""
    return dict(call.form) if call.is_form else call.json
