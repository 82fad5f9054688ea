"""The demo on secants, tangents and rounding errors as a reader meets it, in Chromium."""

import re

import pytest
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import assert_no_nonsense, contrast, edges
from demo_page import code_lines, facts, frame, mounting, resize, stop_clock
from demo_page import read as read_part
from demo_stage import assert_lists_show_their_names, is_done
from module_page import mount
from tangent_states import BEYOND, CORNER, STATES

from utils.widgets.tangent import FUNCTIONS, Tangent

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}
IN_SIGHT = ["point on the curve", "step h", "Play", "Reset", "Step h", "Difference"]
DRAWERS = ["More", "Example", "f(x)", "Point x", "Floats", "The same in torch", "Copy"]
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open unless asked otherwise."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, Tangent, width=800, height=1400)

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


def slopes(page):
    """The texts of both slopes as they stand below each other, and what of the second is green."""
    frame(page)
    parts = [
        page.locator(selector).text_content().replace("\u2007", "").replace("−", "-")
        for selector in (
            ".book-touch .book-slope",
            ".book-digit-row.book-secant .book-slope",
            ".book-digit-row.book-secant .book-right",
        )
    ]
    return parts


def test_the_keyboard_alone_reaches_every_control(show):
    assert tab_order(show()) == [*IN_SIGHT, *DRAWERS]


def test_every_choice_changes_the_numbers(show):
    page = show()
    select(page, "Difference").focus()
    page.keyboard.press("ArrowDown")
    demo = Tangent(difference="central")
    assert number(page, "Secant") == pytest.approx(demo.estimate)
    select(page, "Floats").focus()
    page.keyboard.press("ArrowDown")
    demo.dtype = "float32"
    assert number(page, "Tangent") == pytest.approx(demo.derivative, abs=1e-8)
    for name in FUNCTIONS:
        select(page, "f(x)").select_option(name)
        demo.function = name
        assert number(page, "Secant") == pytest.approx(demo.estimate, abs=1e-6)
        assert float(slopes(page)[1]) == pytest.approx(demo.estimate, abs=1e-6)


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
    page.get_by_role("slider", name="Step h").last.press("Home")
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
    page = show(function="square", x=-0.5, step=1e-8)
    wide = page.locator(".book-plane").first.bounding_box()["width"]
    x, y = grip(page, "point on the curve")
    drag(page, *away(page, "point on the curve", wide / 5.4, -80))
    assert setting(page)[1:] == (0.5, 1e-8)
    # 0.5² is as high as (−0.5)²: the point stays on the curve.
    assert grip(page, "point on the curve") == pytest.approx((x + wide / 5.4, y), abs=1)
    drag(page, *away(page, "step h", wide * 4 / 17.6, 50))
    assert setting(page)[1:] == (0.5, 1e-4)


def test_a_finger_drags_the_point_and_the_page_stays(browser):
    with on_a_phone(browser, Tangent(function="relu", x=1)) as page:
        page.evaluate(OPEN)
        point(page, "point on the curve").scroll_into_view_if_needed()
        frame(page)
        wide = page.locator(".book-plane").first.bounding_box()["width"]
        x, y = grip(page, "point on the curve")
        assert touch_drag(page, (x - 7, y + 8), (x - 7 - wide / 5.4, y + 28)) == 0
        assert setting(page)[1] == 0
        assert read(page).startswith("ReLU(x) has a corner")


def test_where_there_is_nothing_to_show_a_sentence_says_so(show):
    page = show(**CORNER)
    assert read(page).startswith("|x| has a corner")
    assert facts(page)["Tangent"] == facts(page)["Error"] == "none"
    assert page.locator(".book-mark.book-fan").count() == 1
    assert slopes(page) == ["none", "0.0000000000000", ""]
    page = show(**BEYOND)
    assert read(page).startswith("log has no value at x − h")
    assert slopes(page) == ["none", "none", ""]
    point(page, "step h").press("ArrowLeft")
    assert number(page, "Secant") == pytest.approx(Tangent(**BEYOND, step=0.2).estimate)
    assert "log has" not in read(page)


def test_green_digits_are_those_that_are_right(show):
    page = show(step=1e-8)
    tangent, secant, green = slopes(page)
    assert tangent == f"{Tangent().derivative:.13f}"
    assert secant.startswith(green) and tangent.startswith(green)
    assert len(green) == len("0.54030230")
    assert read(page).startswith("8 digits right.")
    rows = page.locator(".book-digit-row .book-slope")
    left = {round(box["x"]) for box in (row.bounding_box() for row in rows.all())}
    assert len(left) == 1
    points = [
        row.evaluate("(node) => node.textContent.indexOf('.')") for row in rows.all()
    ]  # the points stand one below the other
    assert points[0] == points[1]
    colours = [
        page.locator(f".book-secant .book-{part}").evaluate("(n) => getComputedStyle(n).color")
        for part in ("right", "wrong")
    ]
    assert colours == ["rgb(26, 127, 55)", "rgb(180, 35, 44)"]


def test_the_layout_stays_while_the_step_shrinks(show):
    for width in (360, 800):
        page = show(opened=False, width=width, function="exp", x=1, step=1)
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


BOXES = """(plane) => [...plane.querySelectorAll(".book-words")]
    .filter((node) => node.checkVisibility()).map((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return [left, right, top, bottom];
    })"""


# What the group with the numbers holds, and whether all lines are drawn before it.
NUMBERS = """(plane) => {
    const groups = [...plane.querySelectorAll("g")];
    const numbers = groups.findLast((group) =>
        [...group.children].some((node) => node.textContent === "−2"));
    const lines = [...plane.querySelectorAll("line, path, polyline")];
    return [
        [...numbers.children].map((node) => node.textContent),
        lines.every((line) => line.compareDocumentPosition(numbers) & 4),
    ];
}"""


@pytest.mark.parametrize("width", [800, 360])
def test_ticks_keep_their_signs_and_no_texts_overlap(show, width):
    page = show(opened=False, width=width)
    for name in FUNCTIONS:
        mount(page, Tangent(function=name))
        frame(page)
        plane = page.locator(".book-plane").first
        order, on_top = plane.evaluate(NUMBERS)
        first = next(place for place, text in enumerate(order) if text)
        assert set(order[first : first + 5]) == {"−2", "−1", "0", "1", "2"}
        assert all(order[first:])
        assert on_top, "a line may hide a minus"
        for one in page.locator(".book-plane").all():
            boxes = one.evaluate(BOXES)
            for index, (left, right, top, bottom) in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    aside = other[0] > right - 1 or other[1] < left + 1
                    above = other[2] > bottom - 4 or other[3] < top + 4
                    assert aside or above, (name, boxes[index], other)


def test_lists_show_their_names_at_each_width(show):
    for width in (800, 360):
        assert_lists_show_their_names(show(opened=False, width=width))


def test_planes_are_flat_on_a_phone_and_change_with_the_window(show):
    page = show(opened=False)
    heights = []
    for width in (800, 360, 700):
        resize(page, width)
        planes = [box.bounding_box() for box in page.locator(".book-plane").all()]
        assert len(planes) == 2
        heights.append(planes[0]["height"] / planes[0]["width"])
    assert heights == pytest.approx([250 / 330, 152 / 330, 250 / 330], abs=0.01)
    point(page, "step h").press("Home")  # what was put there last still listens
    frame(page)
    assert point(page, "step h").get_attribute("aria-valuetext") == "10⁻¹⁶"


def test_play_tells_the_story_down_to_the_smallest_step(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, Tangent(step=1e-3))
    frame(page)
    page.evaluate(OPEN)
    play = page.get_by_role("button", name="Play")
    play.press("Enter")  # takes the first step at once
    page.clock.run_for(650 * 5 + 100)
    assert setting(page)[2] == pytest.approx(1e-9)
    assert read(page).startswith("7 digits right.")
    page.clock.run_for(650 * 8)
    assert setting(page)[2] == 1e-16
    assert "x + h is rounded to x" in read(page)
    assert not is_done(page)
    play.press("Enter")  # from the start
    page.clock.run_for(100)
    assert setting(page)[2] == 1


def test_it_plays_by_itself_and_a_touch_stops_it(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    page.set_viewport_size({"width": 800, "height": 900})
    mount(page, Tangent())
    frame(page)
    page.clock.run_for(1500 + 2 * 650 + 400)
    turned = float(point(page, "step h").get_attribute("aria-valuenow"))
    assert 0.04 < 10**turned < 0.11
    point(page, "step h").press("ArrowRight")
    page.clock.run_for(3000)
    assert point(page, "step h").get_attribute("aria-valuetext") in ("0.1", "0.2")
    assert page.get_by_role("button", name="Play").count() == 1


def test_the_secant_turns_smoothly_and_stays_on_the_curve(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, Tangent(step=0.5))
    frame(page)
    point(page, "step h").press("End")
    page.clock.run_for(200)
    now = float(point(page, "step h").get_attribute("aria-valuenow"))
    assert -0.3 < now < 0  # on the way from 0.5 to 1
    places = page.locator(".book-head.book-secant").evaluate_all(
        "(nodes) => nodes.map((node) => [node.cx.baseVal.value, node.cy.baseVal.value])"
    )
    line = page.locator(".book-mark.book-secant").evaluate(
        "(node) => [...node.points].map(({ x, y }) => [x, y])"
    )
    (left, top), (right, bottom) = line
    for x, y in places:
        assert y == pytest.approx(top + (bottom - top) * (x - left) / (right - left), abs=0.01)
    page.clock.run_for(600)
    assert point(page, "step h").get_attribute("aria-valuenow") == "0"


def test_the_task_is_done_by_a_central_difference_that_is_good_to_eleven_digits(show):
    page = show(opened=False)
    task = page.locator(".book-task")
    assert "11 digits" in task.inner_text()
    select(page, "Difference").select_option("central")
    for _ in range(16):
        point(page, "step h").press("ArrowLeft")
        frame(page)
    assert point(page, "step h").get_attribute("aria-valuetext") == "2 · 10⁻⁶"
    assert is_done(page)
    assert "luck" in task.inner_text()
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert not is_done(page)
    assert select(page, "Difference").input_value() == "forward"


def test_neither_difference_is_done_by_play(show):
    for difference in ("forward", "central"):
        page = show(opened=False, difference=difference, step=1)
        for exponent in range(3, 17):
            mount(page, Tangent(difference=difference, step=10.0**-exponent))
            frame(page)
            assert not is_done(page), (difference, exponent)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, Tangent())
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('function', 'square'); model.change('step', 3e-9); }")
    demo = Tangent(function="square", step=3e-9)
    assert number(page, "Secant") == pytest.approx(demo.estimate)
    point(page, "step h").press("ArrowRight")
    assert page.evaluate("model.get('step')") == 5e-9
    assert_stops(page, Tangent)
