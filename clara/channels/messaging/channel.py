"""The channel of one messaging service: a call comes in, is trusted or refused, and each of its messages is answered once."""

import asyncio
import itertools
import logging
import time
from collections.abc import Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import Forbidden
from sanic.request import Request
from sanic.response import HTTPResponse, json

from clara.channels.guard import OnNewMessage
from clara.channels.messaging.call import Call
from clara.channels.messaging.client import Client, Undelivered
from clara.channels.messaging.messages import Incoming
from clara.channels.messaging.recent import Delivered
from clara.channels.messaging.registry import path_of
from clara.channels.messaging.responder import Responder
from clara.channels.messaging.service import Service
from clara.channels.rejection import Rejection
from clara.channels.request import read_body
from clara.live import LiveKnowledge
from clara.logs import kind_and_place
from clara.settings import Settings

logger = logging.getLogger(__name__)

MAX_CALL_BYTES = 200_000  # a button's call holds the message that it stood under, with all its blocks
# A service's call is answered when its writer is: it calls again if the process ends before. But Slack waits for 3 s only.
ACKNOWLEDGE_SECONDS = 2.0
SEND_SECONDS = 2.0  # a reply that is ready takes hardly longer, unless the service has trouble
REGISTER_PAUSES = (10.0, 60.0, 300.0)  # seconds between attempts; the last one goes on


class MessagingChannel(InputChannel):
    """POST /webhooks/<service>/webhook takes the service's calls; replies go to the service's own address."""

    def __init__(self, service: Service, settings: Settings, live: LiveKnowledge) -> None:
        """Ready to take calls.

        Args:
            service: says what is particular to it.
            settings: see Responder.
            live: see Responder.

        Raises:
            ClaraError: as Responder has it.
        """
        self._service = service
        self._responder = Responder(service.name, settings, live)
        self._client = Client()
        self._delivered = Delivered(settings.redis_url, service.gives_up_after)
        self._at_work: set[asyncio.Task[None]] = set()
        self._registering: asyncio.Task[None] | None = None
        self._finish_seconds = settings.limits.reply_seconds + SEND_SECONDS

    def name(self) -> str:  # type: ignore[override]  # Rasa declares a class method, and calls it on instances only
        """The service's name: the channel's in a tracker."""
        return self._service.name

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes of the channel."""
        blueprint = Blueprint(self._service.name, url_prefix=path_of(self._service.name))

        @blueprint.post("/webhook", stream=True)
        async def webhook(request: Request) -> HTTPResponse:
            try:
                body = await read_body(request, MAX_CALL_BYTES)
            except Rejection as rejection:
                return json({"error": rejection.reason, "detail": rejection.detail}, status=rejection.status)
            return await self.take(Call(dict(request.headers.items()), body), request.app, on_new_message)

        @blueprint.get("/webhook")
        async def handshake(request: Request) -> HTTPResponse:
            return self._service.handshake(dict(request.query_args))

        @blueprint.after_server_start
        async def start(app: Sanic, _: Any) -> None:
            self._registering = asyncio.ensure_future(self._register())

        @blueprint.before_server_stop
        async def stop(app: Sanic, _: Any) -> None:
            await self._finish()
            await self._client.close()

        return blueprint

    async def take(self, call: Call, app: Sanic, on_new_message: OnNewMessage) -> HTTPResponse:
        """Answer the messages of a call: those of one conversation in their order, the conversations side by side.

        Raises:
            SanicException: 401 or 403, the call isn't the service's, or an old one; 400, it can't be read.
        """
        try:
            await self._service.verify(call, self._client)
            messages = await self._service.read(call, self._client)
        except Undelivered as error:
            logger.error("%s: a call couldn't be taken, for the service itself doesn't answer (%s).", self._service.title, error)
            return json({"error": "failed"}, status=503)  # most services then call again
        recent = [message for message in messages if not self._is_old(message)]
        if messages and not recent:
            raise Forbidden("It was sent too long ago.")
        conversations: dict[tuple[str, ...], list[Incoming]] = {}
        for message in recent:
            if await self._delivered.is_new(self._key(message)):
                conversations.setdefault(message.who, []).append(message)
        if conversations:
            work = {self._set_to_work(self._answer(new, app, on_new_message)) for new in conversations.values()}
            await asyncio.wait(work, timeout=ACKNOWLEDGE_SECONDS)
        return self._service.respond(call)

    def _key(self, message: Incoming) -> str:
        return "\0".join([self._service.name, *message.who, message.id])

    def _is_old(self, message: Incoming) -> bool:
        return message.at is not None and time.time() - message.at > self._service.gives_up_after

    def _set_to_work(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._at_work.add(task)  # or nothing would hold it
        task.add_done_callback(self._at_work.discard)
        return task

    async def _finish(self) -> None:
        """Wait for the answers that are under way, though not for ever."""
        if self._registering:
            self._registering.cancel()
        if self._at_work:
            _, lost = await asyncio.wait(self._at_work, timeout=self._finish_seconds)
            for task in lost:
                task.cancel()
            if lost:
                logger.error("%s: the server stops before %d conversations were answered.", self._service.title, len(lost))

    async def _register(self) -> None:
        """Tell the service where to call, until it has heard it."""
        for pause in itertools.chain(REGISTER_PAUSES, itertools.repeat(REGISTER_PAUSES[-1])):
            try:
                await self._service.register(self._client)
                return
            except Exception as error:
                reason = f"{error} {error.explanation}".strip() if isinstance(error, Undelivered) else kind_and_place(error)
                logger.error("%s couldn't be told where to call (%s); it is tried again.", self._service.title, reason)
            await asyncio.sleep(pause)

    async def _answer(self, messages: Sequence[Incoming], app: Sanic, on_new_message: OnNewMessage) -> None:
        for message in messages:
            try:
                reply = await self._responder.reply_to(message, app.ctx.agent.tracker_store, on_new_message)
                for part in reply.parts(self._service.most) if reply else []:
                    await self._service.send(self._client, message.to, part)
                await self._delivered.answered(self._key(message))
            except Undelivered as error:
                logger.error("%s: a reply couldn't be delivered (%s).", self._service.title, error)
            except Exception as error:
                logger.error("%s: a message failed: %s", self._service.title, kind_and_place(error))
                logger.debug("Why the message failed:", exc_info=True)
