"""Anchor boxes: where they lie.

Anchors are rows ``(x1, y1, x2, y2)`` in pixels, centred on the cells of a grid.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import torch


def anchors(
    grid: tuple[int, int],
    image: tuple[int, int],
    sizes: Sequence[float],
    ratios: Sequence[float],
    *,
    device: torch.device | str | None = None,
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """Return the anchors around the centres of the cells of a grid that is laid over an image.

    With n sizes and m ratios a cell has n + m - 1 anchors: each size with the first ratio, then
    the first size with each other ratio.

    Args:
        grid: rows and columns of cells, the height and width of a feature map.
        image: height and width of the image in pixels.
        sizes: the root of an anchor's area, in pixels.
        ratios: width over height.
        device: where the anchors are made.
        dtype: a floating-point type.

    Returns:
        Boxes of shape ``(rows * columns * (n + m - 1), 4)``: row by row of the grid, cell by cell.
        They may reach beyond the image.

    Raises:
        ValueError: if a number is not positive, or there is no size or no ratio.

    Source: Liu et al. (2016), arXiv:1512.02325; the order is that of d2l's ``multibox_prior``.

    >>> anchors((1, 2), (8, 16), [4], [1.0])
    tensor([[ 2.,  2.,  6.,  6.],
            [10.,  2., 14.,  6.]])
    """
    if not sizes or not ratios or min(*grid, *image, *sizes, *ratios) <= 0:
        raise ValueError(
            "anchors need a grid, an image, sizes and ratios of positive numbers, got "
            f"{grid=}, {image=}, {sizes=}, {ratios=}"
        )
    laid = _laid(tuple(grid), tuple(image), tuple(sizes), tuple(ratios), device, dtype)
    return laid.clone()


@lru_cache(maxsize=64)
def _laid(grid, image, sizes, ratios, device, dtype) -> torch.Tensor:
    """Return the anchors of a grid: a detector asks for the same ones at each step."""
    shapes = [(size, ratios[0]) for size in sizes] + [(sizes[0], ratio) for ratio in ratios[1:]]
    halves = (
        [size * math.sqrt(ratio) / 2 for size, ratio in shapes],
        [size / math.sqrt(ratio) / 2 for size, ratio in shapes],
    )
    found = torch.empty((*grid, len(shapes), 4), device=device, dtype=dtype)
    for axis in (0, 1):  # x, then y
        cells, pixels = grid[1 - axis], image[1 - axis]
        centres = (torch.arange(cells, device=device, dtype=dtype) + 0.5) * (pixels / cells)
        half = torch.tensor(halves[axis], device=device, dtype=dtype)
        shape = (1, cells, len(shapes)) if axis == 0 else (cells, 1, len(shapes))
        found[..., axis] = (centres[:, None] - half).view(shape)
        found[..., axis + 2] = (centres[:, None] + half).view(shape)
    return found.view(-1, 4)
