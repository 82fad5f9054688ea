"""Levels, and networks on few of them."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from utils.checks import assert_same
from utils.data.images import load_images
from utils.quantisation import (
    EPOCHS,
    dequantise,
    fit_levels,
    folded,
    make,
    quantise,
    quantised,
    rounded,
    trained,
    weight_bytes,
    whole_range,
)
from utils.quantisation.references import by_torch_per_channel, linear_in_floats, matmul_integer
from utils.repro import seeded


def draw(*shape, seed=0, dtype=torch.float64):
    return torch.randn(shape, generator=seeded(seed), dtype=dtype)


def test_whole_ranges():
    assert [whole_range(b, symmetric=True) for b in (2, 4, 8)] == [(-1, 1), (-7, 7), (-127, 127)]
    assert [whole_range(b, symmetric=False) for b in (2, 4, 8)] == [(0, 3), (0, 15), (0, 255)]


@pytest.mark.parametrize("bits", [1, 0, -3, 17, 4.0, True, "8", None])
def test_bits_out_of_range_are_refused(bits):
    with pytest.raises(ValueError, match="whole number from 2 to 16"):
        whole_range(bits, symmetric=True)


@given(
    values=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12),
    bits=st.integers(2, 10),
    symmetric=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_errors_are_at_most_half_a_scale(values, bits, symmetric):
    x = torch.tensor(values, dtype=torch.float64)
    scale, zero = fit_levels(x, bits, symmetric=symmetric)
    limits = whole_range(bits, symmetric=symmetric)
    q = quantise(x, scale, zero, limits)
    assert q.dtype == torch.int32 and limits[0] <= q.min() and q.max() <= limits[1]
    back = dequantise(q, scale, zero)
    assert ((back - x).abs() <= scale / 2 * (1 + 1e-9) + 1e-290).all()
    assert torch.equal(rounded(x, bits, symmetric=symmetric), back)
    assert zero == zero.round() and limits[0] <= zero <= limits[1]


def test_levels_just_reach_over_the_numbers():
    x = torch.tensor([[-1.0, 0.5, 2.0], [0.25, 0.5, 1.0]], dtype=torch.float64)
    scale, zero = fit_levels(x, 4)
    assert scale.item() == 2 / 7 and zero.item() == 0
    scale, zero = fit_levels(x, 2, symmetric=False)
    assert scale.item() == 1 and zero.item() == 1
    scale, zero = fit_levels(x, 2, symmetric=False, per_channel=True)
    assert scale.shape == (2, 1)
    assert_same(scale.flatten(), torch.tensor([1, 1 / 3]).double(), atol=1e-7)
    assert zero.flatten().tolist() == [1, 0]  # 0 is a level, although the second row is above it
    below = fit_levels(-x[1], 2, symmetric=False)
    assert below[1].item() == 3


def test_what_lies_outside_gets_the_end():
    x, one, none = torch.tensor([9.0, -20.0, 3.4]), torch.tensor(1.0), torch.tensor(0.0)
    assert quantise(x, one, none, (-7, 7)).tolist() == [7, -7, 3]
    assert quantise(x, one, torch.tensor(2.0), (0, 15)).tolist() == [11, 0, 5]


def test_zeros_have_levels_too():
    for options in ({}, {"symmetric": False}, {"per_channel": True}):
        zeros = torch.zeros(2, 3)
        assert (fit_levels(zeros, 3, **options)[0] == 1).all()
        assert torch.equal(rounded(zeros, 3, **options), zeros)
    number = torch.tensor(-2.5)
    assert rounded(number, 2) == -2.5


@pytest.mark.parametrize("bits", [2, 3, 8])
@pytest.mark.parametrize("shape", [(4, 7), (1, 2), (3, 2, 3, 3)])
def test_levels_per_channel_are_torchs(bits, shape):
    w = draw(*shape, dtype=torch.float32)
    assert_same(rounded(w, bits, per_channel=True), by_torch_per_channel(w, bits))
    end = 2 ** (bits - 1) - 1
    scale = w.abs().max().item() / end
    theirs = torch.fake_quantize_per_tensor_affine(w, scale, 0, -end, end)
    assert_same(rounded(w, bits), theirs)
    scale, zero = fit_levels(w, bits, symmetric=False)
    limits = whole_range(bits, symmetric=False)
    theirs = torch.fake_quantize_per_tensor_affine(w, scale.item(), int(zero.item()), *limits)
    assert_same(rounded(w, bits, symmetric=False), theirs)


@pytest.mark.parametrize(
    ("x", "options"),
    [
        (torch.empty(0), {}),
        (torch.tensor([1, 2]), {}),
        (torch.tensor([1.0, torch.nan]), {}),
        (torch.tensor([torch.inf]), {}),
        (torch.tensor(1.0), {"per_channel": True}),
    ],
)
def test_what_has_no_levels_is_refused(x, options):
    with pytest.raises(ValueError, match=r"finite floats|axis of channels"):
        fit_levels(x, 4, **options)


@pytest.mark.parametrize("name", EPOCHS)
def test_folding_leaves_what_a_net_computes(name):
    digits = load_images("digits")
    net = make(name)
    net(digits.train_images[:200])  # so that the norms know a mean
    with torch.no_grad():
        for layer in net:
            if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
                layer.weight.uniform_(0.5, 2)
                layer.bias.uniform_(-1, 1)
    net.eval()
    before = {key: value.clone() for key, value in net.state_dict().items()}
    without = folded(net)
    assert_same(without(digits.test_images), net(digits.test_images), atol=1e-4)
    assert not any("norm" in type(layer).__name__.lower() for layer in without)
    assert not without.training
    assert all(torch.equal(before[key], value) for key, value in net.state_dict().items())


def test_nets_that_cannot_be_folded_are_refused():
    with pytest.raises(ValueError, match=r"net\.eval"):
        folded(make("MLP"))
    with pytest.raises(ValueError, match="does not follow"):
        folded(nn.Sequential(nn.ReLU(), nn.BatchNorm1d(3)).eval())
    with pytest.raises(ValueError, match="linear, MLP, convolution"):
        make("transformer")


def test_a_net_on_few_levels_keeps_its_biases():
    net = make("convolution").eval()
    few = quantised(net, 3, per_channel=True)
    for ours, theirs in zip(few, net, strict=True):
        if isinstance(ours, (nn.Conv2d, nn.Linear)):
            assert_same(ours.weight, by_torch_per_channel(theirs.weight, 3))
            assert torch.equal(ours.bias, theirs.bias)
            assert not torch.equal(ours.weight, theirs.weight)
    assert few[0].weight.unique().numel() > 7  # each channel has its own
    assert quantised(net, 3)[0].weight.unique().numel() <= 7
    assert quantised(net, 2, symmetric=False)[-1].weight.unique().numel() == 4


def test_bytes():
    net = make("MLP", hidden=5)
    assert weight_bytes(net) == 4 * (64 * 5 + 5 + 5 * 10 + 10)
    assert weight_bytes(net, 8) == 370 + 4 * 15 + 4 * 2
    assert weight_bytes(net, 16) == 2 * 370 + 4 * 15 + 4 * 2
    assert weight_bytes(net, 4, per_channel=True) == 370 / 2 + 4 * 15 + 4 * 15
    assert weight_bytes(make("linear"), 32, per_channel=True) == 4 * 650


def test_training_is_repeatable_and_learns():
    digits = load_images("digits")
    one, other = (trained("MLP", digits, seed=1, hidden=16) for _ in range(2))
    assert_same(one(digits.test_images), other(digits.test_images))
    assert not one.training
    logits = one(digits.test_images)
    assert (logits.argmax(1) == digits.test_labels).double().mean() > 0.9
    different = trained("MLP", digits, seed=2, hidden=16)
    assert not torch.equal(one[1].weight, different[1].weight)


def test_products_of_whole_numbers():
    draws = seeded(0)
    qx = torch.randint(0, 256, (4, 30), generator=draws, dtype=torch.uint8)
    qw = torch.randint(-64, 64, (3, 30), generator=draws, dtype=torch.int8)
    sums = (qx.int() - 7) @ qw.int().T
    assert torch.equal(matmul_integer(qx, 7, qw), sums)
    floats = linear_in_floats(qx, 0.5, 7, qw, 0.25)
    assert_same(floats, F.linear((qx.double() - 7) / 2, qw.double() / 4))
