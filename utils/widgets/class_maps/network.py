"""The small network in network of the demo: its layers, and weights that the book has trained.

``python -m tools.train_nin`` trains them on the embedded digits and writes them into
``nin.json``.
"""

import functools
import json
from pathlib import Path

import torch
from torch import nn

from utils.widgets.kit.convnet import unpack

FILE = Path(__file__).with_name("nin.json")
DIGIT = 14  # pixels along either side of a digit
STEP = 4  # pixels of the picture for each number of a class map
CHANNELS = 32  # maps from which the class maps are made


def nin() -> nn.Sequential:
    """Return an untrained network: ``(batch, 1, side, side)`` to ten class maps of ``side / 4``.

    Their means are the scores; there is no ReLU behind them, so that a score can be negative.

    Source: Lin, Chen and Yan, "Network in network", 2013, with three small blocks.

    >>> nin()(torch.zeros(1, 1, 32, 32)).shape
    torch.Size([1, 10, 8, 8])
    """
    layers, c_in = [], 1
    for *widths, k in ((12, 12, 12, 5), (24, 24, 24, 3), (CHANNELS, CHANNELS, 10, 3)):
        for place, c_out in enumerate(widths):
            size = 1 if place else k
            layers += [nn.Conv2d(c_in, c_out, size, padding=size // 2), nn.ReLU()]
            c_in = c_out
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers[:-2])


@functools.cache
def packed() -> list[dict[str, object]]:
    """Return the trained network as ``kit/convnet`` packs it, for the browser."""
    return json.loads(FILE.read_text(encoding="ascii"))


def trained(dtype: torch.dtype = torch.float32) -> nn.Sequential:
    """Return the trained network, on the CPU: ``(batch, 1, side, side)`` in [0, 1] to maps."""
    return unpack(packed(), dtype)
