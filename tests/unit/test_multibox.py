"""The book's small SSD against torchvision's own: order of the heads' numbers, and the loss."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.detection.anchor_utils import DefaultBoxGenerator
from torchvision.models.detection.ssd import SSD as TorchvisionSSD
from torchvision.models.detection.ssd import SSDHead

from utils.boxes.anchors import anchors
from utils.boxes.labels import assign, batched_targets
from utils.boxes.overlap import iou
from utils.checks import assert_same
from utils.data.scenes import load_scenes
from utils.detection import imbalance, multibox
from utils.detection.multibox import SSD, detector, focal_ssd_loss, joined, ssd_loss


@pytest.fixture(scope="module")
def scenes():
    return load_scenes(6, objects=(0, 5), seed=2)


def said(scenes, scale=3.0):
    draw = torch.Generator().manual_seed(0)
    laid = multibox.laid_anchors()
    logits, moves = (
        scale * torch.randn(len(scenes), len(laid), k, generator=draw) for k in (11, 4)
    )
    return laid, logits.requires_grad_(), moves.requires_grad_()


def theirs(laid, scenes, logits, moves):
    """Return torchvision's loss for the same matches."""
    body = nn.Conv2d(3, 8, 1)
    body.out_channels = 8
    model = TorchvisionSSD(
        body, DefaultBoxGenerator([[1]]), (64, 64), 11, head=SSDHead([8], [4], 11)
    )
    truths = [
        {"boxes": boxes, "labels": kinds + 1}
        for boxes, kinds in zip(scenes.boxes, scenes.classes, strict=True)
    ]
    matched = [assign(laid, boxes) for boxes in scenes.boxes]
    outputs = {"bbox_regression": moves, "cls_logits": logits}
    return sum(model.compute_loss(truths, outputs, [laid] * len(scenes), matched).values())


@pytest.mark.parametrize("scale", [0.1, 3.0, 30.0])
def test_the_loss_is_that_of_torchvisions_ssd(scenes, scale):
    laid, logits, moves = said(scenes, scale)
    targets = batched_targets(laid, *scenes.padded())
    assert (targets[0] > 0).any(1).sum() in range(1, len(scenes))  # one scene is empty, too
    mine = ssd_loss((logits, moves), *targets)
    other = theirs(laid, scenes, logits, moves)
    assert_same(mine, other)
    for one, two in zip(
        *(torch.autograd.grad(v, (logits, moves)) for v in (mine, other)), strict=True
    ):
        assert_same(one, two)


def test_all_background_counts_when_it_is_not_mined(scenes):
    laid, logits, moves = said(scenes)
    labels, offsets = batched_targets(laid, *scenes.padded())
    whole = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="sum")
    mine = labels > 0
    whole = whole + F.smooth_l1_loss(moves[mine], offsets[mine], reduction="sum")
    assert_same(ssd_loss((logits, moves), labels, offsets, mined=False), whole / mine.sum())


def test_the_focal_loss_by_its_definition(scenes):
    laid, logits, moves = said(scenes)
    labels, offsets = batched_targets(laid, *scenes.padded())
    total = 0
    for kind in range(10):
        p = logits[..., kind + 1].sigmoid()
        is_it = labels == kind + 1
        right = torch.where(is_it, p, 1 - p)
        total = total - (torch.where(is_it, 0.25, 0.75) * (1 - right) ** 2 * right.log()).sum()
    mine = labels > 0
    total = total + F.smooth_l1_loss(moves[mine], offsets[mine], reduction="sum")
    assert_same(focal_ssd_loss((logits, moves), labels, offsets), total / mine.sum(), rtol=1e-4)


def test_a_batch_without_an_object_has_a_finite_loss():
    laid, logits, moves = said(load_scenes(2))
    labels, offsets = torch.zeros(2, len(laid), dtype=torch.int64), torch.zeros(2, len(laid), 4)
    assert ssd_loss((logits, moves), labels, offsets) == 0
    assert focal_ssd_loss((logits, moves), labels, offsets).isfinite()


def test_the_hardest_are_three_for_each_object():
    losses = torch.tensor([[5.0, 1, 4, 3, 2, 0, 6], [1, 2, 3, 4, 5, 6, 7]])
    labels = torch.tensor([[0, 9, 0, 0, 0, 0, 0], [0] * 7])
    wanted = torch.tensor([[1, 1, 1, 0, 0, 0, 1], [0] * 7]).bool()
    assert torch.equal(multibox.hardest(losses, labels), wanted)
    assert multibox.hardest(losses, labels, 100)[0].all()


def test_the_numbers_of_an_anchor_come_from_its_cell():
    """Each number says which map, channel, row and column it comes from."""
    maps = []
    for place, (rows, columns) in enumerate(((3, 2), (1, 2))):
        grid = torch.meshgrid(*map(torch.arange, (6, rows, columns)), indexing="ij")
        channel, row, column = grid
        maps.append((1000 * place + 100 * channel + 10 * row + column)[None].float())
    table = joined(maps, 3)
    assert table.shape == (1, 2 * 6 + 2 * 2, 3)
    flat = []
    for place, (rows, columns) in enumerate(((3, 2), (1, 2))):
        for row in range(rows):
            for column in range(columns):
                for anchor in range(2):
                    flat.append(
                        [
                            1000 * place + 100 * (3 * anchor + k) + 10 * row + column
                            for k in range(3)
                        ]
                    )
    assert table[0].tolist() == flat


def test_one_anchor_at_a_time_sees_its_own_place():
    """The gradient of an anchor's logits is largest where the anchor lies."""
    torch.manual_seed(0)
    net = SSD().eval()
    laid = multibox.laid_anchors()
    assert len(laid) == 1008
    images = torch.rand(1, 1, 64, 64)
    for anchor in (0, 45, 400, 767, 800, 959, 1007):
        image = images.clone().requires_grad_()
        logits, moves = net(image)
        assert logits.shape == (1, 1008, 11) and moves.shape == (1, 1008, 4)
        (slope,) = torch.autograd.grad(logits[0, anchor].sum() + moves[0, anchor].sum(), image)
        rows, columns = slope[0, 0].abs().nonzero().unbind(1)
        x, y = ((laid[anchor, :2] + laid[anchor, 2:]) / 2).tolist()
        assert columns.min() <= x <= columns.max() + 1 and rows.min() <= y <= rows.max() + 1
    first = anchors((16, 16), (64, 64), (10, 14), (0.6, 1.0))
    assert torch.equal(laid[: len(first)], first)


def test_a_detector_that_is_sure_finds_the_truth(scenes):
    laid = multibox.laid_anchors()
    labels, offsets = batched_targets(laid, *scenes.padded())
    sure = 20.0 * F.one_hot(labels, 11)
    for sigmoid in (False, True):
        told = sure - 10 if sigmoid else sure
        detect = detector(lambda _, told=told: (told, offsets), laid, sigmoid=sigmoid, score=0.5)
        for record, boxes, kinds in zip(
            detect(scenes.images), scenes.boxes, scenes.classes, strict=True
        ):
            assert len(record["boxes"]) == len(boxes)
            overlap, whose = iou(boxes, record["boxes"]).max(1) if len(boxes) else (boxes, None)
            assert (overlap > 0.999).all()
            assert len(boxes) == 0 or torch.equal(record["labels"][whose], kinds)


def test_the_prior_is_what_each_class_says_at_first():
    net = SSD(prior=0.01).eval()
    for head in net.class_heads:
        nn.init.zeros_(head.weight)
    assert_same(net(torch.rand(2, 1, 64, 64))[0].sigmoid(), torch.full((2, 1008, 11), 0.01))


@pytest.mark.parametrize("way", imbalance.WAYS)
def test_one_short_run_of_each_way_can_be_scored(way):
    scenes = imbalance.parts(16, 4)
    values = imbalance.train_ssd(way, seed=0, lr=0.01, epochs=1, scenes=scenes)
    assert len(values) == 2 and all(0 <= value <= 1 for value in values)
    assert values == imbalance.train_ssd(way, seed=0, lr=0.01, epochs=1, scenes=scenes)
