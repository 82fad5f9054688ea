"""The arithmetic of the demo, against torchvision."""

import random

import pytest
import torch
from torchvision import ops

from utils.checks import assert_same
from utils.widgets.region_pooling import HIGH, LEAST, MAP, MOST, WIDE

CELLS = torch.tensor(MAP, dtype=torch.float64)[None, None]
EDGES = [
    [2.4, 1.6, 7.7, 6.3],
    [0, 0, 12, 8],
    [11.5, 7.5, 12, 8],
    [2.5, 1.5, 3.5, 4.5],
    [0, 0, 0.5, 0.5],
    [3, 2, 6, 5],
]


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("region_pooling/math")


@pytest.fixture(scope="module")
def settings():
    draw = random.Random(0)
    found = [(edge, parts) for edge in EDGES for parts in range(1, MOST + 1)]
    for _ in range(60):
        x, y = draw.uniform(0, WIDE - 1), draw.uniform(0, HIGH - 1)
        box = [x, y, draw.uniform(x + LEAST, WIDE), draw.uniform(y + LEAST, HIGH)]
        found.append((box, draw.randint(1, MOST)))
    return found


def test_the_map_is_that_of_python(math):
    corners = [(x + 0.5, y + 0.5) for y in range(HIGH) for x in range(WIDE)]
    values = math.call_each([("read", *corner) for corner in corners])
    assert values == [value for row in MAP for value in row]


def test_both_methods_are_those_of_torchvision(math, settings):
    for method in ("pool", "align"):
        found = math.call_each([("table", method, box, parts) for box, parts in settings])
        for (box, parts), mine in zip(settings, found, strict=True):
            region = torch.tensor([[0, *box]], dtype=torch.float64)
            if method == "pool":
                theirs = ops.roi_pool(CELLS, region, parts)
            else:
                theirs = ops.roi_align(CELLS, region, parts, 1.0, 2, True)
            assert_same(torch.tensor(mine, dtype=torch.float64), theirs[0, 0])


def test_the_best_cell_lies_in_its_part_and_has_its_number(math, settings):
    found = math.call_each([("pooled", box, parts) for box, parts in settings])
    frames = math.call_each([("usedFrame", box) for box, _ in settings])
    for table, (x1, y1, x2, y2) in zip(found, frames, strict=True):
        for best in sum(table, []):
            if best["row"] < 0:
                assert best["value"] == 0
            else:
                assert MAP[best["row"]][best["column"]] == best["value"]
                assert y1 <= best["row"] < y2 and x1 <= best["column"] < x2


def test_borders_are_rounded_away_from_zero(math):
    found = math.call_each([("rounded", value) for value in (0.5, 1.5, 2.5, 2.49, -2.5)])
    assert found == [1, 2, 3, 2, -3]


def test_areas_count_what_is_asked_for_and_what_pooling_reads(math, settings):
    boxes = [box for box, _ in settings]
    for box, found in zip(boxes, math.call_each([("areas", box) for box in boxes]), strict=True):
        x1, y1, x2, y2 = (int(edge + 0.5) for edge in box)
        cells = torch.zeros(HIGH, WIDE)
        cells[y1 : y2 + 1, x1 : x2 + 1] = 1
        assert found["used"] == cells.sum()
        assert found["asked"] == pytest.approx((box[2] - box[0]) * (box[3] - box[1]))


def test_a_region_stays_whole_and_inside_wherever_it_goes(math, settings):
    draw, calls = random.Random(1), []
    boxes = [[round(edge, 1) for edge in box] for box, _ in settings]
    boxes = [b for b in boxes if b[2] - b[0] >= LEAST and b[3] - b[1] >= LEAST]
    for box in boxes:
        corner = {"isRight": draw.random() < 0.5, "isLow": draw.random() < 0.5}
        calls.append(("moved", box, draw.uniform(-15, 15), draw.uniform(-15, 15)))
        calls.append(("pulled", box, corner, [draw.uniform(-4, 16), draw.uniform(-4, 12)]))
    for (what, box, *_), found in zip(calls, math.call_each(calls), strict=True):
        assert 0 <= found[0] < found[2] <= WIDE and 0 <= found[1] < found[3] <= HIGH
        assert min(found[2] - found[0], found[3] - found[1]) >= LEAST - 1e-9
        if what == "moved":
            assert found[2] - found[0] == pytest.approx(box[2] - box[0])
            assert found[3] - found[1] == pytest.approx(box[3] - box[1])


def test_the_slide_goes_by_thirds_and_stops_at_the_end(math):
    found = math.call_each([("slid", [2, 1, 4, 3]), ("slid", [9.9, 1, 11.9, 3])])
    assert found[0] == pytest.approx([2 + 1 / 3, 1, 4 + 1 / 3, 3]) and found[1] is None
