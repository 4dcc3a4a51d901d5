"""Calls that go out to the services."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

SECONDS = 10.0  # for a call, with all its attempts' own time
ATTEMPTS = 3
LONGEST_PAUSE = 5.0
TRY_AGAIN = frozenset({429, 502, 503, 504})  # nothing was done


class Undelivered(Exception):
    """A service didn't take a call; its text holds nothing that was sent."""


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
    ) -> Any:
        """Call a service.

        Args:
            method: "GET", "POST" or "PUT".
            url: where.
            json: the body, as JSON.
            form: the body, as a form.
            headers: such as who we are.

        Returns:
            The JSON value that came back; None where there was none.

        Raises:
            Undelivered: it couldn't be reached, or refused.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._open().request(
                    method, url, json=json, data=form, headers=headers, allow_redirects=False
                ) as response:
                    if response.status in TRY_AGAIN and attempt < ATTEMPTS:
                        await asyncio.sleep(_pause(response.headers.get("Retry-After", ""), attempt))
                        continue
                    if not 200 <= response.status < 300:
                        raise Undelivered(f"status {response.status}")
                    return await _json(response)
            except aiohttp.ClientConnectorError:  # it didn't even arrive
                if attempt == ATTEMPTS:
                    raise Undelivered("no connection") from None
                await asyncio.sleep(_pause("", attempt))
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:  # it may have arrived: not to be said twice
                raise Undelivered(type(error).__name__) from None
        raise AssertionError("The last attempt returns or raises.")

    async def close(self) -> None:
        """Close what is open."""
        if self._session:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:  # belongs to the loop that it is made in
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        return self._session


def _pause(told: str, attempt: int) -> float:
    return min(float(told) if told.isdecimal() else 0.2 * 2**attempt, LONGEST_PAUSE)


async def _json(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json(content_type=None)
    except ValueError:
        return None
