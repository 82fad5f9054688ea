"""Cases for what walks a computational graph: formulas of three numbers, gates, and a layer."""

from collections.abc import Callable
from typing import Any

import torch

from utils.cases.drawing import Case, draws, in_dtypes

Formula = Callable[[Any, Any, Any], Any]

# They use +, *, exp and maximum, on whatever knows these: tensors, or numbers of one's own.
FORMULAS: dict[str, Formula] = {
    "(x + y) z": lambda x, y, z: (x + y) * z,
    "x x": lambda x, y, z: x * x,
    "x y x + y z": lambda x, y, z: x * y * x + y * z,
    "exponentials": lambda x, y, z: (x.exp() + 1) * (y + z.exp()),
    "two paths": lambda x, y, z: (x * y + 2) * (x * y).exp() + x,
    "router": lambda x, y, z: (x * x).maximum(y) * z + y.maximum(z),
    "y only": lambda x, y, z: 1 + 2 * y,
}
POINTS = 20  # for each formula, beside the ties
# x² is y; y is z; all are 1; x² is y, and x is negative; all are 0.
TIES = ((2.0, 4.0, 1.0), (1.0, 3.0, 3.0), (1.0, 1.0, 1.0), (-1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
LAYERS = ((2, 3, 4), (3, 3, 3), (1, 1, 1), (5, 1, 2), (0, 2, 3))  # rows, inputs, outputs


def formulas(*names: str) -> list[Case]:
    """Return each of ``FORMULAS``, or those that are named, at random points and at ties.

    A case is a formula and three floats.
    """
    draw = draws(0)
    points = [tuple(draw(3).tolist()) for _ in range(POINTS)]
    chosen = [FORMULAS[name] for name in names or FORMULAS]
    return [(formula, *point) for formula in chosen for point in (*points, *TIES)]


def gates(dtype: torch.dtype | None = None, device: torch.device | None = None) -> list[Case]:
    """Return upstream gradients with the two inputs of a gate; in half of the cases these tie."""
    draw, found = draws(0), []
    for shape in ((), (1,), (50,), (0, 3)):
        g, a, b = (draw(*shape) for _ in range(3))
        found += [(g, a, b), (g, a, a)]
    return in_dtypes(found, dtype, device)


def layers(dtype: torch.dtype | None = None, device: torch.device | None = None) -> list[Case]:
    """Return an upstream gradient, inputs, weights and a bias that is broadcast, for XW + b.

    ``(n, m)``, ``(n, k)``, ``(k, m)``, and ``(m,)``, ``(1, m)`` or ``()``; square ones are among
    them, where a shape does not tell a matrix from its transpose.
    """
    draw, found = draws(0), []
    for n, k, m in LAYERS:
        for bias in ((m,), (1, m), ()):
            found.append(tuple(draw(*size) for size in ((n, m), (n, k), (k, m), bias)))
    return in_dtypes(found, dtype, device)
