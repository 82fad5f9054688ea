"""Cases of two sets of points whose distances are asked for."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Points of the first set, of the second, and their coordinates.
SIZES = (
    (3, 4, 5),  # the plain one; no two sizes are alike
    (1, 1, 1),  # one number from another
    (4, 1, 9),  # one stored point
    (0, 3, 2),  # nobody asks
    (2, 0, 3),  # nothing is stored
    (2, 3, 0),  # points without coordinates: all distances are 0
    (3, 3, 3),  # all sizes alike: a transposed table would fit
)


def point_sets(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases ``(a, b, p)``: points ``(n, d)`` and ``(m, d)``, and 1 or 2 for L1 or L2.

    No point of one set lies on a point of the other, where distances have no slope.

    Args:
        seed: of the random points.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the points live; by default the device in use.

    >>> [(tuple(a.shape), tuple(b.shape), p) for a, b, p in point_sets(dtype=torch.float64)][:2]
    [((3, 5), (4, 5), 1), ((3, 5), (4, 5), 2)]
    """
    random = draws(seed)
    pairs = [(random(n, d), random(m, d)) for n, m, d in SIZES]
    return in_dtypes([(a, b, p) for a, b in pairs for p in (1, 2)], dtype, device)
