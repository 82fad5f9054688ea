"""Augment panel, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.checks import assert_same
from utils.widgets.augment_panel import KINDS, AugmentPanel

DRAWN = """() => [...document.querySelectorAll(".book-large .book-box")].map((rect) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
        Number(rect.getAttribute(name)));
    return { box: [x, y, x + width, y + height], name: rect.getAttribute("class") };
})"""
PIXEL = """([x, y]) => {
    const canvas = document.querySelector(".book-large canvas");
    if (!canvas.width || canvas.width === 300) return null;
    const at = [x, y].map((share) => Math.floor(share * canvas.width));
    return [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, AugmentPanel)


def drawn(page):
    return [part["box"] for part in page.evaluate(DRAWN)]


def test_it_opens_on_boxes_that_were_left_behind(show):
    page = show()
    assert read(page, ".book-says") == (
        "The picture has moved, the boxes have not: the cup’s fits to 86 %, the spoon’s to 0 %."
    )
    assert page.locator(".book-large").get_attribute("aria-label") == read(page, ".book-says")
    assert page.locator(".book-large.book-stale").count() == 1
    assert not is_done(page)


def test_boxes_outlines_and_meters_are_those_of_python(show):
    for kind in KINDS:
        for strength, follow in ((100, True), (70, False)):
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
            points = page.locator(".book-large polygon").nth(1).get_attribute("points").split()
            first = torch.tensor([float(place) for place in points[0].split(",")]).double()
            wanted = demo.move @ torch.tensor([299.0, 70, 1], dtype=torch.float64)
            assert_same(first, wanted[:2], atol=0.06)


def test_the_photograph_goes_where_the_outlines_go(show):
    for state in ({"kind": "turn"}, {"kind": "crop"}, {"kind": "shear"}, {"kind": "flip"}):
        page = show(**state, strength=80, follow=True)
        frame(page)
        found = page.evaluate(
            """() => {
                const canvas = document.querySelector(".book-large canvas");
                const side = canvas.offsetWidth / 400;
                const move = new DOMMatrix(getComputedStyle(canvas).transform);
                const place = move.transformPoint(new DOMPoint(299 * side, 70 * side));
                return [place.x / side, place.y / side];
            }"""
        )
        demo = AugmentPanel(**state, strength=80)
        wanted = demo.move @ torch.tensor([299.0, 70, 1], dtype=torch.float64)
        assert_same(torch.tensor(found).double(), wanted[:2], atol=0.2)


def test_the_hue_of_the_photograph_changes_and_comes_back(show):
    page = show(kind="hue", strength=100)
    page.wait_for_function(f"(at) => ({PIXEL})(at) !== null", arg=[0.2, 0.6])
    red, green, blue, _ = page.evaluate(PIXEL, [0.2, 0.6])
    assert blue > red and green > red  # the red saucer is cyan
    slider = page.get_by_label("Strength", exact=True)
    slider.press("Home")
    frame(page)
    red, green, blue, _ = page.evaluate(PIXEL, [0.2, 0.6])
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
        "crop": "A crop of 66 % of the area",
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
    assert told[1][0].startswith("A crop") and "have not" in told[1][1]
    assert "both fit" in told[2][1]
    assert told[3][0] == "Turned by 45.0°"
    assert page.get_by_role("button", name="Play").count() == 1  # the story has ended


def test_the_task_asks_for_a_turn_and_for_boxes_that_follow(show):
    assert not is_done(show(kind="turn", strength=100, follow=False))
    assert not is_done(show(kind="shear", strength=100, follow=True))
    assert not is_done(show(kind="crop", strength=100, follow=True))
    page = show(kind="flip", strength=100)
    page.get_by_label("Boxes follow", exact=True).check()
    page.get_by_label("Operation", exact=True).select_option("turn")
    frame(page)
    assert is_done(page)


def test_the_lines_of_torch_give_the_boxes(show):
    for kind in KINDS:
        page = show(kind=kind, strength=80, follow=True)
        open_drawer(page, "The same in torch")
        scope = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(page.inner_text("code"), scope)
        boxes = scope["boxes"].as_subclass(torch.Tensor)
        demo = AugmentPanel(kind=kind, strength=80, follow=True)
        assert_same(boxes, demo.boxes, atol=1e-4)
