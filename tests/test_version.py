"""The version stands in pyproject.toml; whatever else shows it is in step."""

import json
import re

from commands import clara

from clara.settings import ROOT


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


VERSION = re.search(r'^version = "(.*)"$', read("pyproject.toml"), re.MULTILINE)[1]


def test_command_line_shows_it():
    told = clara("--version")
    assert (told.returncode, told.stdout) == (0, f"Ask CLARA {VERSION}\n")


def test_description_of_the_http_routes_has_it():
    assert json.loads(read("web/openapi.json"))["info"]["version"] == VERSION


def test_lock_file_has_it():
    assert f'name = "ask-clara"\nversion = "{VERSION}"\n' in read("uv.lock")


def test_newest_entry_of_the_changelog_is_about_it():
    newest = re.search(r"^## \[(.*)\] - \d{4}-\d{2}-\d{2}$", read("CHANGELOG.md"), re.MULTILINE)
    assert newest[1] == VERSION
