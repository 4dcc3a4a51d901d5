"""The console as a person uses it: with questions from a file, and on a terminal."""

import os
import re
import subprocess
import sys

import pytest
from pseudo_terminal import on_terminal, seen

from clara.settings import ROOT
from clara.shell.talk import PROMPT
from clara.shell.terminal import BOLD, PLAIN

SHELL = [sys.executable, "-m", "clara", "shell"]


QUESTIONS = b"""Who funds CLARA?
1
Qu'est-ce que le SIRIC LYric ?
caf\xe9
ki vs finanse au LabEx DEVwecan ?
"""


@pytest.fixture(scope="module")
def piped(trained):
    """What comes of questions from a file."""
    return subprocess.run(
        [*SHELL, "--debug"],
        cwd=ROOT,
        input=QUESTIONS,
        capture_output=True,
        timeout=300,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
    )


@pytest.fixture
def told(piped):
    return piped.stdout.decode()


def test_questions_from_a_file_get_replies_in_both_languages(told):
    assert told.startswith("\nCLARA is funded by public authorities: the French National Cancer Institute")
    assert "Answer · history_launch" in told  # the first suggestion, by its number
    assert "Le SIRIC LYric est" in told


def test_questions_from_a_file_get_no_prompts_no_colours_and_no_noise(piped, told):
    assert not re.search("^>|Ctrl-D|\x1b", told, re.MULTILINE)
    assert (piped.returncode, piped.stderr) == (0, b"")


def test_text_that_cannot_be_read_does_not_end_the_conversation(told, knowledge):
    _, unreadable, after = told.partition(knowledge.phrases.unreadable["en"])
    assert unreadable
    assert "funders" in after


def test_debug_tells_what_was_understood_in_ten_lines(told):
    *_, rows = told.rstrip().split("\n\n")
    assert len(rows.splitlines()) <= 10
    for row in ("read as +qui vous finance", "language +fr$", r"intent +\d\.\d\d \w+$", "organisations +organisation_devwecan$"):
        assert re.search(f"^  {row}", rows, re.MULTILINE), rows
    assert re.search(r"^  action +action_\w+, \d+ ms$", rows, re.MULTILINE), rows


def test_reader_that_has_enough_ends_it_well(trained):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        told = subprocess.run(SHELL, cwd=ROOT, input=b"Who funds CLARA?\n", stdout=nobody, stderr=subprocess.PIPE, timeout=300)
    assert (told.returncode, told.stderr) == (0, b"")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def evening(trained, home):
    """Somebody French asks a question, and with the arrow key once more, and leaves with Ctrl-D: what is sent each time."""
    locale = {"LC_ALL": "", "LANG": "C.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}
    with on_terminal(SHELL, ROOT, {**locale, "HOME": str(home)}, columns=40) as terminal:
        sent = [terminal.next_prompt(PROMPT)]
        for keys in ("LabEx DEVweCAN\r", "\x1b[A\r"):
            terminal.type(keys)
            sent.append(terminal.next_prompt(PROMPT))
        terminal.type("\x04")
        return *sent, terminal.exit_code()


def test_welcome_and_opening_are_in_the_terminal_s_language(evening, knowledge):
    told = " ".join(seen(evening[0]).split())
    assert told.startswith("Ask CLARA, tel que")
    assert " ".join(knowledge.phrases.opening["fr"].split()) in told


def test_reply_fits_the_terminal(evening):
    assert max(map(len, seen(evening[1]).splitlines())) in range(30, 41)


def test_reply_is_styled_on_a_terminal(evening):
    assert f"{BOLD}  Réponse · organisation_devwecan{PLAIN}" in evening[1]


def test_arrow_key_brings_the_last_question_back(evening):
    assert "Réponse · organisation_devwecan" in evening[2]


def test_ctrl_d_ends_well(evening):
    assert evening[3] == 0


def test_nothing_that_is_typed_is_written_to_disk(evening, home):
    assert not [file for file in home.rglob("*") if file.is_file() and b"DEVweCAN" in file.read_bytes()]


def test_ctrl_c_ends_well_and_colours_can_be_turned_off(trained):
    with on_terminal(SHELL, ROOT, {"NO_COLOR": "1"}, columns=80) as terminal:
        assert BOLD not in terminal.next_prompt(PROMPT)
        terminal.type("\x03")
        assert terminal.exit_code() == 0
    assert "Traceback" not in terminal.sent
