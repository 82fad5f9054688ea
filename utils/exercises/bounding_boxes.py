"""Checks for the exercises of the page on bounding boxes, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torchvision.ops import box_convert, clip_boxes_to_image, masks_to_boxes
from torchvision.transforms.v2 import functional as T
from torchvision.tv_tensors import BoundingBoxes

from utils.exercises.asked import exercise
from utils.exercises.bounding_boxes_sheets import by_hand_sheet, predict_sheet, scaled_sheet
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import expect_not_ready_made, watch

VOC_BOX, FORMATS = (11.0, 21.0, 30.0, 60.0), ("xyxy", "xywh", "cxcywh")
BEFORE, AFTER = (40, 60), (80, 90)


@exercise
def check_by_hand(answers: Sequence[Sequence[float]]) -> None:
    """Check the three notations of exercise 1 with torchvision."""
    expect(len(answers) == 3, f"three boxes are wanted, got {len(answers)}")
    left, top, *end = VOC_BOX
    edges = torch.tensor([left - 1, top - 1, *end])
    for name, answer in zip(FORMATS, answers, strict=True):
        expect_numbers(f"the box as {name}", answer, box_convert(edges, "xyxy", name), within=0)
    right(1)


@exercise
def check_scaled(answers: Sequence) -> None:
    """Check the two answers of exercise 2 with torchvision."""
    expect(len(answers) == 2, f"two answers are wanted, got {len(answers)}")
    box = BoundingBoxes([[10.0, 20, 30, 40]], format="XYXY", canvas_size=BEFORE)
    wanted = T.resize(box, list(AFTER)).as_subclass(torch.Tensor)[0]
    expect_numbers("the resized box", answers[0], wanted, within=1e-3)
    clipped = clip_boxes_to_image(torch.tensor([[-5.0, 10, 70, 30]]), BEFORE)[0]
    wide, high = (clipped[2:] - clipped[:2]).tolist()
    expect_number("the count of pixels", answers[1], wide * high, within=0)
    right(2)


@exercise
def check_letterbox(letterbox: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 by resizing and padding the picture itself with torchvision."""
    generator = torch.Generator().manual_seed(3)
    for size, side, room in (
        ((8, 10), 20, (0, 2)),  # room across and downwards on one side, before and after
        ((12, 6), 24, (6, 0)),
        ((7, 7), 14, (0, 0)),
        ((40, 20), 10, (2.5, 0)),
    ):
        corner = 5 * torch.rand(6, 2, generator=generator)
        boxes = torch.cat([corner, corner + 4 * torch.rand(6, 2, generator=generator)], dim=1)
        kept = boxes.clone()
        answer = letterbox(boxes, size, side)
        expect(torch.equal(boxes, kept), "letterbox has changed the boxes that it was given")
        height, width = (round(s * side / max(size)) for s in size)
        marked = BoundingBoxes(boxes, format="XYXY", canvas_size=size)
        wanted = T.resize(marked, [height, width]).as_subclass(torch.Tensor)
        across, down = room
        wanted = wanted + torch.tensor([across, down, across, down])
        name = f"letterbox for height {size[0]}, width {size[1]} and side {side}"
        _expect_boxes(name, answer, wanted)
    _expect_boxes(
        "letterbox of no box", letterbox(torch.zeros(0, 4), (8, 10), 20), torch.zeros(0, 4)
    )
    right(3)


@exercise
def check_boxes_of(boxes_of: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against torchvision, on random maps and on those at the edges."""
    generator = torch.Generator().manual_seed(4)
    maps = [torch.zeros(5, 6, dtype=torch.int64)]
    for count, shape in ((1, (4, 4)), (3, (7, 9)), (5, (12, 8))):
        instances = torch.zeros(shape, dtype=torch.int64)
        for number in range(1, count + 1):
            row, column = (int(torch.randint(s, (1,), generator=generator)) for s in shape)
            instances[row : row + 3, column : column + 2] = number
        for number in range(1, count + 1):  # a later object may have covered all of it
            instances.view(-1)[number - 1] = number
        maps.append(instances)
    full = torch.ones(3, 4, dtype=torch.int64)
    for instances in (*maps, full):
        count = int(instances.max())
        masks = instances == torch.arange(1, count + 1)[:, None, None]
        wanted = masks_to_boxes(masks) + torch.tensor([0.0, 0, 1, 1])
        run = watch(boxes_of, instances.clone())
        name = f"boxes_of a map of {tuple(instances.shape)} with {count} objects"
        expect_not_ready_made(run, {"masks_to_boxes": masks_to_boxes}, name)
        _expect_boxes(name, run.result, wanted)
    right(4)


def _expect_boxes(name: str, answer: object, wanted: torch.Tensor) -> None:
    """Compare boxes; none at all have a shape as well, which a list does not know."""
    if len(wanted):
        expect_numbers(name, answer, wanted, within=1e-3)
        return
    shape = tuple(getattr(answer, "shape", (0, 4) if answer == [] else ()))
    expect(shape == (0, 4), f"{name} must have shape (0, 4), got {answer!r}")


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, rtol=1e-5, atol=1e-4)


def _middle_then_resized(box: torch.Tensor) -> bool:
    factors = torch.tensor([1.5, 2.0, 1.5, 2.0])
    before = factors * box_convert(box, "xyxy", "cxcywh")
    return _same(before, box_convert(factors * box, "xyxy", "cxcywh"))


def _middle_stays(box: torch.Tensor) -> bool:
    clipped = clip_boxes_to_image(box, (40, 60))
    return _same(*(box_convert(b, "xyxy", "cxcywh")[:2] for b in (box, clipped)))


def _pixels_double(box: torch.Tensor) -> bool:
    begin, end = box[:2].floor(), box[:2].floor() + 3  # ink from pixel begin to pixel end - 1
    picture = torch.zeros(1, 100, 100)
    (x1, y1), (x2, y2) = begin.clamp(0, 90).long().tolist(), end.clamp(3, 93).long().tolist()
    picture[0, y1:y2, x1:x2] = 1
    double = picture.repeat_interleave(2, 1).repeat_interleave(2, 2)
    return _same(masks_to_boxes(double), 2 * masks_to_boxes(picture))


def _comes_back(box: torch.Tensor) -> bool:
    whole = box.round()
    back = box_convert(box_convert(whole, "xyxy", "cxcywh"), "cxcywh", "xyxy")
    return torch.equal(back, whole)


CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "resize, then cxcywh: the same as cxcywh, then resize": _middle_then_resized,
    "clipping leaves the middle of a box where it is": _middle_stays,
    "first and last pixel: all four double with the picture": _pixels_double,
    "whole numbers below 1,000: xyxy to cxcywh and back is exact": _comes_back,
}


@exercise
def check_claims(answers: Mapping[str, bool]) -> None:
    """Check the claims of exercise 5 on random boxes."""
    generator = torch.Generator().manual_seed(5)
    corner = 90 * torch.rand(50, 2, generator=generator) - 10
    boxes = torch.cat([corner, corner + 1 + 40 * torch.rand(50, 2, generator=generator)], dim=1)
    expect_tried(answers, CLAIMS, list(boxes), "box")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
scaled = scaled_sheet(check_scaled)
