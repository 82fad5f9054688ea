"""The claims of exercise 5 on regression losses, each tried on draws of five numbers."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

MOVED = 0.02  # a smaller move of the best constant is one of the candidates, not of the loss
_RAISED = 20.0

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def draws() -> list[torch.Tensor]:
    """Return forty draws of five residuals, or of five values."""
    generator = torch.Generator().manual_seed(0)
    return list(torch.randn(40, 5, generator=generator, dtype=torch.float64))


def _l2(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return F.mse_loss(p, t, reduction="none")


def _l1(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return F.l1_loss(p, t, reduction="none")


def _huber(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return F.huber_loss(p, t, reduction="none")


def _summed(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return p.shape[-1] * _l2(p, t)  # the mean over a row times its length is the sum


def _constant(loss: Loss, values: torch.Tensor) -> float:
    """The best constant among many, by trying them all."""
    candidates = torch.linspace(-6, 30, 3601, dtype=torch.float64)[:, None]
    table = loss(candidates.expand(-1, len(values)), values.expand(len(candidates), -1))
    return candidates[table.mean(dim=1).argmin()].item()


def _moves(loss: Loss, values: torch.Tensor) -> bool:
    """Whether raising the largest value moves the best constant."""
    raised = values.clone()
    raised[values.argmax()] += _RAISED
    return abs(_constant(loss, raised) - _constant(loss, values)) > MOVED


def _doubles(loss: Callable, residuals: torch.Tensor) -> bool:
    zero = torch.zeros_like(residuals)
    return bool(torch.isclose(loss(2 * residuals, zero), 2 * loss(residuals, zero)))


def _below_half_squares(residuals: torch.Tensor) -> bool:
    zero = torch.zeros_like(residuals)
    return bool(F.huber_loss(residuals, zero) <= F.mse_loss(residuals, zero) / 2 + 1e-12)


def _between(values: torch.Tensor) -> bool:
    """Whether Huber's constant lies between the median and the mean."""
    low, high = sorted([values.median().item(), values.mean().item()])
    return low - MOVED <= _constant(_huber, values) <= high + MOVED


CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "twice the residuals, twice the L1 loss": lambda r: _doubles(F.l1_loss, r),
    "twice the residuals, twice the Huber loss": lambda r: _doubles(F.huber_loss, r),
    "Huber is at most half the mean squared error": _below_half_squares,
    "raising the largest of five values moves the constant that is best for L2": lambda values: (
        _moves(_l2, values)
    ),
    "raising the largest of five values moves the constant that is best for L1": lambda values: (
        _moves(_l1, values)
    ),
    "the sum in place of the mean has another best constant": lambda values: (
        abs(_constant(_l2, values) - _constant(_summed, values)) > MOVED
    ),
    "Huber's best constant lies between the median and the mean": _between,
}
