"""Databases to keep conversations in: SQLite, and PostgreSQL where it is installed."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from loudly import skip_loudly
from rasa.shared.core.domain import Domain

from benchmarks.server import free_port
from clara.settings import ROOT
from clara.stores.bounded import BoundedTrackerStore

INITDB = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def run(program, *arguments):
    """PostgreSQL doesn't run as root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_postgres, str(program), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def postgres() -> Iterator[dict]:
    """A PostgreSQL server; what a store is told to reach it."""
    if not INITDB:
        skip_loudly("Conversations in PostgreSQL: install it (Debian: apt-get install postgresql) and run again.")
    control, port = INITDB[-1].with_name("pg_ctl"), free_port()
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's folders are closed to others
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        run(INITDB[-1], "-D", folder / "data", "-A", "trust", "-U", "postgres")
        options = f"-p {port} -k {folder} -h 127.0.0.1"
        run(control, "-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield {"dialect": "postgresql", "host": "127.0.0.1", "port": port, "username": "postgres", "db": "postgres"}
        finally:
            run(control, "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> dict:
    """What a store is told to reach an empty database."""
    if request.param == "sqlite":
        return {"dialect": "sqlite", "db": str(tmp_path / "conversations.db")}
    return request.getfixturevalue("postgres")


@pytest.fixture(scope="module")
def domain():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Rasa tells everybody who has slots what it did before 3.0
        return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def store(database, domain):
    store = BoundedTrackerStore(domain=domain, **database)
    with store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM events"))
    yield store
    store.engine.dispose()
