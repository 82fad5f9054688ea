"""The demo on secants, tangents and rounding errors as a reader meets it, in Chromium."""

import re

import pytest
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import assert_no_nonsense, contrast, edges
from demo_page import code_lines, facts, frame, mounting, read
from tangent_states import BEYOND, CORNER, STATES

from utils.widgets.tangent import FUNCTIONS, Tangent

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}
NAMES = "Example, f(x), Difference, Floats, Point x, Step h, point on the curve, step h, Copy"


@pytest.fixture
def show(page):
    yield from mounting(page, Tangent)


def number(page, name):
    return float(facts(page)[name].replace("−", "-"))


def setting(page):
    """Function, point and step as the torch lines give them."""
    frame(page)
    function, x, h, *_ = code_lines(page)
    numbers = re.findall(r"tensor\((.*?),", x + h)
    return function.removeprefix("f = lambda x: "), *map(float, numbers)


def select(page, name):
    return page.get_by_role("combobox", name=name)


def point(page, name):
    return page.locator(f".book-handle[aria-label='{name}']")


def grip(page, name):
    return middle(point(page, name).locator(".book-grip"))


def test_the_keyboard_alone_reaches_every_control(show):
    assert ", ".join(tab_order(show())) == NAMES


def test_every_choice_changes_the_numbers(show):
    page = show()
    select(page, "Difference").focus()
    page.keyboard.press("ArrowDown")
    assert number(page, "Secant") == pytest.approx(0.33)
    select(page, "Floats").focus()
    page.keyboard.press("ArrowDown")
    demo = Tangent(difference="central", dtype="float32")
    assert number(page, "Tangent") == pytest.approx(demo.derivative, abs=1e-8)
    for name in FUNCTIONS:
        select(page, "f(x)").select_option(name)
        demo.function = name
        assert number(page, "Secant") == pytest.approx(demo.estimate, abs=1e-6)


def test_every_example_is_one(show):
    page = show(x=0.35)
    for name in select(page, "Example").locator("option").all_inner_texts()[:-1]:
        select(page, "Example").select_option(name)
        frame(page)
        assert select(page, "Example").input_value() == name
    select(page, "Example").select_option("own setting")
    frame(page)
    assert select(page, "Example").input_value() == "log beyond its edge"


def test_arrow_keys_move_the_point_and_the_step(show):
    page = show(function="sin", x=0, step=1e-8)
    for key, x in (("ArrowRight", 0.05), ("ArrowDown", 0), ("Home", -2), ("End", 2)):
        point(page, "point on the curve").press(key)
        assert setting(page) == ("x.sin()", x, 1e-8), key
    for key, step in (("ArrowUp", 2e-8), ("ArrowLeft", 1e-8), ("Home", 1e-16), ("End", 1)):
        point(page, "step h").press(key)
        assert setting(page) == ("x.sin()", 2, step), key
    page.get_by_role("slider", name="Point x").press("ArrowLeft")
    page.get_by_role("slider", name="Step h").first.press("Home")
    assert setting(page) == ("x.sin()", 1.95, 1e-16)
    assert point(page, "step h").get_attribute("aria-valuetext") == "10⁻¹⁶"
    assert point(page, "point on the curve").get_attribute("aria-valuetext") == "f of 1.95 is 0.93"


def test_no_key_is_lost_between_two_frames(show):
    page = show(x=0, step=1e-8)
    for name in ("point on the curve", "step h"):
        press_at_once(point(page, name), *3 * ["ArrowRight"])
    assert setting(page)[1:] == (0.15, 1e-7)


def away(page, name, right, down):
    """Where a point is, and the place so many pixels from there."""
    x, y = grip(page, name)
    return (x, y), (x + right, y + down)


def test_drags_move_the_point_along_the_curve_and_the_step_along_its_axis(show):
    page = show(x=0, step=1e-8)
    wide = page.locator(".book-plane").first.bounding_box()["width"]
    x, y = grip(page, "point on the curve")
    drag(page, *away(page, "point on the curve", wide / 6, -80))
    assert setting(page)[1:] == (1, 1e-8)
    # 1³ − 1 is 0 again: the point stays on the curve.
    assert grip(page, "point on the curve") == pytest.approx((x + wide / 6, y), abs=1)
    drag(page, *away(page, "step h", wide * 4 / 17.4, 50))
    assert setting(page)[1:] == (1, 1e-4)


def test_a_finger_drags_the_point_and_the_page_stays(browser):
    with on_a_phone(browser, Tangent(function="relu", x=1)) as page:
        point(page, "point on the curve").scroll_into_view_if_needed()
        frame(page)
        wide = page.locator(".book-plane").first.bounding_box()["width"]
        x, y = grip(page, "point on the curve")
        assert touch_drag(page, (x - 7, y + 8), (x - 7 - wide / 6, y + 48)) == 0
        assert setting(page)[1] == 0
        assert read(page).startswith("ReLU(x) has no derivative at 0")


def test_where_there_is_nothing_to_show_a_sentence_says_so(show):
    page = show(**CORNER)
    assert read(page).startswith("|x| has no derivative at 0")
    assert facts(page)["Tangent"] == facts(page)["Error"] == "none"
    assert page.locator(".book-mark.book-fan").count() == 1
    page = show(**BEYOND)
    assert read(page).startswith("log has no value at x − h")
    assert page.locator(".book-result.book-problem").count() == 1
    point(page, "step h").press("ArrowLeft")
    assert number(page, "Secant") == pytest.approx(Tangent(**BEYOND, step=0.2).estimate)
    assert page.locator(".book-result.book-problem").count() == 0


def test_the_layout_stays_while_the_step_shrinks(show):
    for width in (360, 1200):
        page = show(width=width, function="exp", x=1, step=1)
        ends = set()
        for _ in range(0, 49, 4):
            for _ in range(4):
                point(page, "step h").press("ArrowLeft")
            frame(page)
            ends.add(edges(page, ".book-demo-view")[1])
        assert max(ends) - min(ends) < 1


def test_no_setting_shows_a_number_that_is_none(show):
    page = show()
    for name in FUNCTIONS:
        select(page, "f(x)").select_option(name)
        for difference in ("central", "forward"):
            select(page, "Difference").select_option(difference)
            for where, key in (
                ("step h", "Home"),
                ("point on the curve", "Home"),
                ("step h", "End"),
            ):
                point(page, where).press(key)
                frame(page)
                assert_no_nonsense(page, r"−0\.0+\b")


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("state", [STATES[0], CORNER])
def test_every_text_in_the_picture_stands_out(show, theme, state):
    page = show(theme=theme, **state)
    for colour in page.eval_on_selector_all(
        ".book-plane text", "(nodes) => nodes.map((node) => getComputedStyle(node).fill)"
    ):
        assert contrast(colour, PAPER[theme]) >= 4.5, colour


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, Tangent())
    page.evaluate("() => { model.change('function', 'square'); model.change('step', 3e-9); }")
    assert number(page, "Secant") == pytest.approx(Tangent(function="square", step=3e-9).estimate)
    point(page, "step h").press("ArrowRight")
    assert page.evaluate("model.get('step')") == 5e-9
    assert_stops(page, Tangent)
