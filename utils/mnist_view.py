"""A drawing as MNIST keeps its digits: scaled into a box of 20×20, centred by mass in 28×28.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits",
http://yann.lecun.com/exdb/mnist/.
"""

import math

import torch

BOX, SIDE = 20, 28
HAIR = 1e-6  # of a pixel: what rounds down in one program shall not round up in another


def area_matrix(inputs: int, outputs: int) -> torch.Tensor:
    """Return the matrix that resizes a row of pixels, float64 ``(outputs, inputs)``.

    Each new pixel is the mean over the stretch of old ones that it covers.

    Raises:
        ValueError: if a count is below 1.

    >>> area_matrix(3, 2).tolist()
    [[0.6666666666666666, 0.3333333333333333, 0.0], [0.0, 0.3333333333333333, 0.6666666666666666]]
    """
    if inputs < 1 or outputs < 1:
        raise ValueError(f"a row has at least 1 pixel, got {inputs} and {outputs}")
    wide = inputs / outputs
    start = torch.arange(outputs, dtype=torch.float64)[:, None] * wide
    pixel = torch.arange(inputs, dtype=torch.float64)
    covered = torch.minimum(start + wide, pixel + 1) - torch.maximum(start, pixel)
    return covered.clamp(min=0) / wide


def mnist_view(ink: torch.Tensor) -> torch.Tensor:
    """Return a drawing scaled into a box of 20×20 and centred by its mass in 28×28.

    Args:
        ink: ``(height, width)`` from 0 to 1, white on black.

    Returns:
        ``(28, 28)``, in the dtype and on the device of ``ink``; all 0 for a drawing without ink.

    Raises:
        ValueError: if ``ink`` has no two dimensions, or a number that is negative or not finite.
    """
    if ink.ndim != 2 or not (ink.isfinite() & (ink >= 0)).all():
        raise ValueError(f"ink must be a table of numbers from 0 on, got shape {tuple(ink.shape)}")
    view = torch.zeros(SIDE, SIDE, dtype=torch.float64)
    table = ink.detach().cpu().double()
    rows, columns = (table.any(dim=d).nonzero().flatten() for d in (1, 0))
    if not len(rows):
        return view.to(ink)
    crop = table[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = BOX / max(crop.shape)
    height, width = (max(1, _rounded(side * scale)) for side in crop.shape)
    small = area_matrix(len(crop), height) @ crop @ area_matrix(crop.shape[1], width).T
    top, left = _corner(small.sum(1)), _corner(small.sum(0))
    view[top : top + height, left : left + width] = small
    return view.to(ink)


def _corner(mass: torch.Tensor) -> int:
    """Return where a box begins whose mass along one side lies in the middle of the picture."""
    places = torch.arange(len(mass), dtype=torch.float64) + 0.5
    middle = (mass * places).sum().item() / mass.sum().item()
    return max(0, min(SIDE - len(mass), _rounded(SIDE / 2 - middle)))


def _rounded(value: float) -> int:
    return math.floor(value + 0.5 + HAIR)
