"""The website's channel, at /chat/: what visitors talk to, and the files that their browsers need."""

from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, json, redirect

from clara.channels import WEBSITE
from clara.channels.asking import ask, expect_room
from clara.channels.collector import ReplyCollector
from clara.channels.guard import OnNewMessage, check_text
from clara.channels.health import Health
from clara.channels.offering import starters
from clara.channels.opinion import keep_opinion, opinion_in
from clara.channels.rates import Rates
from clara.channels.rejection import Rejection
from clara.channels.request import allowed_origin, browser_language, language_of, read_object
from clara.channels.sessions import Sessions, session_secret
from clara.knowledge import LANGUAGES
from clara.live import knowledge_in_service
from clara.settings import Settings

HEADERS = {
    "Cache-Control": "no-cache",  # ask whether it has changed: the chat's files belong together
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
READABLE = {"Access-Control-Expose-Headers": "Retry-After"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


class WebsiteChannel(InputChannel):
    """POST /chat/messages takes `{"message": "...", "session": "...", "language": "fr"}`, and returns the session and replies.

    `session` is left out with the first message, and is then the one that came back; `language`, the interface's, is optional.
    POST /chat/feedback takes `{"session": "...", "id": "...", "helpful": true, "reason": "..."}`, about the reply `id`.
    What isn't taken comes back as a Rejection's body. web/openapi.json describes all routes.
    """

    def __init__(self, settings: Settings) -> None:
        """Ready to take messages.

        Raises:
            ClaraError: the knowledge is broken, or there is nowhere to keep the secret of the session ids.
        """
        self._settings = settings
        self._live = knowledge_in_service(settings)
        self._sessions = Sessions(session_secret(settings), seconds=settings.limits.session_hours * 3600)
        self._rates = Rates(settings)

    @classmethod
    def name(cls) -> str:
        """The channel's name in a tracker."""
        return WEBSITE

    def url_prefix(self) -> str:
        """Where it is mounted: the leading slash takes it out of Rasa's /webhooks/."""
        return "/chat"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes of the channel."""
        blueprint = Blueprint("website", url_prefix=self.url_prefix())
        health = Health(on_new_message, self._live, self._settings.health_seconds)

        @blueprint.post("/messages", stream=True)
        async def messages(request: Request) -> HTTPResponse:
            return await self.respond(request, on_new_message)

        @blueprint.post("/feedback", stream=True)
        async def feedback(request: Request) -> HTTPResponse:
            return await self.hear(request)

        async def may_send(request: Request) -> HTTPResponse:
            return empty(headers=PREFLIGHT)

        for name in ("messages", "feedback"):
            blueprint.options(f"/{name}", ignore_body=False, name=f"may_send_{name}")(may_send)

        @blueprint.get("/")
        async def page(request: Request) -> HTTPResponse:
            if not request.path.endswith("/"):  # relative links on the page would lead elsewhere
                return redirect(f"{request.path}/")
            return await file(self._settings.web / "index.html")

        @blueprint.get("/about")
        async def about(request: Request) -> HTTPResponse:
            return json(self.about())

        @blueprint.get("/alive")
        async def alive(request: Request) -> HTTPResponse:
            return json({"alive": True})

        @blueprint.get("/health")
        async def healthy(request: Request) -> HTTPResponse:
            well = await health.check()
            return json({"healthy": well}, status=200 if well else 503)

        @blueprint.middleware("response")
        async def add_headers(request: Request, response: HTTPResponse) -> None:
            response.headers.update({**HEADERS, **self.origin_headers(request)})

        for item in sorted(self._settings.web.glob("[!.]*.*")):  # one route a file: no path that a browser may fill in
            blueprint.static(f"/{item.name}", item, name=item.name.replace(".", "_"))
        return blueprint

    def about(self) -> dict[str, Any]:
        """What a client needs to know before the first message."""
        settings = self._settings
        return {
            "assistant": "Ask CLARA",
            "languages": list(LANGUAGES),
            "max_characters": settings.limits.characters,
            "page_url": settings.page_url,
            "contact_url": settings.contact_url,
            "opening": {language: self._live.current.phrases.opening[language] for language in LANGUAGES},
            "starters": {language: starters(self._live.current, language) for language in LANGUAGES},
        }

    def origin_headers(self, request: Request) -> dict[str, str]:
        """What lets a page of an allowed website read the response."""
        try:
            origin = allowed_origin(request, self._settings.allowed_origins)
        except Rejection:
            origin = ""
        return {"Vary": "Origin", **(READABLE | {"Access-Control-Allow-Origin": origin} if origin else {})}

    async def _body(self, request: Request) -> dict[str, Any]:
        """What a page that may, from an address that doesn't send too much, sends; a Rejection otherwise."""
        allowed_origin(request, self._settings.allowed_origins)
        await self._rates.count_address(request.remote_addr or request.ip)
        return await read_object(request, self._settings.limits.body_bytes)

    async def hear(self, request: Request) -> HTTPResponse:
        """Keep what a visitor says of an answer, or say why not."""
        try:
            body = await self._body(request)
            sender = self._sessions.open(body.get("session"))
            message, opinion = opinion_in(body)
            expect_room()
            await self._rates.count_vote(sender)
            await keep_opinion(request.app.ctx.agent.tracker_store, sender, message, opinion, self._settings.limits.reply_seconds)
            return empty()
        except Rejection as rejection:
            told = rejection.body(self._live.current.phrases, browser_language(request))
            return json(told, status=rejection.status, headers=rejection.headers())

    async def respond(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        """The replies to a request, or why there are none."""
        language = browser_language(request)
        session: str | None = None
        try:
            body = await self._body(request)
            spoken = language_of(body)
            language = spoken or language
            session = body.get("session")
            if session is None:
                session = self._sessions.issue()
            sender = self._sessions.open(session)
            text = check_text(body.get("message"), self._settings.limits.characters)
            expect_room()
            await self._rates.count_message(sender)
            message = UserMessage(
                text,
                ReplyCollector(WEBSITE),
                sender,
                input_channel=WEBSITE,
                metadata={"language": spoken} if spoken else None,
            )
            replies = await ask(on_new_message, message, self._settings.limits.reply_seconds)
            return json({"session": session, "replies": [{"id": message.message_id, **reply} for reply in replies]})
        except Rejection as rejection:
            told = rejection.body(self._live.current.phrases, language)
            if rejection.reason == "failed":  # the message can be sent again in the same conversation
                told["session"] = session
            return json(told, status=rejection.status, headers=rejection.headers())
