"""The standard action server, where one is used: killed and started again, or silent."""

import socket
import sys
import time
from contextlib import ExitStack

import pytest
from crowd import MOST_SECONDS, Crowd, expect_kept, expect_spoken, sqlite_rows
from process import Assistant
from standard import RASA

from benchmarks.server import free_port, running_process, wait_until_ready
from clara.settings import ROOT


class Standard(Assistant):
    """`rasa run`, which asks an action server."""

    def __init__(self, folder, actions_port):
        super().__init__(folder)
        endpoints = (ROOT / "endpoints.yml").read_text().replace("127.0.0.1:5055", f"127.0.0.1:{actions_port}")
        (folder / "endpoints.yml").write_text(endpoints)
        options = ["-i", "127.0.0.1", "--port", str(self.port), "--endpoints", str(folder / "endpoints.yml")]
        self.command = [*RASA, "run", *options]


@pytest.fixture
def standard(trained, tmp_path):
    """An assistant, the port of its action server, and a function that starts that server."""
    port = free_port()
    with ExitStack() as stack:

        def start_actions():
            command, log = (
                [sys.executable, "-W", "ignore", "-m", "rasa", "run", "actions", "--port", str(port)],
                tmp_path / "actions.log",
            )
            process = stack.enter_context(running_process(command, ROOT, {"RASA_TELEMETRY_ENABLED": "false"}, log))
            wait_until_ready(process, f"http://127.0.0.1:{port}/health", log)
            return process

        assistant = Standard(tmp_path, port)
        assistant.start()
        stack.callback(assistant.stop)
        yield assistant, port, start_actions


def test_killed_and_started_again(standard):
    assistant, _, start_actions = standard
    actions = start_actions()
    assistant.wait_for_health(True, seconds=90)  # Rasa opens the port before the model is loaded
    crowd = Crowd(assistant.address, visitors=4)
    with crowd.talking():
        crowd.wait_for_answers(10)
        actions.kill()
        actions.wait()
        assistant.wait_for_health(False)
        start_actions()
        crowd.wait_for_answers(10, since=time.monotonic())
        assistant.wait_for_health(True)
    expect_spoken(crowd.turns)
    assert [turn for turn in crowd.turns if turn.status == 503]
    expect_kept(crowd.turns, sqlite_rows(assistant.conversations))


def test_silent(standard):
    """It takes the connection and never answers."""
    assistant, port, _ = standard
    with socket.socket() as silent:
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        silent.bind(("127.0.0.1", port))
        silent.listen(100)
        crowd = Crowd(assistant.address, visitors=2)
        with crowd.talking():
            deadline = time.monotonic() + 120
            while len([turn for turn in crowd.turns if turn.status == 503 and turn.seconds > 1]) < 4:
                assert time.monotonic() < deadline
                time.sleep(0.1)
    assert all(turn.status == 503 and turn.seconds <= MOST_SECONDS for turn in crowd.turns)
    assert not assistant.healthy()
