"""The demo that fits a line as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
import torch.nn.functional as F
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import in_a_notebook
from demo_looks import assert_no_nonsense
from demo_page import facts, frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from fit_line_states import STATES
from module_page import mount

from utils.widgets.fit_line import PRESETS, FitLine

TWO = {"preset": "two points", "slope": 0, "intercept": 0}


OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open unless asked otherwise."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, FitLine, width=800, height=1400)

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


def shown_code(page):
    """Run the torch lines that are shown: points, line, its loss and the best line."""
    frame(page)
    names = {"torch": torch, "F": F}
    *given, loss, best = page.inner_text("code").splitlines()
    exec("\n".join(given), names)
    points = torch.stack([names["x"], names["y"]], dim=1).tolist()
    return points, names["w"].tolist(), eval(loss, names).item(), eval(best, names).flatten()


def points(page):
    return shown_code(page)[0]


def line(page):
    return shown_code(page)[1]


def grip(page, name):
    return page.get_by_role("slider", name=name, exact=True)


LIFT, TURN, PLACE = "intercept, lifts the line", "slope, turns the line", "the line on the bowl"


def away(page, name, across, up):
    """Where a point is, and the place so many units from there."""
    width = page.locator(".book-plane").first.bounding_box()["width"]
    wide, high = (5, 8) if name == PLACE else (8.7, 8.7)
    x, y = middle(grip(page, name).locator(".book-grip"))
    return (x, y), (x + across * width / wide, y - up * width / high)


def test_the_keyboard_alone_reaches_every_control(show):
    page = show(**TWO)
    grips = ["point 1", "point 2", LIFT, TURN, PLACE]
    drawers = ["More", "Slope", "Intercept", "Best line", "The same in torch", "Copy"]
    assert tab_order(page) == [*grips, "Play", "Reset", "two points", *drawers]


def test_arrow_keys_move_points_and_the_line(show):
    page = show(**TWO)
    for name, keys in {
        "point 2": ["ArrowUp", "ArrowUp", "ArrowLeft"],
        LIFT: ["ArrowUp", "ArrowRight", "ArrowUp"],
        TURN: ["ArrowDown"],
        PLACE: ["ArrowLeft", "ArrowUp"],
    }.items():
        for key in keys:
            grip(page, name).press(key)
    assert points(page) == [[-2, -1], [0.9, 2.2]]
    assert line(page) == [-0.2, 0.4]
    assert page.locator(".book-thumb :checked").count() == 0
    grip(page, TURN).press("End")
    grip(page, LIFT).press("Home")
    assert line(page) == [4, -4]
    assert grip(page, "point 2").get_attribute("aria-valuetext") == "x 0.90, y 2.20"
    assert grip(page, PLACE).get_attribute("aria-valuetext") == "slope 4.00, intercept −4.00"


def test_no_key_is_lost_between_two_frames(show):
    page = show(**TWO)
    for name in ("point 1", LIFT):
        press_at_once(grip(page, name), *3 * ["ArrowUp"])
    assert points(page)[0] == [-2, -0.7]
    assert line(page) == [0, 0.3]


def test_drags_move_points_and_the_line(show):
    page = show(**TWO)
    drag(page, *away(page, "point 1", 0.5, -1))
    assert points(page)[0] == pytest.approx([-1.5, -2], abs=0.051)
    drag(page, *away(page, LIFT, 0.7, 1))
    assert line(page) == pytest.approx([0, 1], abs=0.02)
    drag(page, *away(page, TURN, 0, 1.35))
    assert line(page) == pytest.approx([0.5, 1], abs=0.02)
    drag(page, *away(page, PLACE, -1, 2))
    assert line(page) == pytest.approx([-0.5, 3], abs=0.03)
    drag(page, *away(page, "point 2", 9, 9))
    assert points(page)[1] == [4, 4]


def test_the_button_jumps_to_the_best_line(show):
    page = show()
    page.get_by_role("button", name="Best line").press("Enter")
    assert "no line leaves less" in read(page)
    _, w, loss, best = shown_code(page)
    assert w == pytest.approx(best.tolist(), abs=1e-6)
    assert facts(page)["Gradient"] == "0.00, 0.00"
    assert facts(page)["Training loss"] == facts(page)["Smallest loss"] == f"{loss:.3f}"
    assert page.get_by_role("slider", name="Slope", exact=True).input_value() == f"{best[0]:.2f}"


def test_sliders_and_every_preset_change_the_numbers(show):
    page = show()
    page.get_by_role("slider", name="Intercept", exact=True).press("Home")
    page.get_by_role("slider", name="Slope", exact=True).press("ArrowRight")
    assert line(page) == [-0.39, -4]
    for name, wanted in PRESETS.items():
        page.get_by_role("radio", name=name).press("Space")
        assert points(page) == [list(point) for point in wanted]
        demo = FitLine(preset=name, slope=-0.39, intercept=-4)
        assert facts(page)["Area"] == f"{demo.area:.2f}"
        assert shown_code(page)[2] == pytest.approx(demo.loss)
        assert page.locator(".book-datum:visible").count() == len(wanted)


def test_where_no_line_is_the_only_best_a_sentence_says_so(show):
    page = show(preset="one x for all")
    assert "every line through (2.00, 0.40) is best." in read(page)
    assert facts(page)["Condition number"] == "none"
    page.get_by_role("button", name="Best line").click()
    assert read(page).endswith("is best, yours too.")
    assert line(page) == pytest.approx(FitLine(preset="one x for all").best.tolist())
    grip(page, "point 1").press("ArrowLeft")
    assert "every line" not in read(page) and "beyond the picture" in read(page)
    page.get_by_role("button", name="Best line").click()
    demo = FitLine(points=points(page))
    demo.fit()
    assert line(page) == pytest.approx([demo.slope, demo.intercept], abs=1e-6)


def test_squares_look_square_and_nothing_is_no_number(show):
    page = show()
    for state in STATES:
        mount(page, FitLine(**state))
        for box in page.locator(".book-square.book-mark").all():
            width, height = box.evaluate("(n) => [n.getBBox().width, n.getBBox().height]")
            assert width == pytest.approx(height, abs=0.01)
        assert_no_nonsense(page)
    size = page.locator(".book-plane").first.bounding_box()
    assert size["width"] == pytest.approx(size["height"], abs=0.5)


def test_a_finger_drags_a_point_and_the_page_stays(browser):
    with on_a_phone(browser, FitLine(**TWO)) as page:
        page.evaluate(OPEN)
        (x, y), (_, end) = away(page, "point 2", 0, -1)
        # Beside the point: a finger need not hit it.
        assert touch_drag(page, (x - 6, y - 6), (x - 6, end - 6)) == 0
        assert points(page)[1] == pytest.approx([1, 1], abs=0.051)


def test_play_rolls_down_the_bowl_to_the_best_line(show):
    page = show()
    start = FitLine()
    page.get_by_role("button", name="Play").press("Enter")
    page.get_by_role("button", name="Play").wait_for()
    assert "no line leaves less" in read(page)
    start.fit()
    assert line(page) == pytest.approx([start.slope, start.intercept], abs=1e-6)
    assert not is_done(page)  # that was no hand
    page.get_by_role("button", name="Play").press("Enter")
    frame(page)
    assert line(page) == [-0.4, 2.2]


def test_the_best_line_is_drawn_among_the_points_unless_there_are_many(show):
    page = show(points=[[-2, -1], [2, 3]], slope=0, intercept=0)
    best = page.locator(".book-plane").first.locator(".book-best")
    ends = best.first.evaluate("(node) => [...node.points].map(({ x, y }) => [x, y])")
    unit = 330 / 8.7
    assert ends == [
        pytest.approx([165 + x * unit, 165 - (x + 1) * unit], abs=0.01) for x in (-4.35, 4.35)
    ]
    assert best.last.text_content() == "best"
    mount(page, FitLine(preset="one x for all"))
    assert best.count() == 0


def test_a_bar_shows_each_square_and_what_the_best_line_leaves(show):
    page = show()
    bar = page.locator(".book-total")
    width = bar.bounding_box()["width"]
    demo = FitLine()

    def share(area):
        return (area / 8) ** 0.5 / 5

    parts = page.locator(".book-filled > span:visible")
    wide = [part.bounding_box()["width"] for part in parts.all()]
    assert sum(wide) == pytest.approx(width * share(demo.area), abs=1)
    wanted = demo.residuals.square() / demo.area * sum(wide)
    assert wide == pytest.approx(wanted.tolist(), abs=0.5)
    mark = bar.evaluate("(node) => parseFloat(getComputedStyle(node, '::after').left)")
    demo.fit()
    assert mark + 1.5 == pytest.approx(width * share(demo.area), abs=0.5)
    page.get_by_role("button", name="Best line").click()
    frame(page)
    fill = bar.evaluate("(node) => getComputedStyle(node).getPropertyValue('--now')")
    assert float(fill) == pytest.approx(share(demo.area), abs=1e-3)
    assert page.inner_text(".book-sum") == f"{demo.area:.1f}"
    page.get_by_role("radio", name="two points").press("Space")
    frame(page)
    assert page.locator(".book-filled > span:not([hidden])").count() == 2


def test_point_square_and_part_of_the_bar_light_up_together(show):
    page = show()
    lit = page.locator(".book-pointed")
    looks = {"book-square", "book-residual", "book-size", "book-handle"}
    for thing in (grip(page, "point 3"), page.locator(".book-filled > span").nth(2)):
        thing.hover()
        assert lit.count() == 5
        classes = " ".join(
            lit.evaluate_all("(all) => all.map((one) => one.getAttribute('class'))")
        )
        assert looks <= set(classes.split())
        size = page.locator(".book-size:visible")
        assert size.text_content() == f"{FitLine().residuals[2].item() ** 2:.1f}"
        page.mouse.move(0, 0)
        assert lit.count() == 0 and size.count() == 0


def test_a_click_on_the_bowl_brings_the_ball_there(show):
    page = show()
    (x, y), there = away(page, PLACE, 1, -1)
    page.mouse.click(*there)
    assert line(page) == pytest.approx([0.6, 1.2], abs=0.02)
    drag(page, *away(page, PLACE, 0.5, 0))  # its end is no click
    assert line(page) == pytest.approx([1.1, 1.2], abs=0.03)
    assert middle(grip(page, PLACE).locator(".book-grip"))[0] > x


TRAIL = """() => document.querySelector(".book-mark.book-trail")?.getAttribute("points")
    .split(" ").length / 2 || 0"""


def test_the_ball_leaves_a_trail_as_long_as_it_rolls(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, FitLine())
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1500)
    rolled = page.evaluate(TRAIL)
    assert rolled >= 3
    page.clock.run_for(450)
    assert page.evaluate(TRAIL) == rolled + 1
    assert page.locator(".book-head.book-trail").count() == rolled  # a dot at each stop
    page.get_by_role("button", name="Pause").click()
    grip(page, PLACE).press("ArrowDown")  # a hand takes it away
    frame(page)
    assert page.evaluate(TRAIL) == 0
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1000)
    assert page.evaluate(TRAIL) >= 2
    page.get_by_role("button", name="Reset").click()  # up again: no roll
    page.clock.run_for(1000)
    assert page.evaluate(TRAIL) == 0


def test_the_task_is_done_when_a_hand_is_near_the_best_line(show):
    page = show()
    page.get_by_role("button", name="Best line").click()
    frame(page)
    assert not is_done(page)
    grip(page, PLACE).press("ArrowUp")  # an area of 0.08 more
    frame(page)
    assert is_done(page)
    task = page.locator(".book-task")
    before = "(node) => getComputedStyle(node, '::before').content"
    assert task.evaluate(before) == '"\u2713 "'
    for _ in range(2):
        grip(page, PLACE).press("ArrowUp")
    frame(page)
    assert is_done(page)
    assert task.evaluate(before) == '"\u2713 Solved: "'
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert not is_done(page)
    assert task.evaluate(before) == '"Try: "'
    assert line(page) == [-0.4, 2.2]


def test_it_eases_to_what_was_chosen_and_follows_a_hand_at_once(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, FitLine())
    page.evaluate(OPEN)
    frame(page)
    page.emulate_media(reduced_motion="no-preference")
    turned = grip(page, TURN)
    page.get_by_role("button", name="Best line").click()
    best = FitLine().best[0].item()
    assert line(page)[0] == pytest.approx(best, abs=1e-6)
    assert float(turned.get_attribute("aria-valuenow")) < best - 0.01  # still on the way
    page.clock.run_for(1000)
    assert float(turned.get_attribute("aria-valuenow")) == pytest.approx(best, abs=0.01)
    turned.press("Home")
    frame(page)
    assert turned.get_attribute("aria-valuenow") == "-4"


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = FitLine(**TWO)
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, demo)
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('points', [[0, 1], [1, 1], [2, 4]]); }")
    page.evaluate("() => { model.change('slope', 1); model.change('intercept', -1); }")
    demo.points, demo.slope, demo.intercept = [[0, 1], [1, 1], [2, 4]], 1, -1
    assert points(page) == [list(point) for point in demo.points]
    assert facts(page)["Training loss"] == f"{demo.loss:.3f}"
    page.get_by_role("button", name="Best line").click()
    demo.fit()
    held = page.evaluate("['slope', 'intercept'].map((name) => model.get(name))")
    assert held == pytest.approx([demo.slope, demo.intercept])
    grip(page, "point 1").press("ArrowUp")
    assert page.evaluate("model.get('points')[0]") == [0, 1.1]
