"""Asks which known vulnerabilities the locked packages have: pip-audit asks, of PyPI or else of OSV."""

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.errors import AuditError, NoSource

PIP_AUDIT = (
    "pip-audit==2.10.1"  # in an environment of its own, which uv makes: uv.lock, hence the trained model, knows nothing of it
)
SOURCES = ("pypi", "osv")
# A release with old, well-known holes. A source that finds none in it (a mirror that serves packages only, say) knows nothing.
CANARY = "jinja2==2.4.1"


@dataclass(frozen=True)
class Vulnerability:
    """A known vulnerability of a locked package.

    Attributes:
        package: its name, as uv.lock has it.
        version: the one that is locked.
        ids: the names it goes by, the source's own first (PYSEC-..., CVE-..., GHSA-...).
        fixed_in: the versions that fix it; there may be none.
    """

    package: str
    version: str
    ids: tuple[str, ...]
    fixed_in: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What a source has said.

    Attributes:
        audited: the packages that it knows, each as name==version.
        vulnerabilities: what it knows about them.
    """

    audited: frozenset[str]
    vulnerabilities: tuple[Vulnerability, ...]


Ask = Callable[[Sequence[str], str], Report]


def locked_packages(root: Path, uv: str) -> list[str]:
    """Every package in uv.lock, for whatever platform, each as name==version.

    Without what stands in this very repository (standins/): nobody publishes it, and nobody could know holes in it.

    Args:
        root: the checkout.
        uv: the command.

    Raises:
        AuditError: uv can't read the lock file.
    """
    told = ("--no-hashes", "--no-header", "--no-annotate", "--no-emit-project", "--no-emit-local")
    done = _run([uv, "export", "--quiet", "--frozen", "--all-groups", "--all-extras", *told], root)
    if done.returncode:
        raise AuditError(f"uv.lock can't be read: {done.stderr.strip()}")
    packages = [line.partition(" ;")[0] for line in done.stdout.splitlines()]
    strange = [package for package in packages if package.count("==") != 1]
    if strange or not packages:
        raise AuditError(f"uv.lock pins no version of: {', '.join(strange) or 'anything'}.")
    return packages


def known_vulnerabilities(packages: Sequence[str], ask: Ask) -> Report:
    """What the first source that knows anything says.

    Args:
        packages: each as name==version.
        ask: asks one of SOURCES, as `ask_with(uv)` does; it raises NoSource if it gets no answer.

    Raises:
        NoSource: there is none, and the text says why not.
    """
    reasons = []
    for source in SOURCES:
        try:
            if ask([CANARY], source).vulnerabilities:
                return ask(packages, source)
            reasons.append(f"{source} knows nothing of {CANARY}, which is known to be vulnerable")
        except NoSource as error:
            reasons.append(f"{source}: {error}")
    raise NoSource("No source of advisories can be reached, so nothing is known about vulnerabilities. " + "; ".join(reasons))


def ask_with(uv: str) -> Ask:
    """Asks through pip-audit, which uv fetches and runs.

    Args:
        uv: the command.
    """

    def ask(packages: Sequence[str], source: str) -> Report:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "requirements.txt"
            file.write_text("\n".join(packages) + "\n", encoding="utf-8")
            plain = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--desc", "off", "--aliases", "on")
            command = [uv, "tool", "run", "--from", PIP_AUDIT, "pip-audit", "-r", str(file), "-s", source, "-f", "json", *plain]
            done = _run(command, Path(folder))
        try:
            return read_report(done.stdout)
        except (ValueError, KeyError, TypeError):  # it failed, and says why on its last line
            reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            raise NoSource(reason.strip()) from None

    return ask


def read_report(text: str) -> Report:
    """What pip-audit has printed as JSON; packages that it skipped are not among the audited.

    Raises:
        ValueError: it isn't JSON.
        KeyError: it isn't pip-audit's.
        TypeError: likewise.
    """
    known = [dependency for dependency in json.loads(text)["dependencies"] if "skip_reason" not in dependency]
    return Report(
        frozenset(f"{dependency['name']}=={dependency['version']}" for dependency in known),
        tuple(
            Vulnerability(
                dependency["name"],
                dependency["version"],
                (found["id"], *sorted(set(found["aliases"]) - {found["id"]})),
                tuple(found["fix_versions"]),
            )
            for dependency in known
            for found in dependency["vulns"]
        ),
    )


def _run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise AuditError(f"{command[0]} can't be run ({error}): `make audit` brings it along.") from error
