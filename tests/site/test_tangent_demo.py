"""The demo on secants, tangents and rounding errors as a reader meets it, in Chromium."""

import re
import statistics

import pytest
from demo_page import KERNEL_MODEL, frame, outside, redraw_times
from module_page import ModulePage, mount
from website import PHONE, violations

from utils.widgets.tangent import FUNCTIONS, Tangent

CORNER = {"function": "abs", "x": 0, "difference": "central"}
BEYOND = {"function": "log", "x": 0.3, "difference": "central"}
STATES = [
    {},
    {"function": "sin", "x": 1, "step": 1e-15, "dtype": "float32"},
    {"function": "square", "x": -2, "step": 1, "difference": "central"},
    CORNER,
    BEYOND,
    {"function": "log", "x": -1},
]
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}
NAMES = "Example, f(x), Difference, Floats, Point x, Step h, point on the curve, step h, Copy"


@pytest.fixture
def show(page):
    """Mount the demo in a state; whatever a page complains of makes the test fail."""
    complaints = []
    for event in ("pageerror", "console"):
        page.on(event, lambda what: complaints.append(getattr(what, "text", str(what))))

    def opened(*, width=1200, theme="light", **state):
        page.set_viewport_size({"width": width, "height": 900})
        mount(page, Tangent(**state), theme=theme)
        frame(page)
        return page

    yield opened
    assert complaints == []


def said(page):
    frame(page)
    return page.inner_text(".book-result")


def facts(page):
    frame(page)
    return dict(row.split("\n")[:2] for row in page.locator(".book-facts > div").all_inner_texts())


def number(page, name):
    return float(facts(page)[name].replace("−", "-"))


def setting(page):
    """Function, point and step as the torch lines give them."""
    frame(page)
    function, x, h, *_ = page.inner_text("code").splitlines()
    numbers = re.findall(r"tensor\((.*?),", x + h)
    return function.removeprefix("f = lambda x: "), *map(float, numbers)


def select(page, name):
    return page.get_by_role("combobox", name=name)


def point(page, name):
    return page.locator(f".book-handle[aria-label='{name}']")


def middle(page, name):
    box = point(page, name).locator(".book-grip").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    reached, rings = [], set()
    for _ in NAMES.split(", "):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => {
                const node = document.activeElement;
                const style = getComputedStyle(node.querySelector(".book-reach") ?? node);
                return [
                    node.ariaLabel ?? node.labels?.[0]?.textContent ?? node.textContent,
                    node.matches("g") ? style.strokeWidth : style.outlineWidth,
                ];
            }"""
        )
        reached.append(name)
        rings.add(ring)
    assert ", ".join(reached) == NAMES
    assert rings == {"3px"}


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
        point(page, name).evaluate(
            "(node) => { for (let press = 0; press < 3; press++) node.dispatchEvent("
            'new KeyboardEvent("keydown", { key: "ArrowRight" })); }'
        )
    assert setting(page)[1:] == (0.15, 1e-7)


def drag(page, name, right, down):
    x, y = middle(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=3)
    page.mouse.up()


def test_drags_move_the_point_along_the_curve_and_the_step_along_its_axis(show):
    page = show(x=0, step=1e-8)
    wide = page.locator(".book-plane").first.bounding_box()["width"]
    x, y = middle(page, "point on the curve")
    drag(page, "point on the curve", wide / 6, -80)
    assert setting(page)[1:] == (1, 1e-8)
    # 1³ − 1 is 0 again: the point stays on the curve.
    assert middle(page, "point on the curve") == pytest.approx((x + wide / 6, y), abs=1)
    drag(page, "step h", wide * 4 / 17.4, 50)
    assert setting(page)[1:] == (1, 1e-4)


def test_a_finger_drags_the_point_and_the_page_stays(browser):
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    mount(page, Tangent(function="relu", x=1))
    point(page, "point on the curve").scroll_into_view_if_needed()
    frame(page)
    x, y = middle(page, "point on the curve")
    wide = page.locator(".book-plane").first.bounding_box()["width"]
    session = page.context.new_cdp_session(page)
    start = page.evaluate("scrollY")
    for share in (0, 0.2, 0.4, 0.6, 0.8, 1):
        kind = "touchMove" if share else "touchStart"
        place = {"x": x - 7 - share * wide / 6, "y": y + 8 + 40 * share}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert setting(page)[1] == 0
    assert said(page).startswith("ReLU(x) has no derivative at 0")
    assert page.evaluate("scrollY") == start
    page.close()


def test_where_there_is_nothing_to_show_a_sentence_says_so(show):
    page = show(**CORNER)
    assert said(page).startswith("|x| has no derivative at 0")
    assert facts(page)["Tangent"] == facts(page)["Error"] == "none"
    assert page.locator(".book-mark.book-fan").count() == 1
    page = show(**BEYOND)
    assert said(page).startswith("log has no value at x − h")
    assert page.locator(".book-result.book-problem").count() == 1
    point(page, "step h").press("ArrowLeft")
    assert number(page, "Secant") == pytest.approx(Tangent(**BEYOND, step=0.2).estimate)
    assert page.locator(".book-result.book-problem").count() == 0


def test_the_layout_stays_while_the_step_shrinks(show):
    for width in (360, 1200):
        page = show(width=width, function="exp", x=1, step=1)
        heights = set()
        for _ in range(0, 49, 4):
            for _ in range(4):
                point(page, "step h").press("ArrowLeft")
            frame(page)
            heights.add(page.locator(".book-demo-view").bounding_box()["height"])
        assert max(heights) - min(heights) < 1


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
                text = page.inner_text(".book-demo-view") + page.inner_html(".book-demo-view")
                assert not re.search(r"NaN|undefined|Infinity|null|\[object|−0\.0+\b", text), name


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_page_and_no_text_is_tiny(show, width):
    for state in STATES:
        page = show(width=width, **state)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert outside(page) == []
        sizes = page.eval_on_selector_all(
            ".book-plane text",
            "(nodes) => nodes.filter((node) => node.checkVisibility()).map((node) =>"
            " parseFloat(getComputedStyle(node).fontSize)"
            " * node.ownerSVGElement.getBoundingClientRect().width / 330)",
        )
        assert len(sizes) > 10
        assert min(sizes) >= 11


def light(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("state", [STATES[0], CORNER])
def test_axe_finds_nothing_serious_and_every_text_stands_out(show, theme, state):
    page = show(theme=theme, **state)
    assert violations(page) == []
    for colour in page.eval_on_selector_all(
        ".book-plane text", "(nodes) => nodes.map((node) => getComputedStyle(node).fill)"
    ):
        low, high = sorted([light(colour), light(PAPER[theme])])
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


SLIDE = """async (drawn) => {
    for (const slider of document.querySelectorAll("input[type=range]")) {
        for (let share = 0; share < 1; share += 0.1) {
            slider.value = Number(slider.min) + share * (slider.max - slider.min);
            slider.dispatchEvent(new Event("input"));
            await drawn();
        }
    }
}"""


@pytest.mark.parametrize("state", [{}, {"function": "sin"}, {"function": "log"}])
def test_an_update_fits_into_a_frame(show, state):
    times = redraw_times(show(difference="central", **state), SLIDE)
    assert len(times) >= 15
    assert statistics.median(times) < 16


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    ModulePage(page, "tangent")
    page.evaluate(KERNEL_MODEL, Tangent().state())
    page.evaluate(KERNEL_MODEL, Tangent().state())
    ids = page.eval_on_selector_all("[id]", "(nodes) => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids)) == 12
    page.evaluate("() => { stop(); document.body.replaceChildren(); }")
    page.evaluate(KERNEL_MODEL, Tangent().state())
    page.evaluate("() => { model.change('function', 'square'); model.change('step', 3e-9); }")
    assert number(page, "Secant") == pytest.approx(Tangent(function="square", step=3e-9).estimate)
    point(page, "step h").press("ArrowRight")
    assert page.evaluate("model.get('step')") == 5e-9
    assert page.evaluate("model.heard()") == len(Tangent.controls())
    page.evaluate("stop()")
    assert page.evaluate("[model.heard(), document.body.childElementCount]") == [0, 0]
