"""The demo of nearest neighbours as a reader meets it, in Chromium on a blank page."""

import statistics

import pytest
import torch
from demo_page import KERNEL_MODEL, frame, mounting, outside, redraw_times
from module_page import ModulePage, mount
from website import PHONE, violations

from utils.widgets.neighbours import MOST, PRESETS, Neighbours

UNITS = 110  # of the plane, across: from -5 to 105
FEW = [[20, 20, 0], [60, 20, 1], [60, 60, 2]]
FULL = [[2 * number, 50, number % 3] for number in range(MOST)]
STATES = [
    {},
    {"preset": "checkerboard", "k": 15, "distance": "L1", "query": (0, 100)},
    {"preset": "three classes", "k": 7, "leave_out": True},
    {"points": []},
    {"points": FULL, "k": 4},
]


@pytest.fixture
def show(page):
    yield from mounting(page, Neighbours)


def state_of(page):
    """The demo in Python in the state that the page shows, by its torch code and its controls."""
    frame(page)
    code = page.inner_text("code")
    shown = {"torch": torch}
    exec(code.split("distances =")[0], shown)
    places, labels = (shown.get(name, torch.empty(0, 2)) for name in ("points", "labels"))
    return Neighbours(
        points=torch.cat([places, labels[:, None]], dim=1) if len(places) else [],
        query=tuple(shown["query"][0].int().tolist()) if len(places) else 0,
        k=int(control(page, "slider", "Neighbours k").input_value()),
        distance=control(page, "combobox", "Distance").input_value(),
        leave_out=control(page, "checkbox", "Leave each").is_checked(),
    )


def points(page):
    return [list(point) for point in state_of(page).points]


def control(page, role, name):
    return page.get_by_role(role, name=name)


def spot(page, x, y):
    """Where a place of the plane is on the screen."""
    box = page.locator(".book-plane").bounding_box()
    unit = box["width"] / UNITS
    return box["x"] + (x + 5) * unit, box["y"] + (105 - y) * unit


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def result(page):
    frame(page)
    return page.inner_text(".book-result")


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(show):
    page = show(points=FEW, k=1)
    reached, rings = [], []
    for _ in range(12):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => {
                const node = document.activeElement;
                const reach = node.querySelector(".book-reach");
                const ring = reach ? getComputedStyle(reach).strokeWidth
                    : getComputedStyle(node).outlineWidth;
                return [node.ariaLabel ?? node.labels?.[0]?.textContent ?? node.textContent, ring];
            }"""
        )
        reached.append(name)
        rings.append(ring)
    assert reached == [
        *("Neighbours k", "Distance", "Leave each point out of its own vote"),
        *("Points", "Class to add", "Chosen point", "Add at the query", "Remove chosen"),
        *("point 3", "query", "Copy"),
        reached[-1],
    ]
    assert set(rings[:11]) == {"3px"}


def test_k_distance_and_rule_change_the_result_by_keyboard(show):
    page = show(preset="three classes", k=3, query=(50, 50))
    area, said = page.locator(".book-region").first.get_attribute("d"), result(page)
    control(page, "slider", "Neighbours k").press("End")
    assert result(page) != said
    assert page.locator(".book-region").first.get_attribute("d") != area
    control(page, "combobox", "Distance").focus()
    page.keyboard.press("ArrowDown")
    assert state_of(page).distance == "L1"
    assert page.locator(".book-mark.book-way").first.get_attribute("points").count(" ") == 5
    control(page, "checkbox", "Leave each").press("Space")
    demo = state_of(page)
    error = page.inner_text(".book-error")
    assert f"{demo.training_errors} of 30 points wrong, each left out" in error
    assert page.locator(".book-wrong").count() == demo.training_errors


def test_what_is_shown_is_what_python_computes(show):
    page = show()
    for preset in PRESETS:
        control(page, "combobox", "Points").select_option(preset)
        for press in ("Home", "ArrowRight", "PageUp", "End"):
            control(page, "slider", "Neighbours k").press(press)
            demo = state_of(page)
            assert demo.preset == preset
            votes = ", ".join(map(str, demo.votes.tolist()))
            assert f"\nvotes  # {votes}\n" in page.inner_text("code")
            errors = f"{demo.training_errors} of {len(demo.points)} points"
            assert errors in page.inner_text(".book-error")
            far = page.locator(".book-neighbour-list .book-value").all_inner_texts()
            ranked = demo.distances(torch.tensor([demo.query]))[0].sort().values
            assert far == [f"{distance:.2f}" for distance in ranked[: demo.k].tolist()]


def test_points_are_added_moved_and_removed_by_keyboard(show):
    page = show(points=FEW, query=(80, 10))
    control(page, "combobox", "Class to add").select_option("B")
    control(page, "button", "Add at the query").press("Enter")
    assert points(page) == [*FEW, [80, 10, 1]]
    assert control(page, "combobox", "Points").input_value() == "custom"
    added = control(page, "slider", "point 4")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "End"):
        added.press(key)
    assert points(page)[3] == [100, 14, 1]
    assert added.get_attribute("aria-valuetext") == "class B at 100, 14"
    control(page, "slider", "Chosen point").press("Home")
    control(page, "button", "Remove chosen").press("Enter")
    assert points(page) == [*FEW[1:], [100, 14, 1]]
    control(page, "slider", "point 3").press("Delete")
    assert points(page) == FEW[1:]
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused).startswith("point 2")
    for _ in range(2):
        page.keyboard.press("Backspace")
    assert result(page) == "There is no point to ask. Add one, or choose a preset."
    assert control(page, "button", "Remove chosen").is_disabled()
    control(page, "button", "Add at the query").press("Enter")
    assert points(page) == [[80, 10, 1]]


def test_no_key_is_lost_between_two_frames(show):
    page = show(points=FEW, query=(10, 10))
    for name in ("point 3", "query"):
        control(page, "slider", name).evaluate(
            """(node) => {
                for (let press = 0; press < 3; press++)
                    node.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
            }"""
        )
    assert points(page)[2] == [60, 66, 2]
    assert state_of(page).query == (10, 16)


def test_a_click_adds_a_point_and_a_drag_moves_one(show):
    page = show(points=FEW, query=(10, 90), new_class=2)
    page.mouse.click(*spot(page, 30, 80))
    assert points(page) == [*FEW, [30, 80, 2]]
    drag(page, spot(page, 30, 80), spot(page, 40, 70))
    assert points(page) == [*FEW, [40, 70, 2]]
    drag(page, spot(page, 10, 90), spot(page, 200, 300))
    assert state_of(page).query == (100, 100)
    drag(page, spot(page, 80, 80), spot(page, 90, 20))  # begins beside every point
    page.mouse.click(*spot(page, 60, 20))
    assert len(points(page)) == 4
    assert control(page, "slider", "Chosen point").input_value() == "2"


def test_a_full_plane_says_so(show):
    page = show(points=FULL)
    page.mouse.click(*spot(page, 50, 90))
    assert page.inner_text(".book-problem") == (
        "48 points are all that the plane holds. Remove one first."
    )
    assert len(points(page)) == MOST
    control(page, "button", "Remove chosen").click()
    frame(page)
    assert page.inner_text(".book-problem") == ""
    assert len(points(page)) == MOST - 1


def test_a_finger_drags_a_point_and_scrolls_beside_it(browser):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    mount(page, Neighbours(points=FEW, query=(10, 90)))
    page.locator(".book-plane").scroll_into_view_if_needed()
    frame(page)
    session = context.new_cdp_session(page)

    def touch(kind, *places):
        spots = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    start = page.evaluate("scrollY")
    touch("touchStart", spot(page, 60, 60))
    for step in range(1, 9):
        touch("touchMove", spot(page, 60, 60 - 5 * step))
    touch("touchEnd")
    assert points(page) == [*FEW[:2], [60, 20, 2]]
    assert page.evaluate("scrollY") == start
    page.touchscreen.tap(*spot(page, 30, 75))
    assert points(page)[3] == [30, 75, 0]
    x, y = spot(page, 90, 50)
    gesture = {"x": x, "y": y, "yDistance": -150, "speed": 3000}
    session.send("Input.synthesizeScrollGesture", gesture)
    assert page.evaluate("scrollY") > start + 50
    assert len(points(page)) == 4
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_a_phone_shows_everything_in_letters_of_a_size_to_read(show, state):
    page = show(width=360, **state)
    frame(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert outside(page) == []
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".book-demo-view *")]
            .filter((node) => node.checkVisibility() && [...node.childNodes]
                .some((child) => child.nodeType === 3 && child.data.trim()))
            .map((node) => {
                const scale = node.getScreenCTM ? node.getScreenCTM().a : 1;
                return parseFloat(getComputedStyle(node).fontSize) * scale;
            }))"""
    )
    assert smallest >= 11


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(show, theme):
    for state in (STATES[2], STATES[3]):
        page = show(theme=theme, **state)
        frame(page)
        assert violations(page) == []


def test_an_update_fits_into_a_frame(show):
    page = show(points=FULL, k=15)
    move = """async (drawn) => {
        const node = document.querySelector(".book-chosen");
        for (let press = 0; press < 40; press++) {
            node.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
            await drawn();
        }
    }"""
    times = redraw_times(page, move)
    print(f"redraw: {statistics.median(times):.1f} ms, at most {max(times):.1f} ms")
    assert len(times) >= 40
    assert statistics.median(times) < 16


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = Neighbours(points=FEW, k=1)
    ModulePage(page, "neighbours")
    for _ in range(2):
        page.evaluate(KERNEL_MODEL, demo.state() | demo.asset_values())
    ids = page.eval_on_selector_all("[id]", "(nodes) => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids))
    page.reload()
    ModulePage(page, "neighbours")
    page.evaluate(KERNEL_MODEL, demo.state() | demo.asset_values())
    page.evaluate(
        "() => { model.change('k', 2); model.change('points', [[1, 1, 2], [9, 9, 2]]); }"
    )
    assert result(page) == "All 2 neighbours are C, so the query is given C."
    control(page, "slider", "Neighbours k").press("ArrowRight")
    control(page, "button", "Remove chosen").press("Enter")
    assert page.evaluate("[model.get('k'), model.get('points')]") == [3, [[1, 1, 2]]]
    assert page.evaluate("model.heard()") == len(Neighbours.controls())
    page.evaluate("stop()")
    assert page.evaluate("[model.heard(), document.body.childElementCount]") == [0, 0]
