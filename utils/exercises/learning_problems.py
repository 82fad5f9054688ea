"""Checks for the exercises of the page on learning problems."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.answers import as_number
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, ask_numbers, expect, right

_POINTS = torch.tensor([[0.0, 0], [2, 0], [1, 3], [6, 1], [6, 3]])
_LABELS = torch.tensor([0, 0, 0, 1, 1])
_ASKED = torch.tensor([[4.0, 1], [3, 2]])
EXACT = 1e-6  # an answer may be a float32


@exercise
def check_centroids_by_hand(centroids: Sequence[Sequence[float]], classes: Sequence[int]) -> None:
    """Check exercise 1: two means, and the nearer of them to two points."""
    means = torch.stack([_POINTS[c == _LABELS].mean(dim=0) for c in (0, 1)])
    for c, (answer, wanted) in enumerate(zip(centroids, means, strict=True)):
        given = ask_numbers(f"the centroid of class {c}", answer, (2,))
        is_mean = torch.allclose(given, wanted.double(), rtol=0, atol=EXACT)
        expect(is_mean, f"{answer} is not the mean of the points of class {c}")
    nearest = torch.cdist(_ASKED, means).argmin(dim=1).tolist()
    for point, answer, wanted in zip(_ASKED.tolist(), classes, nearest, strict=True):
        expect(as_number(answer) in (0, 1), f"the class of {point} is 0 or 1, got {answer!r}")
        expect(answer == wanted, f"class {answer} does not have the centroid nearer to {point}")
    right(1)


@exercise
def check_hide_middle(
    hide_middle: Callable[[torch.Tensor, int], tuple[torch.Tensor, torch.Tensor]],
) -> None:
    """Check exercise 2 on even and odd sizes, one and three channels."""
    generator = torch.Generator().manual_seed(0)
    cases = (((2, 1, 8, 8), 4), ((1, 1, 5, 7), 3), ((3, 3, 6, 6), 1), ((2, 1, 4, 4), 4))
    for shape, size in cases:
        images = torch.rand(shape, generator=generator) + 0.1  # no pixel is zero by itself
        before, case = images.clone(), f"for images {shape} and size {size}"
        answer = hide_middle(images, size)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"inputs and labels are wanted {case}")
        inputs, labels = answer
        expect(torch.equal(images, before), f"the pictures themselves were changed {case}")
        expect(inputs.shape == images.shape, f"inputs have shape {tuple(inputs.shape)} {case}")
        count = (shape[0], shape[1] * size * size)
        expect(labels.shape == count, f"labels have shape {tuple(labels.shape)} {case}")
        height, width = shape[2:]
        top, left = (height - size) // 2, (width - size) // 2
        hole = (left, width - left - size, top, height - top - size)
        mask = F.pad(torch.zeros(size, size), hole, value=1.0)
        expect(torch.equal(inputs, images * mask), f"the wrong pixels are hidden {case}")
        cut = images[mask.expand(shape) == 0].view(count)
        expect(torch.equal(labels, cut), f"the labels are not the hidden pixels {case}")
    right(2)


@exercise
def check_step_factors(factor_for_sum: float, factor_for_mean: float) -> None:
    """Check exercise 3 on the slopes of a loss over 100 and over 2,000 examples."""
    for name, answer, reduction in (
        ("factor_for_sum", factor_for_sum, "sum"),
        ("factor_for_mean", factor_for_mean, "mean"),
    ):
        factor = ask_number(name, answer)
        weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
        slopes = []
        for count in (100, 2000):
            targets = torch.ones(count, dtype=torch.float64)
            loss = F.mse_loss(weight * targets, targets, reduction=reduction)
            slopes += torch.autograd.grad(loss, weight)
        few, many = slopes
        expect(
            ((factor * many - few) / few).abs() < EXACT,
            f"{name} = {answer} does not keep the step as long as it was",
        )
    right(3)
