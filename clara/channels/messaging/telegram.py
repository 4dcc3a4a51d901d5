"""Telegram: the Bot API over a webhook (https://core.telegram.org/bots/api)."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sanic.response import HTTPResponse, json

from clara.channels.messaging.call import Call, at, expect_same, objects_at, text_at, time_at
from clara.channels.messaging.client import IMPATIENCE, PATIENCE, Client
from clara.channels.messaging.messages import Incoming, Outgoing
from clara.channels.messaging.service import Service, Variable
from clara.knowledge import LANGUAGES

TOKEN, SECRET, API = "TELEGRAM_BOT_TOKEN", "TELEGRAM_SECRET_TOKEN", "TELEGRAM_API_URL"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")
COMMAND = re.compile(r"/(?P<word>\w+)(?:@(?P<to>\w+))?\s*")
MEDIA = ("photo", "voice", "audio", "video", "video_note", "document", "sticker", "animation", "location", "contact", "poll")
UPDATES = ["message", "callback_query"]


class Telegram(Service):
    """Answers private messages, and in groups commands, mentions and replies to it."""

    name = "telegram"
    title = "Telegram"
    who = ("CHAT", "USER")
    most = 4000
    gives_up_after = 24 * 3600.0
    needs_public_url = True
    variables = (
        Variable(TOKEN, "the token from @BotFather"),
        Variable(SECRET, "a secret of your own: 16 to 256 characters, only letters, digits, _ and -"),
        Variable(API, "where the Bot API is", default="https://api.telegram.org"),
    )
    verified = "secret token in a header (the server gives it to Telegram at start); at most a day old"
    form = "HTML; one inline button per suggestion, with a number as its payload (64 bytes at most)"

    def __init__(self, values: Mapping[str, str], address: str) -> None:
        """See Service."""
        super().__init__(values, address)
        self._us: tuple[str, str] | None = None

    @classmethod
    def problem(cls, values: Mapping[str, str]) -> str:
        """Telegram takes some secrets only."""
        return (
            ""
            if SECRET_FORM.fullmatch(values[SECRET])
            else f"{SECRET} must be 16 to 256 characters long, only letters, digits, _ and -."
        )

    async def verify(self, call: Call, client: Client) -> None:
        """By the secret token."""
        expect_same(call.headers.get(SECRET_HEADER, ""), self._values[SECRET])

    async def read(self, call: Call, client: Client) -> Sequence[Incoming]:
        """A message, or a pressed button."""
        told = call.json
        pressed, message = at(told, "callback_query"), at(told, "message")
        if pressed:
            return _incoming(
                at(pressed, "message"), at(pressed, "from"), text_at(pressed, "id"), _question(pressed), pressed=True
            )
        text = text_at(message, "text") or text_at(message, "caption")
        if not text and not any(at(message, kind) for kind in MEDIA):
            return []  # somebody was added, something was pinned
        us = ("", "") if text_at(message, "chat", "type") == "private" else await self._ourselves(client)
        addressed, word, question = _addressed(message, text, *us)
        if not addressed:
            return []
        sent = time_at(message, "date")
        return _incoming(message, at(message, "from"), text_at(message, "message_id"), question, at=sent, opening=word == "start")

    def respond(self, call: Call) -> HTTPResponse:
        """A pressed button waits for an answer of its own, which may come as the response."""
        pressed = text_at(call.json, "callback_query", "id")
        return json({"method": "answerCallbackQuery", "callback_query_id": pressed} if pressed else {})

    async def send(self, client: Client, to: Mapping[str, Any], reply: Outgoing) -> None:
        """By sendMessage."""
        buttons = [
            [{"text": question, "callback_data": str(number)}] for number, question in enumerate(reply.suggestions, start=1)
        ]
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

    async def _ourselves(self, client: Client) -> tuple[str, str]:
        """The bot's id and name."""
        if not self._us:
            told = await self._call(client, "getMe", {}, patience=IMPATIENCE)
            self._us = text_at(told, "result", "id"), text_at(told, "result", "username")
        return self._us

    async def _call(self, client: Client, method: str, arguments: Mapping[str, Any], patience: float = PATIENCE) -> Any:
        url = f"{self._values[API]}/bot{self._values[TOKEN]}/{method}"
        return await client.call("POST", url, json=arguments, patience=patience)


def _addressed(message: Any, text: str, id: str, name: str) -> tuple[bool, str, str]:
    """Whether a message is for the bot, the command in it, and what it asks.

    Args:
        message: the message.
        text: what was written.
        id: the bot's id; "" in a private chat, where everything is for it.
        name: the bot's name; "" likewise.
    """
    command = COMMAND.match(text)
    word, to = (command["word"], command["to"] or "") if command else ("", "")
    mention = re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE) if name else None
    said = text[command.end() :] if command else text
    addressed = (
        not id
        or (command is not None and to.lower() in ("", name.lower()))
        or bool(mention and not command and mention.search(text))
        or text_at(message, "reply_to_message", "from", "id") == id
    )
    return addressed, word, (mention.sub(" ", said) if mention else said).strip() or word


def _incoming(message: Any, writer: Any, id: str, text: str, **more: Any) -> list[Incoming]:
    chat, person = text_at(message, "chat", "id"), text_at(writer, "id")
    if not (chat and person and id) or at(writer, "is_bot") is True:
        return []
    language = text_at(writer, "language_code")[:2]
    to: dict[str, Any] = {"chat_id": chat}
    if at(message, "is_topic_message") is True:
        to["message_thread_id"] = at(message, "message_thread_id")
    if text_at(message, "chat", "type") != "private":  # in a group, it is to be seen what is answered
        to["reply_parameters"] = {"message_id": at(message, "message_id"), "allow_sending_without_reply": True}
    spoken = language if language in LANGUAGES else None
    return [Incoming(id=id, who=(chat, person), to=to, text=text, language=spoken, **more)]


def _question(pressed: Any) -> str:
    """The question on the button that was pressed: its payload would be too short for it; its number, where it can't be seen."""
    data = text_at(pressed, "data")
    rows = at(pressed, "message", "reply_markup", "inline_keyboard")
    buttons = [button for row in (rows if isinstance(rows, list) else []) for button in objects_at({"row": row}, "row")]
    return next((text_at(button, "text") for button in buttons if text_at(button, "callback_data") == data), data)
