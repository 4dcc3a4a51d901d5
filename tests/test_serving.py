"""The server as a process: what it says when it can't start, and how it stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from commands import clara

from benchmarks.server import Visitor, free_port
from clara.settings import ROOT, Settings
from clara.training import current_model


@pytest.fixture
def checkout(tmp_path):
    """A copy of the checkout, without a model."""
    for name in ("actions", "clara", "data", "web", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "uv.lock"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "models").mkdir()
    return tmp_path


def says_in_one_line(result, *parts):
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert all(part in line for part in parts), line


def test_occupied_port_says_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        says_in_one_line(clara("serve", PORT=str(port)), f"Port {port} can't be had", f"make run PORT={port + 1}")


def test_senseless_port_says_what_to_do():
    says_in_one_line(clara("serve", PORT="http"), "PORT is 'http'", "1 to 65535")


def test_database_that_cannot_be_says_what_to_do(tmp_path):
    (tmp_path / "no.db").write_text("This is no database. " * 100)
    for name in (tmp_path / "nowhere" / "c.db", tmp_path / "no.db"):
        result = clara("serve", PORT=str(free_port()), CONVERSATIONS=str(name))
        says_in_one_line(result, f"can't be kept in {name}", "set CONVERSATIONS to another file")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:9/clara", "can't be kept in DATABASE_URL"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:9/0", "REDIS_URL can't be used"),
        ("BROKER_URL", "amqp://me:hunter2@127.0.0.1:9/", "BROKER_URL can't be used"),
    ],
)
def test_engine_that_cannot_be_reached_says_what_to_do(name, value, says):
    result = clara("serve", PORT=str(free_port()), **{name: value})
    says_in_one_line(result, says, "or set another")
    assert "hunter2" not in result.stderr


def test_missing_model_says_what_to_do(checkout):
    says_in_one_line(clara("serve", root=checkout, PORT=str(free_port())), "There is no trained model", "make train")


def test_damaged_model_says_what_to_do(checkout):
    current_model(Settings(root=checkout)).write_bytes(b"not a model")
    for command in ("serve", "shell", "train"):
        says_in_one_line(clara(command, root=checkout, PORT=str(free_port())), "is damaged", "make train")


@pytest.mark.parametrize("command", ["serve", "shell", "train"])
def test_broken_knowledge_says_what_to_do(checkout, command):
    file = checkout / "data" / "knowledge" / "topics" / "funders.yml"
    file.write_text(file.read_text().replace("related: [history_launch", "related: [history_lunch"))
    says_in_one_line(clara(command, root=checkout), "topics/funders.yml, funders", "history_lunch")


def test_check_tells_every_problem_and_how_many_there_are(checkout):
    for name in ("topics/funders.yml", "topics/history.yml"):
        file = checkout / "data" / "knowledge" / name
        file.write_text(file.read_text().replace("history_cancer_plans]", "history_plans]"))
    result = clara("check", root=checkout)
    *problems, last = result.stderr.splitlines()
    assert result.returncode == 1
    assert len(problems) == 2
    assert last == "2 to mend, then run `make check` again."


def test_sound_knowledge_is_said_to_be_so(knowledge):
    result = clara("check")
    assert result.returncode == 0
    assert f"{len(knowledge.topics)} topics" in result.stdout


def test_ctrl_c_stops_the_server_cleanly(trained, tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "clara", "serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "CONVERSATIONS": str(tmp_path / "c.db")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    first_line = process.stdout.readline()
    assert first_line == f"Ask CLARA is ready: http://127.0.0.1:{port}/chat/ (Ctrl-C stops it)\n"
    assert requests.get(f"http://127.0.0.1:{port}/chat/", timeout=10).ok
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in rest
    time.sleep(0.5)
    with pytest.raises(ProcessLookupError):  # nobody is left
        os.killpg(process.pid, 0)
    assert (tmp_path / "c.db").exists()


def test_server_cannot_be_reached_from_other_machines(address):
    """It listens on 127.0.0.1 alone: another address of this very machine is refused."""
    port = int(address.rsplit(":", 1)[1])
    with socket.socket() as probe, pytest.raises(OSError):  # noqa: PT012
        probe.settimeout(2)
        probe.connect(("127.0.0.2", port))


def test_others_are_served_while_a_long_message_is_understood(address):
    long = ("Qui finance le CLARA, et depuis quand existe-t-il ? " * 10)[:500]
    served = 0
    with ThreadPoolExecutor(1) as threads:
        replying = threads.submit(Visitor(address).say, long)
        while not replying.done():
            requests.get(f"{address}/chat/alive", timeout=60).raise_for_status()
            served += 1
    assert replying.result()["kind"] == "answer"
    assert served > 5  # one or two, where understanding holds the server up
