"""Augment panel, as a reader meets it in Chromium."""

import base64
import contextlib
import io

import numpy as np
import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from PIL import Image

from utils.augment import move_points, warp
from utils.checks import assert_same
from utils.widgets.augment_panel import (
    DOTS,
    KINDS,
    OUTLINES,
    AugmentPanel,
    outline,
    photo_url,
)

DRAWN = """() => [...document.querySelectorAll(".book-large .book-box")].map((rect) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
        Number(rect.getAttribute(name)));
    return { box: [x, y, x + width, y + height], name: rect.getAttribute("class") };
})"""
COLOURS = """(at) => [
    getComputedStyle(document.querySelectorAll(".book-meter .book-bar")[at]).backgroundColor,
    getComputedStyle(document.querySelectorAll(".book-large .book-box")[at]).stroke,
]"""
PICTURE = """() => document.querySelector(".book-large canvas").toDataURL()"""


@pytest.fixture
def show(page):
    yield from mounting(page, AugmentPanel)


def drawn(page):
    return [part["box"] for part in page.evaluate(DRAWN)]


def pixels(address):
    """The picture in a data address, float64 ``(1, 3 or 4, height, width)`` of 0 to 255."""
    data = base64.b64decode(address.partition(",")[2])
    with Image.open(io.BytesIO(data)) as picture:
        return torch.from_numpy(np.array(picture)).movedim(-1, 0)[None].double()


def seen_picture(page):
    """What the large canvas shows, once the photograph is there, ``(3, height, width)``."""
    page.wait_for_function(f"() => ({PICTURE})().length > 100_000")
    return pixels(page.evaluate(PICTURE))[0, :3]


def at(picture, x, y):
    """The colour at a place, in shares of width and height."""
    height, width = picture.shape[1:]
    return picture[:, int(height * y), int(width * x)]


def test_it_opens_on_boxes_that_were_left_behind(show):
    page = show()
    assert read(page, ".book-says") == (
        "The boxes stayed behind: the cup’s fits to 86 %, the spoon’s to 0 %."
    )
    assert page.locator(".book-large").get_attribute("aria-label") == read(page, ".book-says")
    assert page.locator(".book-large.book-stale").count() == 1
    assert not is_done(page)


def test_boxes_outlines_and_meters_are_those_of_python(show):
    for kind, strength, follow in (("flip", 100, False), ("crop", 70, True), ("turn", 70, True)):
        state = {"kind": kind, "strength": strength, "follow": follow}
        page, demo = show(**state), AugmentPanel(**state)
        frame(page)
        assert_same(torch.tensor(drawn(page)).double(), demo.boxes, atol=0.11)
        names = [part["name"] for part in page.evaluate(DRAWN)]
        assert names == ["book-box book-cup", "book-box book-spoon"]
        for at, share in enumerate(demo.fits.tolist()):
            meter = page.locator(".book-meter").nth(at)
            assert meter.locator("span").inner_text() == ("cup", "spoon")[at]
            assert meter.locator("b").inner_text() == f"{int(100 * share + 0.5)} %"
            width = meter.locator("i").evaluate("(bar) => parseFloat(bar.style.width)")
            assert abs(width - 100 * share) < 0.06
            colours = page.evaluate(COLOURS, at)
            assert colours[0] == colours[1] == ("rgb(86, 180, 233)", "rgb(240, 228, 66)")[at]


def test_the_photograph_and_the_outlines_are_moved_as_in_python(show):
    scale = torch.diag(torch.tensor([DOTS / 400, DOTS / 400, 1], dtype=torch.float64))
    shares = (torch.arange(30) + 0.5) / 30
    for kind in ("turn", "crop"):
        picture = seen_picture(show(kind=kind, strength=80))
        demo = AugmentPanel(kind=kind, strength=80)
        wanted = warp(pixels(photo_url()), scale @ demo.move @ scale.inverse())[0]
        off = [
            (at(picture, x, y) - at(wanted, x, y)).abs().max()
            for x, y in torch.cartesian_prod(shares, shares).tolist()
        ]
        assert torch.stack(off).quantile(0.8) < 25  # lines lie over some of them
        for name in OUTLINES:
            corners = move_points(outline(name), demo.move) / 400
            inside = corners[((corners > 0.01) & (corners < 0.99)).all(1)]
            assert min(at(picture, *place).min() for place in inside.tolist()) > 200  # white


def test_the_hue_of_the_photograph_changes_and_comes_back(show):
    page = show(kind="hue", strength=100)
    red, green, blue = at(seen_picture(page), 0.2, 0.6)
    assert blue > red and green > red  # the red saucer is cyan
    page.get_by_label("Strength", exact=True).press("Home")
    frame(page)
    red, green, blue = at(seen_picture(page), 0.2, 0.6)
    assert red > 2 * max(green, blue)
    assert read(page, ".book-says") == "Nothing has changed: both boxes fit."


def test_a_flip_happens_from_one_half_on(show):
    page = show(strength=49)
    assert "push the strength to 50 %" in read(page, ".book-says")
    assert read(page, ".book-main .book-caption") == "Not augmented yet"
    page.get_by_label("Strength", exact=True).press("ArrowRight")
    frame(page)
    assert read(page, ".book-main .book-caption") == "Flipped left to right"


def test_captions_name_the_amount(show):
    wanted = {
        "turn": "Turned by 22.5°",
        "shear": "Sheared by 15.0°",
        "hue": "Hue shifted by 0.25",
        "crop": "A crop of 82 % of the area",
    }
    page = show(strength=50)
    for kind, caption in wanted.items():
        page.get_by_label("Operation", exact=True).select_option(kind)
        frame(page)
        assert read(page, ".book-main .book-caption") == caption


def test_play_lets_the_boxes_follow_and_goes_on_to_the_next_operation(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, AugmentPanel())
    frame(page)
    page.get_by_role("button", name="Play").click()
    frame(page)
    told = []
    for _ in range(2 * len(KINDS) - 1):
        told.append((read(page, ".book-main .book-caption"), read(page, ".book-says")))
        page.clock.run_for(1400)
        frame(page)
    assert "both boxes fit as before" in told[0][1]
    assert told[1][0].startswith("A crop") and "stayed behind" in told[1][1]
    assert "both fit" in told[2][1]
    assert told[3][0] == "Turned by 45.0°"
    assert page.get_by_role("button", name="Play").count() == 1  # the story has ended


def test_the_task_asks_for_a_turn_and_for_boxes_that_follow(show):
    assert not is_done(show(kind="turn", strength=100, follow=False))
    assert not is_done(show(kind="crop", strength=100, follow=True))
    page = show(kind="flip", strength=100)
    page.get_by_label("Boxes follow", exact=True).check()
    page.get_by_label("Operation", exact=True).select_option("turn")
    frame(page)
    assert is_done(page)


def test_the_lines_of_torch_give_the_boxes(show):
    for kind in ("crop", "shear", "hue"):
        page = show(kind=kind, strength=80, follow=True)
        open_drawer(page, "The same in torch")
        scope = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(page.inner_text("code"), scope)
        boxes = scope["boxes"].as_subclass(torch.Tensor)
        demo = AugmentPanel(kind=kind, strength=80, follow=True)
        assert_same(boxes, demo.boxes, atol=1e-4)
