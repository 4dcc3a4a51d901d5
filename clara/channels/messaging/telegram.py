"""Telegram: the Bot API over a webhook (https://core.telegram.org/bots/api)."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sanic.response import HTTPResponse, json

from clara.channels.messaging.call import Call, at, expect_same, number_at, objects_at, text_at
from clara.channels.messaging.client import Client, Undelivered
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable
from clara.knowledge import LANGUAGES

TOKEN, SECRET, API = "TELEGRAM_BOT_TOKEN", "TELEGRAM_SECRET_TOKEN", "TELEGRAM_API_URL"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")
COMMAND = re.compile(r"/(?P<word>\w+)(@\w+)?\s*")
MENTION = re.compile(r"@\w+bot\b", re.IGNORECASE)  # every bot's name ends so
UPDATES = ["message", "callback_query"]


class Telegram(Service):
    """Answers private messages, and in groups commands, mentions and replies to it."""

    name = "telegram"
    title = "Telegram"
    most = 4000
    needs_public_url = True
    variables = (
        Variable(TOKEN, "the token that @BotFather gave"),
        Variable(SECRET, "a secret of your own: 16 to 256 letters, digits, _ and -"),
        Variable(API, "where the Bot API is", default="https://api.telegram.org"),
    )
    verified = "secret token in a header, which the server tells Telegram when it starts"
    form = "HTML; an inline button each suggestion, its payload a number (64 bytes at most)"

    @classmethod
    def problem(cls, values: Mapping[str, str]) -> str:
        """Telegram takes some secrets only."""
        return "" if SECRET_FORM.fullmatch(values[SECRET]) else f"{SECRET} must have 16 to 256 letters, digits, _ and -."

    async def verify(self, call: Call, client: Client) -> None:
        """By the secret token."""
        expect_same(call.headers.get(SECRET_HEADER, ""), self._values[SECRET])

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message, or a pressed button."""
        told = call.json()
        pressed, message = at(told, "callback_query"), at(told, "message")
        if pressed:
            return _incoming(at(pressed, "message"), at(pressed, "from"), text_at(pressed, "id"), _title(pressed), pressed=True)
        text = text_at(message, "text")
        command = COMMAND.match(text)
        if text_at(message, "chat", "type") != "private" and not (command or MENTION.search(text) or _to_a_bot(message)):
            return []
        word = command["word"] if command else ""
        text = MENTION.sub(" ", text[command.end() :] if command else text).strip() or word
        seconds = number_at(message, "date")
        return _incoming(message, at(message, "from"), text_at(message, "message_id"), text, at=seconds, opening=word == "start")

    def respond(self, call: Call) -> HTTPResponse:
        """A pressed button waits for an answer of its own, which may come as the response."""
        pressed = text_at(call.json(), "callback_query", "id")
        return json({"method": "answerCallbackQuery", "callback_query_id": pressed} if pressed else {})

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """By sendMessage."""
        buttons = [[{"text": question, "callback_data": str(number)}] for number, question in enumerate(reply.suggestions)]
        question = f"<blockquote>{html.escape(reply.question)}</blockquote>\n" if reply.question else ""
        source = f"\n<i>{html.escape(reply.source)}</i>" if reply.source else ""
        message = {
            **to,
            "text": f"{question}{html.escape(reply.text)}{source}",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            **({"reply_markup": {"inline_keyboard": buttons}} if buttons else {}),
        }
        await self._call(client, "sendMessage", message)

    async def register(self, client: Client) -> None:
        """By setWebhook."""
        webhook = {"url": self._address, "secret_token": self._values[SECRET], "allowed_updates": UPDATES}
        await self._call(client, "setWebhook", webhook)

    async def _call(self, client: Client, method: str, arguments: Mapping[str, Any]) -> None:
        told = await client.call("POST", f"{self._values[API]}/bot{self._values[TOKEN]}/{method}", json=arguments)
        if at(told, "ok") is not True:
            raise Undelivered(text_at(told, "description") or "no answer")


def _incoming(message: Any, writer: Any, id: str, text: str, **more: Any) -> list[Incoming]:
    chat, person = text_at(message, "chat", "id"), text_at(writer, "id")
    if not (chat and person and id) or at(writer, "is_bot") is True:
        return []
    language = text_at(writer, "language_code")[:2]
    thread = {"message_thread_id": at(message, "message_thread_id")} if at(message, "is_topic_message") is True else {}
    spoken = language if language in LANGUAGES else None
    return [Incoming(id=id, who=(chat, person), to={"chat_id": chat, **thread}, text=text, language=spoken, **more)]


def _title(pressed: Any) -> str:
    """The question on the button that was pressed: its payload would be too short for it."""
    data = text_at(pressed, "data")
    rows = at(pressed, "message", "reply_markup", "inline_keyboard")
    buttons = [button for row in (rows if isinstance(rows, list) else []) for button in objects_at({"row": row}, "row")]
    return next((text_at(button, "text") for button in buttons if text_at(button, "callback_data") == data), "")


def _to_a_bot(message: Any) -> bool:
    return at(message, "reply_to_message", "from", "is_bot") is True
