"""Remembers the latest of many ids: in this process, or in Redis for all processes."""

import hashlib
from collections import OrderedDict
from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import RedisError

from clara.redis_connections import CONNECTIONS

MOST = 10_000
AT_WORK_SECONDS = 60  # for which Redis remembers an id that isn't answered yet: if its process ends, it may be delivered again


class Recent:
    """A set of ids that forgets the oldest when it is full: nobody can fill the memory with them."""

    def __init__(self, most: int = MOST) -> None:
        """Empty; it holds `most` ids."""
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def add(self, id: str) -> bool:
        """Put an id in; whether it is new."""
        if id in self._ids:
            return False
        self._ids[id] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True

    def discard(self, id: str) -> None:
        """Take an id out, if it is there."""
        self._ids.pop(id, None)


class Delivered:
    """The ids of deliveries: each is new once."""

    def __init__(self, redis_url: str, seconds: float) -> None:
        """None has come yet.

        Args:
            redis_url: the Redis that all processes look into; may be empty.
            seconds: for which Redis remembers what was answered.
        """
        self._redis = Redis.from_url(redis_url, **CONNECTIONS) if redis_url else None
        self._seconds = int(seconds)
        self._here = Recent()

    async def is_new(self, id: str) -> bool:
        """Whether an id comes for the first time; it doesn't any more."""
        if self._redis:
            with suppress(RedisError, OSError):  # rather an answer twice than none
                return bool(await self._redis.set(_key(id), 1, nx=True, ex=AT_WORK_SECONDS))
        return self._here.add(id)

    async def answered(self, id: str) -> None:
        """An id won't be new for long."""
        if self._redis:
            with suppress(RedisError, OSError):
                await self._redis.set(_key(id), 1, ex=self._seconds)


def _key(id: str) -> str:
    return f"ask-clara:delivered:{hashlib.sha256(id.encode('utf-8', 'replace')).hexdigest()}"
