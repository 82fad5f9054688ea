"""Fields, sizes and ways of the demo, against torch."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from utils.widgets.receptive_field import PLACES, ReceptiveField

# Kernels, strides and dilations that are even, odd, one, and unlike each other; and all at most.
STACKS = [
    *itertools.product([(3, 3, 3), (2, 4, 3), (1, 5, 2)], [(1, 1, 1), (2, 1, 2)], [(1, 2, 3)]),
    *itertools.product([(3, 3, 3), (2, 2, 5)], [(1, 2, 1)], [(2, 2, 2), (1, 3, 9), (4, 1, 1)]),
    ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    ((5, 5, 5), (2, 2, 2), (9, 9, 9)),
]
NAMES = ("kernel", "stride", "dilation")
STATES = [
    {**dict(zip(NAMES, map(list, stack), strict=True)), "place": index % 5 - PLACES}
    for index, stack in enumerate(STACKS)
]


def levels_in_torch(state):
    """Return the picture and the three layers' outputs for a row of zeros, with gradients."""
    demo = ReceptiveField(**state)
    levels = [torch.zeros(1, 1, demo.side, dtype=torch.float64, requires_grad=True)]
    for kernel, stride, dilation in zip(*(state[name] for name in NAMES), strict=True):
        ones = torch.ones(1, 1, kernel, dtype=torch.float64)
        levels.append(F.conv1d(levels[-1], ones, stride=stride, dilation=dilation))
    return levels


@pytest.fixture(scope="module")
def found(open_module):
    names = ("sizes", "fields", "pixelWays", "facts", "waysDown")
    calls = [(name, state) for state in STATES for name in names]
    answers = iter(open_module("receptive_field/math").call_each(calls))
    return [{name: next(answers) for name in names} for _ in STATES]


def test_sizes_are_those_of_torch(found):
    for state, answer in zip(STATES, found, strict=True):
        levels = levels_in_torch(state)
        assert answer["sizes"] == [level.shape[2] for level in levels]
        assert answer["sizes"][-1] == 2 * PLACES + 1


def test_ways_to_each_number_of_each_level_are_its_gradient(found):
    for state, answer in zip(STATES, found, strict=True):
        levels = levels_in_torch(state)
        output = levels[-1][0, 0, PLACES + state["place"]]
        gradients = torch.autograd.grad(output, levels)
        assert answer["pixelWays"] == gradients[0][0, 0].tolist()
        for seen, gradient in zip(answer["waysDown"], gradients, strict=True):
            ways = torch.zeros_like(gradient[0, 0])
            for number in seen:
                ways[number["index"]] = number["ways"]
            assert torch.equal(ways, gradient[0, 0])


def test_fields_are_the_width_of_the_support(found):
    for state, answer in zip(STATES, found, strict=True):
        levels = levels_in_torch(state)
        for field, level in zip(answer["fields"], levels, strict=True):
            middle = level[0, 0, level.shape[2] // 2]
            seen = torch.autograd.grad(middle, levels[0], retain_graph=True)[0].nonzero()[:, 2]
            assert field == seen.max() - seen.min() + 1


def test_what_is_said_is_counted_in_the_gradient_of_a_picture(found):
    for state, answer in zip(STATES, found, strict=True):
        here, next_one = (ReceptiveField(**{**state, "place": place}) for place in (0, 1))
        ways, others = here.ways > 0, next_one.ways > 0
        assert answer["facts"] == {
            "field": here.field,
            "used": ways.sum().item(),
            "shared": (ways & others).sum().item(),
        }


def test_python_and_the_page_see_the_same_pixels(found):
    for state, answer in zip(STATES, found, strict=True):
        across = torch.tensor(answer["pixelWays"]).long()
        ways = ReceptiveField(**state).ways
        assert torch.equal(ways[ways.sum(1).argmax()] * across.max(), across * ways.max())
        assert ways.sum().item() == across.sum().item() ** 2


def test_fractions_on_the_way_share_a_pixel_and_lose_nothing(open_module):
    between = {"kernel": [3, 3, 3], "stride": [1, 1, 1], "dilation": [1.5, 2, 2.25], "place": 0.5}
    moved = {**STATES[0], "place": 0.25}
    rows = open_module("receptive_field/math").call_each(
        [("pixelWays", between), ("pixelWays", moved), ("pixelWays", {**moved, "place": 0})]
    )
    assert sum(rows[0]) == pytest.approx(27)
    still, mixed = torch.tensor(rows[2]), torch.tensor(rows[1])
    assert torch.allclose(mixed, 0.75 * still + 0.25 * still.roll(1))


def test_ways_through_a_number_lead_up_to_the_output_and_down_to_pixels(open_module):
    state = {
        **STATES[0],
        "kernel": [3, 3, 3],
        "stride": [1, 1, 1],
        "dilation": [1, 1, 1],
        "place": 0,
    }
    pixel, middle, nothing = open_module("receptive_field/math").call_each(
        [
            ("waysThrough", state, 0, 2),
            ("waysThrough", state, 1, 4),
            ("waysThrough", state, 0, 0),
        ]
    )
    assert [sorted(level) for level in pixel] == [[2], [2], [2], [2]]
    assert [sorted(level) for level in middle] == [[4, 5, 6], [4], [2, 3, 4], [2]]
    assert nothing == [[], [], [], []]
