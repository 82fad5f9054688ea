"""Checks for the exercises of the page on weight decay."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from sklearn.linear_model import Lasso

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.weight_decay_sheets import by_hand_sheet, predict_sheet, translate_sheet


def one_step(w: float, slope: float, *, lr: float, weight_decay: float) -> float:
    """Return a weight after one step of torch's SGD."""
    weight = torch.nn.Parameter(torch.tensor(w, dtype=torch.float64))
    weight.grad = torch.tensor(slope, dtype=torch.float64)
    torch.optim.SGD([weight], lr=lr, weight_decay=weight_decay).step()
    return weight.item()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's soft threshold, and a step of its SGD."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    four = torch.tensor(4.0)
    expect_number("the minimum with ½w²", answers[0], four / (1 + 1))
    expect_number("the minimum with |w|", answers[1], F.softshrink(four, 1.0))
    expect_number("the minimum with 5|w|", answers[2], F.softshrink(four, 5.0))
    left = one_step(2.0, 1.0, lr=0.1, weight_decay=0.5)
    expect_number("the weight after the step", answers[3], left, within=0.001)
    right(1)


@exercise
def check_translate(answers: Sequence) -> None:
    """Check exercise 2: a derivative, a factor, and steps that are counted."""
    expect(len(answers) == 3, f"3 numbers are wanted, got {len(answers)}")
    weight = torch.tensor(1.0, requires_grad=True)
    (slope,) = torch.autograd.grad(0.01 * weight**2, weight)
    expect_number("weight_decay", answers[0], slope, within=0.0001)
    expect_number("alpha", answers[1], 200 * 0.05)
    w, steps = 1.0, 0
    while w > 0.5:
        w, steps = one_step(w, 0.0, lr=0.1, weight_decay=0.1), steps + 1
    expect_number("the number of steps", answers[2], steps, within=0)
    right(2)


@exercise
def check_elastic(elastic: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 on numbers of both signs, on ties, and without one of the prices."""
    x = torch.tensor([-3.0, -1.0, -0.4, 0.0, 0.5, 1.0, 2.5], dtype=torch.float64)
    for l1, l2 in ((1.0, 0.5), (0.4, 0.0), (0.0, 3.0), (0.0, 0.0), (5.0, 1.0)):
        case = f"elastic(x, {l1}, {l2})"
        given = x.clone()
        answer = elastic(given, l1, l2)
        expect_numbers(case, answer, F.softshrink(x, l1) / (1 + l2), within=1e-6)
        zeros = ask_numbers(case, answer, tuple(x.shape)) == 0
        expect(bool(zeros[x.abs() <= l1].all()), f"{case} needs true zeros")
        expect(torch.equal(given, x), "x itself must not change")
    right(3)


def best_and_last(errors: Sequence[float], patience: int) -> tuple[int, int]:
    """Return the epoch with the smallest error so far, and the epoch at which training stops."""
    best = 0
    for epoch, error in enumerate(errors):
        if error < errors[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(errors) - 1


STOPS = (
    ([5.0, 3.0, 2.0, 2.5, 2.4, 1.0], 2),
    ([5.0, 3.0, 2.0, 2.5, 2.4, 1.0], 3),
    ([1.0, 2.0, 3.0], 1),
    ([4.0, 3.0, 2.0], 5),
    ([2.0, 2.0, 2.0, 2.0], 2),
    ([3.0, 4.0, 2.0, 4.0, 1.0, 4.0, 4.0, 0.5], 2),
    ([7.0], 1),
)


@exercise
def check_stop_early(stop_early: Callable[[Sequence[float], int], Sequence]) -> None:
    """Check exercise 4 on errors that fall, rise, tie, and find a new best late."""
    for errors, patience in STOPS:
        case = f"stop_early({errors}, {patience})"
        answer = stop_early(list(errors), patience)
        expect_numbers(case, answer, best_and_last(errors, patience), within=0)
    right(4)


class Fits(NamedTuple):
    """A small regression with correlated columns, and what it gives for two prices."""

    A: torch.Tensor
    t: torch.Tensor
    low: float
    high: float

    def ridge(self, lam: float, A: torch.Tensor | None = None) -> torch.Tensor:
        """Return the weights of ridge regression."""
        A = self.A if A is None else A
        eye = torch.eye(A.shape[1], dtype=A.dtype)
        return torch.linalg.solve(A.T @ A / len(A) + lam * eye, A.T @ self.t / len(A))

    def lasso(self, lam: float) -> torch.Tensor:
        """Return the weights of the lasso, by scikit-learn."""
        model = Lasso(lam, fit_intercept=False, tol=1e-10, max_iter=100_000)
        return torch.from_numpy(model.fit(self.A.numpy(), self.t.numpy()).coef_)

    def loss(self, w: torch.Tensor) -> torch.Tensor:
        """Return half the mean square of the residuals."""
        return (self.A @ w - self.t).square().mean() / 2


def draw(count: int) -> list[Fits]:
    """Return random regressions of 12 samples with 4 columns that share much."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    drawn = []
    for _ in range(count):
        A = normal(12, 4) @ normal(4, 4)
        t = A @ normal(4) + normal(12)
        low = 0.02 + 0.5 * torch.rand(1, generator=generator).item()
        drawn.append(Fits(A, t, low, low * 3))
    return drawn


def _norm_falls(one: Fits) -> bool:
    return bool(one.ridge(one.high).norm() <= one.ridge(one.low).norm() + 1e-9)


def _each_falls(one: Fits) -> bool:
    return bool((one.ridge(one.high).abs() <= one.ridge(one.low).abs() + 1e-9).all())


def _loss_grows(one: Fits) -> bool:
    return bool(one.loss(one.lasso(one.high)) >= one.loss(one.lasso(one.low)) - 1e-7)


def _lasso_shrinks(one: Fits) -> bool:
    return bool((one.lasso(one.low).abs() <= one.ridge(0.0).abs() + 1e-6).all())


def _in_other_units(one: Fits, lam: float) -> bool:
    other = one.A * torch.tensor([10.0, 1, 1, 1], dtype=torch.float64)
    before, after = one.A @ one.ridge(lam), other @ one.ridge(lam, other)
    return bool((before - after).abs().max() < 1e-6)


_CLAIMS: dict[str, Callable[[Fits], bool]] = {
    "with a larger λ, the norm of ridge's weights is no larger": _norm_falls,
    "with a larger λ, no weight of ridge is larger in size": _each_falls,
    "with a larger λ, the training loss of lasso is no smaller": _loss_grows,
    "no weight of lasso is larger in size than that of least squares": _lasso_shrinks,
    "least squares predicts the same with a column in other units": lambda one: _in_other_units(
        one, 0.0
    ),
    "ridge predicts the same with a column in other units": lambda one: _in_other_units(
        one, one.low
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random regressions."""
    expect_tried(claims, _CLAIMS, draw(60), "regression")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
translate = translate_sheet(check_translate)
