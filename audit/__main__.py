"""The command line: python -m audit [CHECK ...]; without one, all of them. `make audit` calls it, with uv's path in UV."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from audit.accepted import judge_vulnerabilities
from audit.advisories import ask_with, known_vulnerabilities, locked_packages
from audit.errors import AuditError, NoSource
from audit.licences import installed_licences, judge_licences, render
from audit.secrets import judge_secrets, secrets_of

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "audit"
FINDINGS, NO_SOURCE, BROKEN = 1, 3, 4  # 2 is argparse's


def main(arguments: list[str] | None = None) -> int:
    """Run the checks.

    Args:
        arguments: of the command line; those of this process, if None.

    Returns:
        0 if all is well; 1 (FINDINGS) if a check found something; 3 (NO_SOURCE) if nothing else is wrong, but nobody could be
        asked about vulnerabilities; 4 (BROKEN) if a check could not be made at all, whatever the others found.
    """
    parser = argparse.ArgumentParser(
        prog="python -m audit", description="What we take from others, and what we must not give away."
    )
    parser.add_argument("checks", nargs="*", metavar="check", help=f"{', '.join(CHECKS)}; all of them, if none is named")
    parser.add_argument("--write", action="store_true", help="write audit/licences.md first")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.checks) - set(CHECKS):
        parser.error(f"there is no check called {', '.join(sorted(unknown))}")
    if chosen.write:
        (LISTS / "licences.md").write_text(render(installed_licences(LISTS / "licences.yml")), encoding="utf-8")
    codes = {_run(name) for name in chosen.checks or CHECKS}
    return next((code for code in (BROKEN, FINDINGS, NO_SOURCE) if code in codes), 0)


def _run(name: str) -> int:
    try:
        wrong, sound = CHECKS[name]()
    except NoSource as error:
        print(f"{name}: {error}", file=sys.stderr)
        return NO_SOURCE
    except AuditError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return BROKEN
    for line in wrong:
        print(f"{name}: {line}", file=sys.stderr)
    if not wrong:
        print(f"{name}: {sound}")
    return FINDINGS if wrong else 0


def _vulnerabilities() -> tuple[list[str], str]:
    uv = os.environ.get("UV", "uv")
    if "/" in uv:
        uv = str(ROOT / uv)  # make gives a path in the checkout
    packages = locked_packages(ROOT, uv)
    report = known_vulnerabilities(packages, ask_with(uv))
    wrong = judge_vulnerabilities(packages, report, LISTS / "accepted.yml", date.today())
    return (
        wrong,
        f"{len(packages)} locked packages; {len(report.vulnerabilities)} vulnerabilities are known, all of them accepted.",
    )


def _licences() -> tuple[list[str], str]:
    licences = installed_licences(LISTS / "licences.yml")
    wrong = judge_licences(licences, LISTS / "licences.yml")
    if (LISTS / "licences.md").read_text(encoding="utf-8") != render(licences):
        wrong.append("licences.md is out of date: `python -m audit licences --write`.")
    return wrong, f"{len(licences)} installed packages, under compatible licences."


def _secrets() -> tuple[list[str], str]:
    found = secrets_of(ROOT)
    return judge_secrets(found, LISTS / "doubles.yml"), f"none in git; {len(found)} made-up ones, all of them listed."


CHECKS: dict[str, Callable[[], tuple[list[str], str]]] = {
    "vulnerabilities": _vulnerabilities,
    "licences": _licences,
    "secrets": _secrets,
}

if __name__ == "__main__":
    sys.exit(main())
