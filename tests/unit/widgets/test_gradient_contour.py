"""The Python side of the gradient on a contour map."""

import math

import numpy as np
import pytest
import torch
import traitlets
from widget_checks import assert_refused, assert_turns

from utils.checks import assert_gradient, assert_same
from utils.widgets.gradient_contour import FUNCTIONS, GradientContour

# Every surface, where its gradient is zero, and the signs of its curvatures there.
STATIONARY = [
    ("bowl", (0, 0), (1, 1)),
    ("stretched bowl", (0, 0), (1, 1)),
    ("saddle", (0, 0), (-1, 1)),
    ("valley", (1, 0), (1, 1)),
    ("waves", (1, 0), (-1, -1)),
    ("waves", (-1, 2), (-1, -1)),
    ("waves", (-1, 0), (1, 1)),
    ("waves", (0, 1), (-1, 1)),
    ("waves", (-2, -1), (-1, 1)),
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_gradient_agrees_with_finite_differences(name):
    generator = torch.Generator().manual_seed(0)
    points = 4 * torch.rand(50, 2, generator=generator, dtype=torch.float64) - 2
    for point in points:
        demo = GradientContour(function=name, point=point)
        assert_gradient(FUNCTIONS[name], point, demo.gradient)
        assert demo.height == FUNCTIONS[name](point).item()
        # The axes of the demo's curve and the length of its arrows rely on this bound.
        assert demo.gradient.norm() < 4.5


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_slope_is_the_rate_of_change_along_u(name):
    demo = GradientContour(function=name, point=(0.7, -1.1), angle=200)
    p, f = torch.tensor(demo.point, dtype=torch.float64), FUNCTIONS[name]
    change = f(p + 1e-6 * demo.u) - f(p - 1e-6 * demo.u)
    assert demo.slope == pytest.approx(change.item() / 2e-6, abs=1e-7)
    demo.angle = demo.steepest
    assert demo.slope == pytest.approx(demo.gradient.norm().item())
    demo.angle += 180
    assert demo.slope == pytest.approx(-demo.gradient.norm().item())
    demo.angle += 90
    assert demo.slope == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("name", "point", "signs"), STATIONARY)
def test_where_the_gradient_is_zero_there_is_no_steepest_direction(name, point, signs):
    demo = GradientContour(function=name, point=point)
    assert demo.steepest is None
    assert demo.slope == pytest.approx(0, abs=1e-12)
    p = torch.tensor(demo.point, dtype=torch.float64)
    hessian = torch.func.jacrev(torch.func.grad(FUNCTIONS[name]))(p)
    assert tuple(torch.linalg.eigvalsh(hessian).sign().int().tolist()) == signs


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_take_a_whole_grid_of_points(name):
    grid = torch.rand(2, 3, 4, generator=torch.Generator().manual_seed(0))
    heights = FUNCTIONS[name](grid)
    assert heights.shape == (3, 4)
    assert_same(heights[1, 2], FUNCTIONS[name](grid[:, 1, 2]))


@pytest.mark.parametrize(
    "given",
    [(2, -0.5), [2, -0.5], np.array([2, -0.5]), torch.tensor([2, -0.5])],
    ids=["tuple", "list", "array", "tensor"],
)
def test_a_point_is_taken_from_sequences_arrays_and_tensors(given):
    assert GradientContour(point=given).point == (2.0, -0.5)


@pytest.mark.parametrize(
    "bad",
    [
        (0, 2.01),
        (math.nan, 0),
        (0, -math.inf),
        (0,),
        (0, 0, 0),
        ((0, 0),),
        ("1", 0),
        "ab",
        None,
        1,
    ],
)
def test_any_other_point_is_refused_with_the_bounds(bad):
    assert_refused(GradientContour(), "point", bad, "point must be 2 numbers from -2 to 2, got")


def test_an_angle_is_brought_into_one_turn():
    assert_turns(GradientContour)


def test_only_known_functions_are_taken():
    with pytest.raises(traitlets.TraitError):
        GradientContour(function="plain")


def test_the_controls_are_those_of_the_view():
    assert GradientContour.controls() == ["angle", "function", "point"]
    assert repr(GradientContour()) == (
        "GradientContour(angle=115.0, function='stretched bowl', point=(1.4, 1.0))"
    )
