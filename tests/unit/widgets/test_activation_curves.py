"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.widgets.activation_curves import LEAK, RAMPS, STEPS, ActivationCurves


@pytest.mark.parametrize("function", [*STEPS, *RAMPS])
def test_the_product_is_the_slope_of_the_whole_chain(function):
    demo = ActivationCurves(function=function, scale=1.5, start=0.7, layers=5)
    h = 1e-6
    ends = torch.tensor([0.7 + h, 0.7 - h], dtype=torch.float64)
    for _ in range(5):
        ends = demo.layer(ends)
    assert demo.product == pytest.approx((ends[0] - ends[1]).item() / (2 * h), rel=1e-5)
    assert len(demo.slopes) == 5


def test_slopes_by_hand():
    assert ActivationCurves(start=0, scale=4, layers=1).product == 1  # 4 times a quarter
    assert ActivationCurves(function="tanh", start=0, scale=2, layers=6).product == 2**6
    assert ActivationCurves(function="ReLU", start=2, scale=9, layers=20).product == 1
    assert ActivationCurves(function="ReLU", start=-2, layers=20).product == 0
    leaky = ActivationCurves(function="leaky ReLU", start=-2, layers=3)
    assert leaky.product == pytest.approx(LEAK**3)


def test_a_ramp_keeps_its_height_and_a_step_its_ends():
    x = torch.tensor([2.0], dtype=torch.float64)
    for function in RAMPS:
        assert ActivationCurves(function=function, scale=16).layer(x).item() == pytest.approx(2)
    for function in STEPS:
        assert ActivationCurves(function=function, scale=16).layer(x).item() == pytest.approx(1)


@pytest.mark.parametrize(
    "bad",
    [
        {"function": "softmax"},
        {"scale": 0.2},
        {"scale": 17},
        {"scale": math.nan},
        {"start": -3.1},
        {"start": math.nan},
        {"layers": 0},
        {"layers": 21},
        {"slope": 1},
    ],
)
def test_what_is_out_of_bounds_is_refused(bad):
    with pytest.raises((traitlets.TraitError, TypeError)):
        ActivationCurves(**bad)
