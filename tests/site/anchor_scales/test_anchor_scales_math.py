"""The arithmetic of the demo, against the book's anchors, torchvision's IoU, and a network."""

import random

import pytest
import torch
from torchvision import ops

from utils.boxes.anchors import anchors
from utils.checks import assert_same
from utils.detection.backbone import Backbone
from utils.widgets.anchor_scales import (
    GRIDS,
    LARGEST,
    MATCH,
    NARROWEST,
    SIDE,
    SMALLEST,
    VIEWS,
    WIDEST,
    AnchorScales,
)
from utils.widgets.anchor_scales.scene import scene


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("anchor_scales/math")


@pytest.fixture(scope="module")
def settings():
    draw = random.Random(0)
    drawn = [
        ([draw.uniform(SMALLEST, LARGEST) for _ in GRIDS], draw.uniform(NARROWEST, WIDEST))
        for _ in range(20)
    ]
    return [([20, 20, 20, 20], 1.0), ([4, 56, 4, 56], 0.4), ([56, 4, 30, 8], 2.0), *drawn]


def laid(stage, size, ratio):
    sides = (GRIDS[stage],) * 2, (SIDE, SIDE)
    return anchors(*sides, (size,), (ratio,), dtype=torch.float64)


def test_constants_are_those_of_python(math):
    for name, value in {"GRIDS": GRIDS, "VIEWS": VIEWS, "SIDE": SIDE, "MATCH": MATCH}.items():
        assert math.evaluate(f"(module) => module.{name}") == (
            list(value) if isinstance(value, tuple) else value
        )


def test_the_anchors_are_those_of_the_book(math, settings):
    for sizes, ratio in settings[:6]:
        for stage, count in enumerate(GRIDS):
            cells = [[row, column] for row in range(count) for column in range(count)]
            assert math.call("cells", stage) == cells
            found = math.call_each(
                [("anchor", stage, cell, sizes[stage], ratio) for cell in cells]
            )
            assert_same(torch.tensor(found, dtype=torch.float64), laid(stage, sizes[stage], ratio))


def test_the_overlaps_are_those_of_torchvision(math, settings):
    boxes = scene().boxes
    for sizes, ratio in settings:
        maps = math.call_each(
            [("best", stage, size, ratio, boxes.tolist()) for stage, size in enumerate(sizes)]
        )
        mine = torch.tensor([[each["overlap"] for each in row] for row in maps])
        theirs = [ops.box_iou(boxes, laid(s, size, ratio)).amax(1) for s, size in enumerate(sizes)]
        assert_same(mine, torch.stack(theirs).float(), atol=1e-6)
        demo = AnchorScales(sizes=sizes, ratio=ratio)
        assert_same(demo.overlaps, torch.stack(theirs, 1))
        assert demo.found == (demo.overlaps.amax(1) >= 0.5).sum()
        every = math.call("bests", sizes, ratio, boxes.tolist())
        for box, each, row in zip(boxes, every, demo.overlaps, strict=True):
            assert each["overlap"] == pytest.approx(row.max().item())
            row_, column = each["cell"]
            place = row_ * GRIDS[each["stage"]] + column
            one = laid(each["stage"], sizes[each["stage"]], ratio)[place]
            assert ops.box_iou(one[None], box[None]).item() == pytest.approx(each["overlap"])


def test_marked_anchors_are_those_that_meet_a_box(math, settings):
    boxes = scene().boxes
    kinds = set()
    for sizes, ratio in settings:
        for stage, size in enumerate(sizes):
            table = ops.box_iou(laid(stage, size, ratio), boxes)
            best, whose = table.max(1)
            found = math.call("marked", stage, size, ratio, boxes.tolist())
            (rows,) = torch.where(best >= 0.4)
            assert [each["object"] for each in found] == whose[rows].tolist()
            for each, row in zip(found, rows, strict=True):
                assert each["label"] == ("object" if best[row] >= 0.5 else "near")
                kinds.add(each["label"])
    assert kinds == {"object", "near"}


def test_points_cells_and_homes(math):
    for stage, count in enumerate(GRIDS):
        step = SIDE / count
        cases = [(0, 0), (63.9, 0), (0, 63.9), (step, step - 0.01), (-5, 70), (64, 64)]
        for (x, y), cell in zip(
            cases, math.call_each([("cellAt", stage, *case) for case in cases]), strict=True
        ):
            wanted = [min(count - 1, max(0, int(v // step))) for v in (y, x)]
            assert cell == wanted
        assert math.call("cellOn", stage, [15, 0]) == [count - 1, 0]
        assert math.call("home", stage, [step, 0, step + 2, 2]) == [0, min(1, count - 1)]
        middle = math.call("middle", stage, [0, count - 1])
        assert middle == [(count - 0.5) * step, step / 2]
        assert math.call("view", stage, [0, 0])[2] == step / 2 + VIEWS[stage] / 2


def test_the_views_are_what_the_heads_of_the_backbone_see():
    """Gradients reach as far as the receptive field says: 3×3 heads on stages of two layers."""
    net = Backbone((4, 8, 16, 32), widths=(2, 2, 2, 2, 2)).double().eval()
    for layer in net.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.ones_(layer.weight)
    image = torch.rand(1, 1, 512, 512, dtype=torch.float64, requires_grad=True)
    for maps, seen in zip(net(image), VIEWS, strict=True):
        head = torch.nn.functional.avg_pool2d(maps, 3, 1)
        middle = head.shape[2] // 2
        (slope,) = torch.autograd.grad(head[0, 0, middle, middle], image, retain_graph=True)
        (rows,) = torch.where(slope[0, 0].abs().sum(1) > 0)
        assert len(rows) == rows[-1] - rows[0] + 1 == seen
