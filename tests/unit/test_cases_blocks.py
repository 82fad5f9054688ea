"""Cases of transformer blocks: the book's own block passes them, wrong ones do not."""

import pytest
import torch

from utils.cases.blocks import SIZES, blocks, by_block, by_torch
from utils.checks import agree
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
