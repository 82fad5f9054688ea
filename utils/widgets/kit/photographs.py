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


def photo_asset(name: str, side: int = SIDE) -> dict[str, object]:
    """Return what the browser needs of a photograph: its size, its bytes in base64, its credit."""
    terms = registry.photographs()[name]
    return {
        "width": side,
        "height": side,
        "pixels": base64.b64encode(grey_levels(name, side).numpy().tobytes()).decode("ascii"),
        "credit": f"{terms.title}, by {terms.author}, {terms.licence}",
    }
