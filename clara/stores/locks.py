"""One message at a time in each conversation: in this process, or through Redis in all of them."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio import Redis
from redis.exceptions import LockError as NotLocked
from redis.exceptions import RedisError

from clara.redis_connections import CONNECTIONS
from clara.settings import read_settings

SPARE = 8.0  # seconds that a lock in Redis lasts beyond what a message may take: if its process is killed, it ends by itself
SLEEP = 0.02  # seconds between two looks into Redis
KEY = "ask-clara:conversation:"


class ConversationLocks(LockStore):
    """Locks for conversations.

    Rasa's own are looked at once a second. Those in Redis are read and written in two steps, between which another process may
    get the same ticket, and they stop the server while Redis is slow. endpoints.yml names this class.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        """Locks as the settings say: in Redis, if REDIS_URL is set.

        Args:
            endpoint_config: what endpoints.yml says beside the class: nothing.
        """
        super().__init__()
        settings = read_settings()
        self._redis = Redis.from_url(settings.redis_url, **CONNECTIONS) if settings.redis_url else None
        self._lifetime = settings.limits.reply_seconds + SPARE
        self._wait = settings.limits.reply_seconds  # whoever waits has had an apology by then
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # without those that nobody holds or awaits

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: float, **__: float) -> AsyncIterator[None]:  # type: ignore[override]
        """Hold a conversation's lock; LockError where it can't be had. Within a process, whoever came first gets it first."""
        lock = self._here.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            if self._redis is None:
                yield
                return
            async with self._in_redis(self._redis, conversation_id):
                yield

    @asynccontextmanager
    async def _in_redis(self, redis: "Redis[bytes]", conversation_id: str) -> AsyncIterator[None]:
        lock = redis.lock(f"{KEY}{conversation_id}", timeout=self._lifetime, sleep=SLEEP, blocking_timeout=self._wait)
        token = secrets.token_hex(16).encode()
        try:
            try:
                held = await lock.acquire(token=token)
            except (RedisError, OSError) as error:
                raise LockError(f"Redis doesn't answer: {type(error).__name__}") from None
            if not held:
                raise LockError("Another message of this conversation is still at work.")
            yield
        finally:  # also where nobody waits for it any more, or its answer came too late: it may be held all the same
            with suppress(NotLocked, RedisError, OSError):
                await asyncio.shield(lock.do_release(token))
