"""The Python side of the demo."""

import itertools

import pytest
import traitlets

from utils.widgets.worker_timeline import KINDS, LAST, TICK, WorkerTimeline


def test_the_answer_of_the_task():
    busy = [WorkerTimeline(pieces=m).busy for m in range(1, 25)]
    assert busy == pytest.approx([m / (m + 4) for m in range(1, 25)])
    assert next(m for m, share in enumerate(busy, start=1) if share >= 0.8) == 16
    assert WorkerTimeline().busy < 0.8  # not solved at the start


def test_one_worker_takes_twelve_seconds_and_the_clock_reaches_every_end():
    for kind, pieces in itertools.product(KINDS, (1, 5, 24)):
        assert WorkerTimeline(kind=kind, workers=1, pieces=pieces).seconds == pytest.approx(12)
        for workers in range(1, 7):
            demo = WorkerTimeline(kind=kind, workers=workers, pieces=pieces, exchange=4)
            assert demo.seconds < LAST * TICK


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "expert"},
        {"workers": 0},
        {"workers": 7},
        {"pieces": 25},
        {"exchange": -1},
        {"time": 225},
    ],
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        WorkerTimeline(**bad)
