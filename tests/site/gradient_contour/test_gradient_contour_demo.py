"""The gradient on a contour map as a reader meets it, in Chromium on a blank page."""

import re

import pytest
import torch
from demo_input import middle, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import code_lines, frame, mounting, read

from utils.widgets.gradient_contour import FUNCTIONS, GradientContour

MAP, CURVE = "direction u on the map", "direction u on the curve"


@pytest.fixture
def show(page):
    yield from mounting(page, GradientContour)


def slider(page, name):
    return page.get_by_role("slider", name=name)


def press(page, name):
    page.get_by_role("button", name=name).click()
    frame(page)


def place(page):
    """The point as the torch lines give it."""
    frame(page)
    first = code_lines(page)[0]
    return [float(part) for part in re.findall(r"-?[\d.]+", first.split("tensor")[1])]


def angle(page):
    frame(page)
    both = {slider(page, name).get_attribute("aria-valuenow") for name in (MAP, CURVE)}
    assert len(both) == 1
    return float(both.pop())


def grip(page, name):
    return middle(slider(page, name).locator(".book-grip"))


def unit(page):
    """Pixels on the screen for one unit of the map, which is 5.9 units wide."""
    return page.locator(".book-plane").first.bounding_box()["width"] / 5.9


def agrees(page, **state):
    """The numbers on the page, and those its torch lines give, are those of the Python side."""
    demo, names = GradientContour(**state), {"torch": torch}
    frame(page)
    exec(page.inner_text("code"), names)
    assert torch.allclose(names["gradient"].double(), demo.gradient, atol=1e-5)
    assert (names["gradient"] @ names["u"]).item() == pytest.approx(demo.slope, abs=1e-5)
    gradient = demo.gradient
    wanted = [demo.height, *gradient.tolist(), gradient.norm().item(), demo.slope]
    text = " ".join(page.locator(".book-facts .book-value").all_inner_texts()).replace("−", "-")
    found = [float(part) for part in re.findall(r"-?\d+\.\d+", text)]
    assert found == pytest.approx(wanted, abs=0.0051)


def test_the_keyboard_alone_reaches_every_control_and_each_shows_the_focus(show):
    handles = ["the point, its x", *(f"{name}, its angle in degrees" for name in (MAP, CURVE))]
    buttons = ["Steepest ascent", "Steepest descent", "Level", "Next stationary point", "Copy"]
    assert tab_order(show()) == ["Function f", *handles, "Angle of u", *buttons]


def test_every_function_is_chosen_by_key_and_gives_pythons_numbers(show):
    page = show(function="bowl", point=(0.5, -1.25), angle=30)
    page.get_by_role("combobox", name="Function f").focus()
    for index, name in enumerate(FUNCTIONS):
        page.keyboard.press("ArrowDown" if index else "Home")
        agrees(page, function=name, point=(0.5, -1.25), angle=30)
        assert page.locator(".book-mark.book-contour").count() >= 8


def test_arrow_keys_move_the_point_and_stop_at_its_bounds(show):
    page = show(function="bowl", point=(0, 0.25), angle=0)
    slider(page, "the point").focus()
    keys = ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "End", "ArrowRight", "Home"]
    places = [(0.1, 0.25), (0.1, 0.35), (0, 0.35), (0, 0.25), (2, 0.25), (2, 0.25), (-2, 0.25)]
    for key, wanted in zip(keys, places, strict=True):
        page.keyboard.press(key)
        assert place(page) == list(wanted), key
    agrees(page, function="bowl", point=(-2, 0.25), angle=0)
    assert slider(page, "the point").get_attribute("aria-valuetext") == "at (−2.00, 0.25)"


def test_no_key_is_lost_between_two_frames(show):
    page = show(function="bowl", point=(0, 0.25), angle=10)
    for name in ("the point", MAP, CURVE):
        press_at_once(slider(page, name), *3 * ["ArrowRight"])
    assert place(page) == [0.3, 0.25]
    assert angle(page) == 16


@pytest.mark.parametrize("name", [MAP, CURVE])
def test_keys_turn_u_and_home_and_end_find_the_special_directions(show, name):
    page = show(function="bowl", point=(1, 1), angle=44)
    slider(page, name).focus()
    keys = ["ArrowUp", "ArrowRight", "End", "End", "Home", "ArrowLeft"]
    angles = [45, 46, 135, 225, 135, 134]
    words = ["rises by 1.41", "1° away", "level", "falls by 1.41", "level", "89° away"]
    for key, wanted, part in zip(keys, angles, words, strict=True):
        page.keyboard.press(key)
        assert angle(page) == pytest.approx(wanted, abs=1e-9), key
        assert part in read(page)


def test_the_native_slider_finds_special_directions_between_whole_degrees(show):
    page = show(angle=62)
    slider(page, "Angle of u").press("ArrowRight")
    assert angle(page) == pytest.approx(GradientContour().steepest)
    assert "steepest ascent" in read(page)
    slider(page, "Angle of u").press("ArrowRight")
    assert angle(page) == 64


def test_buttons_turn_u_and_visit_every_stationary_point(show):
    page = show(function="waves", point=(0.5, 0.5), angle=3)
    for name, words in (("Steepest descent", "descent"), ("Steepest ascent", "ascent")):
        press(page, name)
        assert words in read(page)
    levels = []
    for _ in range(2):
        press(page, "Level")
        levels.append(angle(page))
    assert "f is level" in read(page)
    assert abs(levels[1] - levels[0]) == pytest.approx(180)
    visited = set()
    for _ in range(12):
        press(page, "Next stationary point")
        assert "The gradient is zero" in read(page)
        assert page.locator(".book-mark.book-gradient").count() == 0
        visited.add(tuple(place(page)))
    assert len(visited) == 12


def test_a_drag_moves_the_point_and_the_arrow_stays_at_right_angles(show):
    page = show(function="bowl", point=(1, 0), angle=90)
    x, y = grip(page, "the point")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 2.5 * unit(page), y - unit(page), steps=4)
    assert place(page) == [-1.5, 1]
    agrees(page, function="bowl", point=(-1.5, 1), angle=90)
    page.mouse.move(x - unit(page) + 1, y + 1)
    page.mouse.up()
    assert place(page) == [0, 0]


def test_u_is_dragged_on_the_map_and_on_the_curve_and_stops_at_steepest_ascent(show):
    page = show(function="bowl", point=(-1, 0.5), angle=0)
    x, y = grip(page, "the point")
    page.mouse.move(*grip(page, MAP))
    page.mouse.down()
    page.mouse.move(x - 0.8 * unit(page), y - 0.42 * unit(page), steps=4)
    page.mouse.up()
    assert angle(page) == pytest.approx(153.434949, abs=1e-5)
    assert "steepest ascent" in read(page)
    x, y = grip(page, CURVE)
    width = page.locator(".book-plane").nth(1).bounding_box()["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50 / 360 * width, y + 60, steps=4)
    assert 202 <= angle(page) <= 204
    page.mouse.move(x + 2 * width, y)
    assert angle(page) == 359


def test_a_finger_drags_the_point_and_elsewhere_scrolls_the_page(browser):
    with on_a_phone(browser, GradientContour(function="bowl", point=(0, 0), angle=0)) as page:
        x, y = grip(page, "the point")
        # The finger comes down beside the point: it need not hit its few pixels.
        assert touch_drag(page, (x - 8, y + 9), (x - 8, y + 9 + unit(page))) == 0
        assert place(page) == [0, -1]
        assert swipe(page, x - 100, y + 60) > 50
        assert place(page) == [0, -1]


def test_the_layout_stands_still_while_the_setting_changes(show):
    for width in (360, 840):
        page, places = show(width=width, function="waves", point=(0.5, 0.5)), set()
        for name in ("Steepest ascent", "Level", "Next stationary point"):
            press(page, name)
            places.add(tuple(edges(page, ".book-demo-view")))
        assert len(places) == 1, (width, places)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, GradientContour(function="bowl"))
    page.evaluate("() => { model.change('point', [0, 1]); model.change('angle', 90); }")
    agrees(page, function="bowl", point=(0, 1), angle=90)
    press(page, "Steepest descent")
    slider(page, "the point").press("ArrowRight")
    page.get_by_role("combobox", name="Function f").select_option("saddle")
    state = page.evaluate("['function', 'point', 'angle'].map((name) => model.get(name))")
    assert state == ["saddle", [0.1, 1], 270]
    assert_stops(page, GradientContour)
