"""The file of the conversations is locked, full, read-only, deleted, damaged; each time while people are talking."""

import resource
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager

import psutil
import pytest
from crowd import Crowd, expect_kept, expect_spoken, sqlite_rows
from loudly import NOT_TESTED
from process import running


@pytest.fixture
def assistant(trained, tmp_path):
    with running(tmp_path) as assistant:
        yield assistant


@contextmanager
def trouble(assistant, crowd):
    """Answers before, and answers after; what happens within is the trouble."""
    crowd.wait_for_answers(10)
    assistant.wait_for_health(True)
    yield
    crowd.wait_for_answers(10, since=time.monotonic())
    assistant.wait_for_health(True)


def test_locked_for_ten_seconds(assistant):
    crowd = Crowd(assistant.address)
    with crowd.talking(), trouble(assistant, crowd), closing(sqlite3.connect(assistant.conversations)) as other:
        other.execute("BEGIN EXCLUSIVE")
        end = time.monotonic() + 10
        assistant.wait_for_health(False)
        time.sleep(max(0.0, end - time.monotonic()))
        other.rollback()
    expect_spoken(crowd.turns)
    assert [turn for turn in crowd.turns if turn.status == 503]
    expect_kept(crowd.turns, sqlite_rows(assistant.conversations))
    assert "A message failed (OperationalError" in assistant.logged()


def test_full(assistant):
    """The process may write no further than its files are long: to it, the disk is full."""
    crowd = Crowd(assistant.address)
    process = psutil.Process(assistant.process.pid)
    with crowd.talking(), trouble(assistant, crowd):
        process.rlimit(psutil.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        assistant.wait_for_health(False)
        time.sleep(3)
        process.rlimit(psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    expect_spoken(crowd.turns)
    assert [turn for turn in crowd.turns if turn.status == 503]
    expect_kept(crowd.turns, sqlite_rows(assistant.conversations))


@pytest.fixture
def folder(tmp_path):
    """A folder that can be covered by an empty read-only disk, as one is that breaks; and how it is covered."""
    folder = tmp_path / "disk"
    folder.mkdir()

    @contextmanager
    def covered():
        subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)

    try:
        with covered():
            pass
    except subprocess.CalledProcessError:
        reason = "Conversations on a disk that goes read-only: this machine lets nobody mount one."
        NOT_TESTED[reason] = None
        pytest.skip(reason)
    return folder, covered


def test_read_only(trained, folder, tmp_path):
    disk, covered = folder
    path = disk / "conversations.db"
    with running(tmp_path, CONVERSATIONS=str(path)) as assistant:
        crowd = Crowd(assistant.address)
        with crowd.talking(), trouble(assistant, crowd), covered():
            assistant.wait_for_health(False)
            time.sleep(3)
        expect_spoken(crowd.turns)
        assert [turn for turn in crowd.turns if turn.status == 503]
        expect_kept(crowd.turns, sqlite_rows(path))


def test_deleted(assistant):
    crowd = Crowd(assistant.address)
    with crowd.talking():
        crowd.wait_for_answers(10)
        for end in ("", "-wal", "-shm"):
            assistant.conversations.with_name(assistant.conversations.name + end).unlink()
        deleted = time.monotonic()
        crowd.wait_for_answers(30, since=deleted)
        assistant.wait_for_health(True)
    expect_spoken(crowd.turns)
    later = [turn for turn in crowd.turns if turn.begun > deleted + 1]
    expect_kept(later, sqlite_rows(assistant.conversations))
    assert "The file of the conversations is gone" in assistant.logged()


def test_damaged_row(assistant):
    crowd = Crowd(assistant.address, visitors=1, turns=1000)
    with crowd.talking(), trouble(assistant, crowd), closing(sqlite3.connect(assistant.conversations)) as other:
        other.execute("UPDATE events SET data = '{\"event\": ' WHERE id = (SELECT max(id) FROM events WHERE type_name = 'bot')")
        other.commit()
    expect_spoken(crowd.turns)
    assert all(turn.status == 200 for turn in crowd.turns)
    assert len({turn.session for turn in crowd.turns}) == 1
    assert "is damaged, and left out" in assistant.logged()
