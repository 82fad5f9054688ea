"""The photographs that demos carry with them."""

import base64
import functools

import torch

from utils.data import photos, registry

PHOTOS = "cat", "coffee", "camera"  # each is CC0
SIDE = 100  # pixels; at most 104 with padding, which is drawn at 3 dots a pixel


@functools.cache
def grey_levels(name: str, side: int = SIDE) -> torch.Tensor:
    """Return a photograph's 8-bit grey levels, ``(side, side)``, dtype uint8."""
    return (photos.photo(name, size=side, gray=True)[0] * 255).round().to(torch.uint8)


@functools.cache
def color_levels(name: str, side: int = SIDE) -> torch.Tensor:
    """Return a photograph's 8-bit red, green and blue, ``(3, side, side)``, dtype uint8."""
    return (photos.photo(name, size=side, gray=False) * 255).round().to(torch.uint8)


def photo_asset(name: str, side: int = SIDE, *, gray: bool = True) -> dict[str, object]:
    """Return what the browser needs of a photograph: its size, its bytes in base64, its credit.

    Without ``gray`` the bytes are all of red, then all of green, then all of blue.
    """
    levels = grey_levels(name, side) if gray else color_levels(name, side)
    terms = registry.photographs()[name]
    return {
        "width": side,
        "height": side,
        "pixels": base64.b64encode(levels.numpy().tobytes()).decode("ascii"),
        "credit": f"{terms.title}, by {terms.author}, {terms.licence}",
    }
