"""The documentation is true: its sample, commands, links and settings are run or looked up."""

import json
import re
import shlex
import subprocess
import sys

import pytest
import requests
from checkout import copy_checkout
from commands import clara

from benchmarks.server import Visitor
from clara.channels.rejection import REASONS
from clara.settings import ROOT, Limits, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/understanding/README.md")
DOCUMENTS = [*(ROOT / name for name in NAMES), *sorted((ROOT / "docs").rglob("*.md"))]


def block(language):
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


def test_readme_is_short():
    assert len(README.splitlines()) <= 130


def test_sample_conversation_is_what_the_assistant_says(address):
    lines = block("conversation").splitlines()
    exchanges = list(zip(lines[::2], lines[1::2]))
    assert len(exchanges) == 5
    visitor = Visitor(address)
    for said, replied in exchanges:
        assert visitor.say(said.removeprefix("> "))["text"] == replied


def test_sample_request_gets_its_answer(address):
    command = shlex.split(re.search(r"^curl .*$", README, re.MULTILINE)[0])
    url = command[1].replace("http://127.0.0.1:5005", address)
    headers = dict([command[command.index("-H") + 1].split(": ")])
    response = requests.post(url, data=command[command.index("-d") + 1], headers=headers, timeout=60)
    told = response.json()
    assert told["session"]
    assert set(told["replies"][0]) == {"id", "text", "kind", "topics", "language", "sources", "suggestions"}
    assert json.loads(command[command.index("-d") + 1])["message"] == "Who funds CLARA?"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_commands_exist(document):
    for target in set(re.findall(r"(?:`|^)make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("https://") or (document.parent / link).exists(), link
    for path in re.findall(r"`((?:clara|actions|data|tests|benchmarks|docs)/[\w./]*)`", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_tests_that_are_to_be_run_exist(document):
    for arguments in re.findall(r"\.venv/bin/python -m pytest ([^#`\n]+)", document.read_text(encoding="utf-8")):
        paths, _, word = arguments.partition("-k")
        for path in paths.split():
            assert (ROOT / path).exists(), path
            assert word.strip() in (ROOT / path).read_text(encoding="utf-8") if word else True


def test_first_change_is_as_contributing_tells(tmp_path):
    """Its test fails before the rule is there, and passes then."""
    root = copy_checkout(tmp_path / "checkout")
    new_test, rule = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    for change, failures in ((new_test, 1), (rule, 0)):
        subprocess.run(["git", "apply"], input=change, text=True, cwd=root, check=True)
        command = [sys.executable, "-m", "pytest", "tests/knowledge/test_review.py", "-k", "title"]
        assert subprocess.run(command, cwd=root, capture_output=True).returncode == failures
    assert clara("check", root=root).returncode == 0


def test_settings_table_is_complete_and_true():
    code = (ROOT / "clara" / "settings.py").read_text()
    table = (ROOT / "docs" / "website.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", table, re.MULTILINE))
    assert set(documented) == set(re.findall(r'values\.\w+\("(\w+)"', code))
    defaults = dict(re.findall(r'values\.number\("(\w+)", (\w+\.\w+)', code))
    for name, attribute in defaults.items():
        owner, field = attribute.split(".")
        assert documented[name] == str(getattr({"Settings": Settings, "Limits": Limits}[owner], field)), name


def test_rejections_table_is_complete_and_true():
    table = (ROOT / "docs" / "website.md").read_text(encoding="utf-8")
    documented = {reason: int(status) for status, reason in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", table, re.MULTILINE)}
    assert documented == {reason: status for reason, (status, _) in REASONS.items()}


def test_help_lists_every_command_of_the_readme():
    told = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for command in ("run", "test", "shell", "train", "check", "evaluate"):
        assert re.search(rf"^  make {command} +\S", told, re.MULTILINE)
