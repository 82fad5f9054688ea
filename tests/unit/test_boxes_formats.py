"""utils.boxes.formats against torchvision and d2l."""

import itertools

import numpy as np
import pytest
import torch
from torchvision import ops

from utils import cases
from utils.boxes.formats import FORMATS, check_boxes, clip, convert

WAYS = list(itertools.product(FORMATS, FORMATS))
SIZE = (8, 10)


@pytest.fixture(scope="module")
def many():
    """12,000 boxes: whole numbers, no size, negative sides, inside pictures and far outside."""
    generator = torch.Generator().manual_seed(0)
    boxes = 30 * torch.randn(12_000, 4, generator=generator, dtype=torch.float64)
    boxes[:2000] = boxes[:2000].round()
    boxes[2000:3000, 2:] = boxes[2000:3000, :2]
    return boxes


def test_converted_as_torchvision_does_with_its_gradients_and_back(many):
    edges = [x for (x,) in cases.boxes(device="cpu")]
    for boxes, (source, target) in itertools.product((many, many.float(), *edges), WAYS):
        ours, theirs = (boxes.clone().requires_grad_() for _ in range(2))
        mine, wanted = convert(ours, source, target), ops.box_convert(theirs, source, target)
        torch.testing.assert_close(mine, wanted)
        upstream = torch.arange(1.0, mine.numel() + 1).reshape(mine.shape).to(mine)
        mine.backward(upstream)
        wanted.backward(upstream)
        torch.testing.assert_close(ours.grad, theirs.grad)
    for source, target in WAYS:
        torch.testing.assert_close(convert(convert(many, source, target), target, source), many)


def test_it_agrees_with_d2l(many):
    from d2l import torch as d2l

    torch.testing.assert_close(convert(many, "xyxy", "cxcywh"), d2l.box_corner_to_center(many))
    torch.testing.assert_close(convert(many, "cxcywh", "xyxy"), d2l.box_center_to_corner(many))


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_the_result_is_a_tensor_of_its_own_of_the_same_kind(source, target):
    for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        boxes = torch.tensor([[1, 2, 3, 6]], dtype=dtype)
        result = convert(boxes, source, target)
        assert result.dtype == dtype
        assert result.shape == boxes.shape
        result.zero_()
        assert boxes.tolist() == [[1, 2, 3, 6]]
    assert convert(torch.zeros(0, 4, device="meta"), source, target).device.type == "meta"


def test_the_middle_of_a_far_box_does_not_overflow_half_precision():
    """The difference from torchvision, which adds the two corners first."""
    far = torch.tensor([[60000.0, 60000, 60000, 60000]]).half()
    assert convert(far, "xyxy", "cxcywh").tolist() == [[60000, 60000, 0, 0]]
    assert ops.box_convert(far, "xyxy", "cxcywh")[0, 0].isinf()


def test_clipped_as_torchvision_does_with_its_gradients(many):
    edges = [x for (x,) in cases.boxes(device="cpu")]
    for boxes in (many, *edges):
        ours, theirs = (boxes.clone().requires_grad_() for _ in range(2))
        mine, wanted = clip(ours, SIZE), ops.clip_boxes_to_image(theirs, SIZE)
        assert torch.equal(mine, wanted)
        mine.sum().backward()
        wanted.sum().backward()
        assert torch.equal(ours.grad, theirs.grad)


def test_a_clipped_box_lies_inside_and_clipping_again_changes_nothing(many):
    clipped = clip(many, SIZE)
    assert (clipped >= 0).all()
    assert (clipped[:, 0::2] <= SIZE[1]).all() and (clipped[:, 1::2] <= SIZE[0]).all()
    assert torch.equal(clip(clipped, SIZE), clipped)
    assert torch.equal(clip(many, torch.Size(SIZE)), clipped)
    assert clip(many, (0, 0)).count_nonzero() == 0


WRONG = {
    "integers": (torch.tensor([[1, 2, 3, 4]]), TypeError, r"torch\.int64: call \.float\(\)"),
    "bytes": (torch.zeros(2, 4, dtype=torch.uint8), TypeError, "floating point"),
    "list": ([[1.0, 2, 3, 4]], TypeError, "got list: use torch.tensor"),
    "array": (np.zeros((1, 4)), TypeError, "got ndarray"),
    "five": (torch.zeros(2, 5), ValueError, r"four numbers .* got shape \(2, 5\)"),
    "none": (torch.zeros(0), ValueError, r"torch\.zeros\(0, 4\)"),
    "number": (torch.tensor(1.0), ValueError, r"got shape \(\)"),
}


def test_what_is_no_box_is_refused():
    calls = (
        check_boxes,
        lambda given: convert(given, "xyxy", "xywh"),
        lambda given: convert(given, "xyxy", "xyxy"),
        lambda given: clip(given, SIZE),
    )
    for boxes, kind, words in WRONG.values():
        for call in calls:
            with pytest.raises(kind, match=words):
                call(boxes)
        with pytest.raises(kind, match="truths must"):
            check_boxes(boxes, "truths")


def test_an_unknown_format_and_a_size_that_is_none_are_refused():
    for bad in ("xyhw", "XYXY", "", None):
        for formats in ((bad, "xyxy"), ("xyxy", bad)):
            with pytest.raises(ValueError, match="one of xyxy, xywh, cxcywh"):
                convert(torch.zeros(1, 4), *formats)
    for bad in ((8,), (8, 10, 3), (-1, 10), (8, -1)):
        with pytest.raises(ValueError, match=r"\(height, width\)"):
            clip(torch.zeros(1, 4), bad)
