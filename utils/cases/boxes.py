"""Cases of boxes, four numbers each."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes


def boxes(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of one batch of boxes, ``(..., 4)`` as left, top, right, bottom.

    Batches: none, one, seven at random, half pixels, without width or height, beyond a picture
    of 8×10 pixels on each side, far apart in size, and ``(2, 3)`` boxes.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for (x,) in boxes(dtype=torch.float64)]
    [(0, 4), (4,), (1, 4), (7, 4), (2, 4), (3, 4), (5, 4), (3, 4), (2, 3, 4)]
    """
    random = draws(seed)

    def drawn(*shape):
        corner, size = 5 + 4 * random(*shape, 2), 6 * random(*shape, 2).abs()
        return torch.cat([corner, corner + size], dim=-1)

    tables = [
        [[1, 2, 3, 6]],
        [[0.5, 1.5, 3, 2], [2.25, 0, 2.5, 7.75]],
        [[4, 1, 4, 5], [1, 4, 5, 4], [3, 3, 3, 3]],  # no width, no height, neither
        [[-3, 2, 2, 5], [8, 2, 13, 5], [2, -4, 5, 3], [2, 6, 5, 11], [-9, -9, -2, -1]],
        [[1e-3, 1e-3, 2e-3, 3e-3], [0, 0, 10, 8], [-1e4, -1e4, 1e4, 1e4]],
    ]
    plain, halves, flat, beyond, scales = (
        torch.tensor(table, dtype=torch.float64) for table in tables
    )
    none = torch.zeros(0, 4, dtype=torch.float64)
    values = [none, plain[0], plain, drawn(7), halves, flat, beyond, scales, drawn(2, 3)]
    return in_dtypes([(x,) for x in values], dtype, device)
