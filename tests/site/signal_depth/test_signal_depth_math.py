"""The layers of the demo and its histograms, against torch."""

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.signal_depth import FUNCTIONS, SignalDepth

CASES = [(name, scale) for name in FUNCTIONS for scale in (0.25, 0.7, 1, 2**0.5, 4)]
RANGES = [(-2, 2, 96), (-2, 5, 96), (-4, 4, 40), (-0.5, 0.25, 7)]
CLOSE = {"rtol": 1e-9, "atol": 1e-30}


@pytest.fixture(scope="module")
def math_module(open_module):
    return open_module("signal_depth/math")


@pytest.fixture(scope="module")
def found(math_module):
    calls = [("signals", *case) for case in CASES]
    # A Float64Array crosses over as an object of numbers by place.
    return [
        [list(layer.values()) if isinstance(layer, dict) else layer for layer in layers]
        for layers in math_module.call_each(calls)
    ]


def test_all_numbers_of_all_layers_are_those_of_torch(found):
    for (name, scale), layers in zip(CASES, found, strict=True):
        ours = torch.tensor(layers, dtype=torch.float64)
        theirs = SignalDepth(function=name, scale=scale).signals.flatten(1)
        assert ours.shape == (31, 1024)
        # Large weights make tanh chaotic: differences in the last digit grow from layer to layer.
        depth = 8 if name == "tanh" and scale > 1.5 else 31
        assert_same(ours[:depth], theirs[:depth], **CLOSE)
        assert_same(ours.square().mean(1), theirs.square().mean(1), rtol=0.02, atol=1e-30)


def test_sizes_and_shares_are_those_of_torch(math_module):
    draws = [
        scale * torch.randn(200, generator=torch.Generator().manual_seed(seed)).double()
        for seed, scale in enumerate((1e-4, 0.3, 1, 1, 50))
    ]
    sizes = math_module.call_each([("size", draw.tolist()) for draw in draws])
    shares = math_module.call_each([("flatShare", draw.tolist()) for draw in draws])
    both = torch.stack(draws)
    assert_same(torch.tensor(sizes, dtype=torch.float64), both.square().mean(1).sqrt(), **CLOSE)
    assert_same(torch.tensor(shares, dtype=torch.float64), (both.abs() > 0.95).double().mean(1))
    assert math_module.call_each([("flatShare", [0.95, -0.95, 0.96, -0.96])]) == [0.5]


def test_histograms_are_those_of_torch_smoothed_by_a_bell(math_module):
    bell = torch.tensor([1, 4, 6, 4, 1], dtype=torch.float64) / 16
    draws = [
        torch.randn(500, generator=torch.Generator().manual_seed(seed)).double() * 1.5
        for seed in range(3)
    ]
    calls = [
        ("histogram", draw.tolist(), [low, high], bins)
        for draw in draws
        for low, high, bins in RANGES
    ]
    found = iter(math_module.call_each(calls))
    for draw in draws:
        for low, high, bins in RANGES:
            inside = draw[(draw >= low) & (draw < high)]
            shares = torch.histc(inside, bins, low, high) / len(draw)
            wanted = torch.nn.functional.conv1d(shares[None], bell[None, None], padding=2)[0]
            assert_same(torch.tensor(next(found), dtype=torch.float64), wanted)


def test_a_spike_at_zero_keeps_its_whole_share(math_module):
    (spike,) = math_module.call_each([("histogram", [0] * 8, [-2, 2], 96)])
    assert sum(spike) == pytest.approx(1)
    assert spike.index(max(spike)) == 48  # the bin whose left border is 0
    assert max(spike) == 6 / 16
