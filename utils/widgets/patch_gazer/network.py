"""The net of the demo, as plain numbers, and what it sees.

``python -m tools.train_gazer`` trains it and writes ``net.json``.
"""

import functools
import json
from collections.abc import Callable
from pathlib import Path

import torch

from utils.data.images import resize
from utils.sequences.vision_transformer import VisionTransformer
from utils.widgets.kit.small_digits import examples

FILE = Path(__file__).with_name("net.json")
SIDE, PATCH, ACROSS = 28, 4, 7  # pixels of a picture and of a patch, patches in a row
WIDTH, HEADS, BLOCKS = 24, 3, 2
DECIMALS = 3  # of a weight
# Place i shows the patch ORDER[i] when the patches are shuffled.
ORDER = torch.randperm(ACROSS**2, generator=torch.Generator().manual_seed(11))


def net_of() -> VisionTransformer:
    """Return the net of the demo, untrained."""
    return VisionTransformer(SIDE, PATCH, width=WIDTH, heads=HEADS, blocks=BLOCKS)


def without_positions(net: VisionTransformer) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a net of the same weights to which positions are nothing, for training."""
    nothing = {"positions": torch.zeros_like(net.positions)}
    return lambda images: torch.func.functional_call(net, nothing, (images,))


@torch.no_grad()
def with_positions(
    net: VisionTransformer, *, none: bool = False, order: torch.Tensor | None = None
) -> VisionTransformer:
    """Set the positions of a net to zero, or lay those of the patches in an order; return it.

    The class token keeps its own, unless there are none.
    """
    if none:
        net.positions.zero_()
    if order is not None:
        net.positions[:, 1:] = net.positions[:, 1:][:, order]
    return net


def packed_state(net: VisionTransformer) -> dict[str, list]:
    """Return the weights of a net by name, rounded: rows of numbers, or one row."""
    return {
        name: _rounded(values.squeeze(0) if values.ndim == 3 else values)
        for name, values in net.state_dict().items()
    }


def _rounded(values: torch.Tensor) -> list:
    if values.ndim > 1:
        return [_rounded(row) for row in values]
    return [round(value, DECIMALS) for value in values.tolist()]


@functools.cache
def packed() -> dict[str, list]:
    """Return the trained weights, as :func:`packed_state` gives them."""
    return json.loads(FILE.read_text(encoding="ascii"))


def unpacked() -> VisionTransformer:
    """Return the trained net in float64, for ``(batch, 1, 28, 28)`` in [0, 1]."""
    net = net_of().double()
    state = {
        name: torch.tensor(packed()[name], dtype=torch.float64).view_as(values)
        for name, values in net.state_dict().items()
    }
    net.load_state_dict(state)
    return net.eval()


@functools.cache
def pictures() -> torch.Tensor:
    """Return a test picture of each digit, uint8 ``(10, 28, 28)``."""
    small = torch.tensor([examples()[str(digit)] for digit in range(10)], dtype=torch.float64)
    return (255 * resize(small[:, None] / 16, SIDE)).round().to(torch.uint8)[:, 0]
