"""The ring step by step, its bytes, and the time of a step."""

import random

import pytest

from utils.distributed.ring import chunk_to_send, ring_moments
from utils.distributed.scaling import (
    Link,
    fit_link,
    ring_bytes,
    ring_steps,
    star_bytes,
    step_seconds,
)


@pytest.mark.parametrize("world", [2, 3, 4, 6])
def test_all_workers_end_with_the_sums(world):
    draw = random.Random(world)
    values = [[draw.randint(-9, 9) for _ in range(world)] for _ in range(world)]
    moments = ring_moments(values)
    sums = [sum(column) for column in zip(*values, strict=True)]
    assert moments[0] == ("start", values, [[1] * world] * world, [])
    assert [m.phase for m in moments[1:]] == ["add"] * (world - 1) + ["copy"] * (world - 1)
    assert moments[-1].held == [sums] * world and moments[-1].parts == [[world] * world] * world
    # After adding, each worker owns one whole sum, of a chunk of its own.
    half = moments[world - 1]
    whole = [(rank, parts.index(world)) for rank, parts in enumerate(half.parts)]
    assert sum(row.count(world) for row in half.parts) == world
    assert whole == [(rank, (rank + 1) % world) for rank in range(world)]
    assert len(moments) - 1 == ring_steps(world)


def test_each_step_sends_one_chunk_from_each_worker_to_the_next():
    for step, moment in enumerate(ring_moments([[1] * 5] * 5)[1:]):
        assert [source for source, _, _ in moment.sends] == list(range(5))
        assert all(target == (source + 1) % 5 for source, target, _ in moment.sends)
        chunks = [chunk for _, _, chunk in moment.sends]
        assert sorted(chunks) == list(range(5))
        assert chunks == [chunk_to_send(step, rank, 5) for rank in range(5)]


@pytest.mark.parametrize("values", [[], [[1]], [[1, 2]], [[1, 2], [3]], [[1, 2, 3], [1, 2, 3]]])
def test_as_many_chunks_as_workers(values):
    with pytest.raises(ValueError, match="as many chunks as workers"):
        ring_moments(values)


def test_bytes_of_ring_and_star():
    assert [ring_bytes(n, 12.0) for n in (1, 2, 3, 4, 6)] == [0, 12, 16, 18, 20]
    assert [star_bytes(n, 12.0) for n in (1, 2, 3, 6)] == [0, 12, 24, 60]
    assert [ring_steps(n) for n in (1, 2, 5)] == [0, 2, 8]
    for count in (ring_bytes, star_bytes):
        with pytest.raises(ValueError, match="at least 1, got 0"):
            count(0, 1.0)


def test_the_time_of_a_step():
    assert step_seconds(3.0, 2.0, overlap=False) == 5
    assert step_seconds(3.0, 2.0, overlap=True) == 3 and step_seconds(1, 2, overlap=True) == 2
    assert Link(0.5, 4.0).seconds(3, 12.0) == 4 * 0.5 + 16 / 4


def test_a_link_is_found_again():
    worlds, sizes = (2, 2, 3, 4), (1e3, 1e6, 1e5, 4e6)
    for link in (Link(1e-4, 1e9), Link(2e-3, 5e7), Link(0.0, 1e8)):
        seconds = [link.seconds(n, size) for n, size in zip(worlds, sizes, strict=True)]
        found = fit_link(worlds, sizes, seconds)
        assert found.latency == pytest.approx(link.latency, rel=1e-6, abs=1e-9)
        assert found.bandwidth == pytest.approx(link.bandwidth, rel=1e-6)
    shifted = fit_link((2, 2), (1e6, 2e6), (1e-3, 3e-3))  # a line that starts below zero
    assert shifted.latency == 0 and shifted.bandwidth > 0
    falling = fit_link((2, 2), (1e6, 2e6), (3e-3, 1e-3))
    assert falling.latency > 0 and falling.bandwidth > 0


def test_small_messages_count_as_much_as_large_ones():
    link = Link(1e-4, 1e9)
    worlds, sizes = (2,) * 4, (1e2, 1e3, 1e7, 2e7)
    seconds = [link.seconds(2, size) for size in sizes]
    seconds[-1] *= 1.2
    assert fit_link(worlds, sizes, seconds).latency == pytest.approx(link.latency, rel=0.05)


def test_one_size_is_not_enough():
    for worlds, sizes in (((2,), (1e3,)), ((2, 2), (1e3, 1e3)), ((), ())):
        with pytest.raises(ValueError, match="measure at least two sizes"):
            fit_link(worlds, sizes, [1e-3] * len(sizes))
