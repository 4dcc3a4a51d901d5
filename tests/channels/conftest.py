"""The channels with a stand-in behind them."""

from functools import partial

import pytest
from standin import Assistant, serving_with


@pytest.fixture
def assistant():
    return Assistant()


@pytest.fixture
def serve(assistant):
    """serving_with() for the stand-in."""
    return partial(serving_with, assistant)


@pytest.fixture
def client(serve):
    with serve() as client:
        yield client


@pytest.fixture(scope="module")
def unlimited():
    """A client that may send as much as it likes."""
    with serving_with(Assistant(), limits={"session_rate": 10**6, "address_rate": 10**6, "turns": 10**6}) as client:
        yield client
