"""Looks for secrets in everything that git keeps: the tracked files, every older content of them, and the commit messages."""

import hashlib
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.errors import AuditError
from audit.lists import read_entries

# What secrets look like: forms that services give theirs, then words that say so. The secret is the group, or else all of it.
KINDS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s:/@\"'<>{}$]*:([^\s:/@\"'<>{}$]{3,})@",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a token of PyPI": r"\bpypi-AgE[A-Za-z0-9_-]{50,}",
    "a token of npm": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a key of Google": r"\bAIza[A-Za-z0-9_-]{35}",
    "a token of Slack": r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[0-9]-[A-Za-z0-9-]{10,}",
    "an address of Slack": r"hooks\.slack\.com/services/[A-Za-z0-9/_-]{20,}",
    "a key of Twilio": r"\b(?:AC|SK)[0-9a-f]{32}\b",
    "a token of Telegram": r"\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b",
    "a token of Meta": r"\bEAA[A-Za-z0-9]{40,}",
    "a key of a language model's service": r"\bsk-[A-Za-z0-9_-]{32,}",
    "a token of Hugging Face": r"\bhf_[A-Za-z0-9]{30,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    "an assigned secret": r"(?i)(?:secret|token|passw(?:or)?d|passwd|api_?key|access_?key|private_?key)s?[\"']?\s*[:=]\s*"
    r"[\"']([^\s\"'{}$<>]{8,})[\"']",
    "a secret in a setting": r"^\s*(?:export\s+)?[A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|API_KEY)[A-Z0-9_]*="
    r"([^\s\"'{}$<>()`]{8,})\s*$",
}
PATTERNS = {kind: re.compile(pattern, re.MULTILINE) for kind, pattern in KINDS.items()}
MESSAGES = "(commit messages)"


@dataclass(frozen=True)
class Secret:
    """Something that looks like a secret.

    Attributes:
        file: where it stands, or stood in an older commit.
        kind: what it looks like, a key of KINDS.
        digest: of the string itself, 12 hexadecimal digits: what is printed and listed must not repeat it.
    """

    file: str
    kind: str
    digest: str


def find_secrets(text: str, file: str) -> Iterator[Secret]:
    """What looks like a secret in a text that stands in a file."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            secret = match[match.lastindex or 0]
            yield Secret(file, kind, hashlib.sha256(secret.encode()).hexdigest()[:12])


def secrets_of(root: Path) -> set[Secret]:
    """What looks like a secret in a repository: tracked files as they are now, all that HEAD descends from, and its messages.

    Raises:
        AuditError: it is no repository, or its history was cut off when it was cloned.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
        raise AuditError(
            "The history was cut off when this was cloned, and can't be searched: `git fetch --unshallow`, then again."
        )
    return {secret for file, text in _texts(root) for secret in find_secrets(text, file)}


def judge_secrets(found: Iterable[Secret], doubles: Path) -> list[str]:
    """What is wrong, one line each: secrets that aren't listed as made up, and listed ones that aren't found.

    Args:
        found: what looks like a secret.
        doubles: the list of what is made up: for each, its file, its digest, and why it is no secret.

    Raises:
        AuditError: the list is broken.
    """
    keys = {"file": str, "digests": list, "why": str}
    listed = {(entry["file"], str(digest)) for entry in read_entries(doubles, keys) for digest in entry["digests"]}
    found = set(found)
    wrong = [
        f"{secret.file}: {secret.kind} (digest {secret.digest}). If it is real, it counts as stolen: replace it where it is "
        f"valid, then take it out. If it is made up, list it in {doubles.name}."
        for secret in sorted(found, key=lambda secret: (secret.file, secret.kind, secret.digest))
        if (secret.file, secret.digest) not in listed
    ]
    idle = sorted(listed - {(secret.file, secret.digest) for secret in found})
    return wrong + [f"{doubles.name} lists {digest} in {file}, where it isn't: take it out." for file, digest in idle]


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every text that git keeps, with its file: tracked files as they are now, commit messages, and what commits have added."""
    for name in _git(root, "ls-files", "-z").decode().split("\0"):
        if name and (root / name).is_file():
            content = (root / name).read_bytes()
            if b"\0" not in content:  # as git tells a text from a picture
                yield name, content.decode(errors="replace")
    yield MESSAGES, _git(root, "log", "--format=%B", "HEAD").decode(errors="replace")
    # -m: what a merge itself has changed counts as well. Settings of whoever runs this mustn't change what is printed.
    plain = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--src-prefix=a/", "--dst-prefix=b/")
    changes = _git(root, "-c", "core.quotePath=false", "log", "-p", "-m", "--root", "--unified=0", "--format=", *plain, "HEAD")
    yield from _added(changes.decode(errors="replace"))


def _added(changes: str) -> Iterator[tuple[str, str]]:
    """The lines that changes add, as git prints them, with the file of each stretch."""
    for change in re.split(r"^diff --git ", changes, flags=re.MULTILINE)[1:]:
        head, *stretches = re.split(r"^@@ .*\n", change, flags=re.MULTILINE)
        name = re.search(r"^\+\+\+ \"?b/(.*?)\"?\t?$", head, re.MULTILINE)
        if name:  # there is none where a file was deleted, or is no text
            lines = (line[1:] for stretch in stretches for line in stretch.splitlines() if line.startswith("+"))
            yield name[1], "\n".join(lines)


def _git(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=False)
    if done.returncode:
        raise AuditError(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
