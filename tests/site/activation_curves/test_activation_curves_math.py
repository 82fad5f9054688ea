"""The functions, their slopes and the chain of layers of the demo, against torch."""

import math

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.activation_curves import LEAK, RAMPS, STEPS, ActivationCurves

FUNCTIONS = {**STEPS, **RAMPS}
SCALES = (0.25, 1, 2, 4.5, 16)
# Zero is there, the kink of two of them; at the ends the sigmoid of 48 is 1 for torch as well.
PLACES = torch.linspace(-3, 3, 25, dtype=torch.float64)
CHAINS = [
    (name, scale, start, layers)
    for name in FUNCTIONS
    for scale in (0.25, 1, 1.5, 4)
    for start, layers in ((-1.3, 20), (0.0, 20), (0.05, 7), (1.0, 1), (3.0, 12))
]


@pytest.fixture(scope="module")
def math_module(open_module):
    return open_module("activation_curves/math")


def test_value_and_slope_of_a_layer_are_those_of_torch(math_module):
    places = PLACES.tolist()
    calls = [("layer", name, s, x) for name in FUNCTIONS for s in SCALES for x in places]
    found = torch.tensor(math_module.call_each(calls), dtype=torch.float64)
    wanted = []
    for name in FUNCTIONS:
        for scale in SCALES:
            x = PLACES.clone().requires_grad_()
            out = ActivationCurves(function=name, scale=scale).layer(x)
            (slope,) = torch.autograd.grad(out.sum(), x)
            wanted.append(torch.stack([out.detach(), slope], dim=1))
    assert_same(found, torch.cat(wanted), rtol=1e-12, atol=1e-13)


def test_the_chain_multiplies_the_slopes_that_torch_finds(math_module):
    found = math_module.call_each([("chain", *case) for case in CHAINS])
    for (name, scale, start, layers), chain in zip(CHAINS, found, strict=True):
        demo = ActivationCurves(function=name, scale=scale, start=start, layers=layers)
        x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        a = x
        inputs = []
        for _ in range(layers):
            inputs.append(a.item())
            a = demo.layer(a)
        (whole,) = torch.autograd.grad(a, x)
        tensor = {key: torch.tensor(part, dtype=torch.float64) for key, part in chain.items()}
        assert_same(tensor["inputs"], torch.tensor(inputs, dtype=torch.float64))
        assert_same(tensor["slopes"], demo.slopes, rtol=1e-6, atol=1e-14)
        assert tensor["products"][-1].item() == pytest.approx(whole.item(), rel=1e-6, abs=1e-14)
        assert_same(tensor["products"], tensor["slopes"].cumprod(0), rtol=1e-12, atol=0)
        assert demo.product == pytest.approx(whole.item(), rel=1e-9, abs=1e-30)


def test_a_layer_nears_its_limit_as_the_scale_grows(math_module):
    places = [-2.0, -0.5, 0.5, 2.0]
    for name in FUNCTIONS:
        limits = math_module.call_each([("limit", name, x) for x in places])
        x = torch.tensor(places, dtype=torch.float64)
        gaps = []
        for scale in (0.5, 2, 8, 16):
            layer = ActivationCurves(function=name, scale=scale).layer(x)
            gaps.append((layer - torch.tensor(limits, dtype=torch.float64)).abs().max().item())
        if name in ("ReLU", "leaky ReLU"):
            assert gaps == pytest.approx([0] * 4, abs=1e-12)
        else:
            assert gaps == sorted(gaps, reverse=True)
            assert gaps[0] > 0.05 > 1e-3 > gaps[-1]


def test_at_zero_the_limit_is_what_all_scales_give_there(math_module):
    calls = [("limit", name, 0) for name in FUNCTIONS]
    assert math_module.call_each(calls) == [0.5, 0, 0, 0, 0, 0]


def test_at_the_kink_slopes_are_those_of_torch(math_module):
    found = math_module.call_each([("layer", name, 1, 0) for name in ("ReLU", "leaky ReLU")])
    assert found == [[0, 0], [0, LEAK]]


def test_the_sigmoid_loses_at_least_three_quarters_a_layer_at_scale_one(math_module):
    chains = math_module.call_each([("chain", "sigmoid", 1, x, 20) for x in PLACES.tolist()])
    for chain in chains:
        for depth, product in enumerate(chain["products"], start=1):
            assert 0 < product <= 0.25**depth * (1 + 1e-12)
    assert math.isclose(max(chain["products"][0] for chain in chains), 0.25)
