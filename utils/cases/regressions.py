"""Cases of one linear regression: the inputs, the targets and a place in the bowl of the loss."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

SHAPES = ((1, 1), (7, 1), (6, 3), (20, 4), (4, 4))  # examples, features: one best place each


def regressions(
    seed: int = 0, *, unique: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases ``(X, y, w)`` of shapes ``(n, d)``, ``(n,)`` and ``(d,)``.

    One example, one feature, as many examples as features, features in other units, and an
    exact fit at ``w``. Unless ``unique``, also some with many best weights: fewer examples than
    features, two equal columns, a column that is a sum of two others, a column of zeros.

    Args:
        seed: of the random entries.
        unique: leave out the cases in which several weight vectors are best.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(X.shape) for X, _, _ in regressions(unique=True, dtype=torch.float64)]
    [(1, 1), (7, 1), (6, 3), (20, 4), (4, 4), (8, 2), (5, 2)]
    """
    draw = draws(seed)
    found = [(draw(n, d), draw(n), draw(d)) for n, d in SHAPES]
    units = torch.tensor([0.1, 8], dtype=torch.float64)
    found.append((draw(8, 2) * units, draw(8), draw(2)))
    X, w = draw(5, 2), draw(2)
    found.append((X, X @ w, w))
    if not unique:
        X = draw(6, 2)
        found += [
            (draw(2, 3), draw(2), draw(3)),
            (torch.cat([X, X[:, :1]], dim=1), draw(6), draw(3)),
            (torch.cat([X, X.sum(1, keepdim=True)], dim=1), draw(6), draw(3)),
            (torch.cat([X, torch.zeros_like(X[:, :1])], dim=1), draw(6), draw(3)),
        ]
    return in_dtypes(found, dtype, device)
