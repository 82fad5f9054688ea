"""The demo of robust losses as a reader meets it, in Chromium on a blank page."""

import itertools

import pytest
import torch
import torch.nn.functional as F
from demo_input import drag, middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import assert_redraws_once_a_frame, frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from module_page import mount

from utils.widgets.robust_losses import PRESETS, RobustLosses

UNITS = 8.7  # across the plane with the points
TIE = [-0.6, -4]  # here several lines are best under L1
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, RobustLosses, width=800, height=1400)

    def shown(width=800, **state):
        page.set_viewport_size({"width": width, "height": 1400})
        show_demo(**state)
        page.evaluate(OPEN)
        return page

    show_demo = next(mounted)
    yield shown
    next(mounted, None)


def read(page):
    return read_part(page, ".book-says")


def grip(page):
    return page.get_by_role("slider", name="the outlier", exact=True)


def delta(page):
    return page.get_by_role("slider", name="Huber's δ", exact=True)


def shown_values(page):
    """The value and the meaning behind each line's name, under More."""
    frame(page)
    values = page.locator(".book-facts .book-value").all_inner_texts()
    return values, page.locator(".book-facts .book-caption").all_inner_texts()


def legend(page):
    """The pulls that stand behind the names of the lines."""
    frame(page)
    return page.locator(".book-pull-size").all_inner_texts()


def outlier(page):
    """Where the torch lines that are shown put the outlier."""
    frame(page)
    names = {}
    exec("\n".join(page.inner_text("code").splitlines()[:4]), names)
    return [names["x"][-1].item(), names["y"][-1].item()]


def assert_shows(page, demo):
    """The view shows the numbers of the Python side."""
    values, captions = shown_values(page)
    pulls = demo.pulls.abs()
    for value, caption, line, residual, pull in zip(
        values, captions, demo.lines, demo.residuals[:, -1], pulls, strict=True
    ):
        text = f"{line[0]:.2f} x {'-' if line[1] < -0.005 else '+'} {line[1].abs():.2f}"
        assert value.replace("−", "-") == text
        assert caption.replace("−", "-") == f"outlier: residual {residual:.2f}, pull {pull:.2f}"
    assert legend(page) == [f"{pull:.2f}" for pull in pulls]


def away(page, across, up):
    """Where the outlier is, and the place so many units from there."""
    box = page.locator(".book-plane").first.bounding_box()
    x, y = middle(grip(page).locator(".book-grip"))
    return (x, y), (x + across * box["width"] / UNITS, y - up * box["height"] / UNITS)


def test_the_keyboard_alone_reaches_every_control(show):
    controls = ["the outlier", "Play", "Reset", "Points", "Huber's δ"]
    assert tab_order(show()) == [*controls, "More", "The same in torch", "Copy"]


def test_arrow_keys_move_the_outlier_and_no_key_is_lost(show):
    page = show(outlier=[1, -1])
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        grip(page).press(key)
    assert outlier(page) == pytest.approx([1.1, -0.8])
    assert grip(page).get_attribute("aria-valuetext") == "x 1.10, y −0.80"
    press_at_once(grip(page), *3 * ["ArrowDown"])
    assert outlier(page) == pytest.approx([1.1, -1.1])
    assert_shows(page, RobustLosses(outlier=[1.1, -1.1]))
    for key, wanted in (("Home", -4), ("End", 4)):
        grip(page).press(key)
        assert outlier(page)[0] == wanted


def test_the_threshold_moves_hubers_line_alone(show):
    page = show()
    before = shown_values(page)[0]
    delta(page).press("End")
    assert_shows(page, RobustLosses(delta=6.0))
    after = shown_values(page)[0]
    assert before[:2] == after[:2] and after[2] == after[0] != before[2]
    assert "so does Huber within δ" in read(page)
    delta(page).press("Home")
    assert_shows(page, RobustLosses(delta=0.1))
    assert "Huber beyond δ with δ" in read(page)


def test_a_drag_moves_the_outlier_and_stays_inside(show):
    page = show(outlier=[1, -1])
    drag(page, *away(page, 0.5, 2))
    assert outlier(page) == pytest.approx([1.5, 1], abs=0.051)
    drag(page, *away(page, 9, -9))
    assert outlier(page) == [4, -4]
    assert_shows(page, RobustLosses(outlier=[4, -4]))


def test_every_preset_changes_points_and_outlier(show):
    page = show()
    for name in reversed(PRESETS):
        page.get_by_role("combobox", name="Points").select_option(name)
        demo = RobustLosses(preset=name)
        assert outlier(page) == list(demo.outlier)
        assert_shows(page, demo)
    page.get_by_role("combobox", name="Points").select_option("far in x")
    assert "runs right through the outlier" in read(page)


def test_a_tie_of_l1_lines_gets_a_sentence(show):
    page = show(preset="no outlier", outlier=TIE)
    assert "Several lines are equally good under L1" in read(page)


def test_a_finger_drags_the_outlier_and_the_page_stays(browser):
    with on_a_phone(browser, RobustLosses(outlier=[1, 1])) as page:
        page.evaluate(OPEN)
        (x, y), (_, end) = away(page, 0, -2)
        # Beside the point: a finger need not hit it.
        assert touch_drag(page, (x - 6, y - 6), (x - 6, end - 6)) == 0
        assert outlier(page) == pytest.approx([1, -1], abs=0.051)


def test_lines_differ_in_dashes_and_arrows_have_none(show):
    page = show()
    for kind in ("mark", "key"):
        style = "strokeDasharray" if kind == "mark" else "borderTopStyle"
        found = [
            page.locator(f".book-{kind}.book-{look}").first.evaluate(
                "(node, name) => getComputedStyle(node)[name]", style
            )
            for look in ("l2", "l1", "huber")
        ]
        assert len(set(found)) == 3
    for arrow in page.locator(".book-mark.book-pull").all():
        assert arrow.evaluate("(node) => getComputedStyle(node).strokeDasharray") == "none"


def test_names_stand_by_their_colours_and_charts_by_their_names(show):
    page = show()
    colours = set()
    for look, name in (("l2", "L2"), ("l1", "L1"), ("huber", "Huber"), ("without", "without it")):
        chip = page.locator(f".book-chip.book-{look}")
        assert chip.evaluate("(node) => node.firstChild.data") == name
        stroke = page.locator(f".book-mark.book-{look}").first
        colours.add(stroke.evaluate("(node) => getComputedStyle(node).stroke"))
    assert len(colours) == 4
    planes = page.locator(".book-plane")
    told = planes.evaluate_all("(all) => all.map((plane) => plane.getAttribute('aria-label'))")
    charts = [f"The three {name} over the residual" for name in ("losses", "pulls")]
    assert told == ["The points and three lines", *charts]
    for at, name in ((1, "loss"), (2, "pull")):
        assert name in planes.nth(at).locator(".book-tick").all_text_contents()


@pytest.mark.parametrize("width", [800, 624, 328])
def test_names_stand_at_the_ends_of_their_lines_and_never_over_each_other(show, width):
    for state in ({}, {"preset": "far in x"}, {"preset": "no noise", "outlier": [-4, 4]}):
        page = show(width, **state)
        plane = page.locator(".book-plane").first.bounding_box()
        names = [
            page.locator(f".book-chip.book-{look}").bounding_box()
            for look in ("l2", "l1", "huber", "without")
        ]
        for name in names:
            assert 0 < name["x"] - plane["x"] - plane["width"] < 12
        ordered = sorted(names, key=lambda name: name["y"])
        for one, other in itertools.pairwise(ordered):
            assert other["y"] >= one["y"] + one["height"] - 1
        demo = RobustLosses(**state)
        ends = [line[0] * 4.35 + line[1] for line in demo.lines]
        heights = [-name["y"] for name in names[:3]]
        for (end, height), (after, lower) in itertools.combinations(
            zip(ends, heights, strict=True), 2
        ):
            assert abs(end - after) < 1e-6 or (end > after) == (height > lower)


def test_an_arrow_is_as_long_as_the_pull(show):
    page = show()
    heights = [
        page.locator(f".book-plane >> nth=0 >> .book-head.book-pull.book-{look}").evaluate(
            "(node) => [...node.points].map(({ y }) => y)[0]"
        )
        for look in ("l2", "l1", "huber")
    ]
    demo = RobustLosses()
    tops = [line[0] * 3.6 + line[1] for line in demo.lines]
    for tip, top, pull in zip(heights, tops, demo.pulls, strict=True):
        assert tip == pytest.approx((4.35 - (top - pull).item()) * 296 / UNITS, abs=0.01)


def test_pointing_at_a_name_leaves_its_line_alone_in_full_colour(show):
    page = show()
    page.locator(".book-chip.book-l1").hover()
    seen = "(node) => getComputedStyle(node).opacity"
    looks = {
        look: page.locator(f"svg .book-mark.book-{look}").first.evaluate(seen)
        for look in ("l2", "l1", "huber")
    }
    assert looks == {"l2": "0.2", "l1": "1", "huber": "0.2"}
    page.mouse.move(0, 0)
    assert page.locator("svg .book-mark.book-l2").first.evaluate(seen) == "1"


SLIDE = """async (drawn) => {
    const slider = document.querySelector("input[type=range]");
    for (const value of [0.1, 0.2, 0.5, 1, 2, 4, 6]) {
        slider.value = value;
        slider.dispatchEvent(new Event("input"));
        await drawn();
    }
    const grip = document.querySelector(".book-handle");
    for (const key of Array(12).fill("ArrowUp")) {
        grip.dispatchEvent(new KeyboardEvent("keydown", { key }));
        await drawn();
    }
}"""


@pytest.mark.parametrize("width", [800, 360])
def test_an_update_moves_nothing(show, width):
    page = show(width=width, preset="far in x")
    parts = [".book-plane >> nth=0", ".book-plane >> nth=2", ".book-task", "pre"]
    before = edges(page, *parts)
    assert_redraws_once_a_frame(page, SLIDE, least=18)
    assert edges(page, *parts) == before


def test_the_torch_lines_run_and_give_the_lines_that_are_drawn(show):
    page = show(preset="in the middle", delta=0.5)
    names = {"torch": torch, "F": F}
    code = [line.split("  # ")[0] for line in page.inner_text("code").splitlines()]
    exec("\n".join(code), names)
    demo = RobustLosses(preset="in the middle", delta=0.5)
    assert torch.stack([names["x"], names["y"]], dim=1).tolist() == demo.points.tolist()
    x, y = demo.points.T
    for row, name in ((1, "l1"), (2, "huber")):
        assert torch.allclose(names[name] - y, demo.residuals[row], atol=1e-9)


def test_play_lets_the_outlier_fall_from_the_line_of_the_others(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, RobustLosses())
    page.evaluate(OPEN)
    frame(page)
    page.get_by_role("button", name="Play").click()
    x, y = RobustLosses().points[:-1].T
    inputs = torch.stack([x, torch.ones_like(x)], dim=1)
    slope, intercept = torch.linalg.lstsq(inputs, y[:, None]).solution[:, 0].tolist()
    page.clock.run_for(450)
    top = outlier(page)
    assert top == pytest.approx([3.6, 3.6 * slope + intercept], abs=0.0251)
    page.clock.run_for(500)
    assert outlier(page) == pytest.approx([3.6, top[1] - 0.6])
    page.clock.run_for(5000)
    assert outlier(page) == [3.6, -3.6]
    assert page.get_by_role("button", name="Play").count() == 1
    assert not is_done(page)


def test_it_plays_by_itself_once_and_a_touch_stops_it(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, RobustLosses())
    frame(page)
    page.clock.run_for(3000)
    assert page.get_by_role("button", name="Pause").count() == 1
    grip(page).press("ArrowRight")
    assert page.get_by_role("button", name="Play").count() == 1


def test_it_eases_to_what_was_chosen_and_follows_a_hand_at_once(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, RobustLosses())
    frame(page)
    page.emulate_media(reduced_motion="no-preference")
    now = "(node) => Number(node.getAttribute('aria-valuenow'))"
    page.get_by_role("combobox", name="Points").select_option("no noise")
    page.clock.run_for(120)
    assert 2.5 < grip(page).evaluate(now) < 3.6
    page.clock.run_for(1000)
    assert grip(page).evaluate(now) == pytest.approx(2.5)
    grip(page).press("Home")
    page.clock.run_for(20)
    assert grip(page).evaluate(now) == -4


def test_the_task_is_done_where_the_outlier_turns_nothing(show):
    page = show()
    assert not is_done(page)
    grip(page).press("Home")
    for _ in range(37):  # to x = −0.3, beside the others' middle −0.26
        grip(page).press("ArrowRight")
    frame(page)
    assert is_done(page)
    for _ in range(8):
        grip(page).press("ArrowUp")  # to y = −2.8: no longer low
    frame(page)
    task = page.locator(".book-task")
    before = "(node) => getComputedStyle(node, '::before').content"
    assert is_done(page) and task.evaluate(before) == '"\u2713 Solved: "'
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert not is_done(page) and outlier(page) == [3.6, -3.6]
    page.get_by_role("combobox", name="Points").select_option("in the middle")
    frame(page)
    assert not is_done(page)  # to choose is not to find
    for y, is_low in ((-2.95, False), (-3, True)):
        assert is_done(show(outlier=[-0.3, y])) == is_low


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = RobustLosses()
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, demo)
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('outlier', [0.5, 3]); model.change('delta', 0.4); }")
    demo.outlier, demo.delta = (0.5, 3), 0.4
    assert_shows(page, demo)
    grip(page).press("ArrowUp")
    assert page.evaluate("model.get('outlier')") == [0.5, 3.1]
    page.get_by_role("combobox", name="Points").select_option("no noise")
    held = page.evaluate("['preset', 'outlier'].map((name) => model.get(name))")
    assert held == ["no noise", list(PRESETS["no noise"]["outlier"])]
    assert_stops(page, RobustLosses)
