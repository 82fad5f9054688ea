"""Attention of utils, against torch."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.attention import (
    MultiHead,
    attend,
    attention_weights,
    causal_mask,
    join_heads,
    padding_mask,
    sinusoid,
    split_heads,
)

SHAPES = [((3, 2), (5, 2), (5, 4)), ((2, 3, 4, 6), (2, 3, 4, 6), (2, 3, 4, 6)), ((1, 1),) * 3]


def draw(*shape):
    return torch.randn(shape, dtype=torch.float64)


@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("kind", ["none", "bool", "float"])
@pytest.mark.parametrize("scale", [None, 0.3, 0.0])
def test_attention_is_that_of_torch(shapes, kind, scale):
    seeded(0)
    Q, K, V = (draw(*shape) for shape in shapes)
    L, S = Q.shape[-2], K.shape[-2]
    mask = {"none": None, "bool": torch.rand(L, S) < 0.5, "float": draw(L, S)}[kind]
    if kind == "bool":
        mask[:, 0] = True
    assert_same(
        attend(Q, K, V, mask, scale=scale),
        F.scaled_dot_product_attention(Q, K, V, attn_mask=mask, scale=scale),
    )


def test_weights_are_a_share_and_hidden_keys_get_none():
    seeded(1)
    Q, K = draw(2, 4, 3), draw(2, 5, 3)
    mask = torch.rand(2, 4, 5) < 0.6
    mask[..., 0] = True
    weights = attention_weights(Q, K, mask)
    assert_same(weights.sum(-1), torch.ones(2, 4, dtype=torch.float64))
    assert torch.equal(weights > 0, mask)


@pytest.mark.parametrize("added", [False, True])
def test_a_row_without_a_key_is_zero_and_so_are_its_slopes(added):
    seeded(2)
    Q, K, V = (draw(3, 4).requires_grad_() for _ in range(3))
    mask = torch.tensor([[1, 1, 0], [0, 0, 0], [0, 1, 1]]).bool()
    given = torch.zeros(3, 3).double().masked_fill(~mask, -math.inf) if added else mask
    out = attend(Q, K, V, given)
    assert not out[1].any() and out[0].any() and out[2].any()
    out.sum().backward()
    for part in (Q, K, V):
        assert part.grad.isfinite().all()
    assert not Q.grad[1].any()
    assert_same(out[::2], F.scaled_dot_product_attention(Q[::2], K, V, attn_mask=mask[::2]))


def test_masks():
    causal = causal_mask(6)
    Q, K, V = (draw(6, 2) for _ in range(3))
    wanted = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
    assert_same(attend(Q, K, V, causal), wanted)
    assert causal_mask(3, device="meta").is_meta
    lengths = torch.tensor([3, 1, 6])
    padded = padding_mask(lengths, 6)
    assert padded.shape == (3, 1, 6) and padded.dtype == torch.bool
    assert torch.equal(padded.sum((1, 2)), lengths) and not padded[1, 0, 1:].any()


def test_waves():
    waves = sinusoid(50, 8)
    assert waves.shape == (50, 8) and waves.dtype == torch.float32
    for position, column in ((0, 0), (7, 2), (49, 5), (30, 7)):
        angle = position / 10_000 ** (column // 2 * 2 / 8)
        wanted = (math.sin, math.cos)[column % 2](angle)
        assert waves[position, column].item() == pytest.approx(wanted, abs=1e-6)
    exact = sinusoid(50, 8, dtype=torch.float64)
    assert exact[49, 2].item() == pytest.approx(math.sin(4.9), abs=1e-14)
    assert sinusoid(2, 2, device="meta").is_meta
    assert sinusoid(9, 4, base=100.0)[3, 2].item() == pytest.approx(math.sin(0.3), abs=1e-6)


def test_heads_are_split_and_joined():
    x = torch.arange(24.0).view(1, 3, 8)
    parts = split_heads(x, 2)
    assert parts.shape == (1, 2, 3, 4)
    assert torch.equal(parts[0, 1, 2], x[0, 2, 4:])
    assert torch.equal(join_heads(parts), x)


@pytest.mark.parametrize("masked", ["no", "causal", "padding"])
@pytest.mark.parametrize("source_width", [None, 5])
def test_several_heads_are_those_of_torch(masked, source_width):
    seeded(3)
    ours = MultiHead(8, 2, source_width=source_width).double()
    theirs = nn.MultiheadAttention(8, 2, kdim=source_width, vdim=source_width, batch_first=True)
    theirs = theirs.double()
    copy_to(ours, theirs)
    x = draw(3, 4, 8)
    source = x if source_width is None else draw(3, 4, source_width)
    real = padding_mask(torch.tensor([4, 2, 1]), 4)
    mask = {"no": None, "causal": causal_mask(4), "padding": real}[masked]
    out, weights = ours(x, None if source_width is None else source, mask=mask)
    wanted, seen = theirs(
        x,
        source,
        source,
        attn_mask=~mask if masked == "causal" else None,
        key_padding_mask=~mask[:, 0] if masked == "padding" else None,
        average_attn_weights=False,
    )
    assert_same(out, wanted)
    assert_same(weights, seen)


@torch.no_grad()
def copy_to(ours, theirs):
    layers = ours.query, ours.key, ours.value
    if theirs.in_proj_weight is not None:
        theirs.in_proj_weight.copy_(torch.cat([layer.weight for layer in layers]))
    else:
        names = "q_proj_weight", "k_proj_weight", "v_proj_weight"
        for name, layer in zip(names, layers, strict=True):
            getattr(theirs, name).copy_(layer.weight)
    theirs.in_proj_bias.copy_(torch.cat([layer.bias for layer in layers]))
    theirs.out_proj.load_state_dict(ours.out.state_dict())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: attend(draw(2, 3), draw(2, 4), draw(2, 1)), "project both"),
        (lambda: attend(draw(2, 3), draw(2, 3), draw(3, 1)), "2 keys need as many values"),
        (lambda: attend(*[draw(2, 3)] * 3, torch.ones(2, 2).long()), "call mask.bool"),
        (lambda: sinusoid(3, 5), "must be even"),
        (lambda: split_heads(draw(2, 6), 4), "4 heads cannot share 6"),
        (lambda: MultiHead(6, 4), "4 heads cannot share 6"),
    ],
)
def test_what_does_not_fit_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
