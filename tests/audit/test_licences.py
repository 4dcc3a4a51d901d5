"""Licences that don't fit are seen, odd metadata is read as what it says, and the list is up to date."""

from email.message import Message

import pytest

from audit.errors import AuditError
from audit.licences import Licence, installed_licences, judge_licences, render
from clara.settings import ROOT

TABLE = ROOT / "audit" / "licences.yml"


class Installed:
    """A distribution with this metadata."""

    def __init__(self, *headers):
        self.version = "1.0"
        self.metadata = Message()
        for name, value in (("Name", "Some_Package"), *headers):
            self.metadata[name] = value


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "licences.yml"
    file.write_text("compatible:\n  - terms: MIT\n    why: permissive\nby_hand: []\n")
    return file


def classifier(name):
    return "Classifier", f"License :: OSI Approved :: {name}"


@pytest.mark.parametrize(
    ("headers", "terms"),
    [
        ([("License-Expression", "MIT OR GPL-3.0-only")], "MIT OR GPL-3.0-only"),
        ([("License", "whatever"), classifier("MIT License")], "MIT"),
        ([classifier("MIT License"), classifier("Apache Software License")], "Apache-2.0 AND MIT"),
        ([("License", "BSD-2-Clause"), classifier("BSD License")], "BSD-2-Clause"),
        ([("License", "UNKNOWN"), classifier("BSD License")], "BSD"),
        ([("License", "Copyright (c) 2001 Somebody. " * 9), classifier("BSD License")], "BSD"),
        ([("Classifier", "License :: OSI Approved"), ("License", "ISC License")], "ISC"),
        ([("License", "Apache License, Version 2.0")], "Apache-2.0"),
        ([], ""),
    ],
)
def test_metadata_is_read_as_what_it_says(table, headers, terms):
    assert [(licence.package, licence.terms) for licence in installed_licences(table, [Installed(*headers)])] == [
        ("some-package", terms)
    ]


@pytest.mark.parametrize("terms", ["GPL-3.0-only", "MIT AND GPL-3.0-only", "GPL-3.0-only OR AGPL-3.0-only", "MITX", ""])
def test_an_incompatible_licence_fails(table, terms):
    sound = Licence("sound", "1.0", "MIT", "License")
    (line,) = judge_licences([Licence("odd", "1.0", terms, "License"), sound], table)
    assert line.startswith("odd 1.0 is under ")
    assert "doesn't call compatible" in line


@pytest.mark.parametrize("terms", ["MIT", "MIT OR GPL-3.0-only", "GPL-3.0-only OR MIT"])
def test_a_compatible_licence_passes(table, terms):
    assert judge_licences([Licence("some", "1.0", terms, "License")], table) == []


def test_a_table_that_says_more_than_is_installed_fails(table):
    table.write_text(
        "compatible:\n  - terms: MIT\n    why: permissive\n  - terms: ISC\n    why: permissive\n"
        "by_hand:\n  - package: gone\n    terms: MIT\n    source: its LICENSE\n"
    )
    lines = judge_licences([Licence("some", "1.0", "MIT", "License")], table)
    assert lines == [
        "licences.yml has gone, which isn't installed: take it out.",
        "licences.yml calls ISC compatible, which nothing is under: take it out.",
    ]


def test_what_was_resolved_by_hand_goes_first(table):
    table.write_text(table.read_text().replace("[]", "\n  - package: some-package\n    terms: ISC\n    source: its LICENSE"))
    assert installed_licences(table, [Installed(classifier("MIT License"))]) == [
        Licence("some-package", "1.0", "ISC", "by hand: its LICENSE")
    ]


def test_a_table_without_its_parts_is_an_error(table):
    table.write_text("compatible: []\n")
    with pytest.raises(AuditError, match=r"licences\.yml"):
        installed_licences(table, [])


def test_all_that_is_installed_is_under_compatible_licences():
    assert judge_licences(installed_licences(TABLE), TABLE) == []


def test_the_list_of_licences_is_up_to_date():
    assert (ROOT / "audit" / "licences.md").read_text(encoding="utf-8") == render(installed_licences(TABLE))
