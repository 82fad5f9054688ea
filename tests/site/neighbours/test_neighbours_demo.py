"""The demo of nearest neighbours as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import drag, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_page import frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from module_page import mount
from neighbours_states import FULL

from utils.widgets.neighbours import MOST, PRESETS, Neighbours

UNITS = 110  # of the plane, across: from -5 to 105
FEW = [[20, 20, 0], [60, 20, 1], [60, 60, 2]]


OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion and with its drawers open."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, Neighbours, width=800, height=1400)

    def shown(**state):
        show_demo(**state)
        page.evaluate(OPEN)
        return page

    show_demo = next(mounted)
    yield shown
    next(mounted, None)


def read(page):
    return read_part(page, ".book-says")


def error(page):
    """What is said of the points that are predicted wrong."""
    said = read(page)
    return said[said.index("Training error") :]


def state_of(page):
    """The demo in Python in the state that the page shows, by its torch code and its controls."""
    frame(page)
    code = page.text_content("code")
    shown = {"torch": torch}
    exec(code.split("distances =")[0], shown)
    places, labels = (shown.get(name, torch.empty(0, 2)) for name in ("points", "labels"))
    return Neighbours(
        points=torch.cat([places, labels[:, None]], dim=1) if len(places) else [],
        query=tuple(shown["query"][0].int().tolist()) if len(places) else 0,
        k=int(control(page, "slider", "Neighbours k").input_value()),
        distance=control(page, "combobox", "Distance").input_value(),
        leave_out=control(page, "checkbox", "No vote on itself").is_checked(),
    )


WON = "(nodes) => nodes.map((node) => node.classList.contains('book-won'))"
CLASSES = "(nodes) => nodes.map((node) => Number(node.className.match(/class-(\\d)/)[1]))"

LOOKS = "(nodes) => nodes.map((node) => node.className.match(/book-(\\w+)$/)[1])"
SHARES = "(nodes) => nodes.map((node) => Number(node.style.getPropertyValue('--share')))"


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
        *("point 3", "query", "Play", "Reset", "Neighbours k", "Points", "More"),
        *("Distance", "No vote on itself", "Class to add", "Chosen point"),
        *("Add at the query", "Remove chosen", "The same in torch", "Copy"),
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
    control(page, "checkbox", "No vote on itself").press("Space")
    demo = state_of(page)
    assert f"{demo.training_errors} of 30 points wrong, each left out" in error(page)
    assert page.locator(".book-wrong").count() == demo.training_errors


def assert_ranking(page, demo):
    """Fifteen points stand in the order of their distance, those that vote above the cut."""
    ranked, order = demo.distances(torch.tensor([demo.query]))[0].sort(stable=True)
    far = page.locator(".book-rank .book-value").all_inner_texts()
    assert far == [f"{distance:.2f}" for distance in ranked[:15].tolist()]
    signs = page.locator(".book-far").evaluate_all(CLASSES)
    assert signs == [demo.points[index][2] for index in order[:15]]
    bars = page.locator(".book-far").evaluate_all(SHARES)
    assert bars == pytest.approx((ranked[:15] / ranked[14]).tolist(), abs=1e-9)
    above = page.locator(".book-ranking > *").evaluate_all(LOOKS)
    assert above == [*demo.k * ["voter"], "quorum", *(15 - demo.k) * ["silent"]]
    said = "1 votes" if demo.k == 1 else f"{demo.k} vote"
    assert page.inner_text(".book-quorum") == said


def test_fewer_points_than_k_all_vote(show):
    page = show(points=FEW, query=(50, 20), k=7)
    assert page.locator(".book-voter").count() == 3
    assert page.locator(".book-ranking > *").last.inner_text() == "3 vote"
    assert show(points=[]).locator(".book-ranking > *").count() == 0


def test_what_is_shown_is_what_python_computes(show):
    page = show()
    for preset in PRESETS:
        control(page, "combobox", "Points").select_option(preset)
        for press in ("Home", "ArrowRight", "PageUp", "End"):
            control(page, "slider", "Neighbours k").press(press)
            demo = state_of(page)
            assert demo.preset == preset
            votes = ", ".join(map(str, demo.votes.tolist()))
            assert f"\nvotes  # {votes}\n" in page.text_content("code")
            errors = f"{demo.training_errors} of {len(demo.points)} points"
            assert errors in error(page)
            assert page.locator(".book-count").all_inner_texts() == votes.split(", ")
            won = page.locator(".book-box").evaluate_all(WON)
            assert won == [label == demo.prediction for label in range(3)]
            assert_ranking(page, demo)


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
    assert read(page).startswith("There is no point to ask. Add one, or choose a preset.")
    assert control(page, "button", "Remove chosen").is_disabled()
    control(page, "button", "Add at the query").press("Enter")
    assert points(page) == [[80, 10, 1]]


def test_reset_chooses_the_last_point_again(show):
    page = show(points=FEW)
    chosen = control(page, "slider", "Chosen point")
    chosen.press("Home")
    frame(page)
    assert chosen.input_value() == "1"
    control(page, "button", "Reset").press("Enter")
    frame(page)
    assert chosen.input_value() == "3"


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
    drag(page, spot(page, 80, 80), spot(page, 90, 20))  # begins beside every point
    page.mouse.click(*spot(page, 60, 20))
    assert len(points(page)) == 4
    assert control(page, "slider", "Chosen point").input_value() == "2"


def test_the_query_follows_the_pointer_and_stays_where_it_left(show):
    page = show(points=FEW, query=(10, 90), k=1)
    for place in ((50, 30), (62, 22), (60, 20), (104, 50)):
        page.mouse.move(*spot(page, *place))
        assert state_of(page).query == (min(place[0], 100), place[1])
    assert control(page, "slider", "query").get_attribute("aria-valuetext") == "at 100, 50"
    page.mouse.move(*spot(page, 150, 50))
    assert state_of(page).query == (100, 50)
    page.mouse.move(*spot(page, 61, 21))  # a point under the query is the one that is dragged
    page.mouse.down()
    page.mouse.move(*spot(page, 71, 31), steps=4)
    page.mouse.up()
    assert points(page) == [FEW[0], [70, 30, 1], FEW[2]]
    assert control(page, "slider", "query").get_attribute("transform").startswith("translate(")
    page.mouse.move(*spot(page, 30, 30))
    assert state_of(page).query == (30, 30)


def test_a_voter_in_the_list_lights_up_on_the_plane(show):
    page = show(points=FEW, query=(50, 20), k=2)
    lit = page.locator(".book-datum.book-lit")
    for rank, name in ((1, "point 1"), (2, "point 3")):  # the last one does not vote
        page.locator(".book-rank").nth(rank).hover()
        assert lit.count() == 1 and lit.get_attribute("aria-label").startswith(name)
    page.mouse.move(5, 5)
    assert lit.count() == 0


QUERY = "[...document.querySelectorAll('.book-plane .book-query')][0].getAttribute('transform')"


def shown_place(page):
    """Where the query is drawn, in units of the plane."""
    left, top = (float(part) for part in page.evaluate(QUERY)[10:-1].split())
    unit = 352 / UNITS
    return left / unit - 5, 105 - top / unit


def test_play_leads_the_query_once_around_and_a_hand_ends_it(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, Neighbours())
    frame(page)
    assert shown_place(page) == pytest.approx((35, 58))
    control(page, "button", "Play").click()
    seen = []
    for _ in range(24):
        page.clock.run_for(170 * 2)
        seen.append(shown_place(page))
    assert min(x for x, _ in seen) < 33 and max(x for x, _ in seen) > 73
    assert min(y for _, y in seen) < 34 and max(y for _, y in seen) > 74
    before = shown_place(page)
    page.clock.run_for(85)  # it glides
    assert shown_place(page) != before
    page.clock.run_for(2000)
    assert control(page, "button", "Play").count() == 1  # one round, and it ends
    control(page, "button", "Play").click()
    page.clock.run_for(900)
    page.mouse.move(*spot(page, 90, 90))
    page.clock.run_for(400)
    assert shown_place(page) == pytest.approx((90, 90))
    assert control(page, "button", "Play").count() == 1
    control(page, "button", "Reset").click()
    page.clock.run_for(400)
    assert shown_place(page) == pytest.approx((35, 58))


def test_it_walks_by_itself_once_it_is_in_sight(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, Neighbours())
    page.clock.run_for(1500)
    assert shown_place(page) == pytest.approx((35, 58))
    page.clock.run_for(1500)
    assert shown_place(page) != pytest.approx((35, 58))


def test_the_task_is_done_at_nine_on_the_checkerboard(show):
    page = show(k=9)
    assert not is_done(page)
    control(page, "combobox", "Points").select_option("checkerboard")
    done = []
    for key in ("Home", *14 * ["ArrowRight"]):
        control(page, "slider", "Neighbours k").press(key)
        frame(page)
        text = page.inner_text(".book-task")
        done.append(text.startswith("None wrong"))
    assert [k for k, is_now in enumerate(done, 1) if is_now] == [9]
    control(page, "button", "Reset").press("Enter")
    frame(page)
    assert not is_done(page)


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
        page.evaluate(OPEN)
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
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, demo)
    page.evaluate(OPEN)
    page.evaluate(
        "() => { model.change('k', 2); model.change('points', [[1, 1, 2], [9, 9, 2]]); }"
    )
    assert read(page).startswith("All 2 neighbours are C, so the query is given C.")
    control(page, "slider", "Neighbours k").press("ArrowRight")
    control(page, "button", "Remove chosen").press("Enter")
    assert page.evaluate("[model.get('k'), model.get('points')]") == [3, [[1, 1, 2]]]
    assert_stops(page, Neighbours)
