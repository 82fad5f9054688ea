"""The two networks that read a drawn digit, and the weights that the book has trained.

``python -m tools.train_reader`` trains them, and writes them into ``nets.json``.
"""

import json
from pathlib import Path

import torch
from torch import nn

from utils.widgets.kit.convnet import unpack
from utils.widgets.kit.lenet import SIDE, lenet

FILE = Path(__file__).with_suffix(".json")


def mlp() -> nn.Sequential:
    """Return an untrained network for ``(batch, 1, 28, 28)``: 50,890 parameters, ten logits.

    >>> sum(parameter.numel() for parameter in mlp().parameters())
    50890
    """
    return nn.Sequential(nn.Flatten(), nn.Linear(SIDE * SIDE, 64), nn.ReLU(), nn.Linear(64, 10))


NETS = {"mlp": mlp, "lenet": lenet}


def packed() -> dict[str, list[dict[str, object]]]:
    """Return the trained networks as ``kit/convnet`` packs them, for the browser."""
    return json.loads(FILE.read_text(encoding="ascii"))


def trained(name: str, dtype: torch.dtype = torch.float32) -> nn.Sequential:
    """Return a trained network, on the CPU: ``(batch, 1, 28, 28)`` in [0, 1] to ten logits."""
    return unpack(packed()[name], dtype)
