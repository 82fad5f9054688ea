"""Cases for blocks of a transformer: tokens, masks and all weights, for ours and for torch's.

A case is ``(heads, x, mask, *memory, *weights)``: a memory stands there if the block has a
cross-attention, and the weights come in the order of its ``named_parameters()``.
"""

import functools
from collections.abc import Callable

import torch
from torch import nn
from torch.func import functional_call

from utils.cases.drawing import Case, draws, in_dtypes
from utils.sequences.attention import causal_mask
from utils.sequences.torch_layers import torch_state
from utils.sequences.transformer import Block

SIZES = ((8, 2, 5), (4, 1, 1), (6, 3, 4))  # width, heads, tokens


def blocks(*, cross: bool = False, causal: bool = False, dtype=None, device=None) -> list[Case]:
    """Return cases of several sizes, with causal masks and, unless ``causal``, with full ones."""
    draw, found = draws(0), []
    for width, heads, length in SIZES:
        parts = dict(Block(width, heads, cross=cross).named_parameters())
        weights = [0.5 * draw(*part.shape) for part in parts.values()]
        memory = (draw(2, 3, width),) if cross else ()
        may = causal_mask(length)
        for mask in (may,) if causal else (may, torch.ones_like(may)):
            found.append((heads, draw(2, length, width), mask, *memory, *weights))
    return in_dtypes(found, dtype, device)


def by_block(way: Callable) -> Callable:
    """Return a function of a case that calls ``way(block, x, mask, *memory)``."""

    @functools.wraps(way)
    def run(*case: object) -> torch.Tensor:
        block, inputs, weights = _taken_apart(case)
        named = {f"block.{name}": part for name, part in weights.items()}
        return functional_call(_Run(block, way), named, inputs)

    return run


def by_torch(*, norm_first: bool = True) -> Callable:
    """Return a function of a case that calls torch's own layer with the same weights."""

    def run(*case: object) -> torch.Tensor:
        block, (x, mask, *memory), weights = _taken_apart(case)
        kind = nn.TransformerDecoderLayer if memory else nn.TransformerEncoderLayer
        layer = kind(
            x.shape[-1],
            block.attention.heads,
            block.feed_forward[0].out_features,
            dropout=0.0,
            activation="gelu",
            batch_first=True,
            norm_first=norm_first,
        )
        return functional_call(layer.to(x), torch_state(weights), (x, *memory, ~mask))

    return run


class _Run(nn.Module):
    """A block that is used in a way of the caller's."""

    def __init__(self, block: Block, way: Callable) -> None:
        super().__init__()
        self.block, self.way = block, way

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.way(self.block, *inputs)


def _taken_apart(case: tuple) -> tuple[Block, tuple, dict[str, torch.Tensor]]:
    heads, x, mask, *rest = case
    count = int(rest[0].ndim == 3)  # a memory has a batch, no weight has
    block = Block(x.shape[-1], heads, cross=bool(count))
    names = [name for name, _ in block.named_parameters()]
    return block, (x, mask, *rest[:count]), dict(zip(names, rest[count:], strict=True))
