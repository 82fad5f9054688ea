"""From the pixels of a picture to what the network is trained on: one home for both."""

import torch

from utils.data.images import resize

SIDE = 8  # pixels along either side of what the network sees
MEAN, SPREAD = 0.3, 0.4  # of the embedded digits' pixels in [0, 1], about


def prepare(pixels: torch.Tensor) -> torch.Tensor:
    """Return what the network sees of grey pictures, white ink on black.

    Args:
        pixels: uint8, ``(height, width)`` or ``(pictures, height, width)``, any size.

    Returns:
        float32, ``(1, 8, 8)`` or ``(pictures, 1, 8, 8)``, on the same device: resized, then
        shifted and scaled to a mean near 0 and a spread near 1.

    Raises:
        ValueError: if ``pixels`` has another dtype or number of axes, or no pixel.

    >>> prepare(torch.full((8, 8), 255, dtype=torch.uint8)).mean().item()
    1.75
    """
    if pixels.dtype != torch.uint8 or pixels.ndim not in (2, 3) or not pixels.numel():
        raise ValueError(
            "pixels must be uint8 of shape (height, width) or (pictures, height, width), "
            f"got {pixels.dtype} of shape {tuple(pixels.shape)}"
        )
    pictures = pixels.float().div(255)[..., None, :, :]
    if tuple(pixels.shape[-2:]) != (SIDE, SIDE):
        pictures = resize(pictures.view(-1, *pictures.shape[-3:]), SIDE).view(
            *pictures.shape[:-2], SIDE, SIDE
        )
    return (pictures - MEAN) / SPREAD
