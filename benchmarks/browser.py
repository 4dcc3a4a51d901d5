"""A real browser: Chromium, as Debian or Google ship it."""

import shutil

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of the browser's program, for Playwright's `executable_path`; None where there is none."""
    return shutil.which("chromium") or shutil.which("google-chrome")
