"""Redis is started anew while nobody uses it, and nobody notices."""

import asyncio

import pytest
from engines import running_redis
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotConnected

from clara.channels.messaging.recent import Delivered
from clara.channels.rates import Rates
from clara.settings import Settings
from clara.stores.locks import ConversationLocks

AT_ONCE = 8  # as many connections lie idle then
IDLE_SECONDS = 1.2


def locks(url, monkeypatch):
    monkeypatch.setenv("REDIS_URL", url)
    store = ConversationLocks()

    async def hold(number):
        async with store.lock(f"conversation {number}"):
            return True

    return hold


def rates(url, monkeypatch):
    counted = Rates(Settings(redis_url=url))

    async def count(number):
        await counted.count_message(f"session {number}")
        return True

    return count


def deliveries(url, monkeypatch):
    """Of which the new ones are known in Redis, not in this process alone."""
    known = Delivered(url, seconds=60)

    async def deliver(number):
        return await known.is_new(f"message {number}") and not await Delivered(url, seconds=60).is_new(f"message {number}")

    return deliver


async def after_a_restart(redis, use):
    """What comes of uses at once."""
    await asyncio.gather(*map(use, range(AT_ONCE)))
    redis.stop()
    await asyncio.sleep(IDLE_SECONDS)
    redis.start()
    return await asyncio.gather(*map(use, range(AT_ONCE, 2 * AT_ONCE)), return_exceptions=True)


@pytest.mark.parametrize("user", [locks, rates, deliveries])
def test_broken_connections_are_opened_anew(user, monkeypatch):
    with running_redis() as redis:
        assert asyncio.run(after_a_restart(redis, user(redis.url, monkeypatch))) == [True] * AT_ONCE


def test_without_being_told_redis_py_fails_then():
    """On the day that this passes no more, CONNECTIONS is no longer needed."""
    with running_redis() as redis:
        client = Redis.from_url(redis.url)
        told = asyncio.run(after_a_restart(redis, lambda number: client.set(f"key {number}", 1)))
    assert any(isinstance(answer, NotConnected) for answer in told), told
