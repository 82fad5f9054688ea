"""The gradient on a contour map as a reader meets it, in Chromium on a blank page."""

import re

import pytest
import torch
from demo_input import middle, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import frame, mounting, resize, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from module_page import mount

from utils.widgets.gradient_contour import FUNCTIONS, GradientContour

MAP, CURVE = "direction u on the map", "direction u on the curve"


OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, GradientContour, width=800, height=1400)

    def shown(**state):
        show_demo(**state)
        page.mouse.move(0, 0)
        page.evaluate(OPEN)
        return page

    show_demo = next(mounted)
    yield shown
    next(mounted, None)


def read(page):
    return read_part(page, ".book-says")


def slider(page, name):
    return page.get_by_role("slider", name=name)


def press(page, name):
    page.get_by_role("button", name=name).click()
    frame(page)


def place(page):
    """The point as the torch lines give it."""
    frame(page)
    line = next(line for line in page.inner_text("code").splitlines() if line.startswith("p = "))
    return [float(part) for part in re.findall(r"-?[\d.]+", line.split("tensor")[1])]


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
    more = ["More", "Angle of u", "Steepest ascent", "Steepest descent", "Level"]
    torch_lines = ["The same in torch", "Copy"]
    assert tab_order(show()) == [*handles, "Play", "Reset", "f", *more, *torch_lines]


def test_every_function_is_chosen_by_key_and_gives_pythons_numbers(show):
    page = show(function="bowl", point=(0.5, -1.25), angle=30)
    page.get_by_role("combobox", name="f").focus()
    for index, name in enumerate(FUNCTIONS):
        page.keyboard.press("ArrowDown" if index else "Home")
        agrees(page, function=name, point=(0.5, -1.25), angle=30)
        assert page.locator(".book-region").count() >= 9


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
    page = show(point=(1.5, 0.75), angle=62)
    slider(page, "Angle of u").press("ArrowRight")
    assert angle(page) == pytest.approx(GradientContour(point=(1.5, 0.75)).steepest)
    assert "steepest ascent" in read(page)
    slider(page, "Angle of u").press("ArrowRight")
    assert angle(page) == 64


def test_buttons_turn_u(show):
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


def on_map(page, across, up):
    """A place on the screen, given by its coordinates on the map."""
    box = page.locator(".book-plane").first.bounding_box()
    return box["x"] + (across + 2.95) * unit(page), box["y"] + (2.95 - up) * unit(page)


def test_u_follows_the_pointer_over_the_map_and_leaves_it_near_the_point(show):
    page = show(function="bowl", point=(1, 0), angle=90)
    for target, wanted in (((-1, 2), 135), ((1, -2), 270), ((2.5, 0), 0)):
        page.mouse.move(*on_map(page, *target))
        assert angle(page) == pytest.approx(wanted, abs=1e-6)
        agrees(page, function="bowl", point=(1, 0), angle=wanted)
    page.mouse.move(*on_map(page, 0.9, -0.1))  # on the black point
    assert angle(page) == 0
    page.mouse.move(*on_map(page, -1, 0.08))  # 178°, and steepest descent is near
    assert angle(page) == 180
    assert "steepest descent" in read(page)
    page.mouse.move(*on_map(page, -1, 0.2))  # 174°
    assert angle(page) == 174


def test_what_is_drawn_follows_the_pointer(show):
    page = show(function="bowl", point=(1, 0), angle=90)
    page.mouse.move(*on_map(page, 2.5, 0))
    frame(page)
    arrow = page.locator(".book-plane").first.locator("line.book-u")
    ends = arrow.evaluate("(node) => ['x1', 'y1', 'x2', 'y2'].map((n) => +node.getAttribute(n))")
    assert ends[1] == pytest.approx(165, abs=0.01) == ends[3]
    assert ends[2] > ends[0]
    tangent = page.locator(".book-mark.book-tangent")
    (left, low), (right, high) = tangent.evaluate("(n) => [...n.points].map(({ x, y }) => [x, y])")
    # In the cut, 2.4 units are 330 pixels wide and 3.8 units 150 high: the slope is 1.
    assert (low - high) / 150 * 3.8 / ((right - left) / 330 * 2.4) == pytest.approx(1)


STOPS = ["level", "descent", "level", "ascent"]


def test_play_visits_the_special_directions_and_ends_uphill(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, GradientContour())
    frame(page)
    page.get_by_role("button", name="Play").click()
    for words in STOPS:
        assert words in read(page)
        page.clock.run_for(1000)  # u has arrived
        drawn = float(slider(page, MAP).get_attribute("aria-valuenow"))
        demo = GradientContour(angle=drawn)
        share = demo.slope / demo.gradient.norm().item()
        assert share == pytest.approx({"level": 0, "descent": -1, "ascent": 1}[words], abs=1e-6)
        page.clock.run_for(700)
    assert page.get_by_role("button", name="Play").count() == 1
    page.get_by_role("button", name="Play").click()  # once more, from the side
    assert "45° away" in read(page)


def test_the_pointer_takes_over_from_play(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, GradientContour(function="bowl", point=(1, 0), angle=45))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(500)
    page.mouse.move(*on_map(page, 0, -1))
    page.clock.run_for(4000)
    assert page.get_by_role("button", name="Play").count() == 1
    assert float(slider(page, MAP).get_attribute("aria-valuenow")) == 225


def test_where_all_is_level_play_begins_on_a_slope(show):
    page = show(function="saddle", point=(0, 0), angle=0)
    press(page, "Play")
    assert place(page) == [1.4, 1]
    assert "The gradient is zero" not in read(page)


def test_the_task_is_done_at_a_saddle_point_or_a_maximum(show):
    page = show()
    slider(page, "the point").focus()
    for function, point, done in (
        ("stretched bowl", (0, 0), False),
        ("saddle", (0.1, 0), False),
        ("saddle", (0, 0), True),
        ("waves", (-1, 0), False),
        ("waves", (1, 0), True),
        ("waves", (0, 1), True),
    ):
        show(function=function, point=point)
        # At the start of the demo the task has been looked at as well.
        assert is_done(page) == done, (function, point)
    show(function="saddle", point=(0.1, 0))
    slider(page, "the point").press("ArrowLeft")
    frame(page)
    assert is_done(page)
    assert "no minimum" in page.inner_text(".book-task")
    press(page, "Reset")
    assert not is_done(page)
    assert place(page) == [0.1, 0]


def test_a_dragged_point_is_caught_by_a_stationary_one(show):
    page = show(function="waves", point=(1.5, 1.5), angle=0)
    x, y = grip(page, "the point")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*on_map(page, 1.07, 0.07), steps=3)
    assert place(page) == [1, 0]
    page.mouse.move(*on_map(page, 1.1, 0.1), steps=3)
    assert place(page) == [1.1, 0.1]
    page.mouse.up()


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
    width = page.locator(".book-plane").nth(2).bounding_box()["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50 / 360 * width, y + 60, steps=4)
    assert 202 <= angle(page) <= 204
    page.mouse.move(x + 2 * width, y)
    assert angle(page) == 359


def test_a_finger_drags_the_point_and_elsewhere_scrolls_the_page(browser):
    with on_a_phone(browser, GradientContour(function="bowl", point=(0, 0), angle=0)) as page:
        page.evaluate(OPEN)
        x, y = grip(page, "the point")
        # The finger comes down beside the point: it need not hit its few pixels.
        assert touch_drag(page, (x - 8, y + 9), (x - 8, y + 9 + unit(page))) == 0
        assert place(page) == [0, -1]
        assert swipe(page, x - 100, y + 60) > 50
        assert place(page) == [0, -1]


def test_the_layout_stands_still_while_the_setting_changes(show):
    page = show(function="waves", point=(0.5, 0.5))
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    for width in (360, 840):
        resize(page, width, 1400)
        places = {tuple(edges(page, ".book-demo-view"))}
        for key in ("Home", "End", "ArrowRight"):
            slider(page, MAP).press(key)
            slider(page, "the point").press(key)
            frame(page)
            places.add(tuple(edges(page, ".book-demo-view")))
        for name in FUNCTIONS:
            page.get_by_role("combobox", name="f").select_option(name)
            frame(page)
            places.add(tuple(edges(page, ".book-demo-view")))
        assert len(places) == 1, (width, places)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, GradientContour(function="bowl"))
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('point', [0, 1]); model.change('angle', 90); }")
    agrees(page, function="bowl", point=(0, 1), angle=90)
    press(page, "Steepest descent")
    slider(page, "the point").press("ArrowRight")
    page.get_by_role("combobox", name="f").select_option("saddle")
    state = page.evaluate("['function', 'point', 'angle'].map((name) => model.get(name))")
    assert state == ["saddle", [0.1, 1], 270]
    assert_stops(page, GradientContour)


OVERLAPS = """() => [...document.querySelectorAll(".book-plane")].flatMap((plane) => {
    const texts = [...plane.querySelectorAll(
        ".book-tick, .book-words.book-curve, .book-formula-line, .book-words.book-u")]
        .filter((text) => text.checkVisibility())
        .map((text) => [text.textContent, text.getBoundingClientRect()]);
    return texts.flatMap(([one, a], at) => texts.slice(at + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right
            && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)
        .map(([other]) => [one, other]));
})"""


@pytest.mark.parametrize("width", [360, 800])
def test_the_formula_stands_where_arrows_do_not_reach(show, width):
    for y in (-2, -0.05, 0, 2):
        for angle in (90, 270):
            page = show(point=(1.2, y), angle=angle)
            resize(page, width)
            words = page.locator(".book-formula-line").bounding_box()
            arrow = slider(page, MAP).locator(".book-grip").bounding_box()
            below, above = arrow["y"] + arrow["height"], words["y"] + words["height"]
            assert below < words["y"] or arrow["y"] > above, (y, angle)


@pytest.mark.parametrize("width", [360, 800])
def test_numbers_names_and_the_formula_keep_clear_of_each_other(show, width):
    page = show()
    resize(page, width)
    assert page.evaluate(OVERLAPS) == []
    words = page.locator(".book-plane >> nth=2 >> .book-words").all_text_contents()
    assert {"slope", "angle of u", "0", "360", "−3", "3"} <= set(words)
