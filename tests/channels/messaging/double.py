"""A messaging service on this machine: it calls the server as the real one does, takes its replies, and refuses wrong ones."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import requests

PUBLIC_URL = "https://chat.example.org"


@dataclass
class Shown:
    """What a person sees: `text` without the form's signs, buttons' titles, and what is needed to press them."""

    text: str
    buttons: list[str] = field(default_factory=list)
    raw: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Refused(Exception):
    """The service refuses a call of ours: with this status, and this body."""

    status: int
    body: dict = field(default_factory=dict)


class Double:
    """Listens on a port of its own while it is open.

    Attributes:
        shown: what the server has sent that the service took, in its order.
        registered: what the server has told at its start.
        troubles: statuses to answer with before anything is taken again, next first.
    """

    kind = None
    tested = ""  # for the docs: what its calls and its judgement of replies rest on
    tells_time = True  # its calls say when a message was written
    has_buttons = True  # pressing one calls the server
    signs_body = True  # or else it shows a secret

    def __init__(self):
        self.shown, self.registered, self.troubles = [], [], []
        self.number, self.retry_after = 0, ""
        self.server = None  # the address of the server under test

    @contextmanager
    def open(self):
        listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.api = f"http://127.0.0.1:{listener.server_address[1]}"
        thread = threading.Thread(target=partial(listener.serve_forever, poll_interval=0.02), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            listener.shutdown()
            listener.server_close()

    def environment(self):
        """The variables that turn the service on."""
        raise NotImplementedError

    def named(self, person="p1", room="r1"):
        """What an operator calls somebody's conversation."""
        return f"{self.kind.name}:{room}:{person}"

    def message(self, text, person="p1", room="r1", id=None, age=0.0):
        """A call that delivers a message: arguments for requests.post."""
        raise NotImplementedError

    def picture(self):
        """A call that delivers a message without text."""
        raise NotImplementedError

    def press(self, shown, button, person="p1", room="r1"):
        """A call that says that a button was pressed, by its title."""
        raise NotImplementedError

    def content(self, content):
        """A call, rightly signed, with any JSON value in it."""
        raise NotImplementedError

    def forge(self, call):
        """The same call by somebody who doesn't know the secrets."""
        raise NotImplementedError

    def take(self, request):
        """What the service does with a call of ours; Refused, or the JSON that it answers with."""
        raise NotImplementedError

    def next_id(self, id=None):
        self.number += 1
        return id or f"{self.number}"

    @property
    def address(self):
        return f"{self.server}/webhooks/{self.kind.name}/webhook"

    def deliver(self, call, timeout=30):
        return requests.post(self.address, timeout=timeout, **call)

    def say(self, text, **where):
        """Deliver a message and wait for what is shown."""
        before = len(self.shown)
        assert self.deliver(self.message(text, **where)).status_code == 200
        return self.wait(before + 1)[-1]

    def wait(self, count, seconds=10.0):
        """Wait until so many replies were shown."""
        deadline = time.monotonic() + seconds
        while len(self.shown) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(self.shown) >= count, f"{self.kind.title} got {len(self.shown)} replies, not {count}."
        return self.shown

    def expect(self, right, status=400, **body):
        if not right:
            raise Refused(status, body)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode()))


def _handler(double):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if double.troubles:
                self.answer(double.troubles.pop(0), {})
                return
            try:
                self.answer(200, double.take(Request(self.command, self.path, headers, body)))
            except Refused as refused:
                self.answer(refused.status, refused.body)

        do_GET = do_PUT = do_POST

        def answer(self, status, content):
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if double.retry_after:
                self.send_header("Retry-After", double.retry_after)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
