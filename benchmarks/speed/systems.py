"""The two that are compared, each as its visitors and its machine see it."""

import contextlib
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil
import requests

from benchmarks.baseline import FOLDER, MODEL, PYTHON
from benchmarks.server import MESSAGE_SECONDS, START_SECONDS, Visitor, free_port, running_process, running_server
from clara.settings import ROOT


class Client(Protocol):
    """One conversation."""

    def ask(self, text: str) -> str:
        """Send a message; the text that comes back, "" where none does."""


@dataclass(frozen=True)
class Running:
    """A system that takes messages.

    Attributes:
        client: begins a conversation.
        processes: those that belong to it.
    """

    address: str
    client: type["OurClient"] | type["BaselineClient"]
    processes: tuple[psutil.Process, ...]

    def begin(self) -> Client:
        """Begin a conversation."""
        return self.client(self.address)

    def memory(self) -> int:
        """Bytes of all its processes together, and of those that they started; what several share counts once (PSS)."""
        family = {process for parent in self.processes for process in (parent, *parent.children(recursive=True))}
        return sum(process.memory_full_info().pss for process in family)


class OurClient:
    """Over the website's channel."""

    def __init__(self, address: str) -> None:
        """A new conversation with the server at an address."""
        self._visitor = Visitor(address)

    def ask(self, text: str) -> str:
        """See Client."""
        return str(self._visitor.say(text)["text"])


class BaselineClient:
    """Over Rasa's `rest` channel."""

    def __init__(self, address: str) -> None:
        """A new conversation with the server at an address."""
        self._url = f"{address}/webhooks/rest/webhook"
        self._http = requests.Session()
        self._sender = uuid.uuid4().hex

    def ask(self, text: str) -> str:
        """See Client."""
        body = {"sender": self._sender, "message": text}
        response = self._http.post(self._url, json=body, timeout=MESSAGE_SECONDS)
        response.raise_for_status()
        return "".join(str(reply.get("text", "")) for reply in response.json())


@contextmanager
def ours() -> Iterator[Running]:
    """Ours, as `make run` starts it: it makes sure that the model is there, then serves."""
    subprocess.run([sys.executable, "-m", "clara", "train"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    before = _children()
    with running_server() as address:
        yield Running(address, OurClient, tuple(_children() - before))


@contextmanager
def baseline(folder: Path) -> Iterator[Running]:
    """`rasa run` beside `rasa run actions`, of the baseline's environment.

    Args:
        folder: for its database and its logs.
    """
    port, actions_port = free_port(), free_port()
    endpoints = (FOLDER / "endpoints.yml").read_text(encoding="utf-8").replace("ACTIONS_PORT", str(actions_port))
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    rasa = [str(PYTHON), "-W", "ignore", "-m", "rasa", "run"]
    server = ["-i", "127.0.0.1", "-p", str(port), "-m", str(MODEL), "--endpoints", "endpoints.yml"]
    commands = {
        "actions": [*rasa, "actions", "-p", str(actions_port)],
        "server": [*rasa, *server, "--credentials", str(FOLDER / "credentials.yml")],
    }
    environment = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT)}
    with contextlib.ExitStack() as stack:
        running = [
            stack.enter_context(running_process(command, folder, environment, folder / f"{name}.log"))
            for name, command in commands.items()
        ]
        processes = tuple(psutil.Process(process.pid) for process in running)
        yield Running(f"http://127.0.0.1:{port}", BaselineClient, processes)


def wait_for_answer(running: Running, question: str, answer: str) -> None:
    """Ask until the right answer comes; RuntimeError where it doesn't in START_SECONDS.

    Args:
        running: what is starting.
        question: what to ask.
        answer: what the reply begins with.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if running.begin().ask(question).startswith(answer):
                return
        time.sleep(0.05)
    raise RuntimeError(f"{running.address} doesn't answer {question!r}.")


def _children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))
