"""The network of the demo and the times of a request, as ``tools.keep_request`` has kept them."""

import functools
import json
from pathlib import Path

import torch

from utils.widgets.kit.convnet import unpack

FILE = Path(__file__).with_name("kept.json")
STEPS = "picture", "request", "pixels", "tensor", "answer"


@functools.cache
def _kept() -> dict:
    return json.loads(FILE.read_text(encoding="ascii"))


def packed() -> list[dict[str, object]]:
    """Return the trained network as ``kit/convnet`` packs it, for the browser."""
    return _kept()["net"]


def times() -> dict[str, float]:
    """Return the milliseconds until each form of a picture is there, named as in ``STEPS``."""
    return _kept()["times"]


@torch.no_grad()
def logits_of(tensor: torch.Tensor) -> torch.Tensor:
    """Return the logits for one prepared picture ``(1, 8, 8)``, float64 ``(10,)``."""
    return unpack(packed(), torch.float64)(tensor.double()[None])[0]
