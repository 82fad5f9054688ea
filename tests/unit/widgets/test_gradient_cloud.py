"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.widgets.gradient_cloud import SIZES, GradientCloud
from utils.widgets.kit.patients import regression_data


def test_the_rows_are_the_gradients_of_autograd():
    demo = GradientCloud(point=(1.5, -0.5))
    w = torch.tensor(demo.point, dtype=torch.float64, requires_grad=True)
    inputs, targets = regression_data()
    loss = ((inputs @ w - targets) ** 2).mean() / 2
    assert_same(demo.gradient, torch.autograd.grad(loss, w)[0])
    for row, x, y in zip(demo.each[:5], inputs, targets, strict=False):
        assert_same(row, torch.autograd.grad((x @ w - y) ** 2 / 2, w)[0])


def test_the_gradient_vanishes_at_the_minimum_and_the_noise_does_not():
    demo = GradientCloud()
    demo.point = demo.minimum
    assert demo.gradient.norm() < 1e-9
    assert demo.noise > 0.4


@pytest.mark.parametrize("put_back", [True, False])
def test_the_noise_falls_with_the_batch_size(put_back):
    noise = [GradientCloud(batch_size=b, put_back=put_back).noise for b in SIZES]
    for b, (one, two) in zip(SIZES, zip(noise, noise[1:], strict=False), strict=False):
        factor = 1 if put_back else (64 - 2 * b) / (64 - b)
        assert two**2 == pytest.approx(one**2 / 2 * factor, abs=1e-12)


def test_a_larger_batch_takes_more_of_the_same_order():
    small, large = (GradientCloud(batch_size=b, seed=5).cloud for b in (1, 2))
    each = GradientCloud().each
    for one, two in zip(small[:20], large[:20], strict=True):
        assert (each - one).norm(dim=1).min() < 1e-12
        assert (each - (2 * two - one)).norm(dim=1).min() < 1e-12


@pytest.mark.parametrize(
    "bad",
    [
        {"point": (3.0, 0.0)},
        {"point": (0.0, 2.2)},
        {"point": (0.0, float("nan"))},
        {"batch_size": 3},
        {"batch_size": 0},
        {"seed": 100},
        {"put_back": "yes"},
    ],
)
def test_states_without_a_picture_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GradientCloud(**bad)
