"""Checks for the exercises of the page on regression losses."""

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right

# A truth value times a Python number is float32, also in an answer that is right.
SINGLE = 1e-6

QuantileLoss = Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor]


@exercise
def check_by_hand(answers: Mapping[str, object]) -> None:
    """Check exercise 1 against torch: five mean losses, and one gradient."""
    p = torch.tensor([2.0, 0.0, -2.0], dtype=torch.float64, requires_grad=True)
    t = torch.tensor([2.0, 0.5, 1.0], dtype=torch.float64)
    losses = {
        "mse_loss": F.mse_loss(p, t),
        "l1_loss": F.l1_loss(p, t),
        "huber_loss, delta 1": F.huber_loss(p, t),
        "huber_loss, delta 2": F.huber_loss(p, t, delta=2.0),
        "smooth_l1_loss, beta 2": F.smooth_l1_loss(p, t, beta=2.0),
    }
    for name, value in losses.items():
        expect_number(f"{name!r}", answers.get(name), value.detach())
    name = "gradient of huber_loss, delta 1"
    (slopes,) = torch.autograd.grad(losses["huber_loss, delta 1"], p)
    expect_numbers(f"{name!r}", answers.get(name), slopes)
    right(1)


@exercise
def check_quantile_loss(quantile_loss: QuantileLoss) -> None:
    """Check exercise 2: values, the tie to L1, gradients, and the best constant."""
    zero, three = torch.zeros(1, dtype=torch.float64), torch.full((1,), 3.0, dtype=torch.float64)
    for level in (0.1, 0.5, 0.9):
        for p, t, cost in ((zero, three, level), (three, zero, 1 - level), (zero, zero, 0.0)):
            case = f"for prediction {p.item():g}, target {t.item():g} and level {level}"
            answer = quantile_loss(p, t, level)
            is_scalar = isinstance(answer, torch.Tensor) and answer.ndim == 0
            expect(is_scalar, f"one mean is wanted, a scalar tensor, got {answer!r} {case}")
            wanted = 3 * cost
            is_right = abs(answer.item() - wanted) < SINGLE
            expect(is_right, f"{answer.item():.7g} should be {wanted:.7g} {case}")
    generator = torch.Generator().manual_seed(0)
    p, t = torch.randn(2, 101, generator=generator, dtype=torch.float64)
    half = quantile_loss(p, t, 0.5).item()
    expect(
        abs(half - F.l1_loss(p, t).item() / 2) < SINGLE,
        f"at level 0.5 the mean over {len(p)} examples must be half the L1 loss, got {half:g}",
    )
    p.requires_grad_()
    loss = quantile_loss(p, t, 0.8)
    expect(loss.requires_grad, "autograd must be able to follow the loss to the predictions")
    (slopes,) = torch.autograd.grad(loss, p)
    wanted_slopes = torch.where(p.detach() < t, -0.8, 0.2).double() / len(p)
    expect(
        torch.allclose(slopes, wanted_slopes, atol=SINGLE),
        "the gradient is not that of the formula",
    )
    for level in (0.1, 0.5, 0.8):
        # An optimum lies on a target, so the targets are all the candidates there are.
        means = torch.stack([quantile_loss(c.expand(len(t)), t, level) for c in t])
        best, quantile = t[means.argmin()], t.quantile(level)
        expect(abs(best - quantile) < 1e-9, f"the best constant is no {level} quantile")
    right(2)


def _constant(loss: Callable, values: torch.Tensor) -> float:
    """The best constant among many, by trying them all."""
    candidates = torch.linspace(-6, 30, 3601, dtype=torch.float64)[:, None]
    table = loss(candidates.expand(-1, len(values)), values.expand(len(candidates), -1))
    return candidates[table.argmin()].item()


def _l2_rows(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return F.mse_loss(p, t, reduction="none").mean(dim=1)


def _l1_rows(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return F.l1_loss(p, t, reduction="none").mean(dim=1)


def _moves(loss: Callable, values: torch.Tensor) -> bool:
    """Whether raising the largest value moves the best constant."""
    raised = values.clone()
    raised[values.argmax()] += 20
    return abs(_constant(loss, raised) - _constant(loss, values)) > 0.02


def _doubles(loss: Callable, residuals: torch.Tensor) -> bool:
    zero = torch.zeros_like(residuals)
    return bool(torch.isclose(loss(2 * residuals, zero), 2 * loss(residuals, zero)))


def _at_most(one: Callable, other: Callable, r: torch.Tensor) -> bool:
    zero = torch.zeros_like(r)
    return bool(one(r, zero) <= other(r, zero) + 1e-12)


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "twice the residuals, twice the L1 loss": lambda r: _doubles(F.l1_loss, r),
    "twice the residuals, twice the Huber loss": lambda r: _doubles(F.huber_loss, r),
    "Huber is at most half the mean squared error": lambda r: _at_most(
        F.huber_loss, lambda p, t: F.mse_loss(p, t) / 2, r
    ),
    "Huber is at most the L1 loss": lambda r: _at_most(F.huber_loss, F.l1_loss, r),
    "raising the largest of five values moves the constant that is best for L2": lambda r: _moves(
        _l2_rows, r
    ),
    "raising the largest of five values moves the constant that is best for L1": lambda r: _moves(
        _l1_rows, r
    ),
    "the sum in place of the mean has another best constant": lambda r: (
        abs(_constant(_l2_rows, r) - _constant(lambda p, t: len(r) * _l2_rows(p, t), r)) > 0.02
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 3 by trying every claim on forty draws of five residuals or values."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(40, 5, generator=generator, dtype=torch.float64)
    expect_tried(claims, _CLAIMS, drawn, "draw")
    right(3)
