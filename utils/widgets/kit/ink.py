"""Square pictures of ink as text: base64 of one byte a pixel, as ``pixels.mjs`` takes them."""

import base64
import math

import torch

LEVELS = 255  # of ink


def as_text(picture: torch.Tensor) -> str:
    """Return a picture ``(side, side)`` in [0, 1] as such a text.

    >>> as_text(torch.eye(2))
    '/wAA/w=='
    """
    ink = (picture * LEVELS).round().to(torch.uint8)
    return base64.b64encode(ink.numpy().tobytes()).decode("ascii")


def as_picture(text: str) -> torch.Tensor:
    """Return the picture of such a text, float64 ``(side, side)`` in [0, 1].

    Raises:
        ValueError: the text is not base64, or its bytes do not fill a square.

    >>> as_picture(as_text(torch.eye(2))).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    ink = torch.tensor(list(base64.b64decode(text, validate=True)), dtype=torch.float64)
    side = math.isqrt(len(ink))
    if side * side != len(ink):
        raise ValueError(f"the bytes of a picture must fill a square, got {len(ink)}")
    return ink.view(side, side) / LEVELS
