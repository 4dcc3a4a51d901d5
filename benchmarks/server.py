"""The assistant as a process of its own, as visitors meet it: for measuring and for tests."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from clara.settings import ROOT

UNLIMITED = {"SESSION_MESSAGES_PER_MINUTE": "1000000", "SESSION_TURNS": "1000000"}
START_SECONDS = 300.0  # a cold start on a slow machine
MESSAGE_SECONDS = 60.0


class Visitor:
    """One conversation over the website's channel."""

    def __init__(self, address: str) -> None:
        """A new conversation; `address` is the server's, such as http://127.0.0.1:5005."""
        self._messages, self._feedback = f"{address}/chat/messages", f"{address}/chat/feedback"
        self._http = requests.Session()
        self._session: str | None = None

    def say(self, text: str, language: str | None = None) -> dict[str, Any]:
        """Send a message; the reply (`id`, `text`, `kind`, `topics`, `language`, `sources`, `suggestions`).

        Raises:
            requests.RequestException: the server refused, or did not answer in MESSAGE_SECONDS.
        """
        body = {"message": text, "session": self._session, "language": language}
        response = self._http.post(
            self._messages, json={key: value for key, value in body.items() if value}, timeout=MESSAGE_SECONDS
        )
        response.raise_for_status()
        told = response.json()
        self._session = told["session"]
        (reply,) = told["replies"]
        return dict(reply)

    def rate(self, id: str, helpful: bool) -> None:
        """Say whether an answer, by its reply's `id`, helped; errors as say() has them."""
        body = {"session": self._session, "id": id, "helpful": helpful}
        self._http.post(self._feedback, json=body, timeout=MESSAGE_SECONDS).raise_for_status()

    def forget(self) -> None:
        """Begin a new conversation with the next message."""
        self._session = None


@contextmanager
def running_server(environment: Mapping[str, str] | None = None, root: Path = ROOT) -> Iterator[str]:
    """Serve as serving_process() does; yields the address."""
    with serving_process(environment, root) as (address, _):
        yield address


@contextmanager
def serving_process(
    environment: Mapping[str, str] | None = None, root: Path = ROOT
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve on a free port, with conversations of its own, as fast and as long as they like; yields address and process.

    Args:
        environment: variables beside those of this process.
        root: the checkout that serves, or a copy of it.

    Raises:
        RuntimeError: it ended, or was not ready in START_SECONDS; the text holds what it printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        log = Path(folder) / "server.log"
        conversations = Path(folder) / "conversations.db"
        settings = {**UNLIMITED, "PORT": str(port), "CONVERSATIONS": str(conversations), **(environment or {})}
        with running_process([sys.executable, "-m", "clara", "serve"], root, settings, log) as process:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(process, f"{address}/chat/", log)
            yield address, process


@contextmanager
def running_process(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a folder, and end it afterwards.

    Args:
        command: what to run.
        folder: where.
        environment: variables beside those of this process.
        log: the file that takes what it prints.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until the URL answers; RuntimeError as serving_process has it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(url, timeout=5).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')}")
