"""Lines, shapes and results of the demo, against torch."""

import itertools

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.axis_collapse import LOAVES, AxisCollapse

SETTINGS = [
    {"dim": dim, "reduction": reduction, "keepdim": keepdim}
    for dim, reduction, keepdim in itertools.product(
        range(3), ("sum", "mean", "amax"), (False, True)
    )
]
BLOCK = torch.tensor(LOAVES)


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("axis_collapse/math")


def test_results_and_shapes_are_those_of_python(module):
    for setting in SETTINGS:
        for step in range(1, 5):
            state = {**setting, "step": step}
            count = module.call("countOf", state)
            assert count == min(step, BLOCK.shape[setting["dim"]])
            wanted = AxisCollapse(**state).result
            assert module.call("shapeOf", state) == list(wanted.shape)
            found = torch.tensor(module.call("resultOf", state, count)).float()
            assert_same(found.view(wanted.shape), wanted)
        nothing = module.call("resultOf", setting, 0)
        assert nothing == [None] * wanted.numel()


def test_a_line_holds_the_numbers_of_its_place(module):
    for dim, size in enumerate(BLOCK.shape):
        lines = BLOCK.movedim(dim, -1).reshape(-1, size)
        found = module.call_each([("lineOf", dim, place) for place in range(len(lines))])
        assert found == lines.tolist()


def test_a_cell_flows_to_its_place(module):
    for dim, setting in enumerate(SETTINGS[1::6]):
        assert setting == {"dim": dim, "reduction": "sum", "keepdim": True}
        rest = [size for axis, size in enumerate(BLOCK.shape) if axis != dim]
        places = torch.arange(BLOCK.sum(dim=dim).numel()).view(rest).unsqueeze(dim)
        wide = places.expand(BLOCK.shape)
        for index in itertools.product(*map(range, BLOCK.shape)):
            assert module.call("placeOf", dim, list(index)) == wide[index]
        for place in range(places.numel()):
            at = (places == place).nonzero()[0].tolist()
            target = module.call("targetOf", setting, place)
            assert target == {"inBlock": at, "inResult": at}
            flat = module.call("targetOf", {**setting, "keepdim": False}, place)
            del at[dim]
            assert flat == {"inBlock": target["inBlock"], "inResult": at}


def test_cells_come_in_the_order_of_memory(module):
    assert module.call("cells", [2, 3]) == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    assert module.call("cells", [0, 3]) == []
    assert module.call("cells", []) == [[]]
