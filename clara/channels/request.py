"""Reads what was sent to a channel of ours, or rejects it."""

import asyncio
import re
from typing import Any

from sanic.exceptions import SanicException
from sanic.request import Request

from clara.channels.rejection import Rejection
from clara.knowledge import LANGUAGES

ORIGIN = re.compile(r"https?://(?P<host>[a-zA-Z0-9.:\[\]-]+)")
SECONDS_TO_SEND = 10


def allowed_origin(request: Request, allowed: tuple[str, ...]) -> str:
    """The origin of the page that sent the request; "" where it doesn't come from another website's page.

    Raises:
        Rejection: the page is another website's, and not one of those allowed.
    """
    origin = request.headers.get("origin", "")
    if not origin or origin in allowed:
        return origin
    site = ORIGIN.fullmatch(origin)
    if not site or site["host"] != request.headers.get("host"):
        raise Rejection("foreign_origin", "Add the website's origin to ALLOWED_ORIGINS, if it may talk to the assistant.")
    return origin


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request whose route streams; Rejection where it has more than `most` bytes, or is long in coming."""
    if request.stream is None:
        raise AssertionError("The route doesn't stream.")
    request.stream.request_max_size = most
    try:
        await asyncio.wait_for(request.receive_body(), SECONDS_TO_SEND)
    except SanicException as error:
        if error.status_code == 413:
            raise Rejection("too_long", f"Send at most {most} bytes.") from None
        raise Rejection("unreadable", "Send a body whose length can be told.") from None
    except asyncio.TimeoutError:
        request.stream.keep_alive = request.stream.request_body = False  # Sanic would wait for the rest of it for ever
        raise Rejection("unreadable", f"Send the whole body within {SECONDS_TO_SEND} s.") from None
    return bytes(request.body)


async def read_object(request: Request, most: int) -> dict[str, Any]:
    """The JSON object in the body of a request whose route streams; Rejection where there is none, or as read_body has it."""
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        raise Rejection("not_json", "Send the header `Content-Type: application/json`.")
    await read_body(request, most)
    try:
        body = request.json
    except SanicException:
        body = None
    if not isinstance(body, dict):
        raise Rejection("unreadable", "Send a JSON object.")
    return body


def language_of(body: dict[str, Any]) -> str | None:
    """The language of the interface, where the body says it; Rejection where it isn't one of LANGUAGES."""
    language = body.get("language")
    if language is not None and language not in LANGUAGES:
        raise Rejection("unreadable", f"Send one of {', '.join(LANGUAGES)} as `language`, or leave it out.")
    return language


def browser_language(request: Request) -> str:
    """The first of LANGUAGES that the browser asks for; LANGUAGES[0] where it asks for none."""
    preferred = (item.strip().lower()[:2] for item in request.headers.get("accept-language", "").split(","))
    return next((language for language in preferred if language in LANGUAGES), LANGUAGES[0])
