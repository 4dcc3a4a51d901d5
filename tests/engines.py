"""PostgreSQL and Redis on this machine, each on a port of its own; they can be stopped and started again."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from loudly import skip_loudly
from redis import Redis
from redis.exceptions import ConnectionError as NoRedis

from benchmarks.server import free_port

INITDB = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Postgres:
    """A PostgreSQL server with an empty database."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.options = {"dialect": "postgresql", "host": "127.0.0.1", "port": self.port, "username": "postgres", "db": "postgres"}

    def start(self):
        options = f"-p {self.port} -k {self.folder} -h 127.0.0.1"
        self.control("-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self):
        self.control("-m", "immediate", "stop")

    def processes(self):
        main = psutil.Process(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]))
        return [main, *main.children(recursive=True)]

    def control(self, *arguments):
        _as_postgres(INITDB[-1].with_name("pg_ctl"), "-D", self.folder / "data", *arguments)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    if not INITDB:
        skip_loudly("Conversations in PostgreSQL: install it (Debian: apt-get install postgresql) and run again.")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's folders are closed to others
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        _as_postgres(INITDB[-1], "-D", folder / "data", "-A", "trust", "-U", "postgres")
        postgres = Postgres(folder)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder)


def _as_postgres(program, *arguments):
    """PostgreSQL doesn't run as root."""
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*other, str(program), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


class RedisServer:
    """A Redis server that keeps nothing when it stops."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/tmp")
        deadline = time.monotonic() + 20
        while True:
            try:
                Redis.from_url(self.url).ping()
                return
            except NoRedis:
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def stop(self):
        self.process.kill()
        self.process.wait()


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    if not shutil.which("redis-server"):
        skip_loudly("Locks and counts in Redis: install it (Debian: apt-get install redis-server) and run again.")
    redis = RedisServer()
    redis.start()
    try:
        yield redis
    finally:
        redis.stop()
