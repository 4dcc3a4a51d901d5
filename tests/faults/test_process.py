"""The process is killed, and the clock jumps, while people are talking."""

import os
import shutil
import time

import pytest
from crowd import Crowd, expect_kept, expect_spoken, sqlite_rows
from loudly import skip_loudly
from process import running

from benchmarks.server import Visitor

FAKETIME = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"]


def test_killed_and_started_again_by_its_supervisor(trained, tmp_path):
    with running(tmp_path) as assistant:
        crowd = Crowd(assistant.address, turns=1000)
        with crowd.talking():
            for _ in range(2):
                crowd.wait_for_answers(20, since=time.monotonic())
                assistant.kill()
                assistant.start()
            crowd.wait_for_answers(20, since=time.monotonic())
            assistant.wait_for_health(True)
        expect_spoken(crowd.turns, may_be_gone=True)
        expect_kept(crowd.turns, sqlite_rows(assistant.conversations))


@pytest.fixture
def clock(tmp_path):
    """The environment of a process whose clock can be set, and a function that sets it, by so many hours."""
    library = next((path for path in FAKETIME if os.path.exists(path)), None)
    if library is None or not shutil.which("faketime"):
        skip_loudly("A clock that jumps: install faketime (Debian: apt-get install faketime) and run again.")
    file = tmp_path / "time"

    def jump(hours):
        file.write_text(f"{hours:+d}h")

    jump(0)
    known = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_CACHE_DURATION": "1"}
    return {**known, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}, jump


def test_clock_jumps(trained, tmp_path, clock):
    environment, jump = clock
    with running(tmp_path, **environment) as assistant:
        crowd = Crowd(assistant.address, visitors=4)
        visitor = Visitor(assistant.address)
        assert visitor.say("Who funds CLARA?")["topics"] == ["funders"]
        with crowd.talking():
            for hours in (2, -2, 48, 0):
                jump(hours)
                time.sleep(2)
                crowd.wait_for_answers(10, since=time.monotonic())
                assistant.wait_for_health(True)
        assert visitor.say("Who funds CLARA?")["topics"] == ["funders"]
        told = [turn for turn in crowd.turns if turn.status not in (401, 410)]
        expect_spoken(told)
        assert all(turn.status == 200 for turn in told)
        assert all("conversation" in turn.told for turn in crowd.turns if turn.status in (401, 410))
        expect_kept(told, sqlite_rows(assistant.conversations))
