"""Checks for the exercises of the page on minibatches."""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch.utils.data import DataLoader

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.minibatches_sheets import by_hand_sheet, epochs_sheet, predict_sheet
from utils.exercises.small_regressions import SLACK, Regression, draw, sum_has_same_minimum

SLOPES = (1.0, 2.0, 9.0)  # of exercise 1
# Of exercise 4, where no number is rounded: gradients, error, batch size.
_EXACT = (([[0.0], [2.0]], 0.5, 4), ([[-3.0], [5.0]], 1.0, 16), ([[1.0], [1.0]], 0.5, 1))


@exercise
def check_slopes(answers: Sequence) -> None:
    """Check exercise 1 with the list of all pairs, drawn with and without putting back."""
    slopes = torch.tensor(SLOPES, dtype=torch.float64)
    pairs = torch.combinations(slopes).mean(1)
    fours = torch.cartesian_prod(*4 * [slopes]).mean(1)  # all equally likely
    wanted = {
        "the full slope": slopes.mean(),
        "the mean over all pairs": pairs.mean(),
        "the largest error of a pair": (pairs - slopes.mean()).abs().max(),
        "the typical error of one": (slopes - slopes.mean()).square().mean().sqrt(),
        "the typical error of four": (fours - slopes.mean()).square().mean().sqrt(),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0.05)  # one decimal is enough
    right(1)


@exercise
def check_epochs(answers: Sequence) -> None:
    """Check exercise 2 with a DataLoader and with gradients from autograd."""
    lengths = [len(batch) for batch in DataLoader(torch.arange(1000), batch_size=64)]
    w, targets = torch.zeros(64, requires_grad=True), torch.linspace(-1, 2, 64)
    losses = {
        "half": torch.nn.functional.mse_loss(w, targets) / 2,
        "mean": torch.nn.functional.mse_loss(w, targets),
        "sum": ((w - targets) ** 2).sum() / 2,
    }
    half, mean, total = (torch.autograd.grad(loss, w)[0].norm() for loss in losses.values())
    wanted = {
        "the number of steps": (len(lengths), 0),
        "the size of the last minibatch": (lengths[-1], 0),
        "the size for a tenth of the noise": (16 * 10**2, 0),
        "the rate for nn.MSELoss": (0.1 * half / mean, 1e-4),
        "the rate for the sum": (0.1 * half / total, 1e-4),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, (value, within)), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=within)
    right(2)


@exercise
def check_whole_loss(whole_loss: Callable[..., torch.Tensor | float]) -> None:
    """Check exercise 3 with a loss that notes how many examples it is given at a time."""
    generator = torch.Generator().manual_seed(0)
    for length, batch_size in ((10, 5), (10, 4), (7, 3), (5, 8), (6, 1), (11, 10)):
        case = f"for {length} examples and batch_size={batch_size}"
        inputs = torch.randn(length, 2, generator=generator, dtype=torch.float64)
        targets = torch.randn(length, generator=generator, dtype=torch.float64).exp()
        w = torch.randn(2, generator=generator, dtype=torch.float64)
        given = []

        def loss(w: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
            expect(len(inputs) == len(targets), "inputs and targets of one batch do not match")
            given.append(len(inputs))  # noqa: B023 (called before the next turn of the loop)
            return (inputs @ w - targets).abs().mean()

        answer = whole_loss(loss, w, inputs, targets, batch_size)
        expect(
            sum(given) == length,
            f"{case} the loss was asked about {sum(given)} examples instead of {length}",
        )
        largest = max(given)
        expect(largest <= batch_size, f"{case} {largest} examples were read at once")
        wanted = (inputs @ w - targets).abs().mean()
        expect_number(f"the loss {case}", answer, wanted, within=1e-6)
    right(3)


@exercise
def check_batch_for(batch_for: Callable[[torch.Tensor, float], int]) -> None:
    """Check exercise 4 on gradients of several shapes, and errors around a whole number."""
    generator = torch.Generator().manual_seed(0)
    for shape, size in itertools.product(((50, 3), (8, 1), (20, 10)), (1, 7.2, 40, 0.3)):
        each = 3 + torch.randn(*shape, generator=generator, dtype=torch.float64)
        sigma = (each - each.mean(0)).square().sum(1).mean().sqrt().item()
        for nudge in (1 - 1e-4, 1 + 1e-4):
            error = nudge * sigma / math.sqrt(size)
            wanted = max(1, math.ceil(sigma**2 / error**2))
            name = f"the batch size for {shape[0]} gradients and an error of {error:.4g}"
            expect_number(name, batch_for(each.clone(), error), wanted, within=0)
    for each, error, wanted in _EXACT:
        name = f"the batch size for the gradients {each} and an error of {error}"
        given = torch.tensor(each, dtype=torch.float64)
        expect_number(name, batch_for(given, error), wanted, within=0)
    right(4)


def _one_example_lowers_the_loss(problem: Regression) -> bool:
    lr = 0.9 * 2 / problem.largest_curvature()
    after = problem.w - lr * problem.gradients(problem.w)[0]
    return problem.loss(after) < problem.loss(problem.w)


def _twice_is_half(problem: Regression) -> bool:
    gradients = problem.gradients(problem.w)
    all_rows = torch.arange(len(gradients))
    errors = []
    for size in (1, 2):  # all minibatches of this size, with putting back
        rows = torch.cartesian_prod(*size * [all_rows]).view(-1, size)
        off = gradients[rows].mean(1) - gradients.mean(0)
        errors.append(off.square().sum(1).mean().sqrt().item())
    return math.isclose(errors[1], errors[0] / 2, rel_tol=1e-3)


def _pairs_have_the_same_mean(problem: Regression) -> bool:
    pairs = torch.combinations(torch.arange(len(problem.inputs)))
    gradients = problem.gradients(problem.w)
    return bool((gradients[pairs].mean(1).mean(0) - gradients.mean(0)).norm() < SLACK)


def _all_are_still_at_the_minimum(problem: Regression) -> bool:
    return bool(problem.gradients(problem.best()).norm() < SLACK)


def _order_does_not_matter(problem: Regression) -> bool:
    gradients = problem.gradients(problem.w)
    return bool((gradients.flip(0).mean(0) - gradients.mean(0)).norm() < SLACK)


_CLAIMS: dict[str, Callable[[Regression], bool]] = {
    "a step against the gradient of one example lowers the loss of all": (
        _one_example_lowers_the_loss
    ),
    "a minibatch of twice the size has half the noise": _twice_is_half,
    "the mean over all pairs of examples is the full gradient": _pairs_have_the_same_mean,
    "at the minimum of the loss, each example has the gradient zero": (
        _all_are_still_at_the_minimum
    ),
    "all orders of the same examples give the same step if b = n": _order_does_not_matter,
    "sum and mean of the losses are smallest at the same w": sum_has_same_minimum,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred small regressions."""
    expect_tried(claims, _CLAIMS, draw(200), "regression")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_slopes)
epochs = epochs_sheet(check_epochs)
