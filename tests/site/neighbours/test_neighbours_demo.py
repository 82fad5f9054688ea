"""The demo of nearest neighbours as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import drag, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_page import frame, mounting, read
from neighbours_states import FULL

from utils.widgets.neighbours import MOST, PRESETS, Neighbours

UNITS = 110  # of the plane, across: from -5 to 105
FEW = [[20, 20, 0], [60, 20, 1], [60, 60, 2]]


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


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(show):
    assert tab_order(show(points=FEW, k=1)) == [
        *("Neighbours k", "Distance", "Leave each point out of its own vote"),
        *("Points", "Class to add", "Chosen point", "Add at the query", "Remove chosen"),
        *("point 3", "query", "Copy"),
    ]


def test_k_distance_and_rule_change_the_result_by_keyboard(show):
    page = show(preset="three classes", k=3, query=(50, 50))
    area, said = page.locator(".book-region").first.get_attribute("d"), read(page)
    control(page, "slider", "Neighbours k").press("End")
    assert read(page) != said
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
    assert read(page) == "There is no point to ask. Add one, or choose a preset."
    assert control(page, "button", "Remove chosen").is_disabled()
    control(page, "button", "Add at the query").press("Enter")
    assert points(page) == [[80, 10, 1]]


def test_no_key_is_lost_between_two_frames(show):
    page = show(points=FEW, query=(10, 10))
    for name in ("point 3", "query"):
        press_at_once(control(page, "slider", name), *3 * ["ArrowUp"])
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
    with on_a_phone(browser, Neighbours(points=FEW, query=(10, 90))) as page:
        page.locator(".book-plane").scroll_into_view_if_needed()
        frame(page)
        assert touch_drag(page, spot(page, 60, 60), spot(page, 60, 20)) == 0
        assert points(page) == [*FEW[:2], [60, 20, 2]]
        page.touchscreen.tap(*spot(page, 30, 75))
        assert points(page)[3] == [30, 75, 0]
        assert swipe(page, *spot(page, 90, 50)) > 50
        assert len(points(page)) == 4


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = Neighbours(points=FEW, k=1)
    in_a_notebook(page, demo)
    page.evaluate(
        "() => { model.change('k', 2); model.change('points', [[1, 1, 2], [9, 9, 2]]); }"
    )
    assert read(page) == "All 2 neighbours are C, so the query is given C."
    control(page, "slider", "Neighbours k").press("ArrowRight")
    control(page, "button", "Remove chosen").press("Enter")
    assert page.evaluate("[model.get('k'), model.get('points')]") == [3, [[1, 1, 2]]]
    assert_stops(page, Neighbours)
