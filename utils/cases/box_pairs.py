"""Cases of two batches of boxes, compared box by box or all with all."""

import torch

from utils.cases.drawing import Case, in_dtypes

ONE = ((100, 100, 200, 300),)
# The same, inside, across, apart.
OTHERS = ((100, 100, 200, 300), (120, 130, 160, 210), (50, 150, 260, 180), (400, 500, 460, 530))
FLAT = ((150, 120, 150, 220), (110, 180, 190, 180))  # no width, no height
# At a side, at a corner, from inside: a score has a kink there, and more than one slope is right.
# So has one of a flat box: torch's clamp has slope 1 at its bound in version 2.11, and 0 in 2.14.
TOUCHING = ((200, 100, 300, 300), (200, 300, 250, 350), (150, 100, 200, 200))


def _rows(*tables: tuple) -> torch.Tensor:
    return torch.tensor([row for table in tables for row in table], dtype=torch.float64)


def _drawing(seed: int):
    generator = torch.Generator().manual_seed(seed)

    def drawn(count: int) -> torch.Tensor:
        corner, sides = 200 * torch.rand(2, count, 2, generator=generator, dtype=torch.float64)
        return torch.cat([corner, corner + sides + 50], dim=-1)

    return drawn


def box_pairs(
    seed: int = 0, *, flat: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of two tensors ``(n, 4)``, to be compared row by row.

    Boxes of 50 to 250 pixels at random; and a box beside the same, one inside it, one across it,
    one apart from it.

    Args:
        seed: of the random boxes.
        flat: whether a box without width and one without height are among them.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(x.shape) for x, _ in box_pairs(dtype=torch.float64)]
    [(40, 4), (4, 4)]
    """
    drawn, edges = _drawing(seed), _rows(OTHERS, FLAT if flat else ())
    pairs = [(drawn(40), drawn(40)), (edges, _rows(ONE).expand_as(edges).clone())]
    return in_dtypes(pairs, dtype, device)


def box_sets(
    seed: int = 0, *, touching: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of two sets of boxes ``(n, 4)`` and ``(m, 4)``, to be compared all with all.

    Random sets, and those of :func:`box_pairs`.

    Args:
        seed: of the random boxes.
        touching: whether boxes whose edges touch, flat boxes and empty sets are among them.
        dtype: as in :func:`box_pairs`.
        device: as in :func:`box_pairs`.

    >>> [(len(x), len(y)) for x, y in box_sets(dtype=torch.float64)]
    [(7, 5), (1, 3), (1, 4)]
    """
    drawn, one, none = _drawing(seed), _rows(ONE), torch.zeros(0, 4, dtype=torch.float64)
    sets = [(drawn(7), drawn(5)), (drawn(1), drawn(3)), (one, _rows(OTHERS))]
    if touching:
        sets += [(one, _rows(TOUCHING, FLAT)), (none, one), (one, none)]
    return in_dtypes(sets, dtype, device)
