"""The Python side of the demo."""

import base64
import io

import pytest
import torch
import traitlets
from PIL import Image

from utils.checks import assert_same
from utils.widgets.augment_panel import DOTS, KINDS, OUTLINES, AugmentPanel, outline, photo_url


def test_boxes_are_tight_before_anything_happens():
    demo = AugmentPanel(strength=0)
    assert_same(demo.fits, torch.ones(2, dtype=torch.float64))
    for name, box in zip(OUTLINES, demo.boxes, strict=True):
        points = outline(name)
        assert torch.equal(box, torch.cat([points.amin(0), points.amax(0)]))


def test_flips_and_crops_keep_boxes_tight_and_turns_do_not():
    for kind in KINDS:
        fits = AugmentPanel(kind=kind, strength=100, follow=True).fits
        is_tight = (fits > 1 - 1e-9).tolist()
        assert is_tight == [kind not in ("turn", "shear")] * 2


def test_boxes_that_stay_are_left_behind_except_by_a_hue():
    for kind in KINDS:
        fits = AugmentPanel(kind=kind, strength=100, follow=False).fits
        assert (fits.max() < 0.95) == (kind != "hue")


def test_a_turned_box_can_fit_worse_than_one_that_stays():
    fits = [AugmentPanel(kind="turn", strength=60, follow=f).fits[0] for f in (True, False)]
    assert fits[0] < fits[1]


def test_the_photograph_is_a_small_square_jpeg():
    head, data = photo_url().split(",")
    assert head == "data:image/jpeg;base64" and len(data) < 35_000
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        assert picture.size == (DOTS, DOTS)


@pytest.mark.parametrize(
    ("name", "bad"), [("strength", 101), ("strength", -1), ("kind", "blur"), ("follow", "yes")]
)
def test_other_settings_are_refused(name, bad):
    with pytest.raises(traitlets.TraitError):
        AugmentPanel(**{name: bad})
