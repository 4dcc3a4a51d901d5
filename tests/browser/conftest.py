"""A real Chromium before the real channel; the assistant behind it is scripted, so that each test says what comes back."""

import os
import shutil
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from standin import Assistant, serving_with

from benchmarks.server import free_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REASON = "NO BROWSER: the website's chat is NOT tested. Install Chromium (Debian: apt-get install chromium) and run again."


class Script(Assistant):
    """Replies with `reply`, changed at will; as Assistant otherwise."""

    def __init__(self):
        super().__init__()
        self.reply = {
            "text": "CLARA is funded by public authorities.",
            "kind": "answer",
            "topics": ["funders"],
            "language": "en",
            "sources": [{"text": "launched and funded by public authorities", "paragraph": 1}],
            "suggestions": ["Since when does CLARA exist?", "What does CLARA stand for?"],
        }

    async def __call__(self, message):
        self.heard.append(message)
        if self.fault:
            await self.fault(message)
            return
        reply = self.reply
        buttons = [{"title": question, "payload": question} for question in reply["suggestions"]]
        await message.output_channel.send_response(message.sender_id, {"text": reply["text"], "reply": reply, "buttons": buttons})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        if os.environ.get("CI"):
            pytest.fail(REASON)
        warnings.warn(REASON, stacklevel=1)
        pytest.skip(REASON)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def script():
    return Script()


@pytest.fixture
def server(script):
    with serving_with(script) as client:
        yield client.address


class Chat:
    """The chat on a page, as a visitor finds it."""

    def __init__(self, page: Page, url: str):
        self.page = page
        self.errors = []
        self.foreign = []
        host = urlsplit(url).netloc
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: None if urlsplit(request.url).netloc == host else self.foreign.append(request.url))
        page.goto(url)
        self.launcher = page.locator("clara-chat .launcher")
        self.panel = page.locator("clara-chat .panel")
        self.field = page.locator("clara-chat textarea")
        self.log = page.locator("clara-chat .log")
        self.replies = self.log.locator(".assistant")
        self.offered = page.locator("clara-chat .offered button")
        self.retry = page.locator("clara-chat .retry")

    def open(self):
        self.launcher.click()
        self.replies.first.wait_for()
        return self

    def button(self, name):
        return self.panel.get_by_role("button", name=name, exact=True)

    def say(self, text):
        """Ask, and wait for what comes back."""
        before = self.replies.count()
        self.field.fill(text)
        self.field.press("Enter")
        self.replies.nth(before).wait_for()
        return self.replies.nth(before)


@pytest.fixture
def visit(browser, server):
    """Open a page with the chat; arguments as Playwright's new_context."""
    contexts = []

    def visit(path="/chat/", locale="en-GB", address=server, **arguments):
        context = browser.new_context(locale=locale, **arguments)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return Chat(page, address + path)

    yield visit
    for context in contexts:
        context.close()


@contextmanager
def page_elsewhere(html: str, headers: dict[str, str], port: int | None = None) -> Iterator[str]:
    """Another website, with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/"
            self.send_response(200 if found else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode() if found else b"")

        def log_message(self, *_):
            pass

    site = ThreadingHTTPServer(("127.0.0.1", port or free_port()), Handler)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()
