"""Anchors, labels, offsets and detections, against torchvision and d2l.

Where d2l differs: with more objects than anchors its labelling hands anchor 0 to object 0 again;
it gives an anchor to an object that touches none, ignores the threshold it is given, and fails
without objects. Its offsets add 1e-6 inside the logarithm, and have no bound when decoded.
"""

import math

import pytest
import torch
from d2l import torch as d2l
from torchvision.models.detection._utils import BoxCoder, SSDMatcher

from utils.boxes.anchors import anchors
from utils.boxes.labels import assign, targets
from utils.boxes.offsets import LARGEST, decode, detections, encode
from utils.boxes.overlap import iou
from utils.checks import assert_same

SIZES, RATIOS = (0.2, 0.272, 0.4), (1.0, 2.0, 0.5)
SIDE = 320


def laid(grid, **kwargs):
    return anchors((grid, grid), (SIDE, SIDE), [SIDE * s for s in SIZES], RATIOS, **kwargs)


def draw(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    corner, sides = torch.rand(2, count, 2, generator=generator)
    return SIDE * torch.cat([0.7 * corner, 0.7 * corner + 0.05 + 0.25 * sides], 1)


@pytest.mark.filterwarnings("ignore:torch.meshgrid")
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 5), (14, 14), (20, 7)])
def test_anchors_are_those_of_d2l(rows, columns):
    image = (16 * rows, 16 * columns)
    theirs = d2l.multibox_prior(torch.zeros(1, 1, rows, columns), SIZES, RATIOS)[0]
    scale = torch.tensor([image[1], image[0], image[1], image[0]])
    mine = anchors((rows, columns), image, [image[0] * s for s in SIZES], RATIOS)
    assert_same(mine, theirs * scale, rtol=1e-5, atol=1e-4)
    assert len(mine) == rows * columns * (len(SIZES) + len(RATIOS) - 1)


def test_who_writes_into_anchors_does_not_change_the_next_ones():
    first = laid(3)
    kept = first.clone()
    first.zero_()
    assert torch.equal(laid(3), kept)
    assert laid(3, dtype=torch.float64).dtype == torch.float64


def targets_of_d2l(boxes, truth, classes):
    labels = torch.cat([classes[:, None].float(), truth], 1)[None]
    offsets, mask, found = d2l.multibox_target(boxes[None], labels)
    return found[0], offsets.view(-1, 4), mask.view(-1, 4)


@pytest.mark.filterwarnings("ignore:torch.meshgrid")
def test_targets_are_those_of_d2l():
    compared = 0
    for seed in range(40):
        grid, count = 4 + seed % 9, 1 + seed % 12
        boxes, truth = laid(grid), draw(count, seed)
        if seed % 4 == 0:  # several objects want the same anchors
            truth = truth[:1] + torch.arange(count)[:, None] * 0.5
        classes = torch.arange(count) % 10
        labels, offsets, mask = targets_of_d2l(boxes, truth, classes)
        mine, shifts = targets(boxes, truth, classes)
        assert torch.equal(mine, labels)
        assert_same(shifts, offsets, rtol=1e-4, atol=1e-3)
        assert torch.equal(mask[:, 0] > 0, mine > 0)
        compared += mine.numel()
    assert compared > 10_000


def greedy(table, threshold):
    """The rule, word by word: a table with a row for each anchor."""
    best, number = table.max(1)
    found = number.where(best >= threshold, -1)
    left = table.clone()
    for _ in range(min(table.shape)):
        anchor, box = divmod(left.argmax().item(), table.shape[1])
        if left[anchor, box] > 0:
            found[anchor] = box
        left[anchor], left[:, box] = -1, -1
    return found


def test_labels_follow_the_rule_with_ties_crowds_and_all_thresholds():
    generator = torch.Generator().manual_seed(0)
    for seed in range(150):
        many, few = 1 + seed % 40, 1 + seed % 7  # more objects than anchors, too
        whole = [
            torch.randint(0, 8, (n, 2), generator=generator).float()
            for n in (many, many, few, few)
        ]
        boxes = torch.cat([whole[0], whole[0] + whole[1] + 1], 1)
        truth = torch.cat([whole[2], whole[2] + whole[3] + 1], 1)
        for threshold in (0.0, 0.3, 0.5, 1.0):
            mine = assign(boxes, truth, threshold)
            assert torch.equal(mine, greedy(iou(boxes, truth), threshold))


def test_each_object_keeps_an_anchor_where_torchvision_loses_one():
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 30, 30], [80, 80, 90, 90]])
    truth = torch.tensor([[0.0, 0, 10, 9], [0, 0, 10, 8]])
    assert assign(boxes, truth).tolist() == [0, 1, -1]
    assert SSDMatcher(0.5)(iou(truth, boxes)).tolist() == [1, -1, -1]
    apart = torch.tensor([[0.0, 0, 10, 9], [70, 70, 90, 90]])
    assert torch.equal(assign(boxes, apart), SSDMatcher(0.5)(iou(apart, boxes)))


def test_no_objects_no_anchors_and_objects_out_of_reach():
    boxes = laid(3)
    none, far = torch.zeros(0, 4), torch.tensor([[9e3, 9e3, 9e3 + 5, 9e3 + 5]])
    for truth in (none, far):
        assert (assign(boxes, truth) == -1).all()
        labels, offsets = targets(boxes, truth, torch.zeros(len(truth), dtype=torch.int64))
        assert not labels.any() and not offsets.any()
    assert assign(none, far).shape == (0,)
    flat = torch.tensor([[5.0, 5, 5, 9]])  # an object without width has no offsets
    assert (assign(boxes, flat) == -1).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_offsets_and_their_gradients_are_those_of_box_coder(dtype):
    coder = BoxCoder((10, 10, 5, 5))
    boxes, truth = draw(3000).to(dtype), draw(3000, 1).to(dtype)
    assert_same(encode(boxes, truth), coder.encode_single(truth, boxes), rtol=1e-4, atol=1e-4)
    wild = 20 * torch.randn(3000, 4, generator=torch.Generator().manual_seed(2)).to(dtype)
    wild.requires_grad_()
    mine, theirs = decode(boxes, wild), coder.decode_single(wild, boxes)
    assert_same(mine, theirs, rtol=1e-5, atol=1e-2)
    slopes = [torch.autograd.grad(part.sum(), wild)[0] for part in (mine, theirs)]
    assert_same(*slopes, rtol=1e-4, atol=1e-3)
    assert (wild * 0.2 > LARGEST).any()  # the bound is met
    assert_same(decode(boxes, encode(boxes, truth)), truth, rtol=1e-4, atol=1e-3)


def test_offsets_are_those_of_d2l():
    boxes, truth = draw(500), draw(500, 1)
    assert_same(encode(boxes, truth), d2l.offset_boxes(boxes, truth), rtol=1e-3, atol=1e-3)
    offsets = encode(boxes, truth)
    assert_same(decode(boxes, offsets), d2l.offset_inverse(boxes, offsets), atol=1e-3)


def test_detections_are_those_of_d2l():
    for seed in range(6):
        generator = torch.Generator().manual_seed(seed)
        boxes = laid(5 + seed)
        scores = 3 * torch.randn(len(boxes), 4, generator=generator)
        probabilities = scores.softmax(1)
        offsets = torch.randn(len(boxes), 4, generator=generator)
        threshold = (0.01, 0.3)[seed % 2]
        theirs = d2l.multibox_detection(
            probabilities.T[None], offsets.reshape(1, -1), boxes[None], 0.5, threshold
        )[0]
        theirs = theirs[theirs[:, 0] >= 0]
        found, best, classes = detections(
            boxes, probabilities, offsets, score=threshold, per_class=False
        )
        assert torch.equal(classes, theirs[:, 0].long()) and len(classes) > 10
        assert_same(best, theirs[:, 1])
        assert_same(found, theirs[:, 2:], rtol=1e-4, atol=1e-2)
        by_class, _, kinds = detections(boxes, probabilities, offsets, score=threshold)
        overlaps = iou(by_class, by_class).fill_diagonal_(0)
        assert (overlaps[kinds[:, None] == kinds] <= 0.5).all()
        assert len(by_class) > len(found)


def test_nothing_seen_is_no_detection():
    boxes = laid(2)
    sure = torch.zeros(len(boxes), 3)
    sure[:, 0] = 1
    found = detections(boxes, sure, torch.zeros_like(boxes))
    assert [tuple(part.shape) for part in found] == [(0, 4), (0,), (0,)]


def test_what_cannot_be_laid_is_refused():
    for wrong in (
        ((0, 3), (9, 9), [1], [1]),
        ((3, 3), (9, 9), [], [1]),
        ((3, 3), (9, 9), [1], []),
    ):
        with pytest.raises(ValueError, match="positive numbers, got grid="):
            anchors(*wrong)
    with pytest.raises(ValueError, match="ratios=\\[-1\\]"):
        anchors((3, 3), (9, 9), [1], [-1])
    assert math.isinf(encode(draw(1), torch.tensor([[0.0, 0, 0, 5]]))[0, 2])
