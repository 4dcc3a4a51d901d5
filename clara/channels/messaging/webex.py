"""Webex: webhooks, which name a message, and the REST API, which holds it (https://developer.webex.com/)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from clara.channels.messaging.call import Call, expect_same, objects_at, text_at, time_at
from clara.channels.messaging.client import Client
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

TOKEN, SECRET, API = "WEBEX_BOT_TOKEN", "WEBEX_WEBHOOK_SECRET", "WEBEX_API_URL"
NAME = "Ask CLARA"


class Webex(Service):
    """Answers direct messages, and in group spaces those that mention it: Webex delivers no others to a bot."""

    name = "webex"
    title = "Webex"
    most = 5000
    needs_public_url = True
    variables = (
        Variable(TOKEN, "the bot's access token"),
        Variable(SECRET, "a secret of your own, which the server tells Webex when it starts"),
        Variable(API, "where the Webex API is", default="https://webexapis.com/v1"),
    )
    verified = "signature over the body (HMAC-SHA1, Webex's only one), an hour old at most"
    form = "Markdown, numbered text"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._names: tuple[str, str] | None = None

    async def verify(self, call: Call, client: Client) -> None:
        """By the webhook's secret."""
        signature = hmac.new(self._values[SECRET].encode(), call.body, hashlib.sha1).hexdigest()
        expect_same(call.headers.get("x-spark-signature", ""), signature)

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """The message that the call names, unless it is our own."""
        told = call.json()
        id, room, person = (text_at(told, "data", name) for name in ("id", "roomId", "personId"))
        if not (id and room and person) or text_at(told, "resource") != "messages" or text_at(told, "event") != "created":
            return []
        us, name = await self._ourselves(client)
        if person == us:
            return []
        message = await self._get(client, f"messages/{quote(id, safe='')}")
        text = text_at(message, "text")
        group = text_at(told, "data", "roomType") == "group"
        parent = text_at(message, "parentId") or (id if group else "")
        return [
            Incoming(
                id=id,
                who=(room, person),
                to={"roomId": room, **({"parentId": parent} if parent else {})},
                text=text.removeprefix(name).strip(" :,") if group else text,
                at=time_at(told, "data", "created"),
            )
        ]

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """As a message, in the thread where there is one."""
        source = f"  \n*{reply.source}*" if reply.source else ""  # two spaces break a line
        said = "\n\n".join(filter(None, (f"{reply.text}{source}", reply.numbered())))
        await client.call("POST", f"{self._values[API]}/messages", json={**to, "markdown": said}, headers=self._login())

    async def register(self, client: Client) -> None:
        """By a webhook: one for our address, however often the server starts."""
        there = objects_at(await self._get(client, "webhooks"), "items")
        ids = [text_at(webhook, "id") for webhook in there if text_at(webhook, "targetUrl") == self._address]
        wanted = {"name": NAME, "targetUrl": self._address, "secret": self._values[SECRET]}
        if ids:  # its secret may be another, and Webex turns off what has failed
            changed = {**wanted, "status": "active"}
            await client.call("PUT", f"{self._values[API]}/webhooks/{ids[0]}", json=changed, headers=self._login())
        else:
            new = {**wanted, "resource": "messages", "event": "created"}
            await client.call("POST", f"{self._values[API]}/webhooks", json=new, headers=self._login())

    async def _ourselves(self, client: Client) -> tuple[str, str]:
        """The bot's id and its name, by which groups mention it."""
        if self._names is None:
            told = await self._get(client, "people/me")
            self._names = text_at(told, "id"), text_at(told, "displayName")
        return self._names

    async def _get(self, client: Client, path: str) -> Any:
        return await client.call("GET", f"{self._values[API]}/{path}", headers=self._login())

    def _login(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._values[TOKEN]}"}
