"""Photographs that scikit-image ships, as tensors."""

import numpy as np
import torch

from utils.data import registry
from utils.data.images import resize


def photo(name: str, *, size: int | None = None, gray: bool = True) -> torch.Tensor:
    """Return a photograph; author and licence are in ``registry.photographs()``.

    Args:
        name: for example ``"cat"``, ``"coffee"``, ``"astronaut"`` or ``"coins"``.
        size: pixels a side; the largest centred square is resized to it. By
            default the photograph keeps its own height and width.
        gray: whether to return one channel of luminance instead of red, green and blue;
            a photograph without colour has three equal channels then.

    Returns:
        float32, ``(channels, height, width)``, values in [0, 1].

    Raises:
        ValueError: if there is no photograph of that name, or ``size < 1``.
    """
    known = registry.photographs()
    if name not in known:
        raise ValueError(f"there is no photograph {name!r}: name is one of {', '.join(known)}")
    pixels = _pixels(known[name].function, gray)
    image = torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1)))
    return image if size is None else resize(_centre_square(image)[None], size)[0]


def _pixels(function: str, gray: bool) -> np.ndarray:
    """Return float32 pixels ``(height, width, channels)``."""
    import skimage

    pixels = skimage.util.img_as_float32(getattr(skimage.data, function)())
    if gray:
        return (pixels if pixels.ndim == 2 else skimage.color.rgb2gray(pixels))[..., None]
    return skimage.color.gray2rgb(pixels) if pixels.ndim == 2 else pixels


def _centre_square(image: torch.Tensor) -> torch.Tensor:
    height, width = image.shape[1:]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[:, top : top + side, left : left + side]
