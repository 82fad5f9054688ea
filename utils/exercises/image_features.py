"""Checks for the exercises of the page on colour and gradients."""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ROUNDING,
    ask_numbers,
    expect,
    expect_number,
    right,
)
from utils.exercises.image_features_sheets import counts_sheet, predict_sheet, votes_sheet

KEPT = 0.001  # a feature that changes by less than this share of its length stays as it is
HISTOGRAM_BINS = 8
FEATURES = ("pixels", "histogram", "HOG")


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 1 with torch's histogram and its joint numbering of bins."""
    expect(len(answers) == 3, f"a list and two numbers are wanted, got {len(answers)} answers")
    pixels = torch.tensor([0, 0.1, 0.25, 0.4, 0.5, 0.9, 1, 1])
    counts = torch.histc(pixels, 4, 0, 1)
    answer = ask_numbers("the histogram", answers[0], (4,)).tolist()
    expect(sum(answer) == len(pixels), f"{len(pixels)} pixels make {len(pixels)} counts, not more")
    for number, (ours, theirs) in enumerate(zip(answer, counts.tolist(), strict=True)):
        expect(ours == theirs, f"bin {number} does not hold {ours:g} pixels")
    bins = (4 * torch.tensor([0.9, 0.3, 0.1])).long().tolist()
    triples = list(itertools.product(range(4), repeat=3))
    expect_number("the triple's number", answers[1], triples.index(tuple(bins)))
    expect_number(
        "the number of counts", answers[2], len(list(itertools.product(range(8), repeat=3)))
    )
    right(1)


@exercise
def check_votes(answers: Sequence) -> None:
    """Check exercise 2 with the shape that scikit-image returns."""
    expect(len(answers) == 3, f"three numbers are wanted, got {len(answers)}")
    down, across = 5 - 1, 5 - 2
    expect_number("the length", answers[0], math.hypot(down, across))
    degrees = math.degrees(math.atan2(down, across))
    expect_number("the bin", answers[1], int(degrees // (180 / 9)))
    wanted = _hog(torch.zeros(128, 64), cell=8, block=2).numel()
    expect_number("the number of HOG's numbers", answers[2], wanted)
    right(2)


@exercise
def check_intersection(intersection: Callable[..., torch.Tensor | float]) -> None:
    """Check exercise 3 on equal, disjoint and random histograms of unequal pictures."""
    draw = torch.Generator().manual_seed(0)
    pairs = [
        (torch.tensor([2, 0, 1, 1]), torch.tensor([1, 1, 2, 0])),
        (torch.tensor([3, 1]), torch.tensor([6, 2])),
        (torch.tensor([4, 0]), torch.tensor([0, 7])),
        (torch.tensor([5]), torch.tensor([2])),
    ]
    for count in (10, 1000):
        first = torch.randint(8, (count,), generator=draw).bincount(minlength=8)
        second = torch.randint(4, (50,), generator=draw).bincount(minlength=8)
        pairs += [(first, second), (second, first)]
    for first, second in pairs:
        shares = zip((first / first.sum()).tolist(), (second / second.sum()).tolist(), strict=True)
        wanted = sum(min(pair) for pair in shares)
        name = f"what {first.tolist()} and {second.tolist()} have in common"
        expect_number(name, intersection(first.clone(), second.clone()), wanted, within=1e-5)
    right(3)


def _hog(image: torch.Tensor, *, cell: int, block: int) -> torch.Tensor:
    # scikit-image takes a while to import, and only these checks need it.
    from skimage.feature import hog

    features = hog(
        image.numpy(),
        orientations=9,
        pixels_per_cell=(cell, cell),
        cells_per_block=(block, block),
        block_norm="L2",
    )
    return torch.from_numpy(features)


def _share(angle: float, number: int, orientations: int) -> float:
    """Return the share of one bin: 1 at its middle, 0 from one bin's width on."""
    width = 180 / orientations
    middle = (number + 0.5) * width
    # Every copy of the middle counts: with one or two bins both neighbours are the same bin.
    distances = [abs(angle - middle - turn) / width for turn in (-180, 0, 180)]
    return sum(max(0.0, 1 - distance) for distance in distances)


@exercise
def check_shared_votes(shared_votes: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 on middles, edges and random angles, with 1 to 18 bins."""
    generator = torch.Generator().manual_seed(0)
    drawn = 180 * torch.rand(50, generator=generator, dtype=torch.float64)
    special = torch.tensor([0, 10, 20, 45, 90, 135, 175, 179.9], dtype=torch.float64)
    for angles in (special, drawn, drawn[:0]):
        for orientations in (9, 4, 18, 2, 1):
            shares = shared_votes(angles, orientations)
            expect(isinstance(shares, torch.Tensor), f"a tensor is wanted, got {shares!r}")
            shape = (len(angles), orientations)
            expect(
                shares.shape == shape,
                f"the shape is {shape} for {len(angles)} angles and {orientations} bins, "
                f"not {tuple(shares.shape)}",
            )
            for angle, row in zip(angles.tolist(), shares.tolist(), strict=True):
                case = f"of {angle:g}° with {orientations} bins"
                expect(abs(sum(row) - 1) < ROUNDING, f"the shares {case} sum to {sum(row):.2f}")
                for number, share in enumerate(row):
                    wanted = _share(angle, number, orientations)
                    expect(
                        abs(share - wanted) < 1e-6,
                        f"bin {number} gets {share:.2f} of the vote {case}, "
                        f"but should get {wanted:.2f}",
                    )
    right(4)


def _changes() -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    generator = torch.Generator().manual_seed(0)
    image = 0.7 * torch.rand(24, 24, generator=generator, dtype=torch.float64) + 0.05
    order = torch.randperm(image.numel(), generator=generator)
    return image, {
        "shuffled": image.flatten()[order].view_as(image),
        "brighter by 0.2": image + 0.2,
        "half the contrast": 0.5 * image,
        "inverted": 1 - image,
        "mirrored": image.flip(1),
    }


def _feature(name: str, image: torch.Tensor) -> torch.Tensor:
    if name == "HOG":
        return _hog(image, cell=6, block=2)
    return image.flatten() if name == "pixels" else torch.histc(image, HISTOGRAM_BINS, 0, 1)


@exercise
def check_kept_features(kept_features: Mapping[str, Sequence[str]]) -> None:
    """Check exercise 5 by computing every feature before and after every change."""
    image, changes = _changes()
    for change, changed in changes.items():
        answer = kept_features.get(change)
        expect(
            isinstance(answer, (list, tuple, set, frozenset)) and set(answer) <= set(FEATURES),
            f"{change!r} needs a list of {', '.join(FEATURES)}, got {answer!r}",
        )
        for name in FEATURES:
            before, after = _feature(name, image), _feature(name, changed)
            kept = bool((before - after).norm() < KEPT * before.norm())
            verb = "stays as it is" if kept else "changes"
            expect((name in answer) == kept, f"{name} {verb} when a picture is {change}")
    right(5)


predict = predict_sheet()
counts = counts_sheet(check_counts)
votes = votes_sheet(check_votes)
