"""Takes the documentation's screenshots: python -m benchmarks.screens (needs the trained model, and Chromium)."""

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import FLAGS, find_chromium
from benchmarks.server import running_server
from clara.settings import ROOT

FOLDER = ROOT / "docs" / "screens"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1100, "height": 760}, "locale": "en-GB", "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 760}, "locale": "fr-FR", "color_scheme": "dark"},
}
QUESTIONS = {"en-GB": "Who funds CLARA?", "fr-FR": "Qui finance le CLARA ?"}


def main() -> int:
    """Write a PNG a screen into docs/screens; 1 where there is no Chromium."""
    chromium = find_chromium()
    if not chromium:
        print("Chromium is missing: install it (Debian: apt-get install chromium) and run this again.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with running_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, screen in SCREENS.items():
            take(browser, f"{address}/chat/", screen, FOLDER / f"{name}.png")
    return 0


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
