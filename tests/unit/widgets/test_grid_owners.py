"""The Python side of the demo: its scene, and what is kept."""

import base64
import json

import pytest
import torch
import traitlets

from utils.boxes.overlap import iou
from utils.widgets.grid_owners import CENTRES, SIZE, GridOwners, scene


def test_objects_are_cut_tightly_and_the_first_are_the_largest():
    areas = []
    for each in scene()["objects"]:
        ink = torch.tensor(list(base64.b64decode(each["ink"]))).view(each["height"], -1)
        assert ink.shape == (each["height"], each["width"])
        assert all(edge.max() >= 101 for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1]))
        areas.append(ink.numel())
    assert areas == sorted(areas, reverse=True)
    assert len(base64.b64decode(scene()["pixels"])) == SIZE**2


def test_the_opening_loses_an_object_although_the_boxes_lie_apart():
    demo = GridOwners()
    assert demo.kept == [True, False, True, True]
    overlaps = iou(demo.boxes, demo.boxes).triu(1)
    assert overlaps.max() < 0.1
    assert all(GridOwners(side=10).kept)
    assert not all(GridOwners(side=2).kept)


def test_the_task_can_be_solved():
    apart = [16.0, 16, 48, 16, 16, 48, 48, 48]
    assert all(GridOwners(side=2, centres=apart).kept)


def test_what_the_website_carries_is_small():
    assert len(json.dumps(GridOwners().asset_values())) < 9_000


@pytest.mark.parametrize(
    "bad",
    [
        {"side": 1},
        {"side": 11},
        {"chosen": 4},
        {"centres": [1.0] * 8},
        {"centres": list(CENTRES[:6])},
        {"centres": [*CENTRES[:7], 60.0]},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GridOwners(**bad)
