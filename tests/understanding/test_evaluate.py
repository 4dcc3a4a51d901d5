"""make evaluate, with an assistant that replies as told: what it writes, what it never writes, and when it fails."""

import json
import os
import subprocess
from contextlib import contextmanager

import pytest
from runs import CURVES

from benchmarks.understanding import __main__ as command
from benchmarks.understanding import asking
from benchmarks.understanding.sets import Question
from clara.settings import ROOT

MARKER = "xyzzy"  # stands in every question
MANY = 20


class Scripted:
    """A visitor to an assistant that knows the first so many questions."""

    known = MANY
    answer = ""

    def __init__(self, address):
        pass

    def forget(self):
        pass

    def say(self, text):
        knows = int(text.split()[1]) < self.known
        reply = self.answer if knows else f"What does {text} mean?"
        return {"text": reply, "kind": "answer", "topics": ["funders" if knows else "medical"], "suggestions": []}


@contextmanager
def no_server(environment):
    yield "nowhere"


@pytest.fixture
def evaluate(monkeypatch, tmp_path, knowledge):
    """Give the command, with an assistant that knows so many questions of MANY; it writes into tmp_path."""
    (tmp_path / "thresholds.yml").write_text('"topics: right answer": 0.5\n')
    for name, file in {
        "THRESHOLDS": "thresholds.yml",
        "ACCEPTED": "accepted.json",
        "SUMMARY": "docs",
        "PAGES": "reports",
    }.items():
        monkeypatch.setattr(command, name, tmp_path / file)
    monkeypatch.setattr(command, "measure_curves", lambda *_: CURVES)
    monkeypatch.setattr(asking, "running_server", no_server)
    monkeypatch.setattr(asking, "Visitor", Scripted)
    monkeypatch.setattr(Scripted, "answer", knowledge.topics["funders"].answer["en"])

    def evaluate(known, *arguments, asked=MANY):
        questions = [Question(f"Question {n} {MARKER}?", "en", ("funders",)) for n in range(asked)]
        monkeypatch.setattr(command, "conversations", lambda *_: [[question] for question in questions])
        monkeypatch.setattr(Scripted, "known", known)
        return command.main(arguments)

    return evaluate


def written(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_no_text_of_a_test_question_is_written_or_printed(evaluate, tmp_path, capsys):
    assert evaluate(MANY - 5, "--accept") == 0
    evaluate(0)
    files = written(tmp_path)
    assert {"accepted.json", "docs/README.md", "docs/confusion.png", "docs/curves.png", "reports/understanding.html"} <= set(
        files
    )
    assert [name for name, content in files.items() if MARKER.encode() in content] == []
    told = capsys.readouterr()
    assert MARKER not in told.out + told.err


def test_text_of_a_missed_development_question_is_written(evaluate, tmp_path):
    assert evaluate(MANY - 1, "--set", "dev") == 0
    page = (tmp_path / "reports" / "understanding-dev.html").read_text(encoding="utf-8")
    assert page.count(f">Question {MANY - 1} {MARKER}?<") == 1
    assert f"Question {MANY - 2}" not in page


def test_regression_fails_with_a_line(evaluate, capsys):
    evaluate(MANY, "--accept")
    assert evaluate(MANY - 7) == 1
    assert "topics: right answer: 7 questions got worse, 0 better (p = 0.008)." in capsys.readouterr().out.splitlines()


def test_change_that_may_be_chance_does_not_fail(evaluate, capsys):
    evaluate(MANY, "--accept")
    assert evaluate(MANY - 6) == 0
    assert "Nothing is clearly worse than in the accepted run." in capsys.readouterr().out


def test_missed_threshold_fails_with_a_line(evaluate, capsys):
    assert evaluate(MANY // 2 - 1) == 1
    assert "topics: right answer: 45.0%, the threshold is 50.0%." in capsys.readouterr().out.splitlines()


def test_run_that_misses_a_threshold_is_not_accepted(evaluate, tmp_path, capsys):
    assert evaluate(MANY // 2 - 1, "--accept") == 1
    assert not (tmp_path / "accepted.json").exists()
    assert "It is not accepted" in capsys.readouterr().out


def test_worse_run_can_be_accepted_and_wants_a_reason(evaluate, tmp_path, capsys):
    evaluate(MANY, "--accept")
    assert evaluate(MANY - 7, "--accept") == 0
    assert "why a worse run is accepted" in capsys.readouterr().out
    assert evaluate(MANY - 7) == 0
    kept = json.loads((tmp_path / "accepted.json").read_text())["figures"]["topics: right answer"]
    assert (kept["hits"], kept["total"], kept["hit"]) == (MANY - 7, MANY, f"0-{MANY - 8}")


def test_run_on_other_questions_is_told_and_does_not_fail(evaluate, capsys):
    evaluate(MANY, "--accept")
    assert evaluate(MANY, asked=MANY + 5) == 0
    told = capsys.readouterr().out
    assert "there is nothing to compare with" in told
    assert "Accept this one: make evaluate ACCEPT=1" in told


def test_nothing_is_accepted_unasked(evaluate, tmp_path):
    evaluate(MANY)
    evaluate(MANY, "--set", "dev")
    assert not (tmp_path / "accepted.json").exists()


def test_development_run_can_not_be_accepted(evaluate):
    with pytest.raises(SystemExit):
        evaluate(MANY, "--set", "dev", "--accept")


def test_how_far_it_is_is_told(evaluate, capsys):
    evaluate(MANY)
    assert "asking: 50 %" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "given"),
    [([], "--set test"), (["SET=dev"], "--set dev"), (["ACCEPT=1"], "--set test --accept"), (["ACCEPT=0"], "--set test")],
)
def test_make_passes_on_what_it_is_asked_for(variables, given):
    # `make test` hands its own flags and depth to every make below it, which then tells which folder it enters and leaves.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    command = ["make", "--dry-run", "evaluate", *variables]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    assert told.splitlines()[-1].strip().endswith(f"-m benchmarks.understanding {given}")
