"""Times of calls, on a clock that the test moves."""

import pytest

from utils.timing import time_calls


class Bench:
    """A clock, and a call that takes the next of some durations, then the last one for ever."""

    def __init__(self, *durations):
        self.now, self.calls, self.durations = 0.0, 0, list(durations)

    def call(self):
        self.calls += 1
        self.now += self.durations.pop(0) if len(self.durations) > 1 else self.durations[0]

    def clock(self):
        return self.now


def test_the_first_call_does_not_count_and_the_best_and_the_middle_are_told():
    bench = Bench(100, 3, 5, 2, 9, 4, 3)
    found = time_calls(bench.call, repeats=5, clock=bench.clock)
    assert found.repeats == (5, 2, 9, 4, 3)
    assert (found.best, found.median) == (2, 4)
    assert bench.calls == 7  # one to warm up, one to see how long it takes, five that count


def test_a_short_call_is_made_often_in_each_repeat():
    bench = Bench(0.25)
    found = time_calls(bench.call, repeats=2, warm_up=0, least=1, clock=bench.clock)
    assert bench.calls == 1 + 2 * 5
    assert found.repeats == (0.25, 0.25)


def test_a_clock_that_stands_still_ends():
    bench = Bench(0.0)
    assert time_calls(bench.call, repeats=1, clock=bench.clock).best == 0
    assert bench.calls == 2 + 1000


def test_a_device_is_waited_for_before_each_look_at_the_clock():
    bench, said = Bench(1.0), []

    def clock():
        said.append("clock")
        return bench.clock()

    time_calls(bench.call, repeats=1, least=0.5, wait=lambda: said.append("wait"), clock=clock)
    assert said == ["wait", "clock"] * 4


@pytest.mark.parametrize("wrong", [{"repeats": 0}, {"warm_up": -1}])
def test_nothing_to_repeat_is_refused(wrong):
    with pytest.raises(ValueError, match="repeats must be 1 or more"):
        time_calls(lambda: None, **wrong)
