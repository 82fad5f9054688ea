"""Checks of a gradient against finite differences."""

from collections.abc import Callable

import torch

from utils.checks.same import assert_same


def numerical_gradient(
    function: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, *, eps: float = 1e-6
) -> torch.Tensor:
    """Return the gradient of a scalar function by central differences.

    Each entry costs two evaluations, and its error is of order ``eps**2`` plus
    rounding of order ``1e-16 / eps``; ``1e-6`` balances both in float64.

    Args:
        function: maps a tensor of the shape of ``x`` to a scalar tensor.
        x: float64 point, any shape; it is not changed.
        eps: half the distance of the two evaluations, positive.

    Returns:
        Gradient of the shape of ``x``.

    Raises:
        TypeError: if ``x`` is not a tensor.
        ValueError: if ``x`` is not float64, ``eps`` is not positive, or the
            function does not return a scalar.

    >>> numerical_gradient(lambda x: (x**2).sum(), torch.tensor([1.0, 3.0]).double()).round()
    tensor([2., 6.], dtype=torch.float64)
    """
    if not isinstance(x, torch.Tensor):
        raise TypeError(f"x must be a tensor, got {type(x).__name__}")
    if x.dtype != torch.float64:
        raise ValueError(f"x must be float64 for finite differences, got {x.dtype}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, got {eps}")
    point = x.detach().clone()
    flat = point.view(-1)
    gradient = torch.zeros_like(flat)
    with torch.no_grad():
        for index in range(flat.numel()):
            original = flat[index].item()
            values = []
            for sign in (1, -1):
                flat[index] = original + sign * eps
                value = function(point)
                if value.numel() != 1:
                    raise ValueError(
                        f"function must return a scalar, got shape {tuple(value.shape)}"
                    )
                values.append(value.item())
            flat[index] = original
            gradient[index] = (values[0] - values[1]) / (2 * eps)
    return gradient.view(x.shape)


def assert_gradient(
    function: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
    gradient: torch.Tensor,
    *,
    eps: float = 1e-6,
) -> None:
    """Assert that a gradient written by hand agrees with finite differences.

    Args:
        function: maps a tensor of the shape of ``x`` to a scalar tensor.
        x: float64 point where the function is smooth, any shape.
        gradient: the claimed gradient at ``x``, same shape and dtype.
        eps: step of the central differences.

    Raises:
        AssertionError: if an entry is off by more than 1e-5 (relative or absolute).
    """
    # Central differences of a smooth function are good to about 1e-9 here; 1e-5 leaves room
    # for strong curvature and is still far below any wrong sign or factor.
    assert_same(gradient, numerical_gradient(function, x, eps=eps), rtol=1e-5, atol=1e-5)
