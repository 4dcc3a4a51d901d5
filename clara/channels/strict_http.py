"""What Sanic 21.12, the HTTP server that Rasa 3.6 pins, takes from strangers and shouldn't.

Each line of it has a test in tests/channels/test_strict_http.py that fails without it.
"""

import logging
import re
from http import HTTPStatus
from typing import Any

from sanic import Sanic
from sanic.exceptions import InvalidUsage, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from clara.logs import kind_and_place

logger = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 1_000_000  # of any request, whatever its route: more than any channel's messages have; Sanic takes 100 MB
LENGTH = re.compile(
    r"[0-9]{1,12}"
)  # int() takes "-1" too, at which Sanic reads for ever, and "+1" and "1_0", which proxies read otherwise
PATH = re.compile(rb"/[!-~]*")
NOWHERE = b"*"  # what Sanic itself takes for a request whose target it couldn't read; no route has it


class StrictRequest(Request):
    """A request whose body ends where proxies think that it ends, and whose target is a path."""

    def __init__(self, url_bytes: bytes, headers: Any, *args: Any, **kwargs: Any) -> None:
        """As Sanic's; InvalidUsage where the length of the body is none, or is told twice."""
        lengths = headers.getall("content-length", [])
        codings = headers.getall("transfer-encoding", [])
        if len(lengths) + len(codings) > 1 or not all(map(LENGTH.fullmatch, lengths)) or codings not in ([], ["chunked"]):
            raise InvalidUsage("The length of the body can't be told.")
        super().__init__(url_bytes if PATH.fullmatch(url_bytes) else NOWHERE, headers, *args, **kwargs)


async def harden(app: Sanic, _: Any) -> None:
    """Before the server starts: strict requests, small ones, and errors that say nothing back of what was sent."""
    app.request_class = StrictRequest
    app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, MAX_REQUEST_BYTES)
    app.error_handler.add(SanicException, refused)
    app.error_handler.add(Exception, broken)


def refused(request: Request, error: SanicException) -> HTTPResponse:
    """The status of an error and its name, as JSON; Sanic's own pages repeat the path, and break on a strange `Accept`."""
    status = HTTPStatus(error.status_code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return json({"error": status.name.lower()}, status=status, headers=getattr(error, "headers", None))


def broken(request: Request, error: Exception) -> HTTPResponse:
    """Status 500; the log tells what kind of error it was and where it arose."""
    logger.error("A request failed: %s", kind_and_place(error))
    return json({"error": HTTPStatus.INTERNAL_SERVER_ERROR.name.lower()}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
