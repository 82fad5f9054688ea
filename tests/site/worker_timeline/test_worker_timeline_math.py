"""The time lines in the browser, against Python's."""

import itertools

import pytest

from utils.widgets.worker_timeline import KINDS, WorkerTimeline

STEPS = [
    {"kind": kind, "workers": workers, "pieces": pieces, "exchange": exchange}
    for kind, workers, pieces, exchange in itertools.product(
        KINDS, range(1, 7), (1, 2, 3, 7, 24), (0, 0.5, 4)
    )
]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("worker_timeline/math")


def test_each_block_is_that_of_python(module):
    found = module.call_each([("blocksOf", step) for step in STEPS])
    for step, blocks in zip(STEPS, found, strict=True):
        wanted = WorkerTimeline(**step).blocks
        names = [(b["worker"], b["kind"], b["piece"]) for b in blocks]
        assert sorted(names) == sorted(block[:3] for block in wanted), step
        times = {name: (b["start"], b["end"]) for name, b in zip(names, blocks, strict=True)}
        if step["kind"] == "data" or step["exchange"] == 0:
            assert len(times) == len(blocks)
        mine = sorted((b["worker"], b["kind"], b["piece"], b["start"], b["end"]) for b in blocks)
        for one, other in zip(mine, sorted(wanted), strict=True):
            assert one[:3] == other[:3]
            assert one[3:] == pytest.approx(other[3:], abs=1e-9), step


def test_time_and_share_are_those_of_python(module):
    found = module.call_each([("blocksOf", step) for step in STEPS])
    spans = module.call_each([("span", blocks) for blocks in found])
    shares = module.call_each(
        [("busyShare", blocks, s["workers"]) for blocks, s in zip(found, STEPS, strict=True)]
    )
    for step, seconds, share in zip(STEPS, spans, shares, strict=True):
        demo = WorkerTimeline(**step)
        assert seconds == pytest.approx(demo.seconds), step
        assert share == pytest.approx(demo.busy), step


@pytest.mark.parametrize(("time", "wanted"), [(0, 1), (0.3, 1), (1.2, 3), (99, 0)])
def test_who_computes_at_a_time(module, time, wanted):
    step = {"kind": "pipeline", "workers": 4, "pieces": 4, "exchange": 0.5}
    blocks = WorkerTimeline(**step).blocks
    here = {b.worker for b in blocks if b.kind != "send" and b.start <= time < b.end}
    (drawn,) = module.call_each([("blocksOf", step)])
    assert module.call("computingAt", drawn, time) == len(here) == wanted
