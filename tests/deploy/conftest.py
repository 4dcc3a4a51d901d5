"""nginx in front of a stand-in for the assistant."""

from contextlib import contextmanager

import pytest
from proxy import UNLIMITED, proxy_before
from standin import Assistant, serving_with


@pytest.fixture(scope="module")
def behind():
    """Starts a stand-in for the assistant as it stands behind nginx, its channel for tools left on."""

    @contextmanager
    def start(assistant, **limits):
        with serving_with(assistant, proxies=1, limits=UNLIMITED | limits) as server:
            yield server

    return start


@pytest.fixture(scope="module")
def proxy(behind, tmp_path_factory):
    with behind(Assistant()) as server, proxy_before([server.address], tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy
