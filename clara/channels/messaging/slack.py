"""Slack: the Events API and interactive buttons (https://docs.slack.dev/)."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sanic.exceptions import Unauthorized
from sanic.response import HTTPResponse, json
from slack_sdk.signature import SignatureVerifier

from clara.channels.messaging.call import Call, at, json_object, objects_at, text_at
from clara.channels.messaging.client import Client, Undelivered, bearer
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable

TOKEN, SECRET, API = "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"
MENTION = re.compile(r"<@\w+(\|[^>]*)?>")
LINK = re.compile(r"<([^>|]*)(?:\|([^>]*))?>")
MAX_BUTTON = 75  # characters on one
NEW = ("", "file_share", "thread_broadcast", "me_message")  # kinds of messages; the others tell of edits and the like
ASK = "ask"  # what our buttons' action ids begin with


class Slack(Service):
    """Answers direct messages, and in channels those that mention it, in a thread below them."""

    name = "slack"
    title = "Slack"
    who = ("TEAM", "CHANNEL", "MEMBER")
    most = 2500
    variables = (
        Variable(TOKEN, "the bot user's OAuth token (xoxb-...)"),
        Variable(SECRET, "the app's signing secret"),
        Variable(API, "where Slack's Web API is", default="https://slack.com/api"),
    )
    verified = "signature over time and body (`slack_sdk`); at most five minutes old"
    form = "blocks: answer, source, one button per suggestion"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._verifier = SignatureVerifier(values[SECRET])

    async def verify(self, call: Call, client: Client) -> None:
        """By the signing secret."""
        try:
            valid = self._verifier.is_valid_request(call.body, dict(call.headers))
        except (TypeError, ValueError):  # a time that is no number, a signature that isn't ASCII
            valid = False
        if not valid:
            raise Unauthorized("The signature is wrong, or too old.")

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message or a mention, as JSON, or a pressed button, as a form."""
        if call.is_form:
            return _pressed(json_object(call.form.get("payload", "")))
        told = call.json
        event = at(told, "event")
        addressed = text_at(event, "type") == "app_mention" or text_at(event, "channel_type") == "im"
        new = text_at(event, "subtype") in NEW
        if not addressed or not new or at(event, "bot_id") or not text_at(event, "user") or not text_at(event, "ts"):
            return []
        return [
            Incoming(
                id=text_at(event, "ts"),
                who=(text_at(told, "team_id"), text_at(event, "channel"), text_at(event, "user")),
                to=_place(event, threaded=text_at(event, "channel_type") != "im"),
                text=_plain(text_at(event, "text")),
            )
        ]

    def respond(self, call: Call) -> HTTPResponse:
        """Slack tries an address by a challenge, which it wants back."""
        told = {} if call.is_form else call.json
        return json({"challenge": text_at(told, "challenge")} if text_at(told, "type") == "url_verification" else {})

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """By chat.postMessage."""
        told = await client.call(
            "POST",
            f"{self._values[API]}/chat.postMessage",
            json={**to, "text": reply.lines(), "blocks": _blocks(reply), "unfurl_links": False},
            headers=bearer(self._values[TOKEN]),
        )
        if at(told, "ok") is not True:
            raise Undelivered(text_at(told, "error") or "no answer")


def _pressed(told: dict[str, Any]) -> list[Incoming]:
    action = next(iter(objects_at(told, "actions")), None)
    if text_at(told, "type") != "block_actions" or not text_at(action, "action_id").startswith(ASK):
        return []
    channel, user = text_at(told, "channel", "id"), text_at(told, "user", "id")
    event = {"channel": channel, "ts": text_at(told, "message", "ts"), "thread_ts": text_at(told, "message", "thread_ts")}
    return [
        Incoming(
            id=f"{text_at(action, 'action_ts')} {text_at(action, 'action_id')}",
            who=(text_at(told, "team", "id") or text_at(told, "user", "team_id"), channel, user),
            to=_place(event, threaded=False),
            text=text_at(action, "value"),
            pressed=True,
        )
    ]


def _place(event: Any, threaded: bool) -> dict[str, str]:
    """The channel, and the thread that the message stands in, or opens."""
    thread = text_at(event, "thread_ts") or (text_at(event, "ts") if threaded else "")
    return {"channel": text_at(event, "channel"), **({"thread_ts": thread} if thread else {})}


def _plain(text: str) -> str:
    """A message's words, without mentions and Slack's signs for links."""
    return html.unescape(LINK.sub(lambda link: link[2] or link[1], MENTION.sub(" ", text))).strip()


def _blocks(reply: Outgoing) -> list[dict[str, Any]]:
    question = [f">{html.escape(reply.question, quote=False)}"] if reply.question else []
    said = "\n".join([*question, html.escape(reply.text, quote=False)])
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]
    if reply.source:
        source = {"type": "mrkdwn", "text": html.escape(reply.source, quote=False)}
        blocks.append({"type": "context", "elements": [source]})
    if reply.suggestions:
        blocks.append({"type": "actions", "elements": [_button(*item) for item in enumerate(reply.suggestions)]})
    return blocks


def _button(number: int, question: str) -> dict[str, Any]:
    title = question if len(question) <= MAX_BUTTON else f"{question[: MAX_BUTTON - 1]}…"
    text = {"type": "plain_text", "text": title, "emoji": False}
    return {"type": "button", "action_id": f"{ASK}-{number}", "text": text, "value": question}
