"""Databases to keep conversations in: SQLite, and PostgreSQL where it is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from loudly import skip_loudly

from benchmarks.server import free_port

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
