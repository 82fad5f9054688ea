"""Pairs of predictions and targets, for losses of their difference."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Exactly zero, where L1 has a kink, exactly at thresholds of 1 and of 2.5, and tiny or huge.
AWKWARD = (0.0, 1, -1, 2.5, -2.5, 1e-6, 1e6, -1e6)
SHAPES = ((), (1,), (5,), (4, 3))


def residuals(
    seed: int = 0, *, empty: bool = True, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases ``(predictions, targets)`` of one shape each, without and with axes.

    The awkward residuals come first, with targets of 0, so that no dtype rounds them away.

    Args:
        seed: of the random entries.
        empty: whether a batch of no examples is among them, whose mean is no number.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [tuple(p.shape) for p, _ in residuals(dtype=torch.float64)]
    [(8,), (), (1,), (5,), (4, 3), (0,)]
    """
    draw = draws(seed)
    awkward = torch.tensor(AWKWARD, dtype=torch.float64)
    found = [(awkward, torch.zeros_like(awkward))]
    found += [(3 * draw(*shape), draw(*shape)) for shape in SHAPES]
    if empty:
        found.append((draw(0), draw(0)))
    return in_dtypes(found, dtype, device)
