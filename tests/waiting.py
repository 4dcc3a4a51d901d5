"""Waiting for what happens soon."""

import time


def wait_until(happens, seconds=30, told=str):
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, told()
        time.sleep(0.1)
