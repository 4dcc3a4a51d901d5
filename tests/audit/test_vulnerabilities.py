"""Known vulnerabilities are seen unless they are accepted; and silence is never taken for safety."""

import json
from datetime import date

import pytest

import audit.__main__ as command_line
from audit.accepted import judge_vulnerabilities
from audit.advisories import CANARY, SOURCES, Report, Vulnerability, ask_with, known_vulnerabilities, locked_packages, read_report
from audit.errors import AuditError, NoSource
from clara.settings import ROOT

TODAY = date(2026, 6, 1)
PACKAGES = ["sound==1.0", "holed==2.0"]
HOLE = Vulnerability("holed", "2.0", ("PYSEC-2026-1", "CVE-2026-1", "GHSA-1111-2222-3333"), ("2.1",))
HOLED = Report(frozenset(PACKAGES), (HOLE,))
ACCEPTED = "- package: {package}\n  ids: [{id}]\n  why: nobody calls it\n  until: {until}\n"


def judge(tmp_path, accepted="[]\n", report=HOLED, packages=PACKAGES):
    file = tmp_path / "accepted.yml"
    file.write_text(accepted)
    return judge_vulnerabilities(packages, report, file, TODAY)


def accept(package="holed", id="CVE-2026-1", until="2026-07-01"):
    return ACCEPTED.format(package=package, id=id, until=until)


def printed(*dependencies):
    """What pip-audit prints about these."""
    return json.dumps({"dependencies": list(dependencies), "fixes": []})


def pip_audit(tmp_path, *, printing="", failing=""):
    """A uv that runs no pip-audit, but prints what it would."""
    uv = tmp_path / "uv"
    (tmp_path / "printing").write_text(printing)
    (tmp_path / "failing").write_text(failing)
    uv.write_text(f"#!/bin/sh\ncat {tmp_path}/printing\ncat {tmp_path}/failing >&2\nexit 1\n")
    uv.chmod(0o755)
    return ask_with(str(uv))


def test_a_vulnerable_package_is_seen(tmp_path):
    assert judge(tmp_path) == ["holed 2.0: PYSEC-2026-1 = CVE-2026-1 = GHSA-1111-2222-3333, fixed in 2.1."]


def test_nothing_is_wrong_where_nothing_is_known(tmp_path):
    assert judge(tmp_path, report=Report(frozenset(PACKAGES), ())) == []


@pytest.mark.parametrize("id", HOLE.ids)
def test_an_accepted_vulnerability_passes_under_any_of_its_names(tmp_path, id):
    assert judge(tmp_path, accept(id=id)) == []


def test_it_passes_on_the_last_day_that_it_is_accepted(tmp_path):
    assert judge(tmp_path, accept(until=TODAY.isoformat())) == []


def test_an_entry_that_is_over_fails(tmp_path):
    (line,) = judge(tmp_path, accept(until="2026-05-31"))
    assert "CVE-2026-1 of holed until 2026-05-31: look at it again" in line


def test_an_entry_can_not_be_dated_ahead_for_years(tmp_path):
    (line,) = judge(tmp_path, accept(until="2036-05-31"))
    assert "half a year ahead is the most" in line


def test_an_idle_entry_fails(tmp_path):
    (line,) = judge(tmp_path, accept() + accept(id="CVE-1999-1"))
    assert line == "accepted.yml accepts CVE-1999-1 of holed, which isn't there: take it out."


def test_an_entry_for_another_package_accepts_nothing(tmp_path):
    assert len(judge(tmp_path, accept(package="sound"))) == 2


def test_a_package_that_was_skipped_fails(tmp_path):
    report = read_report(
        printed({"name": "sound", "skip_reason": "not found"}, {"name": "holed", "version": "2.0", "vulns": []}),
    )
    assert judge(tmp_path, report=report) == ["sound==1.0 was not audited: the source doesn't know it."]


@pytest.mark.parametrize(
    "broken",
    [
        "- package: holed\n  ids: [CVE-2026-1]\n  until: 2026-07-01\n",
        accept() + "  whim: yes\n",
        accept(until="soon"),
        accept(id=""),
        "package: holed\n",
        "- [\n",
    ],
)
def test_a_broken_list_is_no_acceptance(tmp_path, broken):
    with pytest.raises(AuditError, match=r"accepted\.yml"):
        judge(tmp_path, broken)


def test_every_entry_of_ours_is_about_a_locked_package():
    (uv,) = (ROOT / ".tools").glob("uv-*/bin/uv")
    locked = {package.partition("==")[0] for package in locked_packages(ROOT, str(uv))}
    accepted = judge_vulnerabilities([], Report(frozenset(), ()), ROOT / "audit" / "accepted.yml", date.today())
    assert accepted  # with nothing known, each of them is idle, and named
    assert {line.split(" of ")[1].split(",")[0] for line in accepted} <= locked


def test_all_that_is_locked_is_asked_about():
    (uv,) = (ROOT / ".tools").glob("uv-*/bin/uv")
    lock = (ROOT / "uv.lock").read_text()
    names = {block.split('"')[1] for block in lock.split("[[package]]\nname = ")[1:]}
    assert names - {"ask-clara", "tensorflow-standin"} == {
        package.partition("==")[0] for package in locked_packages(ROOT, str(uv))
    }


def test_what_pip_audit_prints_is_read(tmp_path):
    printing = printed(
        {"name": "sound", "version": "1.0", "vulns": []},
        {
            "name": "holed",
            "version": "2.0",
            "vulns": [{"id": HOLE.ids[0], "aliases": [HOLE.ids[2], HOLE.ids[1]], "fix_versions": ["2.1"]}],
        },
    )
    assert pip_audit(tmp_path, printing=printing)(PACKAGES, "pypi") == HOLED


def test_a_pip_audit_that_fails_says_why(tmp_path):
    with pytest.raises(NoSource, match="ConnectionError: no way there"):
        pip_audit(tmp_path, failing="Traceback\nConnectionError: no way there\n")(PACKAGES, "osv")


def test_a_source_that_does_not_know_the_canary_is_not_asked():
    def ask(packages, source):
        return Report(frozenset(), ()) if source == SOURCES[0] else HOLED

    assert known_vulnerabilities(PACKAGES, ask) is HOLED


def test_the_canary_is_asked_about_first():
    asked = []

    def ask(packages, source):
        asked.append((packages, source))
        return HOLED

    known_vulnerabilities(PACKAGES, ask)
    assert asked == [([CANARY], SOURCES[0]), (PACKAGES, SOURCES[0])]


def test_without_a_source_it_says_so_with_its_own_exit_code(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(command_line, "locked_packages", lambda root, uv: PACKAGES)
    monkeypatch.setattr(command_line, "ask_with", lambda uv: pip_audit(tmp_path, failing="no network"))
    assert command_line.main(["vulnerabilities"]) == command_line.NO_SOURCE == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("vulnerabilities: No source of advisories can be reached, so nothing is known")
    assert "pypi: no network; osv: no network" in told.err


def test_a_finding_elsewhere_is_not_hidden_by_a_missing_source(monkeypatch, capsys):
    def no_source():
        raise NoSource("nobody answers")

    found = {"vulnerabilities": no_source, "licences": lambda: (["a finding"], ""), "secrets": lambda: ([], "none")}
    monkeypatch.setattr(command_line, "CHECKS", found)
    assert command_line.main([]) == command_line.FINDINGS
    told = capsys.readouterr()
    assert told.err == "vulnerabilities: nobody answers\nlicences: a finding\n"
    assert told.out == "secrets: none\n"


def test_a_check_that_can_not_be_made_is_no_success(monkeypatch, capsys):
    def broken():
        raise AuditError("no uv")

    monkeypatch.setattr(command_line, "CHECKS", {"vulnerabilities": broken})
    assert command_line.main([]) == command_line.BROKEN
    assert capsys.readouterr().err == "vulnerabilities: no uv\n"
