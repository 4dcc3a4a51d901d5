"""Remembers the latest of many ids: in this process, or in Redis for all processes."""

import hashlib
from collections import OrderedDict

from redis.asyncio import Redis
from redis.exceptions import RedisError

MOST = 10_000
SECONDS = 3600  # for which Redis remembers an id; conversations remember the ids of their messages for longer


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

    def __init__(self, redis_url: str) -> None:
        """None has come yet; `redis_url` is the Redis that all processes look into, and may be empty."""
        self._redis = Redis.from_url(redis_url) if redis_url else None
        self._here = Recent()

    async def is_new(self, id: str) -> bool:
        """Whether an id comes for the first time; it doesn't any more."""
        if self._redis:
            key = f"ask-clara:delivered:{hashlib.sha256(id.encode('utf-8', 'replace')).hexdigest()}"
            try:
                return bool(await self._redis.set(key, 1, nx=True, ex=SECONDS))
            except (RedisError, OSError):
                pass  # rather an answer twice than none
        return self._here.add(id)
