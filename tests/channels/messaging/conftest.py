"""One service after the other, each with a double of its own, and a stand-in for the assistant."""

from contextlib import contextmanager

import pytest
from double import PUBLIC_URL
from doubles import DOUBLES
from standin import serving_with


@contextmanager
def talking(kind, assistant, **settings):
    """A double and a server that know each other."""
    with (
        kind().open() as service,
        serving_with(assistant, public_url=PUBLIC_URL, messaging=service.environment(), **settings) as client,
    ):
        service.server = client.address
        yield service


@pytest.fixture(params=DOUBLES, ids=lambda kind: kind.kind.name)
def kind(request):
    return request.param


@pytest.fixture
def service(kind, assistant):
    with talking(kind, assistant) as service:
        yield service
