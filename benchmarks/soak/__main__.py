"""python -m benchmarks.soak: visitors for minutes, a burst of ten times as many; writes docs/soak.md."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.server import serving_process
from clara.settings import ROOT

LOCUST = "locust==2.46.0"  # MIT, maintained; in an environment of its own: it brings gevent along
VISITORS, PER_SECOND = 50, 5
BURST, BURST_SECONDS = 10, 30
REPORT = ROOT / "docs" / "soak.md"
UNCOUNTED = {"ADDRESS_MESSAGES_PER_MINUTE": "1000000"}


@dataclass(frozen=True)
class Held:
    """What came of one load.

    Attributes:
        what: the system and the load.
        answers: messages that got an answer.
        failures: messages that got an apology, or nothing.
        rate: answers a second.
        milliseconds: the 50th, 95th and 99th percentile, of answers.
        megabytes: memory of all processes, after the first tenth of the time and at its end.
    """

    what: str
    answers: int
    failures: int
    rate: float
    milliseconds: tuple[float, float, float]
    megabytes: tuple[float, float]

    def row(self) -> str:
        """A line of the table."""
        p50, p95, p99 = (f"{value:,.0f}" for value in self.milliseconds)
        first, last = self.megabytes
        return (
            f"| {self.what} | {self.answers:,} | {self.failures:,} | {self.rate:.1f} | {p50} / {p95} / {p99} "
            f"| {first:,.0f} -> {last:,.0f} |"
        )


def load(
    what: str, addresses: Sequence[str], servers: Sequence[psutil.Process], visitors: int, per_second: float, seconds: int
) -> Held:
    """Put a load on a server, by locust.

    Args:
        what: its name in the report.
        addresses: the servers'.
        servers: their processes.
        visitors: how many at once.
        per_second: how many of them come a second.
        seconds: how long.
    """
    memory: list[float] = []
    stopped = threading.Event()

    def watch() -> None:
        while not stopped.wait(seconds / 100):
            memory.append(sum(server.memory_info().rss for server in servers) / 2**20)

    with tempfile.TemporaryDirectory() as folder:
        command = [os.environ.get("UV", "uv"), "tool", "run", "--quiet", "--python", sys.executable, "--from", LOCUST, "locust"]
        command += [
            "--locustfile",
            str(Path(__file__).with_name("visitors.py")),
            "--headless",
            "--host",
            ",".join(addresses),
            "--only-summary",
        ]
        command += [
            "--users",
            str(visitors),
            "--spawn-rate",
            str(per_second),
            "--run-time",
            f"{seconds}s",
            "--stop-timeout",
            "30",
        ]
        command += ["--csv", f"{folder}/load", "--exit-code-on-error", "0"]
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            stopped.set()
            watcher.join()
        with open(f"{folder}/load_stats.csv", newline="") as file:
            rows = {row["Name"]: row for row in csv.DictReader(file)}
    row, failures = rows["answer"], int(rows.get("failure", {}).get("Request Count", 0))
    answers = int(row["Request Count"])
    percentiles = float(row["50%"]), float(row["95%"]), float(row["99%"])
    return Held(what, answers, failures, answers / seconds, percentiles, (memory[len(memory) // 10], memory[-1]))


def main() -> int:
    """Measure, print and write; 1 where somebody got no answer in the long run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="of each long run")
    minutes = parser.parse_args().minutes
    sys.path.insert(0, str(ROOT / "tests"))
    from engines import running_postgres, running_redis  # type: ignore[import-not-found]  # the tests' own

    held: list[Held] = []

    def both(system: str, *servers: tuple[str, subprocess.Popen[bytes]]) -> None:
        addresses = [address for address, _ in servers]
        processes = [psutil.Process(process.pid) for _, process in servers]
        for what, visitors, per_second, seconds in (
            (f"{VISITORS} visitors, {minutes:g} min", VISITORS, PER_SECOND, int(minutes * 60)),
            (f"{VISITORS * BURST} visitors at once, {BURST_SECONDS} s", VISITORS * BURST, VISITORS * BURST, BURST_SECONDS),
        ):
            held.append(load(f"{system}: {what}", addresses, processes, visitors, per_second, seconds))
            print(held[-1].row(), flush=True)

    with ExitStack() as stack:
        with serving_process(UNCOUNTED) as server:
            both("SQLite, one process", server)
        postgres, redis = stack.enter_context(running_postgres()), stack.enter_context(running_redis())
        shared = {**UNCOUNTED, "DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        with serving_process(shared) as first, serving_process(shared) as second:
            both("PostgreSQL and Redis, two processes", first, second)
    REPORT.write_text(_report(held), encoding="utf-8")
    return int(any(one.failures for one in held[::2]))


def _report(held: list[Held]) -> str:
    cores = len(os.sched_getaffinity(0))
    rows = "\n".join(one.row() for one in held)
    return f"""# How many visitors it holds

`make soak` writes this page. Visitors (locust) ask something every two to eight seconds, in both languages, in conversations of
three to five messages; a failure is a message that got an apology, was asked to wait, or got nothing. The load, the databases and
the assistant share the same {cores} cores.

| load | answers | failures | answers/s | p50 / p95 / p99 in ms | MB, warmed up -> at the end |
|---|---:|---:|---:|---:|---:|
{rows}
"""


if __name__ == "__main__":
    sys.exit(main())
