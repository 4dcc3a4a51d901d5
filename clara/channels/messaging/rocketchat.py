"""Rocket.Chat: an outgoing integration in, messages of a bot user out (https://developer.rocket.chat/)."""

from collections.abc import Mapping, Sequence
from typing import Any

from clara.channels.messaging.call import Call, at, expect_same, text_at, time_at, without_first
from clara.channels.messaging.client import Client, Undelivered
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

URL, USER, TOKEN, WEBHOOK = "ROCKETCHAT_URL", "ROCKETCHAT_USER_ID", "ROCKETCHAT_TOKEN", "ROCKETCHAT_WEBHOOK_TOKEN"


class RocketChat(Service):
    """Answers the messages that an outgoing integration hands on: a channel's, or direct ones to the bot."""

    name = "rocketchat"
    title = "Rocket.Chat"
    who = ("ROOM", "USER")
    most = 5000
    variables = (
        Variable(URL, "your Rocket.Chat server's address"),
        Variable(USER, "the bot user's ID"),
        Variable(TOKEN, "the bot user's personal access token"),
        Variable(WEBHOOK, "the outgoing integration's token"),
    )
    verified = "the integration's token in the body"
    form = "Markdown, numbered text"

    async def verify(self, call: Call, client: Client) -> None:
        """By the integration's token."""
        expect_same(text_at(call.json, "token"), self._values[WEBHOOK])

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message that no bot wrote, and that is new."""
        told = call.json
        room, person, id = text_at(told, "channel_id"), text_at(told, "user_id"), text_at(told, "message_id")
        ours = person == self._values[USER] or bool(at(told, "bot")) or at(told, "isEdited") is True
        if ours or not (room and person and id):
            return []
        return [
            Incoming(
                id=id,
                who=(room, person),
                to={"roomId": room, **({"tmid": text_at(told, "tmid")} if text_at(told, "tmid") else {})},
                text=without_first(text_at(told, "text"), text_at(told, "trigger_word")),
                at=time_at(told, "timestamp"),
            )
        ]

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """By chat.postMessage."""
        told = await client.call(
            "POST",
            f"{self._values[URL].rstrip('/')}/api/v1/chat.postMessage",
            json={**to, "text": reply.plain()},
            headers={"X-User-Id": self._values[USER], "X-Auth-Token": self._values[TOKEN]},
        )
        if at(told, "success") is not True:
            raise Undelivered(text_at(told, "error") or "no answer")
