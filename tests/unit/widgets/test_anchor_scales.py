"""Anchor scales: its model refuses what cannot be, and its scene is fit for the task."""

import pytest
import torch
import traitlets

from utils.widgets.anchor_scales import AnchorScales
from utils.widgets.anchor_scales.scene import SIDE, scene


@pytest.mark.parametrize(
    "state",
    [
        {"sizes": [20, 20, 20]},
        {"sizes": [20, 20, 20, 60]},
        {"sizes": [2, 20, 20, 20]},
        {"cell": [0]},
        {"cell": [16, 0]},
        {"cell": [0, -1]},
        {"stage": 4},
        {"ratio": 0.1},
    ],
)
def test_impossible_settings_are_refused(state):
    with pytest.raises(traitlets.TraitError):
        AnchorScales(**state)


def test_it_opens_unsolved_and_can_be_solved():
    assert AnchorScales().found == 2
    assert AnchorScales(sizes=[10, 18, 30, 56]).found == 4
    assert AnchorScales(sizes=[10, 16, 30, 56]).found == 3
    assert AnchorScales(sizes=[10, 20, 20, 36], ratio=0.65).found == 4


def test_coarse_maps_do_not_meet_the_smallest_digit():
    """The page says so: the right size does not help where the cells are far apart."""
    for size in range(4, 57, 2):
        for ratio in (0.4, 0.65, 1.0, 2.0):
            overlaps = AnchorScales(sizes=[size] * 4, ratio=ratio).overlaps
            assert (overlaps[3, 1:] < 0.5).all()


def test_the_boxes_are_tight_and_apart():
    picture, boxes = scene()
    assert picture.shape == (SIDE, SIDE)
    for number, (x1, y1, x2, y2) in enumerate(boxes.int().tolist()):
        ink = picture[y1:y2, x1:x2] >= 0.4
        assert ink[0].any() and ink[-1].any() and ink[:, 0].any() and ink[:, -1].any()
        for other in boxes[number + 1 :]:
            start = torch.maximum(boxes[number, :2], other[:2])
            end = torch.minimum(boxes[number, 2:], other[2:])
            assert (end <= start).any()
    heights = boxes[:, 3] - boxes[:, 1]
    assert 3 <= heights.max() / heights.min() <= 4
