"""The Python side of the demo."""

import pytest
import torch
import traitlets
from torchvision.ops import masks_to_boxes

from utils.widgets.box_formats import BoxFormats, scene, truths


def test_the_numbers_follow_the_box_and_the_count():
    demo = BoxFormats(box=(3, 2, 7, 8))
    assert demo.numbers("xyxy").tolist() == [3, 2, 7, 8]
    assert demo.numbers("xywh").tolist() == [3, 2, 4, 6]
    assert demo.numbers("cxcywh").tolist() == [5, 5, 4, 6]
    demo.count = "pixels"
    assert demo.numbers("xyxy").tolist() == [3, 2, 6, 7]
    assert demo.numbers("xywh").tolist() == [3, 2, 4, 6]
    assert demo.numbers("cxcywh").tolist() == [4.5, 4.5, 4, 6]


def test_the_true_boxes_are_tight_and_the_demo_opens_around_the_first():
    _, masks = scene()
    wanted = masks_to_boxes(masks) + torch.tensor([0.0, 0, 1, 1])
    assert list(truths()) == ["4", "5"]
    assert [*truths().values()] == wanted.tolist()
    assert list(BoxFormats().box) == truths()["4"]


def test_digits_are_much_brighter_than_the_ground():
    colours, masks = scene()
    is_digit = masks.any(0)
    assert colours[is_digit].min() > 60 + colours[~is_digit].max()


def test_a_box_that_is_none_or_not_inside_is_refused():
    outside = (-1, 0, 3, 3), (0, 0, 17, 3), (0, 0, 3, 13)
    for bad in (*outside, (3, 2, 3, 8), (3, 8, 7, 8), (1, 2, 3), None):
        with pytest.raises(traitlets.TraitError):
            BoxFormats(box=bad)
