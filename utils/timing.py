"""How long a call takes: warmed up and repeated; the quickest repeat, and the middle one."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Times(NamedTuple):
    """Seconds a call: ``best`` is the smallest of ``repeats``, ``median`` the middle one."""

    best: float
    median: float
    repeats: tuple[float, ...]


def time_calls(
    call: Callable[[], object],
    *,
    repeats: int = 5,
    warm_up: int = 1,
    least: float = 0.002,
    wait: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Times:
    """Call something again and again, and return how long one call takes.

    Other programs can only add to a time, so the smallest of the repeats is the best guess at
    what the call itself needs; the median says what a user meets.

    Args:
        call: takes nothing; what it returns is thrown away.
        repeats: how many times are measured, 1 or more.
        warm_up: calls before them, which are not measured.
        least: seconds that a repeat lasts, about; a short call is made often in each.
        wait: called before the clock is read, for a device that works on after a call returns,
            such as ``torch.cuda.synchronize``.
        clock: returns seconds; wall time, unless another one is given.

    Raises:
        ValueError: if there is nothing to repeat.
    """
    if repeats < 1 or warm_up < 0:
        raise ValueError(f"repeats must be 1 or more and warm_up 0 or more: {repeats}, {warm_up}")
    for _ in range(warm_up):
        call()
    once = _lasts(call, 1, wait, clock)
    # A clock that has not moved says no more than that the call is short.
    count = 1 if once >= least else min(1000, int(least / max(once, 1e-6)) + 1)
    found = tuple(_lasts(call, count, wait, clock) / count for _ in range(repeats))
    return Times(min(found), statistics.median(found), found)


def _lasts(
    call: Callable[[], object],
    count: int,
    wait: Callable[[], object],
    clock: Callable[[], float],
) -> float:
    wait()
    start = clock()
    for _ in range(count):
        call()
    wait()
    return clock() - start
