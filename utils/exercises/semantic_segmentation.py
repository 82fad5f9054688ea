"""Checks for the exercises of the page on semantic segmentation, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.forbidden import expect_same_effort, watch
from utils.exercises.semantic_segmentation_claims import CLAIMS, draw_masks
from utils.exercises.semantic_segmentation_sheets import (
    by_hand_sheet,
    gradient_sheet,
    predict_sheet,
)

BORDER = 255
TRUE, SAID, BOTH, PIXELS = 6, 5, 4, 20  # of exercise 1
WEIGHTS = 1.0, 4.0  # of exercise 2


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: IoU, Dice and pixel accuracy of one class."""
    expect_number("the IoU", answers[0], BOTH / (TRUE + SAID - BOTH))
    expect_number("the Dice score", answers[1], 2 * BOTH / (TRUE + SAID))
    wrong = TRUE + SAID - 2 * BOTH
    expect_number("the pixel accuracy", answers[2], 1 - wrong / PIXELS)
    right(1)


@exercise
def check_gradient(answers: Sequence) -> None:
    """Check exercise 2: weighted loss of pixels with equal scores, and two of its gradients."""
    expect_number("the loss", answers[0], math.log(2))
    background, thing = WEIGHTS
    slope = thing * (0.5 - 1) / (2 * background + thing)
    expect_number("the gradient of the third pixel", answers[1], slope)
    expect_number("the gradient of the ignored pixel", answers[2], 0)
    right(2)


@exercise
def check_border(with_border: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on masks of several sizes, thin objects and one class among them.

    An answer that takes more calls for a larger mask goes over its pixels.
    """
    for mask in _masks():
        height, width = mask.shape
        case = f"for a mask of {height}×{width} pixels your answer"
        given = mask.clone()
        answer = _tensor(with_border(given), case)
        expect(torch.equal(given, mask), f"{case} changes the mask itself: return a copy")
        expect(
            answer.shape == mask.shape,
            f"{case} has shape {tuple(answer.shape)}, not {tuple(mask.shape)}",
        )
        wanted = _with_border(mask)
        off = (answer.double() != wanted.double()).sum().item()
        expect(not off, f"{case} is wrong at {off} pixels")
    small = torch.arange(20).view(4, 5) % 3
    runs = [watch(with_border, small.repeat(times, times)) for times in (1, 3)]
    expect_same_effort(*runs, "with_border")
    right(3)


@exercise
def check_rebalanced(rebalanced: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 by Bayes' rule on the probabilities."""
    generator = torch.Generator().manual_seed(0)
    for images, classes in ((2, 3), (1, 4), (3, 2)):
        scores, shares = (
            torch.randn(shape, generator=generator, dtype=torch.float64)
            for shape in ((images, classes, 4, 5), (2, classes))
        )
        shown, real = shares.softmax(1)
        case = f"for {classes} classes your answer"
        answer = _tensor(rebalanced(scores.clone(), shown.clone(), real.clone()), case)
        expect(
            answer.shape == scores.shape,
            f"{case} has shape {tuple(answer.shape)}, not {tuple(scores.shape)}",
        )
        ratio = (real / shown)[:, None, None]
        wanted = scores.softmax(1) * ratio
        wanted = wanted / wanted.sum(1, keepdim=True)
        near = torch.allclose(answer.double().softmax(1), wanted, atol=1e-6)
        expect(near, f"{case} gives probabilities that Bayes' rule does not")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random masks."""
    expect_tried(claims, CLAIMS, draw_masks(100), "set of masks")
    right(5)


def _masks() -> list[torch.Tensor]:
    """Return masks at random, in regions, of one class, and with a lone pixel."""
    generator = torch.Generator().manual_seed(0)
    sizes = ((6, 7, 3), (5, 5, 1), (1, 6, 4), (1, 1, 3), (3, 3, 9))
    found = [
        torch.randint(most, (rows, columns), generator=generator) for rows, columns, most in sizes
    ]
    found.append(found[-1].repeat_interleave(4, 0).repeat_interleave(4, 1)[:, :9])
    lone = torch.full((5, 6), 2)
    lone[2, 3] = 0
    return [*found, lone]


def _with_border(mask: torch.Tensor) -> torch.Tensor:
    """Mark the border by comparing with each of eight shifted copies."""
    height, width = mask.shape
    framed = torch.full((height + 2, width + 2), -1)
    framed[1:-1, 1:-1] = mask
    border = torch.zeros_like(mask, dtype=torch.bool)
    for down in range(3):
        for right_ in range(3):
            near = framed[down : down + height, right_ : right_ + width]
            border |= (near >= 0) & (near != mask)
    return mask.masked_fill(border, BORDER)


def _tensor(answer: object, case: str) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{case} must be a tensor, got {answer!r}")
    return answer.detach().cpu()


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
gradient = gradient_sheet(check_gradient)
