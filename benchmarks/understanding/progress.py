"""How far long work has got, on standard error: a bar with the time left on a terminal, a line every tenth elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from tqdm import tqdm


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how far the work is; yields what to call after each piece, from any thread.

    Args:
        what: is done, in a word or three.
        total: how many pieces there are.
    """
    on_terminal, started, done, one_at_a_time = sys.stderr.isatty(), time.monotonic(), 0, Lock()

    def step() -> None:
        nonlocal done
        with one_at_a_time:
            done += 1
            bar.update()
            if not on_terminal and 10 * done // total > 10 * (done - 1) // total:
                left = (time.monotonic() - started) / done * (total - done)
                print(f"{what}: {100 * done // total} %, {tqdm.format_interval(left)} left", file=sys.stderr, flush=True)

    with tqdm(total=total, desc=what, unit=" messages", disable=not on_terminal) as bar:
        yield step
