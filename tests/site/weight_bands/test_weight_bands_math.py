"""The weights, signals and outputs of the demo, against torch."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.weight_bands import FARTHEST, PLACES, WeightBands

STATES = [
    {"share": share, "reach": reach, "shift": shift}
    for share, reach, shift in itertools.product(
        (False, True), (0, 1, 2, 7, 14, 15), (0, 1, 4, 11)
    )
]
LARGEST = 4.6  # output that the picture has room for


@pytest.fixture(scope="module")
def found(open_module):
    """What the module says of each state: matrix, output, outline, verdict, count."""
    names = ("matrix", "output", "outline", "movesAlong", "freeWeights")
    calls = [(name, state) for state in STATES for name in names]
    answers = iter(open_module("weight_bands/math").call_each(calls))
    return [{name: next(answers) for name in names} for _ in STATES]


def test_weights_and_outputs_are_those_of_python(found):
    for state, seen in zip(STATES, found, strict=True):
        demo = WeightBands(**state)
        assert_same(torch.tensor(seen["matrix"], dtype=torch.float64), demo.matrix)
        assert_same(torch.tensor(seen["output"], dtype=torch.float64), demo.output)
        assert seen["movesAlong"] == demo.moves_along
        assert seen["freeWeights"] == demo.free


def test_shared_weights_are_a_convolution_of_torch(found):
    for state, seen in zip(STATES, found, strict=True):
        if state["share"]:
            demo = WeightBands(**state)
            x, v = demo.signal[None, None], demo.kernel[None, None]
            wanted = F.conv1d(x, v, padding=state["reach"])[0, 0]
            assert_same(torch.tensor(seen["output"], dtype=torch.float64), wanted)


def test_the_count_is_that_of_the_weights_that_differ(found):
    for state, seen in zip(STATES, found, strict=True):
        places = torch.arange(PLACES)
        distance = places - places[:, None]
        is_in = distance.abs() <= state["reach"]
        cells = distance[is_in].unique() if state["share"] else distance[is_in]
        assert seen["freeWeights"] == len(cells)


def test_outlines_are_the_first_output_moved(found):
    for state, seen in zip(STATES, found, strict=True):
        shift = state["shift"]
        before = WeightBands(**{**state, "shift": 0}).output
        assert seen["outline"][:shift] == [None] * shift
        moved = torch.tensor(seen["outline"][shift:], dtype=torch.float64)
        assert_same(moved, before[: PLACES - shift])


def test_the_output_moves_along_where_weights_are_shared(found):
    for state, seen in zip(STATES, found, strict=True):
        assert seen["movesAlong"] == (state["share"] or state["shift"] == 0)


def test_copies_count_equal_cells(open_module):
    cells = [(row, column) for row in (0, 3, 15) for column in (0, 2, 15)]
    calls = [("copies", state, *cell) for state in STATES for cell in cells]
    for (_, state, row, column), count in zip(
        calls, open_module("weight_bands/math").call_each(calls), strict=True
    ):
        distance = abs(column - row)
        wanted = (PLACES - distance if state["share"] else 1) * (distance <= state["reach"])
        assert count == wanted, (state, row, column)


def test_all_outputs_fit_into_the_picture(open_module):
    states = [
        {"share": share, "reach": reach, "shift": shift}
        for share in (False, True)
        for reach in range(PLACES)
        for shift in range(FARTHEST + 1)
    ]
    calls = [("output", state) for state in states]
    outputs = torch.tensor(open_module("weight_bands/math").call_each(calls))
    assert 0.9 * LARGEST < outputs.abs().max() < LARGEST


def test_the_story_goes_from_full_to_shared_to_a_band(open_module):
    module = open_module("weight_bands/math")
    state = {"share": False, "reach": 15, "shift": 0}
    told = [state]
    while (state := module.call("nextScene", state)) is not None:
        told.append(state)
    counts = [WeightBands(**state).free for state in told]
    assert counts == sorted(counts, reverse=True)
    assert (counts[0], counts[-1]) == (256, 5) and 31 in counts
    assert 7 not in counts  # the task is left to the reader
    for before, after in itertools.pairwise(told):
        assert sum(before[name] != after[name] for name in before) == 1
    assert module.call("nextScene", {"share": True, "reach": 9, "shift": 11})["share"]
