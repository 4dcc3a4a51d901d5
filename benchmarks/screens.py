"""Takes the documentation's screenshots: python -m benchmarks.screens (needs the trained model, and Chromium)."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import FLAGS, find_chromium
from benchmarks.server import Visitor, running_server
from benchmarks.understanding.sets import read_set
from clara.answering.reply import ANSWER
from clara.knowledge import LANGUAGES
from clara.report.writing import write_report
from clara.settings import ROOT, read_settings

FOLDER = ROOT / "docs" / "screens"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1100, "height": 760}, "locale": "en-GB", "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 760}, "locale": "fr-FR", "color_scheme": "dark"},
}
QUESTIONS = {"en-GB": "Who funds CLARA?", "fr-FR": "Qui finance le CLARA ?"}
REPORT: dict[str, Any] = {"viewport": {"width": 1000, "height": 1400}, "color_scheme": "light"}
ASKED_EVERY = 9  # of the development set's questions, for the report
UNHELPFUL_EVERY = 6  # of the answers that they get


def main() -> int:
    """Write a PNG a screen into docs/screens; 1 where there is no Chromium."""
    chromium = find_chromium()
    if not chromium:
        print("Chromium is missing: install it (Debian: apt-get install chromium) and run this again.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        conversations = Path(folder) / "conversations.db"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with running_server({"CONVERSATIONS": str(conversations)}) as address:
            for name, screen in SCREENS.items():
                take(browser, f"{address}/chat/", screen, FOLDER / f"{name}.png")
            ask_much(address)
        take_report(browser, conversations, Path(folder), FOLDER / "report.png")
    return 0


def ask_much(address: str) -> None:
    """Ask what people ask, and say of each answer whether it helped."""
    visitor, answers = Visitor(address), 0
    for question in read_set("dev")[::ASKED_EVERY]:
        visitor.forget()
        reply = visitor.say(question.text)
        if reply["kind"] == ANSWER:
            answers += 1
            visitor.rate(reply["id"], helpful=answers % UNHELPFUL_EVERY > 0)


def take_report(browser: Browser, conversations: Path, folder: Path, file: Path) -> None:
    """Write the report on conversations into a folder, and keep its beginning."""
    os.environ["CONVERSATIONS"] = str(conversations)  # the store reads the environment itself
    page, *_ = write_report(read_settings(), folder, days=7, language=LANGUAGES[0])
    tab = browser.new_page(**REPORT)
    tab.goto(page.as_uri())
    tab.screenshot(path=file)
    tab.close()


def take(browser: Browser, url: str, screen: dict[str, Any], file: Path) -> None:
    """Ask the screen's question on a page, open the answer's source, and keep what is seen."""
    page = browser.new_page(**screen)
    page.goto(url)
    page.locator("clara-chat .launcher").click()
    page.locator("clara-chat .assistant").first.wait_for()
    if screen["locale"].startswith("en"):
        page.locator("clara-chat header button[lang=en]").click()
    page.locator("clara-chat textarea").fill(QUESTIONS[screen["locale"]])
    page.locator("clara-chat textarea").press("Enter")
    page.locator("clara-chat summary").click()
    page.wait_for_timeout(500)  # what appears has appeared
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
