"""The website's channel: JSON in, JSON out, at /chat/."""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from clara.channels import WEBSITE
from clara.channels.collector import ReplyCollector
from clara.knowledge import LANGUAGES, load_knowledge
from clara.settings import KNOWLEDGE

logger = logging.getLogger(__name__)

SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
MAX_CHARACTERS = 500
COMMAND = re.compile(r"^[\s/]+")


class BadRequest(ValueError):
    """A request that the channel can't take; its text says why, to a programmer."""


class WebsiteChannel(InputChannel):
    """POST /chat/messages takes `{"message": "...", "session": "...", "language": "fr"}`, and returns the session and replies.

    `session` is left out with the first message, and is then the one that came back; `language`, the interface's, is optional.
    """

    def __init__(self) -> None:
        """Read the apology, for when the assistant has nothing to say."""
        self._apology = load_knowledge(KNOWLEDGE).phrases.apology

    @classmethod
    def name(cls) -> str:
        """The channel's name in a tracker."""
        return WEBSITE

    def url_prefix(self) -> str:
        """Where it is mounted: the leading slash takes it out of Rasa's /webhooks/."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        blueprint = Blueprint("website")

        @blueprint.get("/")
        async def about(request: Request) -> HTTPResponse:
            return json({"assistant": "Ask CLARA", "post": "/chat/messages", "languages": list(LANGUAGES)})

        @blueprint.post("/messages")
        async def messages(request: Request) -> HTTPResponse:
            try:
                message = read_request(request)
            except BadRequest as error:
                return json({"error": str(error)}, status=400)
            return await self.reply(message, on_new_message)

        return blueprint

    async def reply(self, message: UserMessage, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
        """What the assistant says to a message; an apology with status 503 where it says nothing."""
        try:
            await on_new_message(message)
        except Exception:
            logger.exception("A message failed.")
        if message.output_channel.replies:
            return json({"session": message.sender_id, "replies": message.output_channel.replies})
        language = (message.metadata or {}).get("language") or LANGUAGES[0]
        return json({"session": message.sender_id, "error": self._apology[language]}, status=503)


def read_request(request: Request) -> UserMessage:
    """The visitor's message; BadRequest where the request holds none."""
    try:
        body = request.json
    except SanicException:
        body = None
    if not isinstance(body, dict):
        raise BadRequest("Send a JSON object.")
    text, session, language = body.get("message"), body.get("session"), body.get("language")
    if not isinstance(text, str) or not text.strip():
        raise BadRequest("Send a text as `message`.")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadRequest("Send valid Unicode as `message`: half of a surrogate pair stands alone.")
    if len(text) > MAX_CHARACTERS:
        raise BadRequest(f"Send at most {MAX_CHARACTERS} characters as `message`.")
    if session is None:
        session = secrets.token_urlsafe(32)
    elif not isinstance(session, str) or not SESSION.fullmatch(session):
        raise BadRequest("Send as `session` what came back with the first reply, or leave it out.")
    if language is not None and language not in LANGUAGES:
        raise BadRequest(f"Send one of {', '.join(LANGUAGES)} as `language`, or leave it out.")
    # A visitor has no commands to give: the slash is what makes "/restart" one.
    return UserMessage(
        COMMAND.sub("", text) or "?",
        ReplyCollector(WEBSITE),
        session,
        input_channel=WEBSITE,
        metadata={"language": language} if language else None,
    )
