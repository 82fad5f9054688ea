"""The Python side of the gradient's flow."""

import math

import pytest
import torch
import traitlets

from utils.widgets.gradient_flow import GradientFlow, drawn


def test_what_is_drawn_has_the_promised_sizes():
    inputs, upstream, weights = drawn(40)
    assert inputs.shape == upstream.shape == (8, 16) and len(weights) == 40
    assert upstream.norm().item() == pytest.approx(1)
    assert inputs.std().item() == pytest.approx(1, abs=0.15)
    assert torch.stack(weights).std().item() == pytest.approx(1 / 4, rel=0.02)
    fewer = drawn(3)[2]
    assert all(map(torch.equal, fewer, weights[:3]))


def test_one_layer_by_hand():
    inputs, upstream, weights = drawn(2)
    for residual in (False, True):
        H = torch.relu(inputs @ weights[0].mT)
        H = inputs + H if residual else H
        slope = (H @ weights[1].mT > 0).double()
        G = (upstream * slope) @ weights[1]
        G = upstream + G if residual else G
        demo = GradientFlow(activation="ReLU", scale=1.0, layers=2, residual=residual)
        assert demo.norms.tolist() == pytest.approx([G.norm().item(), 1])
        assert demo.factor == pytest.approx(G.norm().item())


def test_the_scale_of_relu_is_a_factor_of_each_layer():
    one, two = (GradientFlow(activation="ReLU", scale=scale, layers=9).norms for scale in (1, 2))
    assert two[0] == pytest.approx(2**8 * one[0])
    assert two[5] == pytest.approx(2**3 * one[5])


@pytest.mark.parametrize(
    "bad",
    [
        {"scale": 0.2},
        {"scale": 17.0},
        {"scale": math.nan},
        {"layers": 1},
        {"layers": 41},
        {"activation": "relu"},
        {"residual": 2},
    ],
)
def test_what_cannot_be_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GradientFlow(**bad)
