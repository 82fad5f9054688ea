"""Checks for the exercises of the page on detectors of two stages, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torchvision.ops import roi_align, roi_pool

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.rcnn_family_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.repro import seeded

# Exercise 1: a picture's region on a map of stride 16.
STRIDE, BORDER, SIDE, PARTS = 16, 88.0, 4, 3
# Exercise 2: an anchor network on a picture of 800 by 608 pixels.
PICTURE, EACH, CHANNELS = (608, 800), 9, 512


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: a rounded border, how far it moved, and a part's share of cells."""
    cell = int(BORDER / STRIDE + 0.5)
    expect_number("the rounded border", answers[0], cell, within=0)
    expect_number("the shift in pixels", answers[1], abs(cell * STRIDE - BORDER), within=0)
    last = -(-2 * SIDE // PARTS)
    expect_number("the number of cells", answers[2], last - SIDE // PARTS, within=0)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2: anchors of a map, and the numbers that two small layers learn."""
    cells = PICTURE[0] // STRIDE * (PICTURE[1] // STRIDE)
    expect_number("the number of anchors", answers[0], cells * EACH, within=0)
    learned = (CHANNELS + 1) * 5 * EACH
    expect_number("the number of parameters", answers[1], learned, within=0)
    right(2)


@exercise
def check_decide(decide: Callable[[torch.Tensor, torch.Tensor], Sequence]) -> None:
    """Check exercise 3: class, probability and offsets of each region."""
    for seed, (regions, classes) in enumerate(((6, 4), (1, 1), (9, 10), (0, 3))):
        draw = seeded(seed)
        logits = torch.randn(regions, 1 + classes, generator=draw, dtype=torch.float64)
        logits[::2, 0] += 3  # the background is the most probable of all there
        offsets = torch.randn(regions, 1 + classes, 4, generator=draw, dtype=torch.float64)
        case = f"for {regions} regions and {classes} classes your answer"
        given = decide(logits.clone(), offsets.clone())
        shapes = isinstance(given, (tuple, list)) and len(given) == 3
        expect(shapes, f"{case} must be classes, probabilities and offsets")
        expect(all(isinstance(p, torch.Tensor) for p in given), f"{case} must hold tensors")
        best, labels = logits.softmax(1)[:, 1:].max(1)
        wanted = labels, best, offsets[torch.arange(regions), labels + 1]
        names = ("classes", "probabilities", "offsets")
        for name, mine, right_one in zip(names, given, wanted, strict=True):
            expect(mine.shape == right_one.shape, f"{case} has {name} of another shape")
            near = torch.allclose(mine.double(), right_one.double())
            expect(near, f"{case} has wrong {name}")
    right(3)


@exercise
def check_sample(sample: Callable[[torch.Tensor, int, float], torch.Tensor]) -> None:
    """Check exercise 4: how many are drawn of each kind, and that chance draws them."""
    for objects, others, count, share in (
        *((50, 300, 32, 0.5), (3, 300, 32, 0.5), (0, 60, 16, 0.25)),
        *((40, 5, 16, 0.25), (1, 0, 8, 0.5), (30, 90, 64, 0.25)),
    ):
        labels = torch.cat([torch.ones(objects), torch.zeros(others), -torch.ones(20)]).long()
        labels = labels[torch.randperm(len(labels), generator=seeded(objects))]
        case = f"for {objects} objects, {others} of the background, {count=}, {share=} your answer"
        draws = []
        for seed in range(3):
            seeded(seed)
            given = sample(labels.clone(), count, share)
            expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
            if given.dtype == torch.bool and given.shape == labels.shape:
                given = given.nonzero()[:, 0]
            expect(given.ndim == 1, f"{case} must be indices, or True and False for each anchor")
            draws.append(given.sort().values.long())
        for drawn in draws:
            chosen = labels[drawn]
            wanted = min(objects, int(count * share))
            rest = min(others, count - wanted)
            expect(len(drawn.unique()) == len(drawn), f"{case} has an anchor twice")
            expect((chosen == 1).sum() == wanted, f"{case} has not {wanted} objects")
            expect((chosen == 0).sum() == rest, f"{case} has not {rest} of the background")
            expect(not (chosen == -1).any(), f"{case} has an anchor that is ignored")
        for kind, there, words in ((1, objects, "objects"), (0, others, "background")):
            parts = [drawn[labels[drawn] == kind] for drawn in draws]
            if 0 < len(parts[0]) < there:
                same = all(torch.equal(parts[0], part) for part in parts[1:])
                expect(not same, f"{case} has the same {words} at each call: draw at random")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random maps and regions."""
    holds = {
        "pooling gives numbers of the map": lambda draw: _in_map(roi_pool, *draw),
        "aligning gives numbers of the map": lambda draw: _in_map(_align, *draw),
        "a larger region pools to at least as much": lambda draw: _grows(roi_pool, *draw),
        "a larger region aligns to at least as much": lambda draw: _grows(_align, *draw),
        "aligning a sum of maps gives the sum": lambda draw: _adds(_align, *draw),
        "pooling a sum of maps gives the sum": lambda draw: _adds(roi_pool, *draw),
    }
    expect_tried(claims, holds, [_draw(seed) for seed in range(60)], "region")
    right(5)


def _draw(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a map of 10 by 10 cells, and a region at least one cell within it, float64."""
    draw = seeded(seed)
    first, side = torch.rand(2, 2, generator=draw, dtype=torch.float64)
    corners = torch.cat([1 + 4 * first, 2 + 4 * first + 2.9 * side])
    maps = torch.randn(2, 1, 10, 10, generator=draw, dtype=torch.float64)
    return maps, torch.cat([torch.zeros(1, dtype=torch.float64), corners])[None]


def _align(maps: torch.Tensor, boxes: torch.Tensor, size: int) -> torch.Tensor:
    return roi_align(maps, boxes, size, 1.0, 2, True)


def _in_map(function: Callable, maps: torch.Tensor, boxes: torch.Tensor) -> bool:
    return bool(torch.isin(function(maps, boxes, 2), maps[0]).all())


def _grows(function: Callable, maps: torch.Tensor, boxes: torch.Tensor) -> bool:
    larger = boxes + torch.tensor([0, -1, -1, 1, 1], dtype=boxes.dtype)
    return bool(function(maps, larger, 1) >= function(maps, boxes, 1))


def _adds(function: Callable, maps: torch.Tensor, boxes: torch.Tensor) -> bool:
    one, other = maps[:1], maps[1:]
    parts = function(one, boxes, 2) + function(other, boxes, 2)
    return torch.allclose(function(one + other, boxes, 2), parts)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
