"""One message at a time in each conversation: in this process, or through Redis in all of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio import Redis
from redis.exceptions import LockError as NotLocked
from redis.exceptions import RedisError

from clara.settings import read_settings

# Of a lock in Redis, in seconds: longer than a message may take; if its process is killed, the conversation goes on after that.
LIFETIME = 15.0
WAIT = 10.0  # seconds; whoever waits has had an apology by then
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
        url = read_settings().redis_url
        self._redis = Redis.from_url(url) if url else None
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # without those that nobody holds or awaits

    def lock(  # type: ignore[override]  # Rasa names its lifetimes and pauses, which nobody sets
        self, conversation_id: str, *_: float, **__: float
    ) -> AbstractAsyncContextManager[None]:
        """Hold a conversation's lock; LockError where it can't be had."""
        return self._in_redis(self._redis, conversation_id) if self._redis else self._in_process(conversation_id)

    @asynccontextmanager
    async def _in_process(self, conversation_id: str) -> AsyncIterator[None]:
        lock = self._here.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            yield

    @asynccontextmanager
    async def _in_redis(self, redis: "Redis[bytes]", conversation_id: str) -> AsyncIterator[None]:
        lock = redis.lock(f"{KEY}{conversation_id}", timeout=LIFETIME, sleep=SLEEP, blocking_timeout=WAIT)
        try:
            held = await lock.acquire()
        except (RedisError, OSError) as error:
            raise LockError(f"Redis doesn't answer: {type(error).__name__}") from None
        if not held:
            raise LockError("Another message of this conversation is still at work.")
        try:
            yield
        finally:
            with suppress(NotLocked, RedisError, OSError):  # it ends by itself
                await lock.release()
