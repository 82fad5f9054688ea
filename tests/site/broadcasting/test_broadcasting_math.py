"""The arithmetic of the broadcasting demo, in Chromium, against torch."""

import itertools

import pytest
import torch

from utils.widgets.broadcasting import OPERATIONS, a_values, b_values


@pytest.fixture
def math(open_module):
    return open_module("broadcasting/math")


def test_result_shapes_are_those_of_torch(math, pairs):
    shapes = math.call_each([("broadcastShape", *pair) for pair in pairs])
    for (pair, expected), shape in zip(pairs.items(), shapes, strict=True):
        assert shape == (None if expected is None else list(expected)), pair


SOURCES = """(module, cases) => cases.map(([shape, result]) => {
    const count = result.reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, (_, flat) => {
        const place = [];
        for (const size of [...result].reverse()) {
            place.unshift(flat % size);
            flat = Math.floor(flat / size);
        }
        return module.flatIndex(shape, module.sourceIndex(shape, place));
    });
})"""


def test_every_result_number_reads_the_number_that_torch_reads(math, pairs):
    wanted = [
        (shape, result) for pair, result in pairs.items() if result is not None for shape in pair
    ]
    found = math.module.evaluate(SOURCES, wanted)
    assert len(found) >= 400
    for (shape, result), places in zip(wanted, found, strict=True):
        own = torch.arange(torch.Size(shape).numel()).view(shape)
        assert places == own.broadcast_to(result).flatten().tolist(), (shape, result)


def test_the_demos_numbers_are_the_same_in_python(math):
    found = math.call_each([("valueAt", name, flat) for name in "ab" for flat in range(40)])
    assert found == a_values((40,)).tolist() + b_values((40,)).tolist()


def test_numbers_meet_as_torch_lets_them_meet(math):
    numbers = list(itertools.product(range(10, 91, 10), range(1, 10)))
    a, b = torch.tensor(numbers).T
    for name, operation in OPERATIONS.items():
        found = math.call_each([("combine", name, *pair) for pair in numbers])
        assert found == operation(a, b).tolist()


def test_presses_lead_through_all_sizes_and_an_axis_in_front_goes(open_module):
    given = [
        ([3, 1], 1, 5),
        ([3, 5], 1, 5),
        ([6, 6], 1, 5),
        ([5, 2], 2, 5),
        ([0], 1, 5),
        ([4], 3, 5),
        ([], 1, 5),
        ([5], 1, 5),
    ]
    found = open_module("broadcasting/math").call_each([("cycled", *each) for each in given])
    assert found == [[3, 2], [3, 1], [6, 1], [2], [1], [2, 1, 4], [2], []]


def test_one_more_axis_stands_in_front_of_both(open_module):
    given = [([4], 2), ([3, 1], 2), ([], 0), ([], 3)]
    found = open_module("broadcasting/math").call_each([("grown", *each) for each in given])
    assert found == [[1, 1, 4], [1, 3, 1], [1], [1, 1, 1, 1]]
