"""A clock that leaps, as on a machine that is busy with something else."""

import time
import timeit
import warnings
from collections.abc import Callable

LEAP = 60.0  # seconds
NAMES = ("perf_counter", "process_time")


class BusyClock:
    """A clock that runs as ``clock`` does, but for the leaps before each look while it is busy.

    A span between two looks seems to last minutes, and a later one longer than an earlier one.
    What was leapt over is never given back: the clock does not run backwards.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock, self.busy = clock, False
        self.looks, self.ahead = 0, 0.0

    def __call__(self) -> float:
        """Return the seconds of the clock, with all leaps so far."""
        if self.busy:
            self.looks += 1
            self.ahead += LEAP * self.looks
        return self.clock() + self.ahead


def install() -> None:
    """Put a clock that can leap in the place of those with which a page may measure."""
    for name in NAMES:
        setattr(time, name, BusyClock(getattr(time, name)))
    timeit.default_timer = time.perf_counter
    # matplotlib judges by the clock itself: it would complain where the best place took a leap.
    warnings.filterwarnings("ignore", 'Creating legend with loc="best" can be slow')


def leap(busy: bool) -> None:
    """Let the installed clocks leap from now on, or no longer."""
    for name in NAMES:
        clock = getattr(time, name)
        clock.busy, clock.looks = busy, 0
