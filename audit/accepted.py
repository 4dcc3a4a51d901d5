"""Judges what is known about the locked packages by the list of what is accepted: dated, with reasons, nothing in it idle."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from audit.advisories import Report
from audit.lists import read_entries

LONGEST = timedelta(days=184)  # nothing is accepted for more than half a year: reasons go stale as code changes
KEYS = {"package": str, "ids": list, "why": str, "until": date}


def judge_vulnerabilities(packages: Sequence[str], report: Report, accepted: Path, today: date) -> list[str]:
    """What is wrong, one line each: vulnerabilities, packages that weren't audited, entries that are over or idle.

    Args:
        packages: what was asked about, each as name==version.
        report: what the source said.
        accepted: the list: for each entry, the package, the ids, why they do no harm here, and the last day that this holds.
        today: the day of the audit.

    Raises:
        AuditError: the list is broken.
    """
    entries = read_entries(accepted, KEYS)
    listed = {(entry["package"], str(id)): entry["until"] for entry in entries for id in entry["ids"]}
    wrong = [f"{package} was not audited: the source doesn't know it." for package in packages if package not in report.audited]
    matched = set()
    for found in report.vulnerabilities:
        names = {(found.package, id) for id in found.ids} & set(listed)
        matched |= names
        if not names:
            fix = f"fixed in {', '.join(found.fixed_in)}" if found.fixed_in else "not fixed in any version"
            wrong.append(f"{found.package} {found.version}: {' = '.join(found.ids)}, {fix}.")
    for package, id in sorted(listed):
        until = listed[package, id]
        if (package, id) not in matched:
            wrong.append(f"{accepted.name} accepts {id} of {package}, which isn't there: take it out.")
        elif until < today:
            wrong.append(f"{accepted.name} accepted {id} of {package} until {until}: look at it again.")
        elif until > today + LONGEST:
            wrong.append(f"{accepted.name} accepts {id} of {package} until {until}: half a year ahead is the most.")
    return wrong
