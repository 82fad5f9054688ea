"""The net of the demo, as plain numbers, the images it is tried on, and how many are right.

``python -m tools.train_levels`` trains it and writes ``net.json``.
"""

import base64
import functools
import json
from pathlib import Path

import torch
from torch import nn

from utils.data.images import load_images
from utils.quantisation import quantised

FILE = Path(__file__).with_name("net.json")
HIDDEN = 12
INK = 16  # of the darkest pixel


@functools.cache
def packed() -> dict[str, list]:
    """Return weights and biases of both layers: ``W1``, ``b1``, ``W2`` and ``b2``."""
    return json.loads(FILE.read_text(encoding="ascii"))


@functools.cache
def unpacked() -> nn.Sequential:
    """Return the net, float64: ``(batch, 64)`` in [0, 1] to ten logits. It must not be changed."""
    parts = {name: torch.tensor(rows, dtype=torch.float64) for name, rows in packed().items()}
    net = nn.Sequential(nn.Linear(64, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10)).double()
    names = {"0.weight": "W1", "0.bias": "b1", "2.weight": "W2", "2.bias": "b2"}
    net.load_state_dict({key: parts[name] for key, name in names.items()})
    return net.eval()


@functools.cache
def carried_images() -> dict[str, str]:
    """Return the test images, base64 of one byte a pixel from 0 to 16, and their labels."""
    digits = load_images("digits")
    ink = (digits.test_images * INK).round().to(torch.uint8)
    return {
        "ink": base64.b64encode(ink.numpy().tobytes()).decode("ascii"),
        "labels": "".join(str(label) for label in digits.test_labels.tolist()),
    }


@functools.cache
@torch.no_grad()
def right_count(bits: int | None = None, **options: bool) -> int:
    """Return how many test images the net gets right with weights of ``bits`` bits, or floats."""
    digits = load_images("digits")
    net = unpacked() if bits is None else quantised(unpacked(), bits, **options)
    said = net(digits.test_images.flatten(1).double()).argmax(1)
    return (said == digits.test_labels).sum().item()
