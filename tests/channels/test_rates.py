import asyncio

import pytest

from clara.channels.rates import Rates
from clara.channels.rejection import Rejection
from clara.settings import Limits, Settings

LIMITS = Limits(address_rate=3, session_rate=3, turns=5, session_hours=1)


def taken(count, keys):
    """How many of these are taken before the first rejection, in one go."""

    async def run():
        for number, key in enumerate(keys):
            try:
                await count(key)
            except Rejection:
                return number
        return len(keys)

    return asyncio.run(run())


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::1", "[2001:db8::1]", "::ffff:203.0.113.7", "unknown"])
def test_messages_of_an_address_are_counted(address):
    assert taken(Rates(Settings(limits=LIMITS)).count_address, [address] * 9) == 3


def test_household_is_one_address():
    assert taken(Rates(Settings(limits=LIMITS)).count_address, [f"2001:db8::{number}" for number in range(9)]) == 3


def test_addresses_are_counted_apart():
    assert taken(Rates(Settings(limits=LIMITS)).count_address, [f"203.0.113.{number}" for number in range(9)]) == 9


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "[::1]", "127.8.8.8", "::ffff:127.0.0.1"])
def test_machine_itself_is_not_counted(address):
    assert taken(Rates(Settings(limits=LIMITS)).count_address, [address] * 9) == 9


def test_messages_of_a_conversation_are_counted():
    assert taken(Rates(Settings(limits=LIMITS)).count_message, ["a"] * 9) == 3
    assert taken(Rates(Settings(limits=LIMITS)).count_message, list("abcdefghi")) == 9


def test_turns_of_a_conversation_are_counted():
    rates = Rates(Settings(limits=Limits(session_rate=100, turns=5)))
    assert taken(rates.count_message, ["a"] * 9) == 5
    with pytest.raises(Rejection) as rejected:
        asyncio.run(rates.count_message("a"))
    assert rejected.value.reason == "session_over"


def test_rejection_says_how_long_to_wait():
    rates = Rates(Settings(limits=LIMITS))
    assert taken(rates.count_message, ["a"] * 9) == 3
    with pytest.raises(Rejection) as rejected:
        asyncio.run(rates.count_message("a"))
    assert rejected.value.reason == "too_fast"
    assert 1 <= rejected.value.retry_after <= 21  # a message every 20 s
