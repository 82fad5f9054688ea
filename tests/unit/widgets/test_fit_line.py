"""The Python side of the demo that fits a line."""

import math

import numpy as np
import pytest
import torch
import traitlets
from scipy.optimize import lsq_linear

from utils.checks import assert_same
from utils.widgets.fit_line import BOUND, PRESETS, FitLine


def test_a_preset_fills_the_points_and_points_name_their_preset():
    demo = FitLine(preset="curve")
    assert demo.points == PRESETS["curve"]
    demo.points = PRESETS["two points"]
    assert demo.preset == "two points"
    demo.points = [(0, 1)]
    assert demo.preset == "custom"
    demo.preset = "custom"
    assert demo.points == ((0.0, 1.0),)
    assert FitLine(preset="curve", points=[[1, 2]]).preset == "custom"


@pytest.mark.parametrize(
    "given",
    [[(1, 2), (3, -4)], np.array([[1, 2], [3, -4]]), torch.tensor([[1.0, 2.0], [3.0, -4.0]])],
    ids=["pairs", "array", "tensor"],
)
def test_points_are_taken_from_sequences_arrays_and_tensors(given):
    assert FitLine(points=given).points == ((1.0, 2.0), (3.0, -4.0))


@pytest.mark.parametrize(
    "bad",
    [[], [1, 2], [[1, 2, 3]], [[1], [1, 2]], [[0, 4.1]], [[math.nan, 0]], [[0, math.inf]]]
    + [13 * [[0, 0]], "ab", None, 3],
)
def test_other_points_are_refused_with_the_bounds(bad):
    demo = FitLine()
    with pytest.raises(traitlets.TraitError, match="1 to 12 pairs of numbers from -4 to 4, got"):
        demo.points = bad
    assert demo.points == PRESETS["cloud"]


@pytest.mark.parametrize("name", ["slope", "intercept"])
@pytest.mark.parametrize("bad", [4.01, -5, math.nan, math.inf, "1"])
def test_slope_and_intercept_have_bounds(name, bad):
    with pytest.raises(traitlets.TraitError):
        FitLine(**{name: bad})


def test_the_controls_and_what_travels_beside_them():
    assert FitLine.controls() == ["intercept", "points", "preset", "slope"]
    assert FitLine().asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        FitLine().presets = {}


@pytest.mark.parametrize("name", PRESETS)
def test_every_property_is_torchs(name):
    demo = FitLine(preset=name, slope=0.7, intercept=-1.3)
    x, y = torch.tensor(PRESETS[name], dtype=torch.float64).T
    layer = torch.nn.Linear(1, 1).double()
    with torch.no_grad():
        layer.weight.fill_(0.7)
        layer.bias.fill_(-1.3)
    half = torch.nn.functional.mse_loss(layer(x[:, None])[:, 0], y) / 2
    half.backward()
    assert demo.loss == pytest.approx(half.item(), rel=1e-12)
    assert demo.area == pytest.approx(2 * len(x) * half.item(), rel=1e-12)
    assert_same(demo.gradient, torch.cat([layer.weight.grad[0], layer.bias.grad]))
    theirs = torch.linalg.lstsq(demo.inputs, y[:, None], driver="gelsd").solution[:, 0]
    assert_same(demo.best, theirs)
    assert demo.is_unique == (torch.linalg.matrix_rank(demo.inputs) == 2)
    demo.fit()
    fitted = torch.tensor([demo.slope, demo.intercept], dtype=torch.float64)
    assert_same(fitted, theirs)
    assert demo.gradient.abs().max() < 1e-12


def test_points_above_each_other_have_many_best_lines():
    demo = FitLine(preset="one x for all")
    assert (demo.is_unique, demo.condition_number) == (False, math.inf)
    demo.fit()
    lowest = demo.loss
    demo.slope, demo.intercept = demo.slope + 1, demo.intercept - 2  # another line through x = 2
    assert demo.loss == pytest.approx(lowest)
    assert FitLine(points=[(2, 1)]).is_unique is False
    assert FitLine(points=[(2, 1), (2.001, 1)]).condition_number > 1000


def test_fit_stays_within_the_bounds():
    generator = torch.Generator().manual_seed(0)
    outside = 0
    for _ in range(200):
        points = torch.rand(3, 2, generator=generator, dtype=torch.float64) * 8 - 4
        points[:, 0] = points[0, 0] + points[:, 0] / 20
        demo = FitLine(points=points.clamp(-4, 4))
        demo.fit()
        best = lsq_linear(demo.inputs.numpy(), demo.targets.numpy(), (-BOUND, BOUND), tol=1e-14)
        assert demo.area == pytest.approx(2 * best.cost, rel=1e-6, abs=1e-9)
        outside += demo.best.abs().max().item() > BOUND
    assert outside > 50
