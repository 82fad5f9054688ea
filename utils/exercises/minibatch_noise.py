"""Checks for the exercises of the page on batch size and gradient noise."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch.func import grad, vmap

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import (
    BY_AUTOGRAD,
    expect_no_loop,
    expect_not_ready_made,
    watch,
)
from utils.exercises.minibatch_noise_sheets import by_hand_sheet, predict_sheet, scale_sheet

SLOPES = torch.tensor([1.0, 3.0, 5.0, 11.0], dtype=torch.float64)


def _variance_of_means(batches: torch.Tensor) -> torch.Tensor:
    """Return the variance of the means of all the batches there are, one a row."""
    return batches.mean(1).var(correction=0)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by listing all batches of four slopes."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    expect_number("the variance of one", answers[0], SLOPES.var(correction=0))
    pairs = torch.cartesian_prod(SLOPES, SLOPES)
    expect_number("the variance with putting back", answers[1], _variance_of_means(pairs))
    pairs = torch.combinations(SLOPES)
    expect_number("the variance without putting back", answers[2], _variance_of_means(pairs))
    expect_number("the variance of all four", answers[3], _variance_of_means(SLOPES[None]))
    right(1)


def fall(batch_size: float, scale: float) -> float:
    """Return what a best step gets on a round bowl, as a share of the full gradient's."""
    return 1 / (1 + scale / batch_size)


@exercise
def check_scale(answers: Sequence) -> None:
    """Check exercise 2 with the formulas of the page."""
    expect(len(answers) == 5, f"5 numbers are wanted, got {len(answers)}")
    expect_number("the batch size", answers[0], 16 * 3**2, within=0)
    expect_number("the factor", answers[1], (1001 - 501) / (1001 - 1))
    expect_number("the share", answers[2], fall(16, 64))
    steps = 1 / fall(128, 64)
    expect_number("the steps", answers[3], steps)
    expect_number("the examples", answers[4], steps * 128 / 64)
    right(2)


@exercise
def check_layer_gradients(
    layer_gradients: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 3 against vmap(grad) of torch's linear layer."""
    generator = torch.Generator().manual_seed(0)

    def pull(weight: torch.Tensor, x: torch.Tensor, error: torch.Tensor) -> torch.Tensor:
        return (F.linear(x, weight) * error).sum()

    for examples, width, outputs in ((3, 4, 2), (1, 5, 3), (4, 2, 2), (2, 1, 1)):
        inputs = torch.randn(examples, width, generator=generator)
        errors = torch.randn(examples, outputs, generator=generator)
        weight = torch.zeros(outputs, width)
        wanted = vmap(grad(pull), in_dims=(None, 0, 0))(weight, inputs, errors)
        case = f"the gradients of {examples} examples, {width} inputs and {outputs} outputs"
        run = watch(layer_gradients, inputs.clone(), errors.clone())
        expect_no_loop(run, "layer_gradients")
        expect_not_ready_made(run, BY_AUTOGRAD, "layer_gradients")
        expect_numbers(case, run.result, wanted, within=1e-5)
    right(3)


# Rows with simple noise scales: 8/3, 1/4, 0, and one of drawn numbers.
TABLES = (
    torch.tensor([[3.0, 0.0], [-1.0, 0.0], [3.0, 0.0], [-1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]),
    torch.tensor([[1.0, 3.0], [3.0, 1.0]]),
    torch.tensor([[2.0, -1.0], [2.0, -1.0], [2.0, -1.0]]),
    torch.randn(50, 6, generator=torch.Generator().manual_seed(1)),
)


@exercise
def check_batch_for(batch_for: Callable[[torch.Tensor, float], int]) -> None:
    """Check exercise 4: the size that is returned is enough, and one less is not."""
    for table in TABLES:
        rows = table.double()
        mean = rows.mean(0)
        scale = ((rows - mean).square().sum(1).mean() / mean.square().sum()).item()
        for share in (0.1, 0.45, 0.7, 0.85):  # no size is whole
            size = scale * share / (1 - share)
            wanted = max(1, math.ceil(size))
            case = f"batch_for of {len(rows)} rows, share {share}"
            expect_number(case, batch_for(rows.clone(), share), wanted, within=0)
    right(4)


class Noise(NamedTuple):
    """Gradients of examples, and the curvatures of a bowl with a place on it."""

    rows: torch.Tensor
    curvature: torch.Tensor
    place: torch.Tensor

    def far(self, *sizes: int) -> bool:
        """Say whether slices of these sizes average to another than the full gradient."""
        means = torch.stack([part.mean(0) for part in self.rows.split(list(sizes))])
        return not torch.allclose(means.mean(0), self.rows.mean(0))

    def variance(self, size: int, *, put_back: bool) -> float:
        """Return the variance of a batch's gradient, by listing all batches."""
        names = torch.arange(len(self.rows))
        lists = (
            torch.cartesian_prod(*[names] * size).reshape(-1, size)
            if put_back
            else torch.combinations(names, size)
        )
        means = self.rows[lists].mean(1)
        return (means - self.rows.mean(0)).square().sum(1).mean().item()

    def same(self) -> float:
        """Return how far one example is off if all are copies of the first."""
        copies = self.rows[:1].expand(6, -1)
        return (copies[0] - copies.mean(0)).norm().item()

    def points_home(self) -> bool:
        """Say whether the gradient lies along the line to the minimum."""
        cosine = F.cosine_similarity(self.curvature * self.place, self.place, dim=0)
        return bool(cosine > 1 - 1e-6)


def _draws() -> list[Noise]:
    generator = torch.Generator().manual_seed(2)
    tables = torch.randn(5, 6, 2, dtype=torch.float64, generator=generator)
    curvatures = 0.1 + torch.rand(5, 2, dtype=torch.float64, generator=generator)
    places = torch.randn(5, 2, dtype=torch.float64, generator=generator)
    return [Noise(*parts) for parts in zip(tables, curvatures, places, strict=True)]


HOLDS = {
    "slices of equal size average to the full gradient": lambda d: not d.far(2, 2, 2),
    "slices of any sizes average to the full gradient": lambda d: not d.far(4, 2),
    "with putting back, twice the batch has half the variance": lambda d: math.isclose(
        d.variance(2, put_back=True), d.variance(1, put_back=True) / 2
    ),
    "without putting back, n / 2 examples have half the variance of one": lambda d: math.isclose(
        d.variance(3, put_back=False), d.variance(1, put_back=False) / 2
    ),
    "if all gradients are the same, a batch of one is exact": lambda d: d.same() < 1e-12,
    "the full gradient of a bowl points along the line to its minimum": Noise.points_home,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on drawn gradients and bowls."""
    expect(len(claims) == len(HOLDS), f"{len(HOLDS)} claims are wanted, got {len(claims)}")
    expect_tried(claims, HOLDS, _draws(), "set of gradients")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
scale = scale_sheet(check_scale)
