"""Checks for the exercises of the page on non-maximum suppression, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torchvision

from utils.boxes.overlap import iou
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.nms_sheets import by_hand_sheet, factors_sheet, predict_sheet

NAMES = "ABCDE"
OVERLAPS = {"AB": 0.55, "BC": 0.6, "CD": 0.45, "DE": 0.7, "AC": 0.2}  # of exercise 1
SCORE, OVERLAP, SIGMA = 0.8, 0.5, 0.5  # of exercise 2
THRESHOLDS = [step / 20 for step in range(2, 17)]


def kept_of_table(overlaps: Mapping[str, float], threshold: float) -> str:
    """Return the names that greedy suppression keeps, from the IoUs of pairs."""
    kept = ""
    for name in NAMES:
        if all(overlaps.get(better + name, 0) <= threshold for better in kept):
            kept += name
    return kept


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: how many of five boxes remain, and which one is the last."""
    expect_number("the number of boxes", answers[0], len(kept_of_table(OVERLAPS, 0.5)), within=0)
    last = kept_of_table(OVERLAPS, 0.4)[-1]
    expect(answers[1] == last, f"the last box that is kept at 0.4 is not {answers[1]}")
    right(1)


@exercise
def check_factors(answers: Sequence) -> None:
    """Check exercise 2: what the two soft rules leave of a score."""
    expect_number("the linear score", answers[0], SCORE * (1 - OVERLAP))
    wanted = SCORE * math.exp(-(OVERLAP**2) / SIGMA)
    expect_number("the gaussian score", answers[1], wanted)
    right(2)


@exercise
def check_merge(merge: Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor]) -> None:
    """Check exercise 3 on crowds of several sizes, a single box, and none."""
    for count in (1, 2, 12, 30, 0):
        for seed, threshold in enumerate((0.2, 0.5, 0.8)):
            boxes, scores = _crowd(seed, count)
            case = f"for {count} boxes and threshold {threshold} your answer"
            given = _tensor(merge(boxes.clone(), scores.clone(), threshold), case)
            wanted = _merged(boxes, scores, threshold)
            shapes = f"has shape {tuple(given.shape)}, not {tuple(wanted.shape)}"
            expect(given.shape == wanted.shape, f"{case} {shapes}")
            kept = boxes[torchvision.ops.nms(boxes, scores, threshold)]
            differs = not torch.allclose(wanted, kept)
            expect(
                not (differs and torch.allclose(given.double(), kept, atol=1e-5)),
                f"{case} holds the kept boxes as they were",
            )
            expect(
                torch.allclose(given.double(), wanted, atol=1e-5), f"{case} holds wrong numbers"
            )
    right(3)


@exercise
def check_detect(detect: Callable[..., Sequence]) -> None:
    """Check exercise 4 against torchvision's ``batched_nms``."""
    for count, classes, least, most in (
        *((20, 3, 0.3, 100), (20, 3, 0.3, 4), (40, 1, 0.5, 100), (9, 5, 0.05, 12)),
        *((7, 2, 0.99, 5), (0, 3, 0.1, 5)),
    ):
        boxes, _ = _crowd(count, count)
        order = torch.randperm(count * classes, generator=torch.Generator().manual_seed(count))
        table = (order.reshape(count, classes).double() + 0.5) / max(1, count * classes)
        case = f"for {count} boxes, {classes} classes, least={least}, most={most} your answer"
        given = detect(boxes.clone(), table.clone(), least, 0.4, most)
        expect(
            isinstance(given, (tuple, list)) and len(given) == 3,
            f"{case} must be boxes, scores and classes",
        )
        given = [_tensor(part, case) for part in given]
        index = (table.flatten() > least).nonzero()[:, 0]
        rows, names = index // classes, index % classes
        scores = table.flatten()[index]
        kept = torchvision.ops.batched_nms(boxes[rows], scores, names, 0.4)[:most]
        wanted = boxes[rows[kept]], scores[kept], names[kept]
        for name, mine, theirs in zip(("boxes", "scores", "classes"), given, wanted, strict=True):
            expect(
                mine.shape == theirs.shape,
                f"{case} has {name} of shape {tuple(mine.shape)}, not {tuple(theirs.shape)}",
            )
            expect(torch.allclose(mine.double(), theirs.double()), f"{case} has wrong {name}")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random crowds."""
    holds = {
        "a larger threshold never keeps fewer boxes": _grows,
        "nms of the kept boxes keeps all of them": _stays,
        "small scores may go before nms or after it": _drops,
        "one box more never brings a removed one back": _holds_back,
    }
    crowds = [_crowd(seed, 12) for seed in range(60)]
    expect_tried(claims, holds, crowds, "crowd")
    right(5)


def _grows(crowd: tuple[torch.Tensor, torch.Tensor]) -> bool:
    counts = [len(torchvision.ops.nms(*crowd, threshold)) for threshold in THRESHOLDS]
    return counts == sorted(counts)


def _stays(crowd: tuple[torch.Tensor, torch.Tensor]) -> bool:
    boxes, scores = crowd
    kept = torchvision.ops.nms(boxes, scores, 0.4)
    return len(torchvision.ops.nms(boxes[kept], scores[kept], 0.4)) == len(kept)


def _drops(crowd: tuple[torch.Tensor, torch.Tensor]) -> bool:
    boxes, scores = crowd
    kept = torchvision.ops.nms(boxes, scores, 0.4)
    large = scores > 0.5
    before = torchvision.ops.nms(boxes[large], scores[large], 0.4)
    return torch.equal(scores[kept[large[kept]]], scores[large][before])


def _holds_back(crowd: tuple[torch.Tensor, torch.Tensor]) -> bool:
    boxes, scores = crowd
    without = torchvision.ops.nms(boxes[1:], scores[1:], 0.4) + 1
    return set(torchvision.ops.nms(boxes, scores, 0.4).tolist()) <= {0, *without.tolist()}


def _crowd(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return boxes that overlap a lot, and scores that are all different, float64."""
    generator = torch.Generator().manual_seed(seed)
    corner, size = torch.rand(2, count, 2, generator=generator, dtype=torch.float64) * 5
    scores = (torch.randperm(count, generator=generator).double() + 1) / (count + 1)
    return torch.cat([corner, corner + size + 0.5], dim=1), scores


def _merged(boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    kept = torchvision.ops.nms(boxes, scores, threshold)
    owner = torch.full((len(boxes),), -1)
    for rank, index in enumerate(kept):
        mine = (iou(boxes[index][None], boxes)[0] > threshold) & (scores <= scores[index])
        owner[mine & (owner < 0)] = rank
    weights = (owner == torch.arange(len(kept))[:, None]) * scores
    return weights @ boxes / weights.sum(dim=1, keepdim=True)


def _tensor(answer: object, case: str) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{case} must hold tensors, got {answer!r}")
    return answer.detach().cpu()


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
factors = factors_sheet(check_factors)
