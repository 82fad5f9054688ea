"""The pixel painter as a reader meets it, in Chromium on a blank page."""

import re

import pytest
import torch
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import (
    MOVE_SLIDERS,
    assert_redraws_once_a_frame,
    frame,
    mount,
    mounting,
    read,
    stop_clock,
)
from demo_stage import is_done, open_drawer
from pixel_painter_states import STATES

from utils.widgets.pixel_painter import CHANNELS, ORDERS, PRESETS, PixelPainter

PARTS = (".book-pixels", "input", ".book-says", ".book-channels", ".book-memory", ".book-task")


@pytest.fixture
def show(page):
    yield from mounting(page, PixelPainter)


def light(page, name):
    return page.get_by_role("slider", name=re.compile(f"^{name} "))


def canvas(page):
    return page.get_by_role("application", name=re.compile("^Picture, "))


def choose(page, label, option):
    if not page.get_by_role("combobox", name=label).is_visible():
        open_drawer(page, "More")
    page.get_by_role("combobox", name=label).select_option(option)


def pixel(page, row, column):
    """The middle of a pixel, on the screen."""
    return middle(canvas(page).locator(".book-pixel").nth(8 * row + column))


def fills(table):
    """The colours of a table's cells, ``(8, 8, 3)``."""
    cells = table.locator(".book-pixel").evaluate_all(
        "(nodes) => nodes.map((node) => getComputedStyle(node).fill.match(/\\d+/g).map(Number))"
    )
    return torch.tensor(cells, dtype=torch.uint8).view(8, 8, 3)


def assert_shows(page, demo):
    """The view shows the picture, the indices and the places of the Python side."""
    frame(page)
    planes = torch.tensor(demo.picture, dtype=torch.uint8)
    assert torch.equal(fills(canvas(page)), planes.permute(1, 2, 0))
    for k in range(3):
        alone = torch.zeros_like(planes)
        alone[k] = planes[k]
        assert torch.equal(fills(page.locator(".book-small").nth(k)), alone.permute(1, 2, 0))
    numbers = planes[CHANNELS.index(demo.channel)].flatten().tolist()
    assert page.locator(".book-byte").all_text_contents() == [str(n) for n in numbers]
    assert [int(light(page, name).input_value()) for name in CHANNELS] == list(demo.pixel)
    indices = page.locator(".book-deck .book-control code").all_inner_texts()
    assert indices == [f"x[{', '.join(map(str, index))}]" for index in demo.indices]
    sums = page.locator(".book-place").all_text_contents()
    assert [int(text.split(" = ")[1]) for text in sums] == list(demo.places)
    shape, strides = str(tuple(demo.tensor.shape)), str(demo.tensor.stride())
    listed = page.locator(".book-facts .book-value").all_text_contents()
    assert listed == [shape, strides]
    bars = page.locator(".book-bar").evaluate_all(
        "(nodes) => nodes.map((node) => Math.max(...node.style.fill.match(/\\d+/g)))"
    )
    assert bars == list(demo.tensor.untyped_storage())
    stems = re.findall(r"M([\d.]+) 0V", page.locator(".book-stem").get_attribute("d"))
    assert [float(x) - 0.5 for x in stems] == list(demo.places)
    assert_trail_ends_at(page, demo)
    assert page.locator(".book-controls select").first.input_value() == demo.preset


def assert_trail_ends_at(page, demo):
    """The line under memory holds the pixel and those before it, row by row, and no others."""
    trail = re.findall(r"M(\d+) \d+H(\d+)", page.locator(".book-trail").get_attribute("d"))
    under = {place for start, end in trail for place in range(int(start), int(end))}
    passed = 8 * demo.row + demo.column + 1
    pixels = torch.arange(192).view(demo.tensor.shape)
    pixels = pixels if demo.order == "channels last" else pixels.permute(1, 2, 0)
    assert under == set(pixels.reshape(64, 3)[:passed].flatten().tolist())


def test_the_keyboard_alone_reaches_every_control(show):
    reached = tab_order(show())
    told = "Picture, 8 × 8 pixels; row 2, column 6 is chosen. Arrow keys, Home and End choose a"
    assert reached.pop(0) == f"{told} pixel."
    sliders = ["red x[0, 2, 6]", "green x[1, 2, 6]", "blue x[2, 2, 6]"]
    assert reached == ["redx[0]", "Play", "Reset", *sliders, "More", "The same in torch"]


@pytest.mark.parametrize("state", STATES)
def test_the_view_shows_what_python_computes(show, state):
    assert_shows(show(**state), PixelPainter(**state))


def test_a_slider_changes_one_number_and_the_picture(show):
    page = show()
    demo = PixelPainter()
    light(page, "green").press("Home")
    demo.pixel = (150, 0, 240)
    assert_shows(page, demo)
    assert "red 150, green 0 and blue 240" in read(page, ".book-says")
    for key, value in (("ArrowRight", "1"), ("End", "255")):
        light(page, "green").press(key)
        assert light(page, "green").input_value() == value
    light(page, "green").fill("205")  # as it was: the picture has its name again
    assert_shows(page, PixelPainter())


def test_arrow_keys_choose_a_pixel_and_no_key_is_lost(show):
    page = show()
    keys = ("ArrowUp", "ArrowRight", "End", "ArrowRight", "Home", "ArrowDown")
    places = ((1, 6), (1, 7), (1, 7), (1, 7), (1, 0), (2, 0))
    for key, (row, column) in zip(keys, places, strict=True):
        canvas(page).press(key)
        assert_shows(page, PixelPainter(row=row, column=column))
    press_at_once(canvas(page), *4 * ["ArrowDown"], "ArrowRight")
    assert_shows(page, PixelPainter(row=6, column=1))


def test_every_table_marks_the_chosen_pixel(show):
    page = show(row=5, column=1)
    tables = page.locator(".book-pixels")
    assert tables.count() == 4
    for table in tables.all():
        cell = middle(table.locator(".book-pixel").nth(8 * 5 + 1))
        for part in (".book-mark", ".book-around"):
            assert middle(table.locator(part)) == pytest.approx(cell, abs=0.5)
    assert page.locator(".book-along.book-chosen").all_text_contents() == ["5", "1"]


def test_a_press_and_a_drag_choose_a_pixel(show):
    page = show()
    page.mouse.click(*pixel(page, 5, 1))
    assert_shows(page, PixelPainter(row=5, column=1))
    drag(page, pixel(page, 3, 3), pixel(page, 0, 4))
    assert_shows(page, PixelPainter(row=0, column=4))
    drag(page, pixel(page, 0, 4), (1900, 0))  # beyond the edge
    page.mouse.move(*pixel(page, 3, 3))  # no longer pressed
    assert_shows(page, PixelPainter(row=0, column=7))


def test_a_finger_chooses_a_pixel_its_light_and_a_channel(browser):
    with on_a_phone(browser, PixelPainter()) as page:
        page.touchscreen.tap(*pixel(page, 6, 3))
        demo = PixelPainter(row=6, column=3)
        assert_shows(page, demo)
        slider = light(page, "blue")
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["width"] > 200  # 256 steps need some room
        x, y = box["x"] + 8 + 40 / 255 * (box["width"] - 16), box["y"] + box["height"] / 2
        assert touch_drag(page, (x, y), (box["x"] + box["width"] + 20, y)) == 0
        demo.pixel = (200, 40, 255)
        assert_shows(page, demo)
        page.locator(".book-small").last.tap(force=True)
        demo.channel = "blue"
        assert_shows(page, demo)


def test_presets_order_and_channel_are_chosen(show):
    page = show(order="channels last")
    for name in PRESETS:
        choose(page, "Picture", name)
        assert_shows(page, PixelPainter(preset=name, order="channels last"))
    choose(page, "Picture", "custom")
    frame(page)
    assert not fills(canvas(page)).any()  # black, the last, is kept
    page.get_by_role("radio", name="red").press("ArrowDown")
    assert read(page, ".book-shown") == "The numbers of green, x[:, :, 1]"
    choose(page, "Channels", "channels first")
    assert read(page, ".book-shown") == "The numbers of green, x[1]"
    parts = page.locator(".book-segments span").all_inner_texts()
    assert parts == list(CHANNELS)


@pytest.mark.parametrize("width", [1000, 690, 360])
def test_an_update_moves_nothing(show, width):
    page = show(width=width, preset="letter F")
    before = edges(page, *PARTS)
    assert_redraws_once_a_frame(page, MOVE_SLIDERS, least=3)
    assert edges(page, *PARTS) == before
    acts = (
        lambda: light(page, "green").press("Home"),  # no longer white: the sentence is shorter
        lambda: choose(page, "Channels", "channels last"),  # and shorter still
        lambda: press_at_once(canvas(page), *7 * ["ArrowUp"], "Home"),
        lambda: press_at_once(canvas(page), *7 * ["ArrowDown"], "End"),  # where memory ends
    )
    for act in acts:
        act()
        frame(page)
        assert edges(page, *PARTS) == before


def test_play_walks_over_all_pixels_and_memory_goes_along(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, PixelPainter(row=6, column=6))
    frame(page)
    page.get_by_role("button", name="Play").click()
    for row, column in ((6, 7), (7, 0), (7, 1)):  # the first step does not wait
        assert_shows(page, PixelPainter(row=row, column=column))
        page.clock.run_for(350)
    page.clock.run_for(350 * 10)  # to the last pixel, and no further
    assert_shows(page, PixelPainter(row=7, column=7))
    assert page.get_by_role("button", name="Play").count() == 1
    assert "= 192 numbers" in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    assert_shows(page, PixelPainter(row=6, column=6))


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("channels first", "Memory ends: 3 · 64 = 192 numbers, 64 places apart."),
        (
            "channels last",
            "Memory ends: 64 · 3 = 192 numbers, 3 side by side.",
        ),
    ],
)
def test_play_ends_at_the_end_of_memory_and_does_not_do_the_task(fresh_page, order, words):
    page = fresh_page
    stop_clock(page)
    mount(page, PixelPainter(row=5, column=6, order=order))
    frame(page)
    for _ in range(2):  # the second time from the first pixel on
        page.get_by_role("button", name="Play").click()
        for _ in range(65):
            page.clock.run_for(350)
            assert not is_done(page)
        frame(page)
        assert (
            read(page, ".book-says")
            == f"Row 7, column 7 sends red 20, green 90 and blue 160. {words}"
        )
    light(page, "green").press("Home")
    frame(page)
    assert not is_done(page)  # it is no sky


def test_the_task_is_done_by_taking_the_green_out_of_the_sky(show):
    page = show()
    assert not is_done(page)
    light(page, "red").press("Home")
    light(page, "green").press("Home")
    frame(page)
    assert not is_done(page)  # the red is gone as well
    light(page, "red").fill("150")
    frame(page)
    assert is_done(page)


@pytest.mark.parametrize("order", ORDERS)
def test_the_torch_lines_run_and_give_the_picture_that_is_drawn(show, order):
    page = show(preset="rainbow", row=3, column=5, order=order)
    light(page, "red").press("End")
    open_drawer(page, "The same in torch")
    *start, shape, strides, light_line, places = read(page, "pre code").splitlines()
    names = {"torch": torch}
    exec("\n".join(start), names)
    x = names["x"] if order == "channels last" else names["x"].permute(1, 2, 0)
    assert torch.equal(x, fills(canvas(page)))
    values = str([int(light(page, name).input_value()) for name in CHANNELS])
    listed = page.locator(".book-facts .book-value").all_text_contents()
    told = [*listed, values, values]
    for line, wanted in zip((shape, strides, light_line, places), told, strict=True):
        call, result = line.split("  # ")
        assert str(eval(call, names)) == result == wanted


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = PixelPainter()
    in_a_notebook(page, demo)
    demo.row, demo.order, demo.channel = 4, "channels last", "green"
    demo.pixel = (1, 2, 3)
    for name, value in demo.state().items():
        page.evaluate("([name, value]) => model.change(name, value)", [name, value])
    assert_shows(page, demo)
    light(page, "blue").fill("77")
    demo.pixel = (1, 2, 77)
    held = "['picture', 'preset'].map((name) => model.get(name))"
    assert page.evaluate(held) == [torch.tensor(demo.picture).tolist(), "custom"]
    choose(page, "Picture", "black")
    assert page.evaluate(held) == [torch.tensor(PRESETS["black"]).tolist(), "black"]
    canvas(page).press("Home")
    assert page.evaluate("[model.get('row'), model.get('column')]") == [4, 0]
    assert_stops(page, PixelPainter)


def test_two_views_on_one_page_share_no_radio_group(page):
    in_a_notebook(page, PixelPainter(), views=2)
    assert page.locator("input[type=radio]:checked").count() == 2
