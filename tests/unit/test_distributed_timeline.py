"""Time lines of data, tensor and pipeline parallelism: against formulas, and their own rules."""

import itertools

import pytest

from utils.distributed.timeline import (
    busy_share,
    data_timeline,
    held_at_most,
    pipeline_order,
    pipeline_timeline,
    span,
    tensor_timeline,
)

SCHEDULES = ("gpipe", "1f1b")
SIZES = list(itertools.product((1, 2, 3, 4, 6), (1, 2, 3, 5, 12)))
approx = pytest.approx
ALL = {
    "data": data_timeline,
    "tensor": tensor_timeline,
    **{
        name: lambda *counts, name=name, **times: pipeline_timeline(
            *counts, schedule=name, **times
        )
        for name in SCHEDULES
    },
}


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize(("stages", "micro"), SIZES)
def test_a_pipeline_is_idle_while_it_fills_and_empties(stages, micro, schedule):
    blocks = pipeline_timeline(stages, micro, forward=2, backward=3, schedule=schedule)
    assert busy_share(blocks) == approx(micro / (micro + stages - 1))
    assert span(blocks) == approx(5 / stages * (micro + stages - 1) / micro)
    held = [held_at_most(blocks, stage) for stage in range(stages)]
    most = [min(micro, stages - stage) for stage in range(stages)]
    assert held == (most if schedule == "1f1b" else [micro] * stages)


@pytest.mark.parametrize(("workers", "pieces"), SIZES)
def test_sums_behind_layers_delay_all_and_buckets_hide_behind_the_backward_pass(workers, pieces):
    ring = 2 * (workers - 1) / workers
    tensor = tensor_timeline(workers, pieces, exchange=0.3)
    assert span(tensor) == approx(3 / workers + 2 * ring * 0.3)
    # Slow links: the first bucket waits for its gradient, the others for the link.
    first, slow = 1 / workers + 2 / workers / pieces, data_timeline(workers, pieces, exchange=9)
    assert span(slow) == approx(first + ring * 9 if workers > 1 else 3)
    # Fast ones: all but the last bucket are gone before the last gradient is there.
    fast = data_timeline(workers, pieces, exchange=0.01)
    assert span(fast) == approx(3 / workers + ring * 0.01 / pieces)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(("workers", "pieces"), SIZES)
def test_nobody_does_two_things_at_once_and_all_work_is_done(kind, workers, pieces):
    blocks = ALL[kind](workers, pieces, forward=1.5, backward=2.5, exchange=0.7)
    for worker in range(workers):
        own = [block for block in blocks if block.worker == worker]
        # A stage in the middle of a pipeline has a link to each side.
        sends = [b for b in own if b.kind == "send" and kind not in SCHEDULES]
        for lane in ([b for b in own if b.kind != "send"], sends):
            for before, after in itertools.pairwise(sorted(lane, key=lambda b: b.start)):
                assert after.start >= before.end - 1e-12
        for name, seconds in (("forward", 1.5), ("backward", 2.5)):
            done = sum(b.end - b.start for b in own if b.kind == name)
            assert done == approx(seconds / workers)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_stage_waits_for_what_its_neighbour_sends(schedule):
    stages, micro, sending = 3, 4, 0.5 / 4
    blocks = pipeline_timeline(stages, micro, exchange=0.5, schedule=schedule)
    at = {(b.worker, b.kind, b.piece): b for b in blocks if b.kind != "send"}
    assert len(at) == 2 * stages * micro
    for (stage, kind, piece), block in at.items():
        source = stage - 1 if kind == "forward" else stage + 1
        if (source, kind, piece) in at:
            assert block.start >= at[source, kind, piece].end + sending - 1e-12
        elif kind == "backward":
            assert block.start >= at[stage, "forward", piece].end
    assert sum(b.end - b.start for b in blocks if b.kind == "send") == approx(0.5 * 2 * 2)


def test_a_slow_link_of_a_pipeline_sends_one_piece_after_another():
    blocks = pipeline_timeline(2, 4, forward=0.4, backward=0.4, exchange=8)
    # 0.05 for the first piece, four messages of 2 there, then the last backward piece's way back.
    there = 0.05 + 4 * 2
    assert max(b.end for b in blocks if b.kind == "forward") == approx(there + 0.05)
    sends = sorted(b.start for b in blocks if b.kind == "send" and b.worker == 0)
    assert sends == approx([0.05, 2.05, 4.05, 6.05])


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("wrong", [(0, 1), (1, 0)])
def test_nobody_and_nothing_are_refused(kind, wrong):
    with pytest.raises(ValueError, match="at least 1 worker and 1 piece"):
        ALL[kind](*wrong)
    with pytest.raises(ValueError, match="no time below 0"):
        ALL[kind](2, 2, exchange=-1)


def test_an_unknown_schedule_is_refused():
    with pytest.raises(ValueError, match="'gpipe' or '1f1b', got 'zigzag'"):
        pipeline_order(2, 0, 2, "zigzag")
