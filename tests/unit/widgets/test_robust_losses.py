"""The Python side of the demo of robust losses."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.checks import assert_same
from utils.widgets.robust_losses import BOUND, LOSSES, PRESETS, RobustLosses, _l1_line

PLACES = [(3.6, -3.6), (-0.2, -3.8), (0.3, 4.0), (-4.0, 4.0), (1.1, 0.6), (4.0, -4.0)]


def loss(name, predictions, targets, delta):
    if name == "L2":
        return F.mse_loss(predictions, targets) / 2
    if name == "L1":
        return F.l1_loss(predictions, targets)
    return F.huber_loss(predictions, targets, delta=delta)


def test_a_preset_starts_its_outlier_unless_one_is_given():
    demo = RobustLosses(preset="far in x")
    assert demo.outlier == PRESETS["far in x"]["outlier"]
    demo.outlier = (0, 1)
    demo.preset = "no noise"
    assert demo.outlier == PRESETS["no noise"]["outlier"]
    given = RobustLosses(preset="far in x", outlier=(1, 2))
    assert (given.preset, given.outlier) == ("far in x", (1.0, 2.0))
    assert given.points.shape == (9, 2) and given.points[-1].tolist() == [1, 2]


@pytest.mark.parametrize("given", [[1, -2], np.array([1, -2]), torch.tensor([1.0, -2.0])])
def test_a_place_is_taken_from_sequences_arrays_and_tensors(given):
    assert RobustLosses(outlier=given).outlier == (1.0, -2.0)


@pytest.mark.parametrize(
    "bad", [[], [1], [1, 2, 3], [0, 4.1], [math.nan, 0], [0, math.inf], "ab", None, 3]
)
def test_other_places_are_refused_with_the_bounds(bad):
    demo = RobustLosses()
    with pytest.raises(traitlets.TraitError, match="2 numbers from -4 to 4, got"):
        demo.outlier = bad
    assert demo.outlier == PRESETS["at the end"]["outlier"]


@pytest.mark.parametrize("bad", [0, 0.09, 6.1, -1, math.nan, math.inf, "1"])
def test_delta_has_bounds(bad):
    with pytest.raises(traitlets.TraitError):
        RobustLosses(delta=bad)


def test_the_controls_and_what_travels_beside_them():
    assert RobustLosses.controls() == ["delta", "outlier", "preset"]
    assert RobustLosses().asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        RobustLosses().presets = {}
    for preset in PRESETS.values():
        places = torch.tensor((*preset["points"], preset["outlier"]))
        assert places.shape == (9, 2) and places.abs().max() <= BOUND


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("delta", [0.1, 1.0, 6.0])
@pytest.mark.parametrize("outlier", PLACES)
def test_no_step_away_from_a_line_lowers_its_loss(preset, delta, outlier):
    """All three losses are convex: what no small step improves is best."""
    demo = RobustLosses(preset=preset, delta=delta, outlier=outlier)
    x, y = demo.points.T
    inputs = torch.stack([x, torch.ones_like(x)], dim=1)
    generator = torch.Generator().manual_seed(0)
    steps = torch.randn(200, 2, generator=generator, dtype=torch.float64)
    for name, line, mean in zip(LOSSES, demo.lines, demo.losses, strict=True):
        assert_same(loss(name, inputs @ line, y, delta), mean)
        for step in (*(1e-3 * steps), *steps):
            assert loss(name, inputs @ (line + step), y, delta) >= mean - 1e-12
        if name != "L1":
            w = line.clone().requires_grad_()
            loss(name, inputs @ w, y, delta).backward()
            assert w.grad.abs().max() < 1e-10


@pytest.mark.parametrize("preset", PRESETS)
def test_pulls_are_the_derivatives_at_the_outlier(preset):
    demo = RobustLosses(preset=preset, delta=0.7)
    l2, l1, huber = demo.residuals[:, -1]
    wanted = torch.stack([l2, l1.sign(), huber.clamp(-0.7, 0.7)])
    assert_same(demo.pulls, wanted)
    assert (l1 == 0) == (preset == "far in x")


def test_the_l2_line_is_torchs_least_squares():
    x, y = RobustLosses().points.T
    inputs = torch.stack([x, torch.ones_like(x)], dim=1)
    assert_same(RobustLosses().lines[0], torch.linalg.lstsq(inputs, y[:, None]).solution[:, 0])


def test_huber_with_a_large_threshold_is_l2():
    demo = RobustLosses(delta=6.0)
    assert demo.residuals.abs().max() < 6
    assert_same(demo.lines[2], demo.lines[0])


def test_l1_ignores_the_outlier_where_the_others_are_exact():
    demo = RobustLosses(preset="no noise", delta=0.1)
    for place in PLACES:
        demo.outlier = place
        assert_same(demo.lines[1], torch.tensor([0.5, 0.5], dtype=torch.float64))
    assert (demo.lines[0] - demo.lines[1]).abs().max() > 0.1


def test_far_in_x_every_line_is_drawn_to_the_outlier():
    demo = RobustLosses(preset="far in x")
    assert demo.residuals[1, -1] == 0
    assert (demo.lines[:, 0] < 0).all()


def test_of_equally_good_l1_lines_the_middle_is_taken():
    corners = torch.tensor([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=torch.float64)
    line = _l1_line(*corners.T)
    assert_same(line, torch.tensor([0, 0.5], dtype=torch.float64))
