"""A call that came in at a service's address, and how to read and to trust it."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from multidict import MultiDict
from sanic.exceptions import InvalidUsage, Unauthorized

MILLISECONDS = 1e11  # a time that is as large isn't in seconds: they would be in the year 5138
LONGEST_NUMBER = 15  # digits


@dataclass(frozen=True)
class Call:
    """What was sent.

    Attributes:
        headers: by their names in lower case.
        body: as it came: signatures are over bytes.
    """

    headers: Mapping[str, str]
    body: bytes

    @property
    def is_form(self) -> bool:
        """Whether the body is a form."""
        return self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")

    @cached_property
    def json(self) -> dict[str, Any]:
        """The object in the body; InvalidUsage (400) where there is none."""
        return json_object(self.body)

    @cached_property
    def form(self) -> MultiDict[str]:
        """The fields of a form; InvalidUsage (400) where the body is none."""
        try:
            return MultiDict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=200))
        except ValueError:
            raise InvalidUsage("The body is no form.") from None


def json_object(text: str | bytes) -> dict[str, Any]:
    """The object that a JSON text holds; InvalidUsage (400) where it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidUsage("The body holds no JSON object.")
    return found


def at(found: Any, *path: str) -> Any:
    """What stands in nested objects under these keys; None where nothing does, or the way there isn't all objects."""
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def text_at(found: Any, *path: str) -> str:
    """The text or the whole number in nested objects, as text; "" where there is none."""
    value = at(found, *path)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def time_at(found: Any, *path: str) -> float | None:
    """The time in nested objects: ISO 8601 in UTC, or (milli)seconds since 1970; here in seconds, or None."""
    told = text_at(found, *path)
    if told.isdecimal() and len(told) <= LONGEST_NUMBER:
        return float(told) if float(told) < MILLISECONDS else float(told) / 1000
    try:
        return datetime.fromisoformat(told[:19] + "+00:00").timestamp()
    except ValueError:
        return None


def objects_at(found: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of a list in nested objects; none where there is no list."""
    value = at(found, *path)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def expect_same(told: str, secrets: Sequence[str] | str) -> None:
    """Unauthorized (401) where what a caller told isn't the secret, or one of them."""
    known = [secrets] if isinstance(secrets, str) else secrets
    if not any(hmac.compare_digest(told.encode("utf-8", "surrogatepass"), secret.encode()) for secret in known):
        raise Unauthorized("Who calls can't be told.")


def without_first(text: str, word: str) -> str:
    """A text without the word that it was addressed by, and the signs after it."""
    return (text[len(word) :] if word and text.startswith(word) else text).strip(" :,")
