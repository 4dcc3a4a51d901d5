from pathlib import Path

import pytest

from clara.errors import ClaraError
from clara.settings import read_settings


def test_defaults():
    settings = read_settings({})
    assert (settings.port, settings.conversations) == (5005, None)


def test_values_from_the_environment():
    settings = read_settings({"PORT": "8080", "CONVERSATIONS": "/tmp/c.db"})
    assert (settings.port, settings.conversations) == (8080, Path("/tmp/c.db"))


def test_empty_value_is_the_default():
    assert read_settings({"PORT": ""}).port == 5005


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "80.5", "²"])
def test_port_that_cannot_be_says_what_to_do(port):
    with pytest.raises(ClaraError, match="must be a number from 1 to 65535"):
        read_settings({"PORT": port})
