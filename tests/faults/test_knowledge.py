"""The knowledge is edited, broken and mended while people are talking."""

import time

from checkout import copy_checkout
from crowd import Crowd, expect_kept, expect_spoken, sqlite_rows
from editing import change
from process import running
from waiting import wait_until

from benchmarks.server import Visitor

OLD, NEW = "CLARA was launched by public authorities", "It was public authorities that launched CLARA"
LOGGED_SECONDS = 20


def wait_for_log(assistant, words, times=1):
    wait_until(lambda: assistant.logged().count(words) >= times, LOGGED_SECONDS, assistant.logged)


def test_words_change_and_broken_ones_are_kept_out_while_people_are_talking(trained, tmp_path):
    root = copy_checkout(tmp_path / "checkout")
    file = root / "data" / "knowledge" / "topics" / "history.yml"
    with running(tmp_path, root=root) as assistant:
        crowd, visitor = Crowd(assistant.address), Visitor(assistant.address)
        with crowd.talking():
            crowd.wait_for_answers(20)
            assert visitor.say("Who launched CLARA?")["text"].startswith(OLD)
            change(file, OLD, NEW)
            wait_for_log(assistant, "New words are in service: history_launch.")
            assert visitor.say("Who launched CLARA?")["text"].startswith(NEW)
            whole = file.read_text(encoding="utf-8")
            file.write_text(whole[: len(whole) // 2], encoding="utf-8")  # half of it is lost
            wait_for_log(assistant, "The old words stay in service. knowledge/")
            assert visitor.say("Who launched CLARA?")["text"].startswith(NEW)
            assert assistant.healthy(), "what visitors get is still right"
            file.write_text(whole.replace(NEW, OLD), encoding="utf-8")
            wait_for_log(assistant, "New words are in service: history_launch.", times=2)
            assert visitor.say("Who launched CLARA?")["text"].startswith(OLD)
            crowd.wait_for_answers(20, since=time.monotonic())
        expect_spoken(crowd.turns)
        assert all(turn.status == 200 for turn in crowd.turns)
        expect_kept(crowd.turns, sqlite_rows(assistant.conversations))
