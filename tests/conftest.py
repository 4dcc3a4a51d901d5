"""What many tests share: the knowledge, one trained and running assistant, a visitor who talks to it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from loudly import NOT_TESTED

from benchmarks.server import Visitor, running_server
from clara.knowledge import Knowledge, load_knowledge
from clara.settings import ROOT, Settings, read_settings

os.environ["RASA_TELEMETRY_ENABLED"] = "false"


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings({})


@pytest.fixture(scope="session")
def knowledge(settings: Settings) -> Knowledge:
    return load_knowledge(settings.knowledge)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the knowledge, to be changed."""
    return Path(shutil.copytree(settings.knowledge, tmp_path / "data" / "knowledge"))


@pytest.fixture(scope="session")
def trained() -> None:
    """The model of this state of the data is in models/."""
    subprocess.run([sys.executable, "-m", "clara", "train"], cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def address(trained: None) -> Iterator[str]:
    """The address of a running assistant."""
    with running_server() as address:
        yield address


@pytest.fixture
def visitor(address: str) -> Visitor:
    """Somebody who begins a conversation."""
    return Visitor(address)


def pytest_terminal_summary(terminalreporter):
    if NOT_TESTED:
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        for reason in NOT_TESTED:
            terminalreporter.line(reason, red=True)
