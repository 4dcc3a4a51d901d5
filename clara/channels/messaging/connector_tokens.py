"""Tokens by which the Bot Framework's connector proves who calls.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import time
from typing import Any

import jwt
from sanic.exceptions import Unauthorized

from clara.channels.messaging.call import objects_at, text_at
from clara.channels.messaging.client import IMPATIENCE, Client, Undelivered

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"  # a key says whose calls it may sign
CLOCKS_DIFFER = 300  # seconds
KEYS_LAST = 86_400.0  # seconds; the connector asks for them to be read every day
KEYS_PAUSE = 60.0  # seconds between two readings, whatever strangers send
FAILURE_PAUSE = 5.0  # seconds after a reading that failed, for which everybody is told that it did


class ConnectorTokens:
    """Knows the connector's keys, and reads them anew every day, or when a token names one that it doesn't know.

    A key says whose calls it may sign; CHANNEL's are all that is taken.
    """

    def __init__(self, openid_url: str, audience: str) -> None:
        """No key is known yet.

        Args:
            openid_url: where the connector says where its keys are.
            audience: for whom a token must be: the bot's id.
        """
        self._openid_url = openid_url
        self._audience = audience
        self._keys: dict[str, dict[str, Any]] = {}
        self._read_at = self._failed_at = float("-inf")
        self._lock = asyncio.Lock()

    async def expect_valid(self, authorization: str, service_url: str, client: Client) -> None:
        """Unauthorized (401) where the header holds no valid token for this service address; Undelivered without any keys."""
        kind, _, token = authorization.partition(" ")
        try:
            if kind != "Bearer":
                raise jwt.InvalidTokenError
            key = await self._key(str(jwt.get_unverified_header(token).get("kid")), client)
            claims = jwt.decode(
                token,
                jwt.PyJWK(key).key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=ISSUER,
                leeway=CLOCKS_DIFFER,
                options={"require": ["exp", "nbf", "iss", "aud"]},
            )
        except (jwt.PyJWTError, UnicodeError):
            raise Unauthorized("The token is wrong.") from None
        if not service_url or claims.get("serviceurl") != service_url:  # or replies could be led elsewhere
            raise Unauthorized("The token is for another service.")

    async def _key(self, id: str, client: Client) -> dict[str, Any]:
        async with self._lock:
            age = time.monotonic() - self._read_at
            if age > KEYS_LAST or (id not in self._keys and age > KEYS_PAUSE):
                try:
                    await self._read(client)
                except Undelivered:
                    if id not in self._keys:  # or what is known still serves
                        raise
        if id not in self._keys:
            raise jwt.InvalidTokenError
        return self._keys[id]

    async def _read(self, client: Client) -> None:
        if time.monotonic() - self._failed_at < FAILURE_PAUSE:
            raise Undelivered("no keys")
        try:
            where = await client.call("GET", self._openid_url, patience=IMPATIENCE)
            found = await client.call("GET", text_at(where, "jwks_uri"), patience=IMPATIENCE)
        except Undelivered:
            self._failed_at = time.monotonic()
            raise
        self._keys = {text_at(key, "kid"): key for key in objects_at(found, "keys") if _signs_for_teams(key)}
        self._read_at = time.monotonic()


def _signs_for_teams(key: dict[str, Any]) -> bool:
    return text_at(key, "kty") == "RSA" and CHANNEL in (key.get("endorsements") or [])
