"""Shares a training's work out over the processor's cores."""

from collections.abc import Callable, Iterable
from typing import Any, List, Tuple, TypeVar

from joblib import Parallel, delayed, parallel_config

Result = TypeVar("Result")


def on_every_core(function: Callable[..., Result], calls: Iterable[Tuple[Any, ...]]) -> List[Result]:
    """Call a function several times, a process a core, on one thread each: its sums then come out the same on any machine.

    Args:
        function: one of a module that is light to import, for the other processes do it too.
        calls: the arguments of each call.

    Returns:
        What the calls gave, in their order.
    """
    with parallel_config("loky", n_jobs=-1, inner_max_num_threads=1):
        results: List[Result] = Parallel()(delayed(function)(*arguments) for arguments in calls)
    return results
