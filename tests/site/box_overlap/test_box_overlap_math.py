"""The arithmetic of the demo, against the book's scores, torchvision and autograd."""

import random

import pytest
import torch
from torchvision import ops

from utils.boxes import overlap
from utils.checks import assert_same
from utils.widgets.box_overlap import HIGH, LEAST, SCORES, WIDE

HOMES = {"IoU": overlap.iou, "GIoU": overlap.giou, "DIoU": overlap.diou, "CIoU": overlap.ciou}
LOSSES = {
    "IoU": overlap.iou_loss,
    "GIoU": ops.generalized_box_iou_loss,
    "DIoU": ops.distance_box_iou_loss,
    "CIoU": ops.complete_box_iou_loss,
}
EDGES = [
    ([2, 1.5, 8, 6], [6, 4, 13, 8.5]),
    ([0, 0, 4, 4], [4, 0, 8, 4]),  # touching
    ([1, 1, 5, 3], [1, 1, 5, 3]),  # the same
    ([2, 3, 3, 4], [0, 0, 8, 8]),  # inside
    ([0, 3, 8, 4], [3, 0, 4, 8]),  # a cross
    ([0, 0, 0.5, 0.5], [15, 9, 16, 10]),  # apart
]


@pytest.fixture(scope="module")
def pairs():
    draw = random.Random(0)

    def box():
        x, y = draw.uniform(0, WIDE - 1), draw.uniform(0, HIGH - 1)
        return [x, y, draw.uniform(x + LEAST, WIDE), draw.uniform(y + LEAST, HIGH)]

    return EDGES + [(box(), box()) for _ in range(60)]


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("box_overlap/math")


def tensors(pairs):
    return torch.tensor(pairs, dtype=torch.float64).unbind(1)


def test_the_scores_are_those_of_the_book(math, pairs):
    found = math.call_each([("scores", *pair) for pair in pairs])
    one, other = tensors(pairs)
    for name, home in HOMES.items():
        mine = torch.tensor([row[name] for row in found], dtype=torch.float64)
        assert_same(mine, home(one, other).diagonal())


def test_the_areas_are_those_of_torchvision(math, pairs):
    found = math.call_each([("areas", *pair) for pair in pairs])
    one, other = tensors(pairs)
    inside, union = ops.boxes._box_inter_union(one, other)
    around = torch.cat([torch.minimum(one, other)[:, :2], torch.maximum(one, other)[:, 2:]], 1)
    wanted = {
        "shared": inside.diagonal(),
        "union": union.diagonal(),
        "around": ops.box_area(around),
    }
    for name, values in wanted.items():
        assert_same(torch.tensor([row[name] for row in found], dtype=torch.float64), values)


def test_the_slopes_are_those_of_torchvision_away_from_kinks(math, pairs):
    smooth = pairs[6:]
    cases = [("slopes", name, *pair) for name in SCORES for pair in smooth]
    found = iter(math.call_each(cases))
    for name in SCORES:
        one, other = tensors(smooth)
        one.requires_grad_()
        (slope,) = torch.autograd.grad(-LOSSES[name](one, other).sum(), one)
        mine = torch.tensor([next(found) for _ in smooth], dtype=torch.float64)
        assert_same(mine, slope, rtol=1e-4, atol=1e-5)


def test_a_step_raises_the_score_and_a_walk_comes_to_the_truth(math, pairs):
    """IoU of boxes that do not meet leads nowhere; others may blow up a tiny box."""
    walks = [(name, list(one), list(other)) for name in SCORES for one, other in pairs[:14]]
    steps = 0
    while walks and steps < 90:
        steps += 1
        found = math.call_each([("climbed", *walk) for walk in walks])
        going = [(walk, box) for walk, box in zip(walks, found, strict=True) if box]
        for name, one, other in (w for w, box in zip(walks, found, strict=True) if not box):
            one, other = (torch.tensor([box], dtype=torch.float64) for box in (one, other))
            meets = overlap.iou(one, other).item()
            fills = overlap.area(one).item() > 0.95 * WIDE * HIGH
            has_no_slope = name == "IoU" and meets == 0
            assert meets > 0.95 or has_no_slope or (name in ("DIoU", "CIoU") and fills)
        for (name, one, other), box in going:
            values = [
                HOMES[name](*(torch.tensor([b], dtype=torch.float64) for b in pair)).item()
                for pair in ((one, other), (box, other))
            ]
            assert values[1] > values[0] or name == "CIoU"  # its weight changes on the way
            assert 0 <= box[0] < box[2] <= WIDE and 0 <= box[1] < box[3] <= HIGH
            assert min(box[2] - box[0], box[3] - box[1]) >= LEAST - 1e-9
            assert max(abs(a - b) for a, b in zip(one, box, strict=True)) <= 0.5 + 1e-9
        walks = [(name, box, other) for (name, _, other), box in going]
    assert not walks


def test_a_box_stays_whole_and_inside_wherever_it_is_moved_or_pulled(math, pairs):
    draw, calls = random.Random(1), []
    boxes = [[round(4 * edge) / 4 for edge in one] for one, _ in pairs]
    boxes = [b for b in boxes if b[2] - b[0] >= LEAST and b[3] - b[1] >= LEAST]
    for box in boxes:
        corner = {"isRight": draw.random() < 0.5, "isLow": draw.random() < 0.5}
        calls.append(("moved", box, draw.uniform(-20, 20), draw.uniform(-20, 20)))
        calls.append(("pulled", box, corner, [draw.uniform(-4, 20), draw.uniform(-4, 14)]))
    for (what, box, *rest), found in zip(calls, math.call_each(calls), strict=True):
        assert 0 <= found[0] < found[2] <= WIDE and 0 <= found[1] < found[3] <= HIGH
        assert min(found[2] - found[0], found[3] - found[1]) >= LEAST
        assert all(4 * edge == round(4 * edge) for edge in found)
        if what == "moved":
            assert (
                found[2] - found[0] == box[2] - box[0] and found[3] - found[1] == box[3] - box[1]
            )
        else:
            fixed = [2 if not rest[0]["isRight"] else 0, 3 if not rest[0]["isLow"] else 1]
            assert all(found[side] == box[side] for side in fixed)
