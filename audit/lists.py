"""Reads the lists that people keep for the audit: YAML, every entry with the same keys, every value written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from audit.errors import AuditError


def read_entries(file: Path, keys: Mapping[str, type], part: str | None = None) -> list[dict[str, Any]]:
    """The entries of a list.

    Args:
        file: the YAML file.
        keys: what each entry must have, no more and no less, and of what type.
        part: the key that the list stands under, where the file holds several.

    Raises:
        AuditError: the file can't be read, or an entry lacks a key, has another, or has an empty or a wrong value.
    """
    try:
        content = YAML(typ="safe", pure=True).load(file)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise AuditError(f"{file.name} can't be read: {error}") from error
    if part is not None:
        content = content.get(part) if isinstance(content, dict) else None
    if not isinstance(content, list):
        raise AuditError(f"{file.name} must be a list of entries.")
    for number, entry in enumerate(content, 1):
        if not isinstance(entry, dict) or set(entry) != set(keys):
            raise AuditError(f"{file.name}, entry {number}: it must have {', '.join(keys)}, and nothing else.")
        for key, kind in keys.items():
            if type(entry[key]) is not kind or not entry[key]:
                raise AuditError(f"{file.name}, entry {number}: {key} must be a {kind.__name__}, and not empty.")
    return content
