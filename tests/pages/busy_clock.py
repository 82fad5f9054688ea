"""A clock that leaps, as on a machine that is busy with something else."""

import itertools
import time
import timeit
from collections.abc import Callable

LEAP = 60.0  # seconds, before every third look at the clock
# A cell that fails where the machine is busy.
JUDGED_BY_A_CLOCK = """from time import perf_counter
for _ in range(2):
    start = perf_counter()
    assert perf_counter() - start < 1"""


def leaping(clock: Callable[[], float]) -> Callable[[], float]:
    """Return a clock that runs as ``clock`` does, but for the leaps.

    Of the spans between two looks each, the first has no leap, and the third has one: what is
    measured later seems to take longer.
    """
    looks = itertools.count(1)
    return lambda: clock() + LEAP * (next(looks) // 3)


def switch_on() -> None:
    """Let the clocks with which a page may measure leap from now on."""
    for name in ("perf_counter", "process_time"):
        setattr(time, name, leaping(getattr(time, name)))
    timeit.default_timer = time.perf_counter
