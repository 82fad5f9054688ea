"""The Python side of the demo: its scene, and masks as text."""

import json

import pytest
import torch
import traitlets

from utils.data.images import load_images
from utils.metrics.segmentation import class_iou, confusion, pixel_accuracy
from utils.widgets.mask_brush import DIGITS, MaskBrush, as_hex, as_mask, moved
from utils.widgets.mask_brush.twins import HEIGHT, PLACES, TWINS, WIDTH, scene


def scores(demo):
    table = confusion(demo.mask, demo.target, 2)
    return pixel_accuracy(table).item(), class_iou(table)[1].item()


def test_the_scene_has_twins_and_another_digit_within_the_picture():
    found = scene()
    assert found.picture.shape == found.instances.shape == (HEIGHT, WIDTH)
    assert found.picture.min() >= 0 and found.picture.max() <= 1
    assert found.instances.unique().tolist() == [0, 1, 2, 3]
    assert found.digits == [load_images("digits").test[1][index] for index, *_ in PLACES]
    assert len(set(found.digits[:TWINS])) == 1 and found.digits[TWINS] != found.digits[0]
    bright = found.picture[found.instances > 0].min()
    assert bright > 0.3 > found.picture[found.instances == 0].median()
    left = [(found.instances == n).nonzero()[:, 1].float().mean() for n in (1, 2)]
    assert left[0] < left[1], "the first one is called the left one"


def test_a_mask_goes_through_its_text():
    random = torch.rand(HEIGHT, WIDTH, generator=torch.Generator().manual_seed(0)) < 0.4
    assert torch.equal(as_mask(as_hex(random)), random)
    assert len(as_hex(random)) == DIGITS
    first = torch.zeros(HEIGHT, WIDTH, dtype=torch.bool)
    first[0, 1] = True
    assert as_hex(first) == "4" + "0" * (DIGITS - 1)
    demo = MaskBrush()
    demo.mask = random.long()
    assert torch.equal(demo.mask, random)
    assert torch.equal(MaskBrush(painted=as_hex(random).upper()).mask, random)


def test_the_opening_is_a_mask_two_pixels_off():
    demo = MaskBrush()
    assert torch.equal(demo.target, scene().instances == 1)
    assert torch.equal(demo.mask[:, 2:], demo.target[:, :-2]) and not demo.mask[:, :2].any()
    accuracy, iou = scores(demo)
    assert accuracy > 0.9 and 0.55 < iou < 0.65  # the page: it loses two fifths
    demo.mask = moved(demo.target, 1)
    assert scores(demo)[1] < 0.8, "Play would solve the task"


def test_nothing_painted_has_a_high_accuracy_and_both_asks_for_two():
    demo = MaskBrush(painted="0" * DIGITS)
    accuracy, iou = scores(demo)
    assert accuracy > 0.85 and iou == 0
    demo.mask = demo.target
    demo.truth = "both"
    assert demo.target.sum() == (scene().instances == 1).sum() + (scene().instances == 2).sum()
    assert 0.3 < scores(demo)[1] < 0.7


def test_what_the_website_carries_is_small():
    assert len(json.dumps(MaskBrush().asset_values())) < 6_000


@pytest.mark.parametrize(
    "bad",
    [
        {"painted": "0" * (DIGITS - 1)},
        {"painted": "g" * DIGITS},
        {"truth": "all"},
        {"brush": 0},
        {"brush": 6},
        {"tool": "fill"},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        MaskBrush(**bad)


def test_a_mask_of_another_size_is_refused():
    with pytest.raises(ValueError, match="mask must be 36×52"):
        MaskBrush().mask = torch.zeros(3, 3)
