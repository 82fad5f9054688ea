"""The arithmetic of the demo, against torchvision and the Python side."""

import random

import pytest
import torch
from torchvision.ops import box_convert

from utils.boxes.formats import FORMATS
from utils.widgets.box_formats import COLUMNS, COUNTS, ROWS, BoxFormats


@pytest.fixture(scope="module")
def boxes():
    draw = random.Random(0)
    pairs = [
        (sorted(draw.sample(range(COLUMNS + 1), 2)), sorted(draw.sample(range(ROWS + 1), 2)))
        for _ in range(40)
    ]
    return [[x[0], y[0], x[1], y[1]] for x, y in pairs] + [[0, 0, COLUMNS, ROWS], [15, 11, 16, 12]]


def test_the_numbers_are_those_of_torchvision_and_of_python(open_module, boxes):
    cases = [(box, notation, count) for box in boxes for notation in FORMATS for count in COUNTS]
    found = open_module("box_formats/math").call_each([("numbersOf", *case) for case in cases])
    for (box, notation, count), numbers in zip(cases, found, strict=True):
        demo = BoxFormats(box=tuple(box), count=count)
        assert numbers == demo.numbers(notation).tolist()
        if count == "edges":
            edges = torch.tensor(box, dtype=torch.float64)
            assert numbers == box_convert(edges, "xyxy", notation).tolist()
    by_pixels = {
        tuple(box): numbers
        for (box, notation, count), numbers in zip(cases, found, strict=True)
        if (notation, count) == ("xyxy", "pixels")
    }
    for (left, top, right, bottom), numbers in by_pixels.items():
        picture = torch.zeros(ROWS, COLUMNS)
        picture[top:bottom, left:right] = 1
        places = picture.nonzero()
        first, last = places[0].flip(0).tolist(), places[-1].flip(0).tolist()
        assert numbers == [*first, *last]


def test_the_points_are_the_first_numbers(open_module, boxes):
    box = boxes[0]
    points = open_module("box_formats/math").call_each(
        [("pointsOf", box, notation, "edges") for notation in FORMATS]
    )
    demo = BoxFormats(box=tuple(box))
    assert points[0] == [[*box[:2]], [*box[2:]]]
    assert [points[1], points[2]] == [[demo.numbers(n).tolist()[:2]] for n in ("xywh", "cxcywh")]


def test_a_box_stays_whole_and_inside_wherever_it_is_moved_or_pulled(open_module, boxes):
    draw, calls, given = random.Random(1), [], []
    for box in boxes:
        rows, columns = draw.randint(-20, 20), draw.randint(-20, 20)
        place = [draw.uniform(-4, 20), draw.uniform(-4, 16)]
        corner = {"isRight": draw.random() < 0.5, "isLow": draw.random() < 0.5}
        calls += [("moved", box, rows, columns), ("pulled", box, corner, place)]
        given.append((box, corner, place))
    found = open_module("box_formats/math").call_each(calls)
    for box in found:
        BoxFormats(box=tuple(box))  # refuses one that is not inside
    for (box, _, _), after in zip(given, found[::2], strict=True):
        sizes = [[b[2] - b[0], b[3] - b[1]] for b in (box, after)]
        assert sizes[0] == sizes[1]
    for (box, corner, place), after in zip(given, found[1::2], strict=True):
        for axis, is_far in enumerate((corner["isRight"], corner["isLow"])):
            pulled, kept = (axis + 2, axis) if is_far else (axis, axis + 2)
            assert after[kept] == box[kept]
            low, high = (box[axis] + 1, 99) if is_far else (-99, box[axis + 2] - 1)
            wanted = min(max(place[axis], low, 0), high, (COLUMNS, ROWS)[axis])
            assert abs(after[pulled] - wanted) <= 0.5


def test_moving_goes_as_far_as_asked_where_there_is_room(open_module):
    calls = [("moved", [2, 3, 7, 11], -1, 4), ("moved", [2, 3, 7, 11], 5, -9)]
    found = open_module("box_formats/math").call_each(calls)
    assert found == [[6, 2, 11, 10], [0, 4, 5, 12]]
