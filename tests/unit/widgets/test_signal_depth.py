"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.widgets.signal_depth import SignalDepth, drawn


def test_inputs_and_weights_have_the_sizes_that_are_promised():
    inputs, weights = drawn()
    assert inputs.shape == (16, 64) and weights.shape == (30, 64, 64)
    assert inputs.square().mean().item() == pytest.approx(1)
    assert abs(inputs.mean()) < 0.1
    assert weights.var().item() == pytest.approx(1 / 64, rel=0.01)
    assert weights.abs().max() <= math.sqrt(3 / 64)
    assert (weights[0] - weights[1]).abs().max() > 0.1


def test_a_layer_is_a_product_and_a_function():
    inputs, weights = drawn()
    for name, function in (("tanh", torch.tanh), ("ReLU", torch.relu)):
        signals = SignalDepth(function=name, scale=1.3).signals
        assert signals.shape == (31, 16, 64)
        assert torch.equal(signals[0], inputs)
        for layer in (0, 1, 29):
            wanted = function(1.3 * (signals[layer] @ weights[layer].mT))
            assert_same(signals[layer + 1], wanted)


def test_linear_layers_and_relu_multiply_by_the_scale():
    for name in ("linear", "ReLU"):
        one, two = (SignalDepth(function=name, scale=scale).sizes for scale in (0.5, 1))
        assert_same(two / one, 2.0 ** torch.arange(31).double())


def test_xavier_keeps_linear_layers_and_he_keeps_relu():
    assert 0.5 < SignalDepth(function="linear", scale=1).sizes[-1] < 2
    assert 0.5 < SignalDepth(function="ReLU", scale=2**0.5).sizes[-1] < 2
    assert SignalDepth(function="ReLU", scale=1).sizes[-1] < 1e-3
    tanh = SignalDepth(function="tanh", scale=1).sizes
    assert (tanh.diff() < 0.02).all() and 0.05 < tanh[-1] < 0.3
    assert (SignalDepth(function="tanh", scale=4).signals[1:].abs() > 0.95).double().mean() > 0.5


@pytest.mark.parametrize(
    "bad",
    [
        {"function": "sigmoid"},
        {"scale": 0.2},
        {"scale": 4.1},
        {"scale": math.nan},
        {"layers": 3},
    ],
)
def test_what_is_out_of_bounds_is_refused(bad):
    with pytest.raises((traitlets.TraitError, TypeError)):
        SignalDepth(**bad)
