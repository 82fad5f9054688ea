"""The Python side of the demo of polar rings."""

import math

import pytest
import torch
import traitlets
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.widgets.polar_rings import OFFSET, PRESETS, PolarRings, best_line

BLENDS = [step / 20 for step in range(21)]


def counted(demo, angle, offset):
    """How many points a line gets right, counted in plain Python."""
    across, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    pairs = zip(demo.points.tolist(), demo.labels.tolist(), strict=True)
    agree = sum((x * across + y * up > offset) == (label == 1) for (x, y), label in pairs)
    return max(agree, len(demo.points) - agree)


def every_line(points, labels):
    """Of every line that is tried: how many it gets right, and the gap in which it lies."""
    angles = torch.arange(180, dtype=torch.float64) * math.pi / 180
    heights = torch.outer(angles.cos(), points[:, 0]) + torch.outer(angles.sin(), points[:, 1])
    ordered = heights.sort(dim=1).values
    offsets = (ordered[:, 1:] + ordered[:, :-1]) / 2
    agree = ((heights[:, None] > offsets[..., None]) == (labels == 1)).sum(dim=2)
    return torch.maximum(agree, len(labels) - agree), ordered.diff(dim=1), offsets


@pytest.mark.parametrize("name", PRESETS)
def test_a_table_holds_thirty_odd_places_of_each_class_inside_the_picture(name):
    demo = PolarRings(preset=name)
    table = torch.tensor(PRESETS[name])
    assert table.shape == (60, 2) and (table % 2 == 1).all()
    assert demo.labels.tolist() == [0] * 30 + [1] * 30
    for demo.blend in BLENDS:
        assert demo.points.abs().max() < 3.2
        assert torch.pdist(demo.places).min() > 0.19


@pytest.mark.parametrize("name", PRESETS)
def test_points_go_straight_to_the_absolute_value_and_the_angle(name):
    demo = PolarRings(preset=name)
    z = torch.view_as_complex(demo.places)
    ends = demo.places, torch.stack([z.abs(), z.angle()], dim=1)
    for demo.blend in BLENDS:
        assert_same(demo.points, (1 - demo.blend) * ends[0] + demo.blend * ends[1])


@pytest.mark.parametrize("name", PRESETS)
def test_the_accuracy_is_the_better_of_two_counts(name):
    demo = PolarRings(preset=name)
    for number in range(60):
        demo.blend, demo.angle = number / 59, 3 * number
        demo.offset = (number * 37 % 61) / 20 - 1.5
        assert demo.accuracy == pytest.approx(counted(demo, demo.angle, demo.offset) / 60)
    demo.blend, demo.offset = 0, 3.5
    assert demo.accuracy == 0.5  # all points on one side


@pytest.mark.parametrize("name", PRESETS)
def test_the_best_line_is_the_one_in_the_widest_gap_of_those_that_get_most_right(name):
    demo = PolarRings(preset=name)
    for demo.blend in BLENDS:
        right, gaps, offsets = every_line(demo.points, demo.labels)
        widest = gaps.where(right == right.max(), 0)
        angle, row = divmod(widest.argmax().item(), widest.shape[1])
        assert demo.best == pytest.approx((angle, offsets[angle, row].item()))
        assert demo.best_accuracy == right.max().item() / 60
        demo.fit()
        assert (demo.angle, demo.offset) == demo.best
        assert demo.accuracy == demo.best_accuracy
        assert abs(demo.offset) <= OFFSET


def test_of_equal_gaps_the_first_direction_and_the_lowest_offset_win():
    column = torch.tensor([[0.0, 0], [0, 1], [0, 2], [0, 3]], dtype=torch.float64)
    # At 0° all heights are equal, and nothing fits between; the gaps are widest at 90°.
    assert best_line(column, torch.tensor([0, 1, 0, 1])) == pytest.approx((0.75, 90, 0.5))
    square = torch.tensor([[1.0, 1], [1, 3], [3, 1], [3, 3]], dtype=torch.float64)
    assert best_line(square, torch.tensor([0, 0, 1, 1])) == pytest.approx((1, 0, 2))
    assert best_line(square, torch.tensor([1, 0, 1, 0])) == pytest.approx((1, 90, 2))
    twice = torch.tensor([[0.0, 0], [0, 0], [1, 0], [1, 0]], dtype=torch.float64)
    # No line runs between two points at one place.
    assert best_line(twice, torch.tensor([0, 1, 0, 1])) == pytest.approx((0.5, 0, 0.5))
    crossed = best_line(square, torch.tensor([0, 1, 1, 0]))
    assert crossed[0] == 0.75


def test_every_preset_shows_what_it_is_for():
    def best(name, blend):
        return PolarRings(preset=name, blend=blend).best_accuracy

    for name in ("two rings", "half moons", "cluster in a ring"):
        assert best(name, 0) < 0.8 and best(name, 1) == 1
    assert best("two clouds", 0) == 1 and best("two clouds", 1) < 0.8
    moons = PolarRings(preset="half moons", blend=1)
    right, *_ = every_line(moons.points, moons.labels)
    assert right[[0, 90]].max() < 48  # neither r nor θ alone is enough


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("preset", "spiral"),
        ("blend", -0.01),
        ("blend", 1.01),
        ("blend", math.nan),
        ("blend", "1"),
        ("angle", -1),
        ("angle", 181),
        ("angle", 12.5),
        ("offset", 3.51),
        ("offset", -math.inf),
        ("offset", math.nan),
    ],
)
def test_every_control_has_bounds(name, bad):
    assert_refused(PolarRings(), name, bad)


def test_the_tables_travel_beside_the_module_and_are_no_control():
    assert PolarRings.controls() == ["angle", "blend", "offset", "preset"]
    assert PolarRings().asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        PolarRings().presets = {}
    with pytest.raises(TypeError, match="no control 'points'"):
        PolarRings(points=[[0, 0]])
