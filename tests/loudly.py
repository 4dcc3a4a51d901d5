"""For what a test needs and this machine hasn't: continuous integration fails, everybody else is told at the end."""

import os
from typing import NoReturn

import pytest

NOT_TESTED: dict[str, None] = {}  # the reasons, in their order


def skip_loudly(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    NOT_TESTED[reason] = None
    pytest.skip(reason)
