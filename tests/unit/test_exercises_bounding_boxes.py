import pytest
import torch
from exercise_checks import assert_right, in_every_form
from torchvision.ops import masks_to_boxes

from utils.exercises import bounding_boxes as exercises

BY_HAND = [[10, 20, 30, 60], [10, 20, 20, 40], [20, 40, 20, 40]]
CLAIMS = dict(zip(exercises.CLAIMS, [True, False, False, True], strict=True))


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(box) for box in BY_HAND])
    assert_right(capsys, 2, exercises.check_scaled, [form([15, 40, 45, 80]), form(1200)])


@pytest.mark.parametrize("wrong", [[11, 21, 30, 60], [10, 20, 29, 59], [10, 20, 30], None])
def test_by_hand_rejects(wrong):
    for place, name in enumerate(("xyxy", "xywh", "cxcywh")):
        answers = [*BY_HAND]
        answers[place] = wrong
        with pytest.raises(AssertionError, match=f"not yet: the box as {name}"):
            exercises.check_by_hand(answers)


def test_by_hand_asks_for_three_boxes():
    for wrong in (BY_HAND[:2], None, 3):
        with pytest.raises(AssertionError, match="not yet: "):
            exercises.check_by_hand(wrong)


SCALED = [[20, 30, 60, 60], [15, 30, 45, 60], [20, 40, 60, 80], [10, 20, 30, 40], None]


def test_scaled_rejects_another_box_or_count():
    for wrong in SCALED:
        with pytest.raises(AssertionError, match="not yet: the resized box"):
            exercises.check_scaled([wrong, 1200])
    for wrong in (1500, 800, 1300, 1200.5, None):
        with pytest.raises(AssertionError, match="not yet: the count of pixels"):
            exercises.check_scaled([[15, 40, 45, 80], wrong])


def letterbox(boxes, size, side):
    height, width = size
    factor = side / max(height, width)
    x, y = (side - factor * width) / 2, (side - factor * height) / 2
    return factor * boxes + boxes.new_tensor([x, y, x, y])


def in_columns(boxes, size, side):
    height, width = size
    factor = side / max(height, width)
    moved = boxes.clone()
    moved[:, [0, 2]] = factor * (boxes[:, [0, 2]] - width / 2) + side / 2
    moved[:, [1, 3]] = factor * (boxes[:, [1, 3]] - height / 2) + side / 2
    return moved


def as_list(boxes, size, side):
    return letterbox(boxes, size, side).tolist()


@pytest.mark.parametrize("answer", [letterbox, in_columns, as_list])
def test_letterbox_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_letterbox, answer)


def in_place(boxes, size, side):
    wanted = letterbox(boxes, size, side)
    boxes += 1
    return wanted


def only_first(boxes, size, side):
    return letterbox(boxes, size, side)[:1]


NOT_LETTERBOX = {
    "stretched": lambda b, s, side: b * b.new_tensor([side / s[1], side / s[0]] * 2),
    "at the top left": lambda b, s, side: b * side / max(s),
    "shorter side": lambda b, s, side: (b - letterbox(b, s, side)) + b * side / min(s),
    "exchanged": lambda b, s, side: letterbox(b, s[::-1], side),
    "in place": in_place,
    "one box": only_first,
    "nothing": lambda b, s, side: None,
    "no empty": lambda b, s, side: letterbox(b, s, side) if len(b) else torch.zeros(0),
}


@pytest.mark.parametrize("wrong", NOT_LETTERBOX.values(), ids=NOT_LETTERBOX)
def test_letterbox_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: letterbox"):
        exercises.check_letterbox(wrong)


def masks_of(instances):
    numbers = torch.arange(1, int(instances.max()) + 1)
    return instances == numbers[:, None, None]


def by_argmax(instances):
    ends = []
    for some in (masks_of(instances).any(1).int(), masks_of(instances).any(2).int()):
        ends.append((some.argmax(1), some.shape[1] - some.flip(1).argmax(1)))
    (left, right), (top, bottom) = ends
    return torch.stack([left, top, right, bottom], dim=1).float()


def by_loop(instances):
    boxes = []
    for mask in masks_of(instances):
        y, x = mask.nonzero().T
        boxes.append([x.min(), y.min(), x.max() + 1, y.max() + 1])
    return torch.tensor(boxes).reshape(-1, 4)


def as_lists(instances):
    return by_loop(instances).tolist()


def off_by_one(instances):
    return by_argmax(instances) - torch.tensor([0, 0, 1, 1])


@pytest.mark.parametrize("answer", [by_argmax, by_loop, as_lists])
def test_boxes_of_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_boxes_of, answer)


NOT_BOXES = {
    "last pixel": off_by_one,
    "rows first": lambda m: by_argmax(m)[:, [1, 0, 3, 2]],
    "xywh": lambda m: torch.cat([by_argmax(m)[:, :2], by_argmax(m).diff(dim=1)[:, :2]], 1),
    "reversed": lambda m: by_argmax(m).flip(0),
    "background too": lambda m: torch.cat([torch.zeros(1, 4), by_argmax(m)]),
    "no empty": lambda m: by_argmax(m) if m.any() else torch.zeros(0),
    "ready-made": lambda m: masks_to_boxes(masks_of(m)) + torch.tensor([0, 0, 1, 1]),
    "nothing": lambda m: None,
}


@pytest.mark.parametrize("wrong", NOT_BOXES.values(), ids=NOT_BOXES)
def test_boxes_of_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: boxes_of"):
        exercises.check_boxes_of(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    for wrong in (not CLAIMS[claim], None):
        with pytest.raises(AssertionError, match="not yet: "):
            exercises.check_claims({**CLAIMS, claim: wrong})
