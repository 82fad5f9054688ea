"""Where things lie in the image kernel demo: the lens, and the sweep of the window."""

import pytest
import torch
from scipy.spatial import ConvexHull

from utils.widgets.image_kernel import ImageKernel

REACH = 8  # pixels on each side of the largest answer that are passed slowly


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


def inside(values):
    """The answers that count as the largest: all but those near the edges."""
    high, wide = (-(-6 * length // 100) for length in values.shape)
    return values[high:-high, wide:-wide], high, wide


@pytest.mark.parametrize(
    "state",
    [{}, {"preset": "box blur", "stride": 4}, {"photo": "camera", "preset": "Laplacian"}],
)
def test_the_sweep_goes_down_to_the_largest_answer_through_it_and_back(geometry, state):
    values = ImageKernel(**state).output
    rows, columns = values.shape
    found = geometry.call("sweep", values.flatten().tolist(), rows, columns)
    (top, near), (across, far), (bottom, after), (row, column) = found["stops"]
    part, high, wide = inside(values)
    assert values[row, column] == part.max()
    assert high <= row < rows - high and wide <= column < columns - wide
    assert found["start"] == [0, near]
    assert top == across == row
    assert near == max(0, column - REACH) and far == min(columns - 1, column + REACH)
    assert (bottom, after) == (rows - 1, far)


def test_of_equal_answers_the_sweep_takes_the_middle_one(geometry):
    found = geometry.call("sweep", [7] * 900, 30, 30)
    assert found["stops"][-1] == [14, 14]
    assert found["start"] == [0, 14 - REACH]


def test_a_small_output_has_no_stop_outside_and_none_twice(geometry):
    for size in (1, 2, 3, 5):
        found = geometry.call("sweep", list(range(size * size)), size, size)
        stops = [tuple(stop) for stop in found["stops"]]
        assert all(0 <= side < size for stop in [*stops, found["start"]] for side in stop)
        assert len(set(stops)) == len(stops) > 0


def test_the_next_stop_is_the_first_from_anywhere_else_and_none_after_the_last(geometry):
    stops = [[1, 2], [3, 4], [5, 6]]
    places = [[0, 0], [1, 2], [3, 4], [5, 6]]
    found = geometry.call_each([("nextStop", stops, place) for place in places])
    assert found == [*stops, None]
