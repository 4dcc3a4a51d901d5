"""Lists the licences of all that is installed (audit/licences.md), and checks that they go with what this project does."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path

from audit.lists import read_entries

# Packages name the same licence in many ways.
OTHER_NAMES = {
    "Apache-2.0": "Apache 2|Apache 2.0|Apache|Apache License 2.0|Apache License, Version 2.0|Apache Software License",
    "MIT": "MIT License|MIT license",
    "BSD": "BSD License|new BSD",
    "BSD-3-Clause": "BSD 3-Clause License|3-Clause BSD License",
    "ISC": "ISC License|ISC License (ISCL)",
    "MPL-2.0": "MPL 2.0|Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0": "Python Software Foundation License",
}
NAMES = {other: name for name, others in OTHER_NAMES.items() for other in others.split("|")}


@dataclass(frozen=True)
class Licence:
    """The licence of one installed package.

    Attributes:
        package: its name.
        version: the one that is installed.
        terms: as an SPDX expression, where the package or the table says as much; else in the package's words, or empty.
        source: where this was read.
    """

    package: str
    version: str
    terms: str
    source: str


def installed_licences(table: Path, installed: Iterable[Distribution] | None = None) -> list[Licence]:
    """The licences of what is installed, by name.

    Args:
        table: where people resolved odd metadata: licences.yml.
        installed: the packages; those of this environment, if None.

    Raises:
        AuditError: the table is broken.
    """
    by_hand = {entry["package"]: entry for entry in read_entries(table, {"package": str, "terms": str, "source": str}, "by_hand")}
    found = (_licence(distribution, by_hand) for distribution in (distributions() if installed is None else installed))
    return sorted(found, key=lambda licence: licence.package)


def judge_licences(licences: list[Licence], table: Path) -> list[str]:
    """What is wrong, one line each: licences that aren't known to be compatible, and idle entries of the table.

    Args:
        licences: of what is installed.
        table: says which are compatible, and why.

    Raises:
        AuditError: the table is broken.
    """
    compatible = {entry["terms"] for entry in read_entries(table, {"terms": str, "why": str}, "compatible")}
    by_hand = {entry["package"] for entry in read_entries(table, {"package": str, "terms": str, "source": str}, "by_hand")}
    wrong = [
        f"{licence.package} {licence.version} is under {licence.terms or 'no licence that it names'} ({licence.source}), which "
        f"{table.name} doesn't call compatible."
        for licence in licences
        if not _fits(licence.terms, compatible)
    ]
    wrong += [
        f"{table.name} has {package}, which isn't installed: take it out." for package in sorted(by_hand - _names(licences))
    ]
    used = {term for licence in licences for term in _terms(licence.terms)}
    return wrong + [
        f"{table.name} calls {term} compatible, which nothing is under: take it out." for term in sorted(compatible - used)
    ]


def render(licences: list[Licence]) -> str:
    """The list, in Markdown."""
    rows = "".join(f"| {licence.package} | {licence.version} | {licence.terms} | {licence.source} |\n" for licence in licences)
    return f"""# Licences of what is installed

Written by `python -m audit licences --write`, on Linux; `make audit` says if it is out of date. It is what the packages say of
themselves: several bring libraries along, whose licences stand beside theirs. [licences.yml](licences.yml) says which go with
this project, and resolves what packages leave open ("by hand").

| package | version | licence | read in |
|---|---|---|---|
{rows}"""


def _licence(distribution: Distribution, by_hand: Mapping[str, Mapping[str, str]]) -> Licence:
    metadata = distribution.metadata
    package = re.sub(r"[-_.]+", "-", metadata["Name"]).lower()
    if package in by_hand:
        return Licence(package, distribution.version, by_hand[package]["terms"], f"by hand: {by_hand[package]['source']}")
    if expression := _header(metadata, "License-Expression"):
        return Licence(package, distribution.version, expression, "License-Expression")
    # "OSI Approved" alone says nothing. Several are alternatives or apply together, which isn't said: the stricter reading holds.
    lines = (line.split(" :: ") for line in metadata.get_all("Classifier") or ())
    classified = sorted({NAMES.get(line[-1], line[-1]) for line in lines if line[0] == "License" and len(line) > 2})
    if classified and classified != ["BSD"]:  # of which there are several: the field may say which
        return Licence(package, distribution.version, " AND ".join(classified), "classifier")
    field = " ".join(_header(metadata, "License").split())
    if (not field or field == "UNKNOWN" or len(field) > 50) and classified:
        return Licence(package, distribution.version, "BSD", "classifier")
    return Licence(package, distribution.version, NAMES.get(field, field), "License")


def _header(metadata: PackageMetadata, name: str) -> str:
    return (metadata.get_all(name) or [""])[0]


def _fits(terms: str, compatible: set[str]) -> bool:
    return any(all(term in compatible for term in choice.split(" AND ")) for choice in terms.split(" OR "))


def _terms(terms: str) -> list[str]:
    return re.split(" AND | OR ", terms)


def _names(licences: list[Licence]) -> set[str]:
    return {licence.package for licence in licences}
