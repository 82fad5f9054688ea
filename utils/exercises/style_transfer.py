"""Checks for the exercises of the page on style transfer, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_numbers, expect_tried, right
from utils.exercises.style_transfer_sheets import (
    DOUBLES,
    ELSE,
    QUADRUPLES,
    STAYS,
    by_hand_sheet,
    changes_sheet,
    predict_sheet,
)
from utils.style import gram, total_variation

MAPS = (2.0, 0.0), (1.0, 1.0)  # of exercise 1: two channels, two pixels
PICTURE = (0.0, 2.0), (3.0, 3.0)
BATCHES = (1, 1, 1, 1), (1, 3, 4, 5), (4, 2, 3, 3), (3, 5, 1, 2)  # shapes of exercise 3
PICTURES = (1, 2, 2), (3, 4, 5), (2, 7, 3), (3, 2, 6)  # shapes of exercise 4


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: a Gram matrix, its squared length, and a total variation."""
    table = gram(torch.tensor(MAPS))
    expect_numbers("the Gram matrix", answers[0], table.flatten())
    expect_numbers("the distance", [answers[1]], table.square().sum()[None])
    expect_numbers("the variation", [answers[2]], total_variation(torch.tensor([PICTURE]))[None])
    right(1)


@exercise
def check_changes(answers: Sequence) -> None:
    """Check exercise 2: what four changes of the maps do to their Gram matrix."""
    maps = torch.rand(3, 4, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    changed = maps.flip(2), 2 * maps, torch.cat([maps, maps], dim=2), maps + 1
    before = gram(maps.flatten(1))
    expect(len(answers) == len(changed), f"four words are wanted, got {len(answers)}")
    for number, (answer, after) in enumerate(zip(answers, changed, strict=True), start=1):
        factors = {STAYS: 1, DOUBLES: 2, QUADRUPLES: 4}
        holds = [
            word
            for word, factor in factors.items()
            if torch.allclose(gram(after.flatten(1)), factor * before)
        ]
        expect(answer == (holds or [ELSE])[0], f"change {number} is not {answer!r}")
    right(2)


@exercise
def check_grams(grams: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on batches of several shapes, picture by picture."""
    generator = torch.Generator().manual_seed(1)
    for shape in BATCHES:
        batch = torch.randn(shape, generator=generator)
        wanted = torch.stack([gram(maps.flatten(1)) for maps in batch])
        expect_numbers(f"grams of shape {shape}", grams(batch.clone()), wanted, within=1e-5)
    right(3)


@exercise
def check_slope(slope: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against autograd, which the answer itself cannot use here."""
    generator = torch.Generator().manual_seed(2)
    for shape in PICTURES:
        picture = torch.randn(shape, generator=generator, dtype=torch.float64)
        with torch.inference_mode():
            given = slope(picture.clone())
        expect_numbers(f"the slope for {shape}", given, _slope(picture), within=1e-6)
    right(4)


def _slope(picture: torch.Tensor) -> torch.Tensor:
    leaf = picture.clone().requires_grad_()
    (leaf.diff(dim=2).square().sum() + leaf.diff(dim=1).square().sum()).backward()
    return leaf.grad


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random maps."""
    holds = {
        "mirrored maps have the same Gram matrix": lambda f: _same(f, f.flip(1)),
        "F and -F have the same Gram matrix": lambda f: _same(f, -f),
        "F and F + 1 have the same Gram matrix": lambda f: _same(f, f + 1),
        "maps with equal Gram matrices have equal means": _equal_means,
        "no diagonal entry of a Gram matrix is negative": lambda f: bool(
            (gram(f).diagonal() >= 0).all()
        ),
    }
    generator = torch.Generator().manual_seed(3)
    draws = [torch.randn(3, 8, generator=generator, dtype=torch.float64) for _ in range(20)]
    expect_tried(claims, holds, draws, "set of maps")
    right(5)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(gram(one), gram(other))


def _equal_means(maps: torch.Tensor) -> bool:
    """Whether maps with one pixel turned round, whose Gram matrix is the same, keep their mean."""
    other = maps.clone()
    other[:, 0] *= -1
    return _same(maps, other) and torch.allclose(maps.mean(1), other.mean(1))


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
changes = changes_sheet(check_changes)
