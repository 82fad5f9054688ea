"""Suppression, compared with torchvision and with d2l; where they differ, a test says how."""

import math

import pytest
import torch
import torchvision
from d2l import torch as d2l
from drawn_boxes import ZERO_AREA, drawn

from utils.boxes.suppression import batched_nms, nms, soft_nms
from utils.repro import seeded

RANDOM = 10_000


def test_ten_thousand_random_cases_keep_what_torchvision_keeps_in_its_order():
    """A third on whole numbers: ties, equal boxes, no area, an IoU exactly at the threshold.

    A hundred cases at a time are the classes of one call, which must not touch one another.
    """
    generator = seeded(0)
    removed = ties = 0
    for group in range(RANDOM // 100):
        dtype = (torch.float32, torch.float64)[group % 2]
        threshold = (group % 21) / 20
        counts = torch.randint(0, 20, (100,), generator=generator)
        cases = torch.arange(100).repeat_interleave(counts)
        boxes, scores = drawn(generator, len(cases), dtype, whole=group % 3 == 0)
        mixed = torch.randperm(len(cases), generator=generator)
        cases = cases[mixed]
        kept = batched_nms(boxes, scores, cases, threshold)
        assert torch.equal(scores[kept], scores[kept].sort(descending=True).values)
        mine = kept[cases[kept].argsort(stable=True)]  # case by case, each in its order
        alone = cases.argsort(stable=True).split(counts.tolist())
        theirs = [own[torchvision.ops.nms(boxes[own], scores[own], threshold)] for own in alone]
        assert torch.equal(mine, torch.cat(theirs)), group
        ties += len(cases) - torch.stack([cases, scores]).unique(dim=1).shape[1]
        removed += len(cases) - len(kept)
        theirs = torchvision.ops.nms(boxes, scores, threshold)
        assert torch.equal(nms(boxes, scores, threshold), theirs), group
    assert removed > RANDOM
    assert ties > RANDOM


def test_classes_keep_what_torchvision_keeps_for_them():
    generator = seeded(1)
    for case in range(150):
        boxes, scores = drawn(generator, case % 30, torch.float64, whole=case % 3 == 0)
        classes = torch.randint(-2, 3, scores.shape, generator=generator)
        # Without their trick of moving boxes: class by class, then in a stable order.
        each = [torch.where(classes == name)[0] for name in classes.unique()]
        kept = [idx[torchvision.ops.nms(boxes[idx], scores[idx], 0.45)] for idx in each]
        kept = torch.cat([torch.zeros(0, dtype=torch.int64), *kept]).sort().values
        kept = kept[scores[kept].sort(descending=True, stable=True).indices]
        assert torch.equal(batched_nms(boxes, scores, classes, 0.45), kept)
        if not (classes < 0).any():
            assert torch.equal(torchvision.ops.batched_nms(boxes, scores, classes, 0.45), kept)
    for classes in (torch.full((29,), 7), torch.arange(29)):
        boxes, scores = drawn(generator, 29, torch.float64, whole=False)
        theirs = torchvision.ops.batched_nms(boxes, scores, classes, 0.45)
        assert torch.equal(batched_nms(boxes, scores, classes, 0.45), theirs)


@pytest.mark.parametrize("count", [1, 127, 128, 129, 1500])
def test_many_boxes_are_settled_block_by_block(count):
    generator = seeded(2)
    for whole in (True, False):
        boxes, scores = drawn(generator, count, torch.float32, whole=whole)
        spread = boxes + 20 * torch.randint(0, 6, (count, 1), generator=generator)
        for threshold in (0.1, 0.5, 0.9):
            kept = torchvision.ops.nms(spread, scores, threshold)
            assert torch.equal(nms(spread, scores, threshold), kept)
    # A chain, in which each box overlaps the next: every second one stays, one round a box.
    x = torch.arange(count).double()
    chain = torch.stack([x, 0 * x, x + 2, 0 * x + 1], 1)
    assert torch.equal(nms(chain, -x, 0.3), torch.arange(0, count, 2))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_an_iou_at_the_threshold(dtype):
    """float32 rounds 0.1, 0.2, 0.3, 0.4, 0.6 and 0.8 up, above the float64 threshold."""
    kept = []
    for tenths in range(1, 10):
        boxes = torch.tensor([[0, 0, 10, 1], [0, 0, tenths, 1]], dtype=dtype)
        scores = torch.tensor([0.9, 0.8], dtype=dtype)
        ours = nms(boxes, scores, tenths / 10)
        assert torch.equal(ours, torchvision.ops.nms(boxes, scores, tenths / 10))
        assert len(d2l.nms(boxes, scores, tenths / 10)) == 2  # rounds its threshold likewise
        kept.append(len(ours) == 2)
    assert kept == (
        [n in (5, 7, 9) for n in range(1, 10)] if dtype == torch.float32 else [True] * 9
    )


def test_degenerate_boxes_are_kept_as_torchvision_keeps_them():
    scores = torch.tensor([0.5, 0.9, 0.8, 0.7, 0.6])
    for threshold in (0.0, 0.5, 1.0):
        theirs = torchvision.ops.nms(ZERO_AREA, scores, threshold)
        assert torch.equal(nms(ZERO_AREA, scores, threshold), theirs)
    empty = nms(torch.zeros(0, 4), torch.zeros(0), 0.5)
    assert (empty.shape, empty.dtype) == ((0,), torch.int64)
    assert nms(torch.zeros(1, 4), torch.zeros(1), 0.5).tolist() == [0]
    assert batched_nms(torch.zeros(0, 4), torch.zeros(0), torch.zeros(0).long(), 0.5).numel() == 0


def test_half_precision_is_computed_in_float32():
    """torchvision has no kernel for it on the CPU."""
    boxes, scores = drawn(seeded(3), 60, torch.float32, whole=True)
    for dtype in (torch.float16, torch.bfloat16):
        kept = nms(boxes.to(dtype), scores.to(dtype), 0.4)
        assert torch.equal(kept, torchvision.ops.nms(boxes, scores, 0.4))
        index, lowered = soft_nms(boxes.to(dtype), scores.to(dtype))
        assert lowered.dtype == dtype
        assert len(index)
    with pytest.raises(RuntimeError, match="not implemented"):
        torchvision.ops.nms(boxes.half(), scores.half(), 0.4)


def test_d2l_keeps_the_same_boxes_but_for_ties_and_boxes_without_area():
    generator = seeded(4)
    for case in range(90):
        boxes, scores = drawn(generator, 1 + case % 30, torch.float64, whole=False)
        assert torch.equal(nms(boxes, scores, 0.3), d2l.nms(boxes, scores, 0.3))
    # Its argsort is not stable: of 100 equal boxes with equal scores it need not keep the first.
    same, equal = torch.tensor([[0.0, 0, 1, 1]]).repeat(100, 1), torch.ones(100)
    assert nms(same, equal, 0.5).tolist() == [0]
    assert len(d2l.nms(same, equal, 0.5)) == 1
    # 0/0 is NaN: not "<= 0.5", so d2l removes; not "> 0.5", so we and torchvision keep.
    points, scores = ZERO_AREA[:2], torch.tensor([0.9, 0.8])
    assert nms(points, scores, 0.5).tolist() == [0, 1]
    assert d2l.nms(points, scores, 0.5).tolist() == [0]
    assert d2l.nms(torch.zeros(0, 4), torch.zeros(0), 0.5).dtype == torch.float32  # no indices


def test_torchvision_moves_the_classes_where_we_compare_them():
    left = torch.tensor([[0.0, 0, 10, 10], [-11, -11, -1, -1]])
    scores, classes = torch.tensor([0.9, 0.8]), torch.tensor([0, 1])
    assert torchvision.ops.batched_nms(left, scores, classes, 0.5).tolist() == [0]
    assert batched_nms(left, scores, classes, 0.5).tolist() == [0, 1]
    far = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 5.001], [0, 0, 4096, 4096]])
    scores, classes = torch.tensor([0.9, 0.8, 0.1]), torch.tensor([80, 80, 0])
    assert torchvision.ops.batched_nms(far, scores, classes, 0.5).tolist() == [0, 1, 2]
    assert batched_nms(far, scores, classes, 0.5).tolist() == [0, 2]


def test_torchvision_changes_the_order_of_ties_above_a_thousand_boxes():
    x = torch.arange(1001.0)
    boxes = torch.stack([x, 0 * x, x + 1, 0 * x + 1], 1)
    scores, classes = torch.ones(1001), torch.zeros(1001, dtype=torch.int64)
    assert torch.equal(batched_nms(boxes, scores, classes, 0.5), torch.arange(1001))
    few = torchvision.ops.batched_nms(boxes[:1000], scores[:1000], classes[:1000], 0.5)
    assert torch.equal(few, torch.arange(1000))
    many = torchvision.ops.batched_nms(boxes, scores, classes, 0.5)
    assert torch.equal(many.sort().values, torch.arange(1001))


BOXES, SCORES = torch.tensor([[0.0, 0, 1, 1], [2, 2, 3, 3]]), torch.tensor([0.9, 0.8])
BAD = [
    ((BOXES[0], SCORES, 0.5), "shape"),
    ((BOXES[:, :3], SCORES, 0.5), "four numbers"),
    ((BOXES.long(), SCORES, 0.5), "floating"),
    ((BOXES, SCORES[:1], 0.5), "one floating point number a box"),
    ((BOXES, SCORES.long(), 0.5), "one floating point number a box"),
    ((BOXES, SCORES / 0, 0.5), "finite"),
    ((BOXES * math.nan, SCORES, 0.5), "finite"),
    ((BOXES[:, [2, 1, 0, 3]], SCORES, 0.5), "x2 < x1"),
    ((BOXES, SCORES, 1.5), "from 0 to 1"),
    ((BOXES, SCORES, math.nan), "from 0 to 1"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_input_is_refused_in_a_sentence(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        nms(*arguments)
    boxes, scores, threshold = arguments
    with pytest.raises((TypeError, ValueError), match=words):
        soft_nms(boxes, scores, iou_threshold=threshold)


def test_classes_must_be_one_a_box():
    with pytest.raises(ValueError, match="one a box"):
        batched_nms(BOXES, SCORES, torch.zeros(3).long(), 0.5)
