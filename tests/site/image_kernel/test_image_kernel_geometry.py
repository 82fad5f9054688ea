"""Where things lie in the image kernel demo: the lens, and the tour of the window."""

import pytest
import torch
from scipy.spatial import ConvexHull

from utils.widgets.image_kernel import ImageKernel

PARTS = 3


@pytest.fixture
def geometry(open_module):
    return open_module("image_kernel/geometry")


def test_a_lens_is_the_hull_of_both_its_boxes(geometry):
    generator = torch.Generator().manual_seed(1)
    boxes = (200 * torch.rand(300, 2, 4, generator=generator, dtype=torch.float64)).tolist()
    names = ("x", "y", "width", "height")
    pairs = [[dict(zip(names, box, strict=True)) for box in pair] for pair in boxes]
    corners = geometry.call_each([("corners", box) for pair in pairs for box in pair])
    points = [one + two for one, two in zip(corners[0::2], corners[1::2], strict=True)]
    for pair, given, found in zip(
        boxes, points, geometry.call_each([("hull", each) for each in points]), strict=True
    ):
        assert given == [
            [x + i * w, y + j * h] for x, y, w, h in pair for i in (0, 1) for j in (0, 1)
        ]
        expected = ConvexHull(given)
        assert sorted(found) == sorted(given[at] for at in expected.vertices)
        x, y = torch.tensor(found, dtype=torch.float64).T
        area = (x * y.roll(-1) - x.roll(-1) * y).sum() / 2  # positive: counter-clockwise
        assert area.item() == pytest.approx(expected.volume)


def spans(length):
    """The bounds of the parts of one side, and what is left out at its ends."""
    edge = -(-6 * length // 100)
    bounds = [edge + part * (length - 2 * edge) // PARTS for part in range(PARTS + 1)]
    return list(zip(bounds, bounds[1:], strict=False))


@pytest.mark.parametrize("state", [{}, {"preset": "box blur", "stride": 4}, {"photo": "camera"}])
def test_the_tour_stops_at_a_large_and_at_a_small_value_in_turn(geometry, state):
    values = ImageKernel(**state).output
    rows, columns = values.shape
    stops = geometry.call("tour", values.flatten().tolist(), rows, columns)
    assert len(stops) == PARTS**2
    for at, (row, column) in enumerate(stops):
        band, step = divmod(at, PARTS)
        top, bottom = spans(rows)[band]
        left, right = spans(columns)[PARTS - 1 - step if band % 2 else step]
        assert top <= row < bottom and left <= column < right
        part = values[top:bottom, left:right]
        best = part.abs().min() if at % 2 else part.max()
        found = values[row, column].abs() if at % 2 else values[row, column]
        assert found == best


def test_of_equal_values_the_tour_takes_the_middle_one(geometry):
    stops = geometry.call("tour", [7] * 900, 30, 30)
    middles = [round((start + end - 1) / 2 - 0.1) for start, end in spans(30)]
    assert stops[0] == [middles[0]] * 2
    assert stops[3] == [middles[1], middles[2]]  # the second row of parts runs back
    assert stops[8] == [middles[2]] * 2


def test_a_small_output_has_no_stop_outside(geometry):
    for size in (1, 2, 3):
        stops = geometry.call("tour", list(range(size * size)), size, size)
        assert all(0 <= side < size for stop in stops for side in stop)


def test_the_next_stop_is_the_first_from_anywhere_else_and_none_after_the_last(geometry):
    stops = [[1, 2], [3, 4], [5, 6]]
    places = [[0, 0], [1, 2], [3, 4], [5, 6]]
    found = geometry.call_each([("nextStop", stops, place) for place in places])
    assert found == [*stops, None]
