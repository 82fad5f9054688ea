"""Shifting the cat as a reader meets it, in Chromium on a blank page."""

import json
import re

import pytest
import torch
import torch.nn.functional as F
from demo_input import on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import assert_redraws_once_a_frame, frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from module_page import mount
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
PARTS = (".book-rail", ".book-says", ".book-task", ".book-drawers", "input")
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open unless asked otherwise."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, SemanticGap, height=1500)

    def shown(*, opened=True, **state):
        show_demo(**state)
        if opened:
            page.evaluate(OPEN)
        return page

    show_demo = next(mounted)
    yield shown
    next(mounted, None)


def read(page):
    return read_part(page, ".book-says")


def choose(page, name):
    control(page, "Change").select_option(name)
    frame(page)


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
    assert page.inner_text(".book-amount") == f"{distance:.3f}"
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
    assert "a grey card: 0.195; a photographer: 0.305" in label


def test_pictures_are_named_and_what_is_left_is_framed(show):
    page = show(columns=8, rows=-3, crop=64)
    names = page.locator(".book-shot .book-caption").all_inner_texts()
    assert names == ["Original", "Changed: drag it", "Difference"]
    told = [
        control(page, f"{axis} moved").get_attribute("aria-valuetext")
        for axis in ("Columns", "Rows")
    ]
    assert told == ["8 right", "3 up"]
    page = show(columns=0, crop=64)
    for box in page.locator(".book-before rect").all():
        sides = [float(box.get_attribute(name)) for name in ("x", "y", "width", "height")]
        assert sides == [16, 16, 64, 64]


def test_a_bar_beyond_the_card_looks_different_and_flags_turn_at_the_middle(show):
    for columns, is_beyond in ((4, False), (5, True)):
        page = show(columns=columns)
        assert page.locator(".book-distances.book-beyond").count() == is_beyond
    page = show(photo="coffee")  # the card at 0.195, the stranger at 0.305, of 0.5
    turned = page.locator(".book-flag").evaluate_all(
        "(all) => all.map((node) => node.classList.contains('book-leftwards'))"
    )
    assert turned == [False, True]
    credit = SemanticGap().asset_values()["photos"]["coffee"]["credit"]
    assert page.locator(".book-drawer", has_text=credit).count() == 1


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    sliders = ["Columns moved", "Rows moved", "Brightness", "Crop, pixels a side", "Mirrored"]
    reached = [name.partition(":")[0] for name in tab_order(page)]
    drawers = ["More", *sliders, "The same in torch", "Copy"]
    assert reached == ["Changed picture", "Play", "Reset", "Change", "Photograph", *drawers]


def test_every_control_changes_the_result_by_keyboard(show):
    page = show(columns=0)
    demo = SemanticGap(columns=0)
    assert read(page) == "Nothing has changed: the distance is 0."
    for name, key, trait, value in (
        ("Columns moved", "ArrowRight", "columns", 1),
        ("Rows moved", "End", "rows", FAR),
        ("Brightness", "ArrowLeft", "brightness", 0.99),
        ("Crop, pixels a side", "Home", "crop", LEAST),
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
    assert "Lav Varshney" in page.inner_text(".book-drawer > .book-caption:last-child")


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
        choose(page, name)
        assert_shows(page, SemanticGap(**({"columns": 0} | settings)))
        assert control(page, "Change").input_value() == name
    control(page, "Rows moved").press("ArrowRight")
    frame(page)
    assert control(page, "Change").input_value() == "your own"
    choose(page, "nothing")
    choose(page, "your own")  # changes nothing, and says what is so
    assert_shows(page, SemanticGap(columns=0))


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
    const stage = document.querySelector(".book-after .book-print");
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
    page = show(opened=False, width=width, photo=photo, mirrored=True, brightness=0.5)
    before = edges(page, *PARTS[:-1])
    assert_redraws_once_a_frame(page, SLIDE, least=14)
    for name in ("nothing", "mirrored", "all four", "nearer"):
        choose(page, name)
        assert edges(page, *PARTS[:-1]) == before, read(page)
    for key in ("Shift+ArrowRight", "End", "Home"):
        changed(page).press(key)
        frame(page)
        assert edges(page, *PARTS[:-1]) == before, read(page)


def test_play_shows_one_change_after_the_other(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, SemanticGap())
    frame(page)
    page.get_by_role("button", name="Play").click()
    for name in ("half as bright", "mirrored", "nearer", "all four"):
        frame(page)
        assert control(page, "Change").input_value() == name
        page.clock.run_for(2200)
    frame(page)
    assert page.get_by_role("button", name="Play").count() == 1  # at its end
    assert not is_done(page)
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert read(page) == "Nothing has changed: the distance is 0."


def test_it_plays_by_itself_once_it_is_in_sight(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, SemanticGap())
    frame(page)
    page.clock.run_for(1600)
    frame(page)
    assert control(page, "Change").input_value() == "half as bright"


def test_a_picture_eases_to_a_preset_and_follows_a_hand_at_once(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, SemanticGap(columns=0))
    frame(page)
    choose(page, "moved by 8")
    seen = set()
    for _ in range(12):
        page.clock.run_for(50)
        seen.add(page.inner_text(".book-amount"))
    page.clock.run_for(400)
    wanted = {f"{SemanticGap(columns=by).distance:.3f}" for by in range(9)}
    assert len(seen) >= 4 and seen <= wanted
    assert_shows(page, SemanticGap(columns=8))
    changed(page).press("Shift+ArrowLeft")
    page.clock.run_for(20)
    assert page.inner_text(".book-amount") == "0.000"


WIDE = "(node) => new DOMMatrix(getComputedStyle(node).transform).a"


def test_a_mirrored_picture_turns_like_a_card(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, SemanticGap(columns=0))
    frame(page)
    canvas = page.locator(".book-after canvas")
    assert canvas.evaluate(WIDE) == 1
    choose(page, "mirrored")
    widths = []
    for _ in range(16):
        page.clock.run_for(40)
        widths.append(canvas.evaluate(WIDE))
    page.clock.run_for(400)
    assert min(widths) < 0.3 and canvas.evaluate(WIDE) == 1
    thinnest = widths.index(min(widths))
    assert widths[:thinnest] == sorted(widths[:thinnest], reverse=True)
    assert_shows(page, SemanticGap(columns=0, mirrored=True))


def test_the_task_is_done_at_the_first_pixel_beyond_the_card(show):
    page = show(columns=0)
    for step in range(1, 7):
        changed(page).press("ArrowRight")
        frame(page)
        assert is_done(page) == (step >= 5)  # the tick stays
        assert ("Just beyond" in page.inner_text(".book-task")) == (step == 5)
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert not is_done(page)
    assert_shows(page, SemanticGap(columns=0))


def test_the_torch_lines_that_are_shown_give_the_distance_that_is_shown(show):
    state = {"photo": "coffee", "columns": -7, "brightness": 0.85, "crop": 71, "mirrored": True}
    page = show(**state)
    names = {"torch": torch, "F": F}
    exec(page.inner_text("code"), names)
    distance = F.l1_loss(names["changed"], names["coffee"])
    assert page.inner_text(".book-amount") == f"{distance:.3f}"
    assert (names["changed"][0, 0] - SemanticGap(**state).changed).abs().max() < 1e-6


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = SemanticGap()
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, demo)
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('photo', 'camera'); model.change('brightness', 1 / 3); }")
    demo.photo, demo.brightness = "camera", 1 / 3
    frame(page)
    assert page.inner_text(".book-amount") == f"{demo.distance:.3f}"
    changed(page).press("ArrowUp")
    control(page, "Mirrored").check()
    choose(page, "nearer")
    held = page.evaluate("['columns', 'rows', 'crop', 'mirrored'].map((name) => model.get(name))")
    assert held == [0, 0, 64, False]
    assert_stops(page, SemanticGap)
