"""Cases for blocks of a transformer: tokens, masks and all weights, for ours and for torch's.

A case is ``(heads, x, mask, *memory, *weights)``: a memory stands there if the block has a
cross-attention, and the weights come in the order of its ``named_parameters()``.
"""

import functools
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call

from utils.cases.drawing import Case, draws, in_dtypes
from utils.repro import seeded
from utils.sequences.attention import causal_mask
from utils.sequences.torch_layers import torch_state
from utils.sequences.transformer import Block

SIZES = ((8, 2, 5), (4, 1, 1), (6, 3, 4))  # width, heads, tokens


def tokens(*, upstream: bool = False, dtype=None, device=None) -> list[Case]:
    """Return cases ``(x, gain, shift)`` for layer norm, and an upstream gradient if asked.

    In one of them all numbers are small, so that ``eps`` counts.
    """
    draw, found = draws(1), []
    for *rows, width in ((2, 3, 5), (1, 4), (6, 2), (2, 4, 8), (3, 4)):
        x = draw(*rows, width)
        found.append((x, draw(width), draw(width), *([draw(*x.shape)] if upstream else [])))
    small = (0.02 * found[-1][0], *found[-1][1:])
    return in_dtypes([*found, small], dtype, device)


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


def torch_layer_norm(x: torch.Tensor, gain: torch.Tensor, shift: torch.Tensor) -> torch.Tensor:
    """Return torch's layer norm of a case of :func:`tokens`."""
    return F.layer_norm(x, gain.shape, gain, shift)


def torch_norm_slopes(*case: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return torch's gradients of ``x``, gain and shift for a case with an upstream gradient."""
    *parts, upstream = case
    parts = [part.requires_grad_() for part in parts]
    return torch.autograd.grad(torch_layer_norm(*parts), parts, upstream)


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


def fresh_stack(
    depth: int, *, pre_norm: bool, seed: int, device: torch.device | str = "cpu"
) -> tuple[nn.ModuleList, torch.Tensor, torch.Tensor]:
    """Return untrained blocks of width 32, tokens ``(4, 16, 32)``, and an upstream gradient.

    The matrices of the blocks are drawn by Xavier's rule.
    """
    generator = seeded(seed)
    stack = nn.ModuleList(Block(32, 4, pre_norm=pre_norm) for _ in range(depth))
    for part in stack.parameters():
        if part.ndim == 2:
            nn.init.xavier_uniform_(part)
    x, upstream = torch.randn(2, 4, 16, 32, generator=generator)
    return stack.to(device), x.to(device), upstream.to(device)


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
