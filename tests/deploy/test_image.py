"""The container image of deploy/, as far as this machine can check it: what it copies is enough to serve."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import requests
from ruamel.yaml import YAML

from benchmarks.server import Visitor, free_port, running_process, wait_until_ready
from clara.settings import ROOT
from clara.training import current_model

DEPLOY = ROOT / "deploy"


def instructions():
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text())
    return [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]


def copied():
    sources = [argument.split()[:-1] for word, argument in instructions() if word == "COPY" and "--from" not in argument]
    return [source for line in sources for source in line]


def test_whatever_the_image_copies_is_there_and_is_not_ignored():
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignore
    assert sorted(copied()) == sorted(line[1:] for line in ignore if line.startswith("!"))
    for source in copied():
        assert (ROOT / source).exists(), source


def test_image_has_the_uv_and_the_python_of_the_makefile():
    (uv,) = [argument.partition("=")[2] for word, argument in instructions() if word == "ARG"]
    assert f"UV_VERSION := {uv}\n" in (ROOT / "Makefile").read_text()
    python = (ROOT / ".python-version").read_text().strip()
    bases = [argument.split()[0] for word, argument in instructions() if word == "FROM"]
    assert all(f"/python:{python}-slim" in base for base in bases)
    assert len(set(bases)) == 1  # the environment's links lead to the same Python in both


def test_image_runs_unprivileged():
    words = [word for word, _ in instructions()]
    assert words.index("USER", words.index("FROM", 1)) < words.index("CMD")
    assert next(argument for word, argument in instructions() if word == "USER") not in ("0", "root")


def image_variables():
    (line,) = [argument for word, argument in instructions() if word == "ENV" and "LISTEN_HOST=" in argument]
    return dict(part.split("=", 1) for part in shlex.split(line))


def test_what_the_image_copies_is_enough_to_serve(trained, settings, tmp_path):
    """And it needs nothing of the checkout but that, listens where the image says, and its health check tells the truth."""
    app = tmp_path / "app"
    for source in {*copied(), "models"} - {"standins"}:
        if source == "models":
            (app / source).mkdir(parents=True)
            shutil.copy(current_model(settings), app / source)
        elif (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            app.mkdir(exist_ok=True)
            shutil.copy(ROOT / source, app / source)
    variables = {name: value for name, value in image_variables().items() if name != "PATH"} | {
        "PORT": str(free_port()),
        "SESSION_SECRET": "s" * 32,
        "CONVERSATIONS": str(tmp_path / "c.db"),
    }
    before = set(app.rglob("*"))
    (check,) = [argument for word, argument in instructions() if word == "HEALTHCHECK"]
    _, *health = YAML(typ="safe").load(check[check.index("[") :])

    def healthy():
        return subprocess.run([sys.executable, *health], env={**os.environ, **variables}, capture_output=True, timeout=60)

    assert healthy().returncode != 0
    log = tmp_path / "server.log"
    with running_process([sys.executable, "-m", "clara", "serve"], app, variables, log) as process:
        elsewhere = f"http://127.0.0.2:{variables['PORT']}"
        wait_until_ready(process, f"{elsewhere}/chat/alive", log)
        assert Visitor(elsewhere).say("Who funds CLARA?")["topics"] == ["funders"]
        assert healthy().returncode == 0, log.read_text()
        assert requests.post(f"{elsewhere}/webhooks/rest/webhook", json={}, timeout=30).status_code == 404
    assert set(app.rglob("*")) == before  # it writes nothing there: the image may be read-only
