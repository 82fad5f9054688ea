"""The book's LeNet for the demos: its layers, and the weights that the book has trained.

``python -m tools.train_lenet`` trains them on the embedded digits, and writes them into
``lenet.json``.
"""

import json
from pathlib import Path

import torch
from torch import nn

from utils.widgets.kit.convnet import unpack

FILE = Path(__file__).with_suffix(".json")
SIDE = 28  # pixels along either side of its input


def lenet(
    pool: type[nn.Module] = nn.MaxPool2d, activation: type[nn.Module] = nn.ReLU
) -> nn.Sequential:
    """Return an untrained LeNet for ``(batch, 1, 28, 28)``: 61,706 parameters, ten logits.

    Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, in the
    form of today: plain pooling and a linear last layer.

    >>> sum(parameter.numel() for parameter in lenet().parameters())
    61706
    """
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        activation(),
        pool(2),
        nn.Conv2d(6, 16, 5),
        activation(),
        pool(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        activation(),
        nn.Linear(120, 84),
        activation(),
        nn.Linear(84, 10),
    )


def packed() -> list[dict[str, object]]:
    """Return the trained network as ``kit/convnet`` packs it, for the browser."""
    return json.loads(FILE.read_text(encoding="ascii"))


def trained(dtype: torch.dtype = torch.float32) -> nn.Sequential:
    """Return the trained network, on the CPU: ``(batch, 1, 28, 28)`` in [0, 1] to ten logits."""
    return unpack(packed(), dtype)
