"""A channel on a real HTTP server, with a stand-in for the assistant: what it does with requests, without a model."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import requests
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Sanic

from benchmarks.server import free_port
from clara.channels.umbrella import Channels
from clara.settings import Limits, Settings

SECRET = "s" * 32


class Assistant:
    """Says the visitor's words back, and keeps the conversation as Rasa does; or does what `fault` says."""

    def __init__(self):
        self.heard = []
        self.fault = None
        self.suggestions = []
        self.text = "You said: {}"
        self.tracker_store = InMemoryTrackerStore(Domain.empty())

    async def __call__(self, message):
        self.heard.append(message)
        await (self.fault or self.say)(message)

    def slowly(self, seconds, where=""):
        """A fault: it says the same, but after some seconds, where a word is in the message."""

        async def fault(message):
            await asyncio.sleep(seconds if where in message.text else 0)
            await self.say(message)

        return fault

    async def say(self, message):
        metadata = {"kind": "courtesy", "topics": [], "language": "en", "sources": []}
        said = {
            "text": self.text.format(message.text),
            "buttons": [{"title": title, "payload": title} for title in self.suggestions],
        }
        await message.output_channel.send_response(message.sender_id, {**said, "reply": metadata})
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        tracker.update(BotUttered(said["text"], data={"buttons": said["buttons"]}))
        await self.tracker_store.save(tracker)


class Client:
    """Talks to a channel as a browser does."""

    def __init__(self, address):
        self.address = address
        self._http = requests.Session()

    def post(self, body=None, to="messages", **arguments):
        if body is not None:
            arguments["json"] = body
        return self._http.post(f"{self.address}/chat/{to}", timeout=30, **arguments)

    def get(self, path, **arguments):
        return self._http.get(f"{self.address}{path}", timeout=30, **arguments)

    def options(self, **arguments):
        return self._http.options(f"{self.address}/chat/messages", timeout=30, **arguments)


@contextmanager
def serving(assistant, settings, proxies=0) -> Iterator[Client]:
    """Serve the channels as Rasa does, in a thread."""
    port = free_port()
    Sanic.test_mode = True  # several apps in one process
    # Sanic parses every handler's source to guess how errors should look, 0.2 s an app; ours look the same everywhere.
    with patch("sanic.mixins.routes.RouteMixin._determine_error_format", return_value=""):
        app = Sanic(f"channels_{port}", configure_logging=False)
        channel = Channels(settings)
        app.blueprint(channel.blueprint(assistant), url_prefix=channel.url_prefix())
    app.config.PROXIES_COUNT = proxies
    app.ctx.agent = assistant
    loop, ready = asyncio.new_event_loop(), threading.Event()

    def serve():
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False))
        loop.run_until_complete(server.startup())
        loop.run_until_complete(server.before_start())
        loop.run_until_complete(server.after_start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(server.before_stop())
        loop.run_until_complete(server.close())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield Client(f"http://127.0.0.1:{port}")
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@contextmanager
def serving_with(assistant, proxies=0, limits=None, **settings):
    """Serve with these settings and limits; gives a client."""
    chosen = replace(Settings(session_secret=SECRET), limits=replace(Limits(), **(limits or {})), **settings)
    with serving(assistant, chosen, proxies) as client:
        yield client
