"""The book's mAP beside pycocotools and torchmetrics: ``python -m benchmarks.average_precision``.

All three get the same detections of 1,000 images and must find the same number. They take turns in
random order; what counts is the processor's time in the shortest of their turns, on one thread.
"""

import sys
from dataclasses import dataclass

import torch

from benchmarks.convolutions import shortest
from utils.data.detections import imitate_detections
from utils.data.scenes import load_scenes
from utils.metrics.average_precision import marks
from utils.metrics.matching import COCO_THRESHOLDS
from utils.metrics.mean_average_precision import mean_average_precision
from utils.metrics.reference import (
    Records,
    by_torchmetrics,
    coco_tables,
    evaluated,
    table_of,
)

TURNS = 3
IMAGES = 1000
# Kind, boxes around an object (least and most), false alarms an image, classes.
SETS = (
    ("digit scenes, 10 classes", (1, 2), 3, 10),
    ("the same scenes, 40 boxes an image, 80 classes", (6, 9), 15, 80),
)


@dataclass(frozen=True)
class Score:
    """Seconds that each program takes for one set, and the mAP that all of them find."""

    kind: str
    boxes: int
    mean: float
    ours: float
    coco: float
    whole_coco: float
    torchmetrics: float


def draw(copies: tuple[int, int], alarms: int, classes: int) -> tuple[Records, Records]:
    """Return detections and truths: digit scenes with imitated detections, float32."""
    scenes = load_scenes(IMAGES, split="validation", objects=(2, 5))
    random, detections, truths = torch.Generator().manual_seed(0), [], []
    for boxes, digits in zip(scenes.boxes, scenes.classes, strict=True):
        # More classes than digits: each digit comes in several kinds.
        kinds = digits + 10 * torch.randint(classes // 10, digits.shape, generator=random)
        found = imitate_detections(boxes, random, copies=copies, false_alarms=alarms)
        labels = torch.randint(classes, found.objects.shape, generator=random)
        real = found.objects >= 0
        labels[real] = kinds[found.objects[real]]
        detections.append({"boxes": found.boxes, "scores": found.scores, "labels": labels})
        truths.append({"boxes": boxes, "labels": kinds})
    return detections, truths


def measure(kind: str, copies: tuple[int, int], alarms: int, classes: int) -> Score:
    """Let the three score one set, and see that they agree."""
    case = draw(copies, alarms, classes)
    exact = {
        "iou_thresholds": list(COCO_THRESHOLDS),
        "rec_thresholds": marks(101, 1).tolist(),
    }
    ours = mean_average_precision(*case)
    theirs = table_of(evaluated(coco_tables(*case)))
    torch.testing.assert_close(ours.table, theirs, rtol=0, atol=1e-12, equal_nan=True)
    told = by_torchmetrics(*case, **exact)["map"].item()
    if abs(told - ours.mean) > 1e-6:
        raise AssertionError(f"torchmetrics says {told}, the book {ours.mean}")
    tables = coco_tables(*case)
    found = shortest(
        {
            "ours": lambda: mean_average_precision(*case),
            "coco": lambda: evaluated(tables),
            "whole": lambda: evaluated(coco_tables(*case)),
            "torchmetrics": lambda: by_torchmetrics(*case, **exact),
        },
        TURNS,
    )
    boxes = sum(len(each["boxes"]) for each in case[0])
    return Score(kind, boxes, ours.mean, *found.values())


def run() -> list[Score]:
    """Measure all sets."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [measure(*each) for each in SETS]
    finally:
        torch.set_num_threads(threads)


def table(scores: list[Score]) -> list[str]:
    """Return the rows as Markdown."""
    columns = "images", "boxes", "mAP", "ours, ms"
    for peer in ("pycocotools", "with its tables", "torchmetrics"):
        columns += f"{peer}, ms", "times"
    lines = [
        f"mAP over ten thresholds on {IMAGES:,} images, one thread, processor time, the shortest",
        f"of {TURNS} turns; ours from tensors. pycocotools: `evaluate`, `accumulate` on its own",
        "tables, one range of areas, and with the tables made from tensors. torchmetrics:",
        "`update` and `compute`, which has four ranges of areas and no way to ask for one. All",
        "agree: tables with pycocotools to 10⁻¹², means with torchmetrics, given 64-bit",
        "thresholds, to 10⁻⁶.",
        "",
        f"| {' | '.join(columns)} |",
        "|" + "---|" * len(columns),
    ]
    for each in scores:
        row = f"| {each.kind} | {each.boxes:,} | {each.mean:.4f} | {1e3 * each.ours:.0f} "
        for seconds in (each.coco, each.whole_coco, each.torchmetrics):
            row += f"| {1e3 * seconds:,.0f} | {seconds / each.ours:.1f} "
        lines.append(row + "|")
    return lines


if __name__ == "__main__":
    print("\n".join(table(run())))
    sys.exit(0)
