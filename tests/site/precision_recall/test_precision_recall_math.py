"""The arithmetic of the demo, against the book's metrics and torchvision."""

import pytest
import torch
from torchvision.ops import box_iou

from utils.metrics.average_precision import average_precision, precision_recall
from utils.metrics.matching import match


@pytest.fixture(scope="module")
def cases():
    """Boxes, truths and a threshold; corners on few places, so that overlaps tie."""
    generator = torch.Generator().manual_seed(0)
    found = []
    for case in range(120):
        boxes, truths = (
            torch.randint(0, 6, (count, 2, 2), generator=generator).double().sort(1).values
            for count in (case % 9, 1 + case % 5)
        )
        boxes, truths = boxes.flatten(1), truths.flatten(1)
        boxes[::2] = truths[torch.randint(len(truths), (len(boxes[::2]),), generator=generator)]
        boxes[::4, 2] += 1
        found.append((boxes, truths, (0.5, 0.6, 0.75)[case % 3]))
    return found


@pytest.fixture(scope="module")
def found(open_module, cases):
    calls = []
    for boxes, truths, threshold in cases:
        hits = (match(box_iou(boxes, truths).nan_to_num(), threshold) >= 0).tolist()
        calls += [
            ("match", boxes.tolist(), truths.tolist(), threshold),
            ("curve", hits, len(truths)),
            ("averagePrecision", hits, len(truths)),
        ]
    return open_module("precision_recall/math").call_each(calls)


def test_boxes_find_what_the_metric_says(found, cases):
    matched = 0
    for told, (boxes, truths, threshold) in zip(found[::3], cases, strict=True):
        overlap = box_iou(boxes, truths).nan_to_num()
        wanted = match(overlap, threshold)
        assert [each["object"] for each in told] == wanted.tolist()
        assert [each["overlap"] for each in told] == pytest.approx(overlap.amax(1).tolist())
        taken = [
            index in wanted[:place].tolist()
            for place, index in enumerate(each["best"] for each in told)
        ]
        assert [each["isTaken"] for each in told] == taken
        matched += (wanted >= 0).sum().item()
    assert matched > 40


def test_curve_and_area_are_those_of_the_metric(found, cases):
    for told, area, (boxes, truths, threshold) in zip(
        found[1::3], found[2::3], cases, strict=True
    ):
        hits = match(box_iou(boxes, truths).nan_to_num(), threshold) >= 0
        scores = torch.arange(len(hits), 0, -1)
        precision, recall = precision_recall(scores, hits, len(truths))
        wanted = torch.stack([recall, precision], 1)
        assert torch.allclose(torch.tensor(told, dtype=torch.float64).reshape(-1, 2), wanted)
        ap = average_precision(scores, hits, len(truths), points="all").item()
        assert area == pytest.approx(ap, abs=1e-12)
