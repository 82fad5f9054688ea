"""Shifting the cat as a reader meets it, in Chromium on a blank page."""

import json
import re

import pytest
import torch
import torch.nn.functional as F
from demo_input import on_a_phone, press, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import assert_redraws_once_a_frame, change_by_keyboard, frame, mounting, read
from semantic_gap_states import STATES

from utils.widgets.semantic_gap import FAR, LEAST, SIDE, STRANGERS, SemanticGap, original

# One level for each pixel, or -1 where it is not an opaque grey; text, because it is fast.
LEVELS = """(canvases) => JSON.stringify(canvases.map((canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const isGrey = (at) => data[at] === data[at + 1] && data[at] === data[at + 2];
    return Array.from({ length: data.length / 4 }, (_, index) =>
        isGrey(4 * index) && data[4 * index + 3] === 255 ? data[4 * index] : -1);
}))"""
PARTS = (".book-rail", ".book-result", "input", "input >> nth=1", "pre")


@pytest.fixture
def show(page):
    yield from mounting(page, SemanticGap)


def changed(page):
    return page.get_by_role("application", name=re.compile("^Changed picture"))


def control(page, name):
    return page.get_by_label(name, exact=True)


def moves(page):
    """Columns and rows, as the sliders have them."""
    frame(page)
    return [int(control(page, f"{name} moved").input_value()) for name in ("Columns", "Rows")]


def drawn(page, canvases=".book-shot canvas"):
    """The grey levels of the pictures, int64 (pictures, rows, columns)."""
    frame(page)
    levels = json.loads(page.eval_on_selector_all(canvases, LEVELS))
    return torch.tensor(levels).reshape(-1, SIDE, SIDE)


def assert_shows(page, demo):
    """The view shows the pictures and the numbers of the Python side."""
    off = (demo.changed - demo.original).abs()
    wanted = torch.stack([demo.original, demo.changed, off / 0.5])
    assert (drawn(page) - (255 * wanted).clamp(max=255)).abs().max() < 0.501
    distance = demo.distance.item()
    assert page.inner_text(".book-figure strong") == f"{distance:.3f}"
    rail, fill = (page.locator(f".book-{part}").bounding_box() for part in ("rail", "fill"))
    assert fill["width"] / rail["width"] == pytest.approx(distance / 0.5, abs=0.005)
    flags = page.locator(".book-flag").all_inner_texts()
    lines = page.locator(".book-line-across").all()
    marks = (demo.card_distance, demo.stranger_distance)
    for text, line, mark in zip(flags, lines, marks, strict=True):
        assert text.endswith(f" {mark:.3f}")
        place = line.bounding_box()["x"] + 1 - rail["x"]
        assert place / rail["width"] == pytest.approx(mark.item() / 0.5, abs=0.005)


@pytest.mark.parametrize("state", STATES)
def test_pictures_and_numbers_are_those_of_python(show, state):
    assert_shows(show(**state), SemanticGap(**state))


def test_the_marks_show_a_grey_card_and_the_stranger(show):
    page = show(photo="coffee")
    card, stranger = drawn(page, ".book-flag canvas")
    assert card.unique().tolist() == [round(255 * original("coffee").mean().item())]
    assert torch.equal(stranger, (255 * original(STRANGERS["coffee"])).round().long())
    label = page.get_by_role("img", name=re.compile("^Distance 0")).get_attribute("aria-label")
    assert "a plain grey card: 0.195; a photograph of a photographer: 0.305" in label


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    named = ["nothing", "moved by 8", "half as bright", "mirrored", "nearer", "all four"]
    sliders = ["Columns moved", "Rows moved", "Brightness", "Crop", "Mirrored"]
    reached = [name.partition(":")[0] for name in tab_order(page)]
    assert reached == ["Photograph", *named, "Changed picture", *sliders, "Copy"]
    change_by_keyboard(page, page.locator(".book-demo-view"))


def test_every_control_changes_the_result_by_keyboard(show):
    page = show(columns=0)
    demo = SemanticGap(columns=0)
    assert read(page) == "Nothing has changed: the distance is 0."
    for name, key, trait, value in (
        ("Columns moved", "ArrowRight", "columns", 1),
        ("Rows moved", "End", "rows", FAR),
        ("Brightness", "ArrowLeft", "brightness", 0.99),
        ("Crop", "Home", "crop", LEAST),
        ("Mirrored", "Space", "mirrored", True),
        ("Rows moved", "Home", "rows", -FAR),
    ):
        control(page, name).press(key)
        setattr(demo, trait, value)
        assert_shows(page, demo)
    assert "Hardly any of the cat is left to see" in read(page)
    control(page, "Photograph").select_option("camera")
    demo.photo = "camera"
    assert_shows(page, demo)
    assert "Lav Varshney" in page.inner_text(".book-demo-view > .book-caption:last-child")


def test_named_changes_start_from_an_unchanged_picture(show):
    page = show(rows=20)
    for name, settings in (
        ("half as bright", {"brightness": 0.5}),
        ("nearer", {"crop": 64}),
        ("mirrored", {"mirrored": True}),
        ("moved by 8", {"columns": 8}),
        ("all four", {"brightness": 0.5, "crop": 64, "mirrored": True, "columns": 8}),
        ("nothing", {}),
    ):
        press(page, name)
        assert_shows(page, SemanticGap(**({"columns": 0} | settings)))
        pressed = page.locator("button[aria-pressed=true]").all_inner_texts()
        assert pressed == [name]
    control(page, "Rows moved").press("ArrowRight")
    frame(page)
    assert page.locator("button[aria-pressed=true]").count() == 0


def test_arrow_keys_on_the_picture_move_it_and_no_key_is_lost(show):
    page = show(columns=0)
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        changed(page).press(key)
    assert moves(page) == [2, 7]
    press_at_once(changed(page), *3 * ["ArrowLeft"])
    assert moves(page) == [-1, 7]
    for key, column in (("Home", -FAR), ("ArrowLeft", -FAR), ("Shift+End", FAR)):
        changed(page).press(key)
        assert moves(page) == [column, 7]
    assert_shows(page, SemanticGap(columns=FAR, rows=7))


@pytest.mark.parametrize("width", [1200, 360])
def test_a_drag_moves_the_picture_with_the_pointer(show, width):
    page = show(width=width, columns=-2, mirrored=True, crop=70)
    changed(page).scroll_into_view_if_needed()
    box = changed(page).bounding_box()
    unit = box["width"] / SIDE
    x, y = box["x"] + 40 * unit, box["y"] + 40 * unit
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12 * unit, y - 5 * unit, steps=4)
    assert moves(page) == [10, -5]
    page.mouse.move(x + 300 * unit, y + 200 * unit)  # far outside the picture
    assert moves(page) == [FAR, FAR]
    page.mouse.move(x + 1 * unit, y)
    page.mouse.up()
    page.mouse.move(x + 9 * unit, y)  # the button is up
    assert moves(page) == [-1, 0]
    assert_shows(page, SemanticGap(columns=-1, mirrored=True, crop=70))


def test_a_finger_drags_the_picture_and_the_page_stays(browser):
    with on_a_phone(browser, SemanticGap(columns=0)) as page:
        box = changed(page).bounding_box()
        unit = box["width"] / SIDE
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert touch_drag(page, (x, y), (x - 10 * unit, y - 20 * unit)) == 0
        assert moves(page) == [-10, -20]


SLIDE = """async (drawn) => {
    const stage = document.querySelector(".book-after .book-stage");
    for (const key of Array(20).fill("ArrowDown")) {
        stage.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true }));
        await drawn();
    }
    for (const slider of document.querySelectorAll("input[type=range]"))
        for (const value of [slider.min, slider.max]) {
            slider.value = value;
            slider.dispatchEvent(new Event("input"));
            await drawn();
        }
}"""


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("photo", ["camera", "coffee"])
def test_an_update_moves_nothing(show, width, photo):
    page = show(width=width, photo=photo, mirrored=True, brightness=0.5)
    before = edges(page, *PARTS)
    assert_redraws_once_a_frame(page, SLIDE, least=14)
    for name, key in (
        ("nothing", "End"),
        ("mirrored", "End"),
        ("all four", "End"),
        ("nothing", "Home"),
    ):
        press(page, name)
        control(page, "Crop").press(key)
        frame(page)
        # The code may grow, below everything else.
        assert edges(page, *PARTS)[:-1] == before[:-1], read(page)


def test_the_torch_lines_that_are_shown_give_the_distance_that_is_shown(show):
    state = {"photo": "coffee", "columns": -7, "brightness": 0.85, "crop": 71, "mirrored": True}
    page = show(**state)
    names = {"torch": torch, "F": F}
    exec(page.inner_text("code"), names)
    distance = F.l1_loss(names["changed"], names["coffee"])
    assert page.inner_text(".book-figure strong") == f"{distance:.3f}"
    assert (names["changed"][0, 0] - SemanticGap(**state).changed).abs().max() < 1e-6


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = SemanticGap()
    in_a_notebook(page, demo)
    page.evaluate("() => { model.change('photo', 'camera'); model.change('brightness', 1 / 3); }")
    demo.photo, demo.brightness = "camera", 1 / 3
    frame(page)
    assert page.inner_text("strong") == f"{demo.distance:.3f}"
    changed(page).press("ArrowUp")
    control(page, "Mirrored").check()
    page.get_by_role("button", name="nearer").click()
    held = page.evaluate("['columns', 'rows', 'crop', 'mirrored'].map((name) => model.get(name))")
    assert held == [0, 0, 64, False]
    assert_stops(page, SemanticGap)
