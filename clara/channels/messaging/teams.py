"""Microsoft Teams: the Bot Framework's connector (https://learn.microsoft.com/azure/bot-service/rest-api/)."""

import html
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sanic.exceptions import Unauthorized

from clara.channels.messaging.call import Call, objects_at, text_at, time_at
from clara.channels.messaging.client import Client, Undelivered, bearer
from clara.channels.messaging.connector_tokens import CHANNEL, ConnectorTokens
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable
from clara.knowledge import LANGUAGES

APP, PASSWORD, TENANT = "TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"
LOGIN, OPENID = "TEAMS_LOGIN_URL", "TEAMS_OPENID_URL"
SCOPE = "https://api.botframework.com/.default"
EARLIER = 300.0  # seconds before its end, a token of ours is renewed


class Teams(Service):
    """Answers personal chats, and in groups and channels those messages that mention it: Teams delivers no others."""

    name = "teams"
    title = "Teams"
    who = ("CONVERSATION", "PERSON")
    most = 10_000
    variables = (
        Variable(APP, "the bot's Microsoft App ID"),
        Variable(PASSWORD, "its client secret"),
        Variable(TENANT, "the bot's tenant ID; botframework.com for an older multi-tenant bot"),
        Variable(LOGIN, "where access tokens come from", default="https://login.microsoftonline.com"),
        Variable(
            OPENID,
            "where the connector publishes the keys that sign its calls",
            default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        ),
    )
    verified = "JWT: the connector's keys, issuer, audience, time and service address"
    form = "HTML; suggested actions in personal chats, numbered text elsewhere"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._tokens = ConnectorTokens(values[OPENID], audience=values[APP])
        self._ours, self._until = "", 0.0

    async def verify(self, call: Call, client: Client) -> None:
        """By the token, which names where replies go; in other channels of the connector, writers choose their ids."""
        told = call.json
        if text_at(told, "channelId") != CHANNEL:
            raise Unauthorized("It doesn't come from Teams.")
        await self._tokens.expect_valid(call.headers.get("authorization", ""), text_at(told, "serviceUrl"), client)

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message, or somebody's first sight of the bot."""
        told = call.json
        us, room, person = text_at(told, "recipient", "id"), text_at(told, "conversation", "id"), text_at(told, "from", "id")
        personal = text_at(told, "conversation", "conversationType") in ("", "personal")
        met = text_at(told, "type") == "conversationUpdate" and any(
            text_at(one, "id") == us for one in objects_at(told, "membersAdded")
        )
        if not (room and person) or not (text_at(told, "type") == "message" or (met and personal)):
            return []
        to = {"service": text_at(told, "serviceUrl"), "conversation": room, "from": us, "activity": text_at(told, "id")}
        language = text_at(told, "locale")[:2].lower()
        return [
            Incoming(
                id=text_at(told, "id"),
                who=(room, person),
                to={**to, "buttons": personal, "person": person},
                text=_without_mentions(told),
                at=time_at(told, "timestamp"),
                language=language if language in LANGUAGES else None,
                opening=met,
            )
        ]

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """As a reply to the activity."""
        lines = [html.escape(line) for line in reply.lines().splitlines()]
        if reply.suggestions and not to["buttons"]:
            lines += ["", *(html.escape(line) for line in reply.numbered().splitlines())]
        activity: dict[str, Any] = {
            "type": "message",
            "from": {"id": to["from"]},
            "recipient": {"id": to["person"]},
            "conversation": {"id": to["conversation"]},
            "replyToId": to["activity"],
            "textFormat": "xml",
            "text": "<br/>".join(lines),
        }
        if to["buttons"] and reply.suggestions:
            actions = [{"type": "imBack", "title": question, "value": question} for question in reply.suggestions]
            activity["suggestedActions"] = {"to": [to["person"]], "actions": actions}
        url = f"{to['service'].rstrip('/')}/v3/conversations/{quote(to['conversation'], safe='')}/activities"
        url += f"/{quote(to['activity'], safe='')}" if to["activity"] else ""
        await client.call("POST", url, json=activity, headers=bearer(await self._token(client)))

    async def _token(self, client: Client) -> str:
        if time.monotonic() >= self._until:
            form = {
                "grant_type": "client_credentials",
                "client_id": self._values[APP],
                "client_secret": self._values[PASSWORD],
                "scope": SCOPE,
            }
            told = await client.call("POST", f"{self._values[LOGIN]}/{self._values[TENANT]}/oauth2/v2.0/token", form=form)
            if not text_at(told, "access_token"):
                raise Undelivered("no token")
            seconds = float(text_at(told, "expires_in") or 0)
            self._ours, self._until = text_at(told, "access_token"), time.monotonic() + max(0.0, seconds - EARLIER)
        return self._ours


def _without_mentions(activity: dict[str, Any]) -> str:
    """What was written, without the bot's own name before it; personal chats may hold HTML's signs."""
    text = text_at(activity, "text")
    for entity in objects_at(activity, "entities"):
        if text_at(entity, "type") == "mention" and text_at(entity, "mentioned", "id") == text_at(activity, "recipient", "id"):
            text = text.replace(text_at(entity, "text") or "\0", " ")
    return html.unescape(text).strip()
