"""The curves of the bump builder, and the network whose weights are set by hand."""

import math
from collections.abc import Callable

import torch
from torch import nn
from torch.nn.utils import skip_init

Curve = Callable[[torch.Tensor], torch.Tensor]

SAMPLES = 65  # that training sees, from 0 to 1
PLACES = 401  # at which the error is measured
BEFORE, BEHIND = -1.0, 2.0  # the outermost edges lie beyond what is looked at


def _wave(x: torch.Tensor, count: int = 1) -> torch.Tensor:
    return torch.sin(2 * math.pi * count * x)


def _wiggles(x: torch.Tensor) -> torch.Tensor:
    return 0.6 * _wave(x) + 0.4 * _wave(x, 4)


def _corner(x: torch.Tensor) -> torch.Tensor:
    return 0.8 - 3.2 * (x - 0.5).abs()


def _jump(x: torch.Tensor) -> torch.Tensor:
    return 1.2 * (x >= 0.5).to(x.dtype) - 0.6


TARGETS: dict[str, Curve] = {
    "wave": _wave,
    "wiggles": _wiggles,
    "corner": _corner,
    "jump": _jump,
}


def places(count: int) -> torch.Tensor:
    """Return ``count`` numbers from 0 to 1, both included, float64 ``(count,)``."""
    return torch.arange(count, dtype=torch.float64) / (count - 1)


def by_hand(target: Curve, *, bumps: int, steepness: float) -> nn.Sequential:
    """Return a network whose units 2k and 2k + 1 are the edges of bump k, float64.

    Each bump is as high as the target in its middle. The first and the last edge lie at -1 and 2,
    so that the outermost bumps do not end within the picture.

    >>> by_hand(torch.sin, bumps=3, steepness=100)
    Sequential(
      (0): Linear(in_features=1, out_features=6, bias=True)
      (1): Sigmoid()
      (2): Linear(in_features=6, out_features=1, bias=True)
    )
    """
    count = torch.arange(bumps, dtype=torch.float64)
    heights = target((count + 0.5) / bumps)
    edges = torch.stack([count, count + 1], dim=1).flatten() / bumps
    edges[0], edges[-1] = BEFORE, BEHIND
    # Weights that are set by hand draw no random numbers before.
    first, last = (
        skip_init(nn.Linear, *sizes, dtype=torch.float64)
        for sizes in ((1, 2 * bumps), (2 * bumps, 1))
    )
    net = nn.Sequential(first, nn.Sigmoid(), last)
    with torch.no_grad():
        net[0].weight.fill_(steepness)
        net[0].bias.copy_(-steepness * edges)
        net[2].weight.copy_(torch.stack([heights, -heights], dim=1).flatten())
        net[2].bias.zero_()
    return net
