"""The claims of exercise 5 of the page on recurrent networks, and recurrences to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch


@dataclass
class Recurrence:
    """A matrix that a state is multiplied with, a state after tanh, and a gradient at it.

    Attributes:
        W: ``(size, size)``, float64, drawn at all scales.
        turn: an orthogonal matrix of that size.
        state: the state after a step, ``(size,)``, each entry between -1 and 1.
        delta: a gradient that arrives at this state, ``(size,)``.
    """

    W: torch.Tensor
    turn: torch.Tensor
    state: torch.Tensor
    delta: torch.Tensor

    def back(self, W: torch.Tensor, *, linear: bool = False) -> torch.Tensor:
        """Return the gradient one step earlier; ``linear`` leaves tanh out."""
        slope = torch.ones_like(self.state) if linear else 1 - self.state**2
        return (self.delta * slope) @ W

    def grows(self, W: torch.Tensor, **how: bool) -> bool:
        """Return whether the gradient is longer one step earlier."""
        return bool(self.back(W, **how).norm() > self.delta.norm())


def draw_recurrences(count: int) -> list[Recurrence]:
    """Return recurrences with small and large weights; some are far from symmetric."""
    draw = torch.Generator().manual_seed(0)
    found = []
    for index in range(count):
        size = 2 + index % 3
        W = torch.randn(size, size, generator=draw, dtype=torch.float64)
        if index % 4 == 3:  # its eigenvalues say little of what it does in a step
            W = 0.5 * torch.eye(size, dtype=torch.float64) + 5 * W.triu(1)
        turn = torch.linalg.qr(torch.randn(size, size, generator=draw, dtype=torch.float64))[0]
        state = torch.randn(size, generator=draw, dtype=torch.float64).tanh()
        delta = torch.randn(size, generator=draw, dtype=torch.float64)
        found.append(Recurrence(W, turn, state, delta))
    return found


def _radius_one_half(case: Recurrence) -> torch.Tensor:
    radius = torch.linalg.eigvals(case.W).abs().max()
    return case.W * (0.5 / radius)


def _stretch(case: Recurrence, factor: float) -> torch.Tensor:
    return case.W * (factor / torch.linalg.matrix_norm(case.W, ord=2))


def _keeps_direction(case: Recurrence) -> bool:
    weight = torch.nn.Parameter(torch.zeros_like(case.delta))
    weight.grad = case.delta.clone()
    torch.nn.utils.clip_grad_norm_([weight], 0.1 * float(case.delta.norm()))
    cosine = weight.grad @ case.delta / (weight.grad.norm() * case.delta.norm())
    return bool(cosine > 1 - 1e-9)


def _keeps_length(case: Recurrence, *, linear: bool) -> bool:
    return torch.allclose(case.back(case.turn, linear=linear).norm(), case.delta.norm())


CLAIMS: dict[str, Callable[[Recurrence], bool]] = {
    "largest singular value 0.9: a step back shortens the gradient": lambda case: (
        not case.grows(_stretch(case, 0.9))
    ),
    "spectral radius 0.5: a step back shortens the gradient": lambda case: (
        not case.grows(_radius_one_half(case))
    ),
    "largest singular value 1.1: a step back lengthens the gradient": lambda case: case.grows(
        _stretch(case, 1.1)
    ),
    "orthogonal matrix, no tanh: the length stays": lambda case: _keeps_length(case, linear=True),
    "orthogonal matrix and tanh: the length stays": lambda case: _keeps_length(case, linear=False),
    "clipping by norm keeps the direction": _keeps_direction,
}
