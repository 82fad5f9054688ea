"""The arithmetic of the demo, against the simulation of the book and against torch."""

import pytest
import torch

from utils.distributed.ring import chunk_to_send, ring_moments
from utils.distributed.scaling import ring_bytes, ring_steps, star_bytes
from utils.widgets.ring_steps import numbers


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("ring_steps/math")


def test_the_numbers_are_those_of_python(math):
    for world in (3, 4, 5, 6):
        places = [(w, c) for w in range(world) for c in range(world)]
        found = math.call_each([("startNumber", *place) for place in places])
        assert found == torch.tensor(numbers(world)).flatten().tolist()


@pytest.mark.parametrize("world", [2, 3, 4, 5, 6, 9])
def test_each_step_is_that_of_the_simulation(math, world):
    values = numbers(world)
    moments = ring_moments(values)
    found = math.call_each([("after", step, world) for step in range(len(moments))])
    for moment, now in zip(moments, found, strict=True):
        assert now == {"held": moment.held, "parts": moment.parts}
    sums = torch.tensor(values).sum(0).tolist()
    assert found[-1]["held"] == [sums] * world
    calls = [("chunkToSend", s, w, world) for s in range(ring_steps(world)) for w in range(world)]
    assert math.call_each(calls) == [chunk_to_send(*call[1:]) for call in calls]
    adding = math.call_each([("adds", step, world) for step in range(len(moments) - 1)])
    assert adding == [moment.phase == "add" for moment in moments[1:]]


def test_what_is_sent_is_what_python_counts(math):
    for world in (2, 3, 4, 5, 6, 9):
        steps, star = math.call_each([("steps", world), ("starSent", world)])
        assert steps == ring_steps(world) and star == star_bytes(world, 1)
        assert math.call("ringSent", steps, world) == pytest.approx(ring_bytes(world, 1))
        assert math.call("ringSent", 0, world) == 0
