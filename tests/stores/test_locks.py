"""One message at a time in each conversation, here and in Redis."""

import asyncio
import signal
from contextlib import suppress

import pytest
from engines import running_redis
from rasa.core.lock_store import LockError

from clara.stores.locks import ConversationLocks


@pytest.fixture(scope="module")
def redis():
    with running_redis() as redis:
        yield redis


@pytest.fixture(params=["process", "redis"])
def stores(request, monkeypatch):
    """The lock stores of two processes; of one, where there is no Redis."""
    if request.param == "process":
        store = ConversationLocks()
        return store, store
    monkeypatch.setenv("REDIS_URL", request.getfixturevalue("redis").url)
    return ConversationLocks(), ConversationLocks()


def at_work(store, conversation, journal, seconds=0.05):
    async def work():
        async with store.lock(conversation):
            journal.append("begin")
            await asyncio.sleep(seconds)
            journal.append("end")

    return work()


def test_messages_of_a_conversation_follow_each_other(stores):
    journal = []

    async def several():
        await asyncio.gather(*(at_work(stores[number % 2], "a", journal) for number in range(6)))

    asyncio.run(several())
    assert journal == ["begin", "end"] * 6


def test_conversations_do_not_wait_for_each_other(stores):
    journal = []

    async def several():
        await asyncio.gather(*(at_work(stores[number % 2], f"conversation {number}", journal) for number in range(4)))

    asyncio.run(several())
    assert journal == ["begin"] * 4 + ["end"] * 4


def test_lock_is_free_again_after_a_fault(stores):
    async def fails():
        async with stores[0].lock("a"):
            raise OSError("broken")

    async def once_more():
        with pytest.raises(OSError, match="broken"):
            await fails()
        journal = []
        await asyncio.wait_for(at_work(stores[1], "a", journal), 2)
        return journal

    assert asyncio.run(once_more()) == ["begin", "end"]


def test_nobody_waits_for_ever_for_another_process(redis, monkeypatch):
    monkeypatch.setenv("REDIS_URL", redis.url)

    async def two():
        first, second = ConversationLocks(), ConversationLocks()
        second._wait = 0.2
        async with first.lock("b"):
            with pytest.raises(LockError, match="still at work"):
                await at_work(second, "b", [])

    asyncio.run(two())


def test_lock_of_a_process_that_was_killed_ends(redis, monkeypatch):
    monkeypatch.setenv("REDIS_URL", redis.url)

    async def two():
        killed = ConversationLocks()
        killed._lifetime = 0.3
        await killed.lock("c").__aenter__()  # and never to be heard of again
        journal = []
        await at_work(ConversationLocks(), "c", journal)
        return journal

    assert asyncio.run(two()) == ["begin", "end"]


def test_redis_that_is_gone_is_an_error_without_its_address(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://:secret@127.0.0.1:9/0")
    with pytest.raises(LockError, match="Redis doesn't answer: ConnectionError"):
        asyncio.run(at_work(ConversationLocks(), "a", []))


def test_lock_that_was_given_up_while_it_was_taken_is_free(redis, monkeypatch):
    monkeypatch.setenv("REDIS_URL", redis.url)

    async def impatient():
        redis.process.send_signal(signal.SIGSTOP)
        try:
            with suppress(asyncio.TimeoutError, LockError):
                await asyncio.wait_for(at_work(ConversationLocks(), "d", []), 0.3)
        finally:
            redis.process.send_signal(signal.SIGCONT)
        journal = []
        await asyncio.wait_for(at_work(ConversationLocks(), "d", journal), 6)
        return journal

    assert asyncio.run(impatient()) == ["begin", "end"]


def test_whoever_came_first_is_first(stores):
    order = []

    async def one(number):
        async with stores[0].lock("e"):
            order.append(number)
            await asyncio.sleep(0.01)

    async def several():
        await asyncio.gather(*map(one, range(8)))

    asyncio.run(several())
    assert order == list(range(8))
