"""One service after the other, each with a double of its own, and a stand-in for the assistant."""

import pytest
from doubles import talking, those_of


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", those_of(metafunc.function), ids=lambda kind: kind.kind.name)


@pytest.fixture
def service(kind, assistant):
    with talking(kind, assistant) as service:
        yield service
