"""The chat on a page, for tests to use it as a visitor does."""

from urllib.parse import urlsplit

from playwright.sync_api import Page


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

    def ask(self, text):
        """Ask, and don't wait."""
        self.field.fill(text)
        self.field.press("Enter")

    def say(self, text):
        """Ask, and wait for what comes back."""
        before = self.replies.count()
        self.ask(text)
        self.replies.nth(before).wait_for()
        return self.replies.nth(before)
