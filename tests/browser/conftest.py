"""A real Chromium before the real channel; the assistant behind it is scripted, so that each test says what comes back."""

from collections.abc import Iterator

import pytest
from loudly import skip_loudly
from onpage import Chat
from playwright.sync_api import Browser, expect, sync_playwright
from standin import Assistant, serving_with

from benchmarks.browser import FLAGS, find_chromium

expect.set_options(timeout=30_000)  # a slow machine

REASON = "The website's chat, in a browser: install Chromium (Debian: apt-get install chromium) and run again."


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

    async def say(self, message):
        buttons = [{"title": question, "payload": question} for question in self.reply["suggestions"]]
        reply = {"text": self.reply["text"], "reply": self.reply, "buttons": buttons}
        await message.output_channel.send_response(message.sender_id, reply)


@pytest.fixture(scope="module")  # as long as Playwright lives, its event loop keeps others from running in the main thread
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if not chromium:
        skip_loudly(REASON)
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


@pytest.fixture
def visit(browser, server):
    """Open a page with the chat; arguments as Playwright's new_context."""
    contexts = []

    def visit(path="/chat/", locale="en-GB", address=server, **arguments):
        context = browser.new_context(locale=locale, **arguments)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return Chat(page, address + path)

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def visit_page(visit, server):
    """Open a page of this HTML on the server, with the chat's tag at its end; other arguments as visit()'s."""

    def visit_page(html, attributes="", **arguments):
        page = f'<!doctype html>{html}<script type="module" src="/chat/clara.js" {attributes}></script>'
        chat = visit("/chat/alive", **arguments)
        chat.page.route("**/page", lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
        chat.page.goto(f"{server}/page")
        return chat

    return visit_page


@pytest.fixture
def serving_shorter(script):
    """A server that takes short questions only."""
    with serving_with(script, limits={"characters": 50}) as client:
        yield client.address
