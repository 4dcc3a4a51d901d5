"""Calls that go out to the services."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from clara.channels.messaging.call import text_at

SECONDS = 10.0  # for an attempt
PAUSES = (1.0, 8.0)  # seconds between attempts, where the service names none
PATIENCE = 60.0  # seconds that a reply may wait for a service that asks for it
IMPATIENCE = 1.0  # the same, where somebody waits for us
NOTHING_WAS_DONE = frozenset({429, 503})
NOTHING_CAN_BE_DONE_TWICE = NOTHING_WAS_DONE | {502, 504}  # by reading


class Undelivered(Exception):
    """A service didn't take a call; the text holds nothing that was sent.

    Attributes:
        explanation: the service's own words, if it gave any; they may repeat what was sent.
    """

    def __init__(self, problem: str, explanation: str = "") -> None:
        """What went wrong, and what the service says of it."""
        super().__init__(problem)
        self.explanation = explanation


def bearer(token: str) -> dict[str, str]:
    """The header that says who we are, where a service goes by a token."""
    return {"Authorization": f"Bearer {token}"}


class Client:
    """An HTTP client whose calls are tried again where that can help, and never follow a service elsewhere."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> Any:
        """Call a service.

        Args:
            method: "GET", "POST" or "PUT".
            url: where.
            json: the body, as JSON.
            form: the body, as a form.
            headers: such as who we are.
            patience: seconds, the longest pause before another attempt.

        Returns:
            The JSON value that came back; None where there was none.

        Raises:
            Undelivered: it couldn't be reached, or refused, or asked for a longer pause.
        """
        again = NOTHING_CAN_BE_DONE_TWICE if method == "GET" else NOTHING_WAS_DONE
        for pause in (*PAUSES, None):
            told = ""
            try:
                async with self._open().request(
                    method, url, json=json, data=form, headers=headers, allow_redirects=False
                ) as response:
                    if 200 <= response.status < 300:
                        return await _json(response)
                    problem = f"status {response.status}"
                    told = response.headers.get("Retry-After", "")
                    if response.status not in again:
                        said = await _json(response)
                        raise Undelivered(problem, text_at(said, "description") or text_at(said, "message"))
            except aiohttp.ClientConnectorError:  # it didn't even arrive
                problem = "no connection"
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:  # it may have arrived: not to be said twice
                raise Undelivered(type(error).__name__) from None
            wait = float(told) if told.isdecimal() else min(pause or 0.0, patience)
            if pause is None or wait > patience:
                raise Undelivered(problem)
            await asyncio.sleep(wait)
        raise AssertionError("The last attempt returns or raises.")

    async def close(self) -> None:
        """Close what is open."""
        if self._session:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:  # belongs to the loop that it is made in
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        return self._session


async def _json(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json(content_type=None)
    except ValueError:
        return None
