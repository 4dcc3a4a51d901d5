"""Long work shows how far it is."""

import sys
from concurrent.futures import ThreadPoolExecutor

from benchmarks.understanding.progress import progress


def test_without_a_terminal_there_is_a_line_every_tenth(capsys):
    with progress("asking", 200) as step, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: step(), range(200)))
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split(",")[0] for line in told.err.splitlines()] == [f"asking: {tenth}0 %" for tenth in range(1, 11)]
    assert all(line.endswith(" left") for line in told.err.splitlines())


def test_little_work_has_no_more_lines_than_pieces(capsys):
    with progress("asking", 3) as step:
        for _ in range(3):
            step()
    assert [line.split(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "asking: 33 %",
        "asking: 66 %",
        "asking: 100 %",
    ]


def test_on_a_terminal_there_is_a_bar(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress("asking", 20) as step:
        for _ in range(20):
            step()
    told = capsys.readouterr().err
    assert "asking: 100%" in told
    assert "20/20" in told
