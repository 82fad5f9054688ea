"""Checks for the exercises of the page on YOLO, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.boxes.formats import convert
from utils.detection.grid import boxes_of, owners
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_numbers, expect_tried, right
from utils.exercises.forbidden import watch
from utils.exercises.yolo_sheets import by_hand_sheet, duty_sheet, predict_sheet

SIZE, SIDE = 448, 7  # of exercise 1
BOX = (100.0, 150.0, 260.0, 350.0)
FOUND = torch.tensor([0.3, 0.6]), torch.tensor([0.9, 0.2])  # exercise 2: overlaps, confidences


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: column, row, x, y, and the roots of width and height."""
    place = owners(torch.tensor([[BOX]]), torch.tensor([[0]]), size=SIZE, side=SIDE)
    sides = [math.sqrt((BOX[axis + 2] - BOX[axis]) / SIZE) for axis in (0, 1)]
    wanted = [*place.cell.flatten().tolist(), *place.place.flatten().tolist(), *sides]
    names = ("the column", "the row", "x", "y", "the root of the width", "the root of the height")
    expect(len(answers) == len(names), f"six numbers are asked for, got {len(answers)}")
    for name, answer, number in zip(names, answers, wanted, strict=True):
        expect_numbers(name, answer, number)
    right(1)


@exercise
def check_duty(answers: Sequence) -> None:
    """Check exercise 2: the goals of two confidences, and the part of the loss they make."""
    overlaps, sure = FOUND
    best = overlaps.argmax()
    goals = torch.zeros(2).scatter(0, best[None], overlaps[best])
    weights = torch.full((2,), 0.5).scatter(0, best[None], 1.0)
    part = (weights * (sure - goals).square()).sum()
    expect(len(answers) == 3, f"three numbers are asked for, got {len(answers)}")
    expect_numbers("the goal of the first confidence", answers[0], goals[0])
    expect_numbers("the goal of the second confidence", answers[1], goals[1])
    expect_numbers("the loss of both", answers[2], part, within=0.0006)
    right(2)


@exercise
def check_decode(decode: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 3 on grids of several sides and pictures."""
    for side, size in ((1, 64), (4, 64), (7, 448), (3, 90)):
        cells = torch.rand(side, side, 4, generator=torch.Generator().manual_seed(side)).double()
        case = f"for {side}×{side} cells and {size} pixels your answer"
        given = ask_numbers(case, decode(cells.clone(), size), (side, side, 4))
        wanted = boxes_of(cells[..., :2], cells[..., 2:], size=size)
        across = cells.transpose(0, 1)
        turned = boxes_of(across[..., :2], across[..., 2:], size=size).transpose(0, 1)
        is_turned = side > 1 and torch.allclose(given, turned, atol=1e-3)
        expect(not is_turned, f"{case} takes rows for columns")
        expect(torch.allclose(given, wanted, atol=1e-3), f"{case} holds wrong numbers")
    right(3)


@exercise
def check_nearest(nearest: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 on random sizes, one that all priors hold, and a single prior."""
    for count, priors in ((30, 5), (12, 2), (4, 1)):
        generator = torch.Generator().manual_seed(count)
        sizes, means = (1 + 30 * torch.rand(n, 2, generator=generator) for n in (count, priors))
        case = f"for {count} sizes and {priors} priors your answer"
        run = watch(nearest, sizes.clone(), means.clone())
        called = {code.co_name for code in run.own}
        expect("overlap_of_sizes" not in called, f"{case} calls overlap_of_sizes: write it anew")
        given = ask_numbers(case, run.result, (count,))
        shared = torch.minimum(sizes[:, None], means).prod(-1)
        ratio = shared / (sizes.prod(-1)[:, None] + means.prod(-1) - shared)
        wanted, euclid = ratio.argmax(1), torch.cdist(sizes, means).argmin(1)
        expect(
            not torch.equal(given, euclid.double()) or torch.equal(euclid, wanted),
            f"{case} goes by distances, not by IoU",
        )
        expect(bool((given == wanted).all()), f"{case} holds wrong numbers")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random objects."""
    holds = {
        "twice as many cells a side: an object that is kept stays kept": _finer,
        "one cell more a side: no more objects are lost": _one_more,
        "picture and boxes twice as large: the target stays": _larger,
        "the objects in another order: as many are lost": _shuffled_count,
        "the objects in another order: the same ones are lost": _shuffled,
        "a box twice as wide around its centre: its cell stays": _wider,
    }
    expect_tried(claims, holds, [_drawn(seed) for seed in range(80)], "picture")
    right(5)


def _drawn(seed: int) -> torch.Tensor:
    """Return 2 to 9 boxes in a picture of 64 pixels, corners."""
    generator = torch.Generator().manual_seed(seed)
    centre, sides = torch.rand(2, 2 + seed % 8, 2, generator=generator, dtype=torch.float64)
    return torch.cat([64 * centre - 2 - 4 * sides, 64 * centre + 2 + 4 * sides], dim=1)


def _kept(boxes: torch.Tensor, side: int, size: int = 64) -> torch.Tensor:
    return owners(boxes[None], torch.zeros(1, len(boxes)).long(), size=size, side=side).kept[0]


def _finer(boxes: torch.Tensor) -> bool:
    return all(bool(_kept(boxes, 2 * side)[_kept(boxes, side)].all()) for side in (2, 3, 4))


def _one_more(boxes: torch.Tensor) -> bool:
    counts = [int(_kept(boxes, side).sum()) for side in range(2, 9)]
    return counts == sorted(counts)


def _larger(boxes: torch.Tensor) -> bool:
    zeros = torch.zeros(1, len(boxes)).long()
    pair = [owners(times * boxes[None], zeros, size=64 * times, side=5).place for times in (1, 2)]
    return torch.allclose(*pair)


def _shuffled_count(boxes: torch.Tensor) -> bool:
    return bool(_kept(boxes, 3).sum() == _kept(boxes.flip(0), 3).sum())


def _shuffled(boxes: torch.Tensor) -> bool:
    return torch.equal(_kept(boxes, 3), _kept(boxes.flip(0), 3).flip(0))


def _wider(boxes: torch.Tensor) -> bool:
    centred = convert(boxes, "xyxy", "cxcywh")
    centred[:, 2] *= 2
    zeros = torch.zeros(1, len(boxes)).long()
    pair = [
        owners(each[None], zeros, size=64, side=4).cell
        for each in (boxes, convert(centred, "cxcywh", "xyxy"))
    ]
    return torch.equal(*pair)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
duty = duty_sheet(check_duty)
