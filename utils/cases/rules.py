"""Rules of vector calculus, each as a function and the derivative that the rule gives.

Derivatives stand in numerator layout: a row for each output, a column for each input.
"""

from collections.abc import Callable, Iterator

import torch

Rule = tuple[str, Callable[[torch.Tensor], torch.Tensor], torch.Tensor]


def one_output(
    X: torch.Tensor, A: torch.Tensor, c: torch.Tensor, a: float = 3.0
) -> Iterator[Rule]:
    """Yield the rules for one output: name, function of X, its derivative ``(1, n)``.

    Args:
        X: where the derivatives are taken, ``(n,)``, not zero.
        A: a constant matrix, ``(k, n)``.
        c: a constant vector, ``(k,)``.
        a: a constant number.

    >>> [name for name, f, row in one_output(torch.ones(2), torch.eye(2), torch.ones(2))]
    ['a', 'au', 'sum(X)', 'u + v', 'uv', '‖X‖²', '‖X‖', 'uᵀv']
    """

    def u(X: torch.Tensor) -> torch.Tensor:
        return X.sin().sum()

    def v(X: torch.Tensor) -> torch.Tensor:
        return X.exp().sum()

    du, dv = X.cos()[None], X.exp()[None]
    yield "a", lambda X: torch.full_like(X[0], a), torch.zeros_like(X)[None]
    yield "au", lambda X: a * u(X), a * du
    yield "sum(X)", torch.sum, torch.ones_like(X)[None]
    yield "u + v", lambda X: u(X) + v(X), du + dv
    yield "uv", lambda X: u(X) * v(X), du * v(X) + dv * u(X)
    yield "‖X‖²", lambda X: (X * X).sum(), 2 * X[None]
    yield "‖X‖", torch.linalg.vector_norm, X[None] / X.norm()
    U, dU = A @ X, A  # k entries, and their (k, n) matrix
    V, dV = c * (X * X).sum(), 2 * c[:, None] * X
    dot = U[None] @ dV + V[None] @ dU
    yield "uᵀv", lambda X: (A @ X) @ (c * (X * X).sum()), dot


def several_outputs(
    X: torch.Tensor, A: torch.Tensor, B: torch.Tensor, c: torch.Tensor, a: float = 3.0
) -> Iterator[Rule]:
    """Yield the rules for several outputs: name, function of X, its derivative.

    Args:
        X: where the derivatives are taken, ``(n,)``.
        A: a constant matrix, ``(m, n)``.
        B: another one, ``(p, m)``.
        c: a constant vector, ``(m,)``.
        a: a constant number.

    >>> one, two = torch.eye(2), torch.ones(2)
    >>> [name for name, f, matrix in several_outputs(two, one, one, two)]
    ['c', 'X', 'AX', 'XᵀA', 'aU', 'AU', 'U + V']
    """

    def U(X: torch.Tensor) -> torch.Tensor:
        return (A @ X) ** 2

    def V(X: torch.Tensor) -> torch.Tensor:
        return c * (X * X).sum()

    D = A.flip(0).T  # (n, m), as XᵀA needs it
    dU = 2 * (A @ X)[:, None] * A
    dV = 2 * c[:, None] * X
    yield "c", lambda X: c.clone(), torch.zeros_like(A)
    yield "X", lambda X: X.clone(), torch.eye(len(X)).to(X)
    yield "AX", lambda X: A @ X, A
    yield "XᵀA", lambda X: X @ D, D.T
    yield "aU", lambda X: a * U(X), a * dU
    yield "AU", lambda X: B @ U(X), B @ dU
    yield "U + V", lambda X: U(X) + V(X), dU + dV
