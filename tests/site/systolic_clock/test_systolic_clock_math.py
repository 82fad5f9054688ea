"""The arithmetic of the demo, against torch and against the simulation of the book."""

import itertools
import random

import pytest
import torch
import torch.nn.functional as F

from utils import systolic
from utils.widgets.systolic_clock import SystolicClock, factors

PLANS = [
    {"array": array, "size": size, "products": products}
    for array, size, products in itertools.product((2, 3, 5), (1, 4, 5), (1, 2))
]
PLANS += [{"array": 4, "size": 8, "products": 1}, {"array": 4, "size": 10, "products": 1}]


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("systolic_clock/math")


def streams(plan):
    """The tiles of both factors in the order in which they enter, and what is no padding."""
    array, size = plan["array"], plan["size"]
    side = -(-size // array)
    room = side * array - size
    left, top, real = [], [], []
    for a, b in zip(*factors(size, plan["products"]), strict=True):
        rows = F.pad(a, (0, 0, 0, room)).split(array)
        columns = F.pad(b, (0, room)).split(array, dim=1)
        inside = F.pad(torch.ones(size, size), (0, room, 0, room)).bool()
        for i, j in itertools.product(range(side), repeat=2):
            left.append(rows[i])
            top.append(columns[j])
            part = inside[array * i : array * (i + 1), array * j : array * (j + 1)]
            real.append(part)
    return torch.stack(left), torch.stack(top), torch.stack(real)


def test_the_entries_are_those_of_python(math):
    a, b = factors(10, 8)
    places = list(itertools.product(range(8), range(10), range(10)))
    for name, wanted in (("leftEntry", a), ("rightEntry", b)):
        found = math.call_each([(name, *place) for place in places])
        assert found == wanted.flatten().tolist()


def test_cells_hold_what_the_simulation_says(math):
    draw = random.Random(0)
    for plan in PLANS:
        left, top, real = streams(plan)
        moments = list(systolic.output_stationary(left, top))
        size = plan["size"]
        times = draw.sample(range(len(moments)), min(12, len(moments)))
        places = list(itertools.product(range(plan["array"]), repeat=2))
        asked = [(i, j, time) for time in times for i, j in places]
        cells = math.call_each([("cell", plan, *place) for place in asked])
        for (i, j, time), cell in zip(asked, cells, strict=True):
            step = time - i - j
            assert cell["isNow"] == moments[time].busy[i, j].item()
            if step < 0:
                assert cell["state"] == "waiting" and cell["sum"] is None
                continue
            step = min(step, len(real) * size - 1)
            if not real[step // size, i, j]:
                assert cell["state"] == "waste"
                continue
            assert cell["sum"] == moments[time].sums[i, j].item()
            assert (cell["state"] == "complete") == (step % size == size - 1)


def test_lanes_bring_the_rows_and_columns(math):
    for plan in PLANS:
        left, top, _ = streams(plan)
        rows = left.transpose(0, 1).flatten(1)
        columns = top.permute(2, 0, 1).flatten(1)
        for name, wanted in (("fromLeft", rows), ("fromAbove", columns)):
            places = list(itertools.product(range(len(wanted)), range(wanted.shape[1])))
            found = math.call_each([(name, plan, *place) for place in places])
            assert found == wanted.flatten().tolist()


def test_counts_and_shares_are_those_of_the_simulation(math):
    for plan in PLANS:
        demo, size = SystolicClock(**plan), plan["size"]
        left, top, real = streams(plan)
        busy = torch.stack([now.busy for now in systolic.output_stationary(left, top)])
        useful = [0] * len(busy)
        for time, i, j in busy.nonzero().tolist():
            useful[time] += real[(time - i - j) // size, i, j].item()
        calls = [(name, plan) for name in ("working", "cycles", "tiles", "utilisation")]
        working, cycles, tiles, share = math.call_each(calls)
        assert working == useful and cycles == len(busy) == demo.cycles
        assert tiles == demo.tiles and share == pytest.approx(demo.utilisation)
        assert sum(useful) == plan["products"] * size**3


def test_the_result_fills_up_tile_by_tile(math):
    for plan in PLANS:
        size, array = plan["size"], plan["array"]
        side, cycles = -(-size // array), math.call("cycles", plan)
        for time in range(-1, min(cycles, 60)):
            table = math.call("result", plan, time)
            steps = plan["products"] * side**2 * size
            product = min(max(time, 0), steps - 1) // (size * side**2)
            for row, column in itertools.product(range(size), repeat=2):
                tile = product * side**2 + row // array * side + column // array
                own = time - row % array - column % array - tile * size
                wanted = "open" if own < 0 else "current" if own < size - 1 else "ready"
                assert table[row][column] == wanted
        last = math.call("result", plan, cycles - 1)
        assert {fate for row in last for fate in row} == {"ready"}
