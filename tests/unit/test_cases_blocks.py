"""Cases of transformer blocks: the book's own block passes them, wrong ones do not."""

import pytest
import torch
import torch.nn.functional as F

from utils.cases.blocks import (
    SIZES,
    blocks,
    by_block,
    by_torch,
    fresh_stack,
    tokens,
    torch_layer_norm,
    torch_norm_slopes,
)
from utils.checks import agree, assert_same
from utils.sequences.transformer import Block


def right(block, x, mask, *memory):
    return block(x, mask, **({"memory": memory[0]} if memory else {}))


def mask_forgotten(block, x, mask, *memory):
    return right(block, x, torch.ones_like(mask), *memory)


def last_norm_forgotten(block, x, mask, *memory):
    seen = x + block.attention(block.attention_norm(x), mask=mask)[0]
    seen = seen + block.cross(block.cross_norm(seen), memory[0])[0] if memory else seen
    return seen + block.feed_forward(seen)


@pytest.mark.parametrize("cross", [False, True])
def test_the_blocks_own_way_is_torchs(cross, capsys):
    cases = blocks(cross=cross, device="cpu")
    agree(by_block(right), by_torch(), cases, name="torch")
    assert "12 cases, outputs and gradients, float32 and float64" in capsys.readouterr().out


@pytest.mark.parametrize("cross", [False, True])
@pytest.mark.parametrize("wrong", [mask_forgotten, last_norm_forgotten])
def test_wrong_ways_are_found(wrong, cross):
    with pytest.raises(AssertionError, match="values differ"):
        agree(by_block(wrong), by_torch(), blocks(cross=cross, device="cpu"), name="torch")


def test_the_order_of_the_norm_matters():
    with pytest.raises(AssertionError, match="values differ"):
        agree(by_block(right), by_torch(norm_first=False), blocks(device="cpu"), name="torch")


def test_a_case_holds_all_weights():
    (case,) = blocks(cross=True, causal=True, dtype=torch.float64, device="cpu")[:1]
    heads, x, mask, memory, *weights = case
    width, wanted, length = SIZES[0]
    assert (heads, x.shape, memory.shape) == (wanted, (2, length, width), (2, 3, width))
    assert torch.equal(mask, torch.ones(length, length).tril().bool())
    shapes = [part.shape for part in Block(width, heads, cross=True).parameters()]
    assert [part.shape for part in weights] == shapes
    assert by_block(right).__name__ == "right"


@pytest.mark.parametrize("eps", [1e-5, 0.0, 1e-4])
def test_tokens_tell_a_wrong_eps_from_the_right_one(eps):
    def other(x, gain, shift):
        return F.layer_norm(x, gain.shape, gain, shift, eps)

    cases = tokens(device="cpu")
    if eps == 1e-5:
        agree(other, torch_layer_norm, cases, name="torch")
    else:
        with pytest.raises(AssertionError, match="values differ"):
            agree(other, torch_layer_norm, cases, name="torch")
    assert cases[-1][0].abs().max() < 0.1 < cases[0][0].abs().max()  # eps counts in the last one
    slopes = tokens(upstream=True, device="cpu", dtype=torch.float64)
    for *parts, upstream in slopes:
        parts = [part.clone().requires_grad_() for part in parts]
        out = torch_layer_norm(*parts)
        out.backward(upstream)
        found = torch_norm_slopes(*(part.detach() for part in parts), upstream)
        assert_same(found, tuple(part.grad for part in parts))


@pytest.mark.parametrize("pre_norm", [True, False])
def test_a_stack_is_fresh_and_the_same_for_a_seed(pre_norm):
    stack, x, upstream = fresh_stack(3, pre_norm=pre_norm, seed=1)
    assert len(stack) == 3 and all(block.pre_norm == pre_norm for block in stack)
    assert x.shape == upstream.shape == (4, 16, 32) and not torch.equal(x, upstream)
    wide = stack[0].feed_forward[0].weight  # Xavier: variance 2 / (32 + 128)
    assert wide.var().item() == pytest.approx(2 / 160, rel=0.1)
    again = fresh_stack(3, pre_norm=pre_norm, seed=1)
    assert torch.equal(again[0][2].attention.key.weight, stack[2].attention.key.weight)
    assert torch.equal(again[1], x) and torch.equal(again[2], upstream)
    assert not torch.equal(fresh_stack(1, pre_norm=pre_norm, seed=2)[1], x)
