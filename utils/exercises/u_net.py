"""Checks for the exercises of the page on the U-Net, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.u_net_sheets import dice_sheet, predict_sheet, sizes_sheet
from utils.segmentation.losses import soft_dice

SIDE, LEVELS = 60, 2  # of exercise 1
SHARES, TRUTH = (0.9, 0.6, 0.3, 0.2), (1, 1, 0, 0)  # of exercise 2

Pair = tuple[torch.Tensor, torch.Tensor]


def unpadded(side: int, levels: int) -> tuple[int, int, int]:
    """Return the sides at the bottom and at the end, and what is cut off the first map's top."""
    kept = []
    for _ in range(levels):
        kept.append(side - 4)
        side = (side - 4) // 2
    bottom = side = side - 4
    for large in reversed(kept):
        cut, side = (large - 2 * side) // 2, 2 * side - 4
    return bottom, side, cut


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 1: sides of a small U without padding."""
    names = "the rows at the bottom", "the rows that come out", "the rows cut at the top"
    for name, answer, wanted in zip(names, answers, unpadded(SIDE, LEVELS), strict=True):
        expect_number(name, answer, wanted, within=0)
    right(1)


@exercise
def check_dice(answers: Sequence) -> None:
    """Check exercise 2: the soft Dice score of four pixels, and two slopes of its loss."""
    p = torch.tensor(SHARES, dtype=torch.float64, requires_grad=True)
    t = torch.tensor(TRUTH, dtype=torch.float64)
    score = soft_dice(p.view(1, 1, 2, 2), t.view(1, 1, 2, 2), smooth=0).sum()
    (slope,) = torch.autograd.grad(1 - score, p)
    names = "the score", "the first slope", "the third slope"
    wanted = score.item(), slope[0].item(), slope[2].item()
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=1e-3)
    right(2)


@exercise
def check_crop_and_join(crop_and_join: Callable[[torch.Tensor, torch.Tensor], object]) -> None:
    """Check exercise 3 on even and odd differences, and on none."""
    for large, small in (
        ((12, 12), (4, 4)),
        ((9, 12), (6, 8)),
        ((5, 6), (5, 6)),
        ((8, 7), (7, 4)),
    ):
        kept, raised = (_maps(seed, *sides) for seed, sides in enumerate((large, small)))
        case = f"for kept maps of {large} and raised ones of {small} your answer"
        given = crop_and_join(kept.clone(), raised.clone())
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape = (2, 6, *small)
        is_as_large = given.shape == shape
        expect(is_as_large, f"{case} has shape {tuple(given.shape)}, not {shape}")
        tops = [(many - few) // 2 for many, few in zip(large, small, strict=True)]
        middle = kept.narrow(2, tops[0], small[0]).narrow(3, tops[1], small[1])
        swapped = torch.equal(given.detach(), torch.cat([raised, middle], 1))
        expect(not swapped, f"{case} has the raised maps first")
        is_right = torch.equal(given.detach(), torch.cat([middle, raised], 1))
        expect(is_right, f"{case} holds other numbers")
    right(3)


@exercise
def check_tversky(tversky: Callable[..., object]) -> None:
    """Check exercise 4, and that a half and a half give Dice."""
    for seed, (alpha, beta) in enumerate(((0.5, 0.5), (0.3, 0.7), (1, 1), (0, 1), (2, 0.25))):
        p, t = _pair(seed)
        missed, false = ((1 - p) * t).sum(), (p * (1 - t)).sum()
        wanted = ((p * t).sum() / ((p * t).sum() + alpha * false + beta * missed)).item()
        name = f"the index with alpha = {alpha} and beta = {beta}"
        expect_number(name, tversky(p.clone(), t.clone(), alpha, beta), wanted, within=1e-6)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random probabilities and masks."""
    holds = {
        "adding two maps, then a convolution, is a joined convolution": _adding_is_joining,
        "a joined convolution is that of the sum of the maps": _joining_is_adding,
        "the Dice loss has one slope by p at all pixels of the object": _one_slope,
        "background pixels with p = 0 leave Dice as it is": _dice_stays,
        "background pixels with p = 0 leave the mean cross-entropy as it is": _entropy_stays,
    }
    expect_tried(claims, holds, [_pair(seed) for seed in range(20)], "pair")
    right(5)


def _both_ways(pair: Pair, *, same: bool) -> bool:
    a, b = (part.view(1, 1, 4, 4) for part in pair)
    W = torch.linspace(-1, 1, 18, dtype=a.dtype).view(1, 2, 3, 3)
    if same:
        W = W[:, :1].repeat(1, 2, 1, 1)
    joined = F.conv2d(torch.cat([a, b], 1), W)
    return torch.allclose(joined, F.conv2d(a + b, W[:, :1]))


def _adding_is_joining(pair: Pair) -> bool:
    return _both_ways(pair, same=True)


def _joining_is_adding(pair: Pair) -> bool:
    return _both_ways(pair, same=False)


def _score(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return 2 * (p * t).sum() / (p.sum() + t.sum())


def _one_slope(pair: Pair) -> bool:
    p, t = pair[0].clone().requires_grad_(), pair[1]
    (slope,) = torch.autograd.grad(1 - _score(p, t), p)
    return bool((slope[t == 1] - slope[t == 1][0]).abs().max() < 1e-12)


def _with_more(pair: Pair) -> Pair:
    return tuple(torch.cat([part, torch.zeros(9, dtype=part.dtype)]) for part in pair)


def _dice_stays(pair: Pair) -> bool:
    return torch.allclose(_score(*pair), _score(*_with_more(pair)))


def _entropy_stays(pair: Pair) -> bool:
    losses = [F.binary_cross_entropy(*both) for both in (pair, _with_more(pair))]
    return torch.allclose(*losses)


def _maps(seed: int, *sides: int) -> torch.Tensor:
    return torch.randn(2, 3, *sides, generator=torch.Generator().manual_seed(seed))


def _pair(seed: int) -> Pair:
    """Return 16 probabilities, and a mask with object and background, float64."""
    draw = torch.rand(2, 16, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    truth = (draw[1] > 0.6).double()
    truth[0], truth[1] = 1, 0
    return 0.01 + 0.98 * draw[0], truth


predict = predict_sheet()
sizes = sizes_sheet(check_sizes)
dice = dice_sheet(check_dice)
