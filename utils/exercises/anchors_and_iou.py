"""The exercises of the page on anchor boxes and IoU."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torchvision import ops
from torchvision.models.detection._utils import Matcher

from utils.boxes.anchors import anchors
from utils.exercises.anchors_and_iou_claims import CLAIMS, draw_pairs
from utils.exercises.anchors_and_iou_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.forbidden import expect_no_loop, expect_same_effort, watch


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torchvision's four scores."""
    pair = [torch.tensor([box], dtype=torch.float64) for box in ([0, 0, 4, 4], [2, 2, 6, 6])]
    wanted = {
        "IoU": ops.box_iou(*pair),
        "GIoU": ops.generalized_box_iou(*pair),
        "DIoU": ops.distance_box_iou(*pair),
        "CIoU": ops.complete_box_iou(*pair),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value.item())
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 by laying the anchors."""
    laid = anchors((20, 30), (320, 480), (32, 64, 128), (1, 4, 0.25))
    x1, y1, x2, y2 = laid[3].tolist()  # the first size with the second ratio, in the first cell
    wanted = {
        "the count": len(laid),
        "the width": x2 - x1,
        "the height": y2 - y1,
        "the left edge": x1,
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=1e-3)
    right(2)


@exercise
def check_cover(cover: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on random sets, a box inside another, and far apart; loops are noticed."""
    generator = torch.Generator().manual_seed(0)

    def draw(count: int) -> torch.Tensor:
        corner, sides = torch.rand(2, count, 2, generator=generator, dtype=torch.float64)
        return torch.cat([corner, corner + sides + 0.05], dim=1)

    inside = torch.tensor([[0, 0, 8, 8], [2, 2, 4, 6], [20, 0, 30, 5]], dtype=torch.float64)
    sets = ((draw(5), draw(3)), (draw(1), draw(4)), (inside, inside), (draw(40), draw(30)))
    runs = []
    for boxes1, boxes2 in sets:
        case = f"for {len(boxes1)} and {len(boxes2)} boxes the answer"
        run = watch(cover, boxes1.clone(), boxes2.clone())
        expect_no_loop(run, "cover")
        start = torch.maximum(boxes1[:, None, :2], boxes2[:, :2])
        end = torch.minimum(boxes1[:, None, 2:], boxes2[:, 2:])
        shared = (end - start).clamp(min=0).prod(-1)
        expect_numbers(case, run.result, shared / ops.box_area(boxes1)[:, None], within=1e-6)
        runs.append(run)
    expect_same_effort(runs[0], runs[-1], "cover")
    right(3)


@exercise
def check_three_ways(three_ways: Callable[[torch.Tensor, float, float], torch.Tensor]) -> None:
    """Check exercise 4 against torchvision's Matcher."""
    generator = torch.Generator().manual_seed(0)
    double = {"dtype": torch.float64}
    edges = torch.tensor([[0.3, 0.1], [0.7, 0.2], [0.1, 0.69], [0.29, 0], [0, 1]], **double)
    drawn = (torch.rand(7, n, generator=generator, **double) ** (3 / n) for n in (1, 2, 5))
    tables = [edges, *drawn]
    for table in tables:
        for low, high in ((0.3, 0.7), (0.4, 0.5), (0.5, 0.5)):
            wanted = Matcher(high, low)(table.T)
            given = three_ways(table.clone(), low, high)
            case = f"for {table.shape[1]} objects, low {low} and high {high}, the answer"
            expect_numbers(case, given, wanted, within=0)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on pairs of boxes."""
    expect_tried(claims, CLAIMS, draw_pairs(20), "pair")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
