"""Webex: webhooks, which name a message, and the REST API, which holds it (https://developer.webex.com/)."""

import hashlib
import hmac
import html
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from clara.channels.messaging.call import Call, expect_same, objects_at, text_at, time_at, without_first
from clara.channels.messaging.client import IMPATIENCE, Client, bearer
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

TOKEN, SECRET, API = "WEBEX_BOT_TOKEN", "WEBEX_WEBHOOK_SECRET", "WEBEX_API_URL"
NAME = "Ask CLARA"
BOTS = "@webex.bot"  # how their addresses end
MENTION = re.compile(r"<spark-mention[^>]*>(.*?)</spark-mention>", re.DOTALL)


class Webex(Service):
    """Answers direct messages, and in group spaces those that mention it: Webex delivers no others to a bot."""

    name = "webex"
    title = "Webex"
    who = ("ROOM", "PERSON")
    most = 5000
    needs_public_url = True
    variables = (
        Variable(TOKEN, "the bot's access token"),
        Variable(SECRET, "a secret of your own; the server gives it to Webex at start"),
        Variable(API, "where the Webex API is", default="https://webexapis.com/v1"),
    )
    verified = "signature over the body (HMAC-SHA1, which Webex documents); at most an hour old"
    form = "Markdown, numbered text"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._id = ""
        self._login = bearer(values[TOKEN])

    async def verify(self, call: Call, client: Client) -> None:
        """By the webhook's secret."""
        signature = hmac.new(self._values[SECRET].encode(), call.body, hashlib.sha1).hexdigest()
        expect_same(call.headers.get("x-spark-signature", ""), signature)

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """The message that the call names, unless it is our own."""
        told = call.json
        id, room, person = (text_at(told, "data", name) for name in ("id", "roomId", "personId"))
        if not (id and room and person) or text_at(told, "resource") != "messages" or text_at(told, "event") != "created":
            return []
        if await self._us(client) == person or text_at(told, "data", "personEmail").endswith(BOTS):
            return []
        message = await self._get(client, f"messages/{quote(id, safe='')}")
        group = text_at(told, "data", "roomType") == "group"
        parent = text_at(message, "parentId") or (id if group else "")
        return [
            Incoming(
                id=id,
                who=(room, person),
                to={"roomId": room, **({"parentId": parent} if parent else {})},
                text=_without_mention(message),
                at=time_at(told, "data", "created"),
            )
        ]

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """As a message, in the thread where there is one."""
        said = reply.plain().replace("\n", "  \n")  # two spaces break a line
        await client.call("POST", f"{self._values[API]}/messages", json={**to, "markdown": said}, headers=self._login)

    async def register(self, client: Client) -> None:
        """By a webhook: one for our address, however often the server starts."""
        there = objects_at(await self._get(client, "webhooks"), "items")
        ids = [text_at(webhook, "id") for webhook in there if text_at(webhook, "targetUrl") == self._address]
        wanted = {"name": NAME, "targetUrl": self._address, "secret": self._values[SECRET]}
        if ids:  # its secret may be another, and Webex turns off what has failed
            changed = {**wanted, "status": "active"}
            await client.call("PUT", f"{self._values[API]}/webhooks/{ids[0]}", json=changed, headers=self._login)
        else:
            new = {**wanted, "resource": "messages", "event": "created"}
            await client.call("POST", f"{self._values[API]}/webhooks", json=new, headers=self._login)

    async def _us(self, client: Client) -> str:
        """The bot's own id."""
        if not self._id:
            self._id = text_at(await self._get(client, "people/me"), "id")
        return self._id

    async def _get(self, client: Client, path: str) -> Any:
        return await client.call("GET", f"{self._values[API]}/{path}", headers=self._login, patience=IMPATIENCE)


def _without_mention(message: Any) -> str:
    """What was written, without the bot's name, which people's programs write in more than one way; only groups mention it."""
    text = text_at(message, "text")
    for name in MENTION.findall(text_at(message, "html"))[:1]:
        text = without_first(text, html.unescape(name)).replace(html.unescape(name), " ")
    return text.strip(" :,")
