"""The Python side of shifting the cat."""

import itertools
import json
import math

import pytest
import torch
import torch.nn.functional as F
import traitlets
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.data.photos import photo
from utils.widgets.kit.photographs import PHOTOS
from utils.widgets.semantic_gap import FAR, LEAST, SIDE, STRANGERS, SemanticGap, original

SETTINGS = [
    {},
    {"photo": "coffee", "rows": -5, "crop": 33},
    {"photo": "camera", "columns": -FAR, "rows": FAR, "brightness": 0.2, "crop": LEAST},
    {"columns": 3, "rows": 2, "brightness": 0.75, "crop": 64, "mirrored": True},
    {"columns": 0, "mirrored": True, "crop": 95},
]


def pixel_by_pixel(demo):
    """Each pixel asks where it comes from: move, mirror and crop, read backwards."""
    image = original(demo.photo)
    edge = (SIDE - demo.crop) // 2
    taken = F.interpolate(torch.arange(demo.crop).double()[None, None], SIDE)[0, 0].long()
    found = torch.empty(SIDE, SIDE, dtype=torch.float64)
    for r, c in itertools.product(range(SIDE), repeat=2):
        row = min(max(r - demo.rows, 0), SIDE - 1)
        column = min(max(c - demo.columns, 0), SIDE - 1)
        if demo.mirrored:
            column = SIDE - 1 - column
        found[r, c] = image[edge + taken[row], edge + taken[column]] * demo.brightness
    return found


@pytest.mark.parametrize("state", SETTINGS)
def test_the_changes_come_in_the_order_that_is_stated(state):
    demo = SemanticGap(**state)
    expected = pixel_by_pixel(demo)
    assert_same(demo.changed, expected)
    assert_same(demo.distance, (expected - demo.original).abs().mean())


@pytest.mark.parametrize("name", PHOTOS)
def test_nothing_changed_is_no_distance_and_the_marks_do_not_depend_on_changes(name):
    still = SemanticGap(photo=name, columns=0)
    assert torch.equal(still.changed, still.original)
    assert still.distance == 0
    image, grey = still.original, still.original.mean()
    assert_same(still.card_distance, (image - grey).abs().mean())
    assert_same(still.stranger_distance, (image - original(STRANGERS[name])).abs().mean())
    other = SemanticGap(photo=name, columns=9, brightness=0.3, mirrored=True)
    assert (other.card_distance, other.stranger_distance) == (
        still.card_distance,
        still.stranger_distance,
    )
    assert still.card_distance < still.stranger_distance


def test_the_cat_is_that_of_the_page_in_levels_of_eight_bits():
    difference = SemanticGap().original - photo("cat", size=SIDE)[0].double()
    assert difference.abs().max() <= 0.5 / 255 + 1e-6
    levels = SemanticGap().original * 255
    assert_same(levels, levels.round())


def test_a_view_of_the_original_cannot_spoil_it():
    SemanticGap().original.zero_()
    assert SemanticGap().original.mean() > 0.4


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("columns", -FAR, FAR),
        ("rows", -FAR, FAR),
        ("crop", LEAST, SIDE),
        ("brightness", 0.2, 1.0),
    ],
)
def test_every_control_has_bounds(name, low, high):
    for value in (low, high):
        assert getattr(SemanticGap(**{name: value}), name) == value
    step = 0.01 if name == "brightness" else 1
    for bad in (low - step, high + step, "1", None, math.nan):
        assert_refused(SemanticGap(), name, bad)


def test_other_photographs_are_refused():
    assert_refused(SemanticGap(), "photo", "dog", "cat")
    assert_refused(SemanticGap(), "mirrored", "yes")
    with pytest.raises(traitlets.TraitError):
        SemanticGap().photos = {}


@pytest.mark.parametrize("state", SETTINGS)
def test_a_state_makes_the_same_demo_again(state):
    demo = SemanticGap(**state)
    assert SemanticGap(**json.loads(json.dumps(demo.state()))).state() == demo.state()
    assert repr(eval(repr(demo))) == repr(demo)
    assert sorted(demo.state()) == [
        "brightness",
        "columns",
        "crop",
        "mirrored",
        "photo",
        "rows",
    ]


def test_the_longest_distance_stays_on_the_scale():
    """A coarse grid of all settings; the scale of the drawing ends at 0.5."""
    worst = 0.0
    for name, columns, rows in itertools.product(PHOTOS, (-FAR, 0, FAR), (-FAR, 0, FAR)):
        demo = SemanticGap(photo=name, columns=columns, rows=rows, brightness=0.2)
        for demo.crop, demo.mirrored in itertools.product((LEAST, 60, SIDE), (False, True)):
            worst = max(worst, demo.distance.item())
    assert 0.3 < worst < 0.5
