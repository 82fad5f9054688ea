"""The cut through scores, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_input import drag, touch_drag
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.threshold_cut import ThresholdCut

CORNERS = "missed", "found", "spared", "alarms"


@pytest.fixture
def show(page):
    yield from mounting(page, ThresholdCut)


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def corners(page):
    frame(page)
    return {name: int(page.inner_text(f".book-corner.book-{name} b")) for name in CORNERS}


def dots(page, look):
    """How many dots of a kind there are, and how many of them are filled."""
    return tuple(
        page.locator(f".book-dot.book-{look}{more}").count() for more in ("", ".book-called")
    )


@pytest.mark.parametrize(
    "state", [{}, {"cut": -1.0, "apart": 1.0, "ill": 10}, {"cut": 4.0, "apart": 0.0, "ill": 50}]
)
def test_corners_dots_and_sentence_count_as_python_does(show, state):
    page = show(**state)
    demo = ThresholdCut(**state)
    assert corners(page) == demo.counts
    ill = demo.labels.sum().item()
    assert dots(page, "ill") == (ill, demo.counts["found"])
    assert dots(page, "healthy") == (200 - ill, demo.counts["alarms"])
    words = read(page, ".book-says")
    assert f"{100 * demo.recall:.0f} % of the ill are found" in words
    called = demo.called.sum().item()
    assert (
        f"Of {called} called, {demo.counts['found']} are ill: precision {100 * demo.precision:.0f}"
        in words
        if called
        else "Nobody is called." in words
    )
    assert page.inner_text(".book-tally b") == f"{demo.area:.3f}"


def test_ill_people_stand_above_the_line_and_those_called_right_of_the_cut(show):
    page = show(cut=0.5)
    ground = page.locator(".book-ground").bounding_box()["y"]
    cut = page.locator(".book-cut").bounding_box()
    for dot in page.locator(".book-dot").all():
        box, look = dot.bounding_box(), dot.get_attribute("class")
        assert (box["y"] < ground) == ("book-ill" in look)
        if abs(box["x"] + box["width"] / 2 - cut["x"]) > 12:
            assert (box["x"] > cut["x"]) == ("book-called" in look)


def test_every_dot_lies_in_the_drawing_and_the_knife_at_its_score(show):
    for state in ({"apart": 0.0, "ill": 50}, {"apart": 4.0, "ill": 10, "cut": 4.0}):
        page, demo = show(**state), ThresholdCut(**state)
        drawing = page.locator(".book-board svg")
        wide, high = map(float, drawing.get_attribute("viewBox").split()[2:])
        places = page.locator(".book-dot").evaluate_all(
            "(all) => all.map(({ cx, cy, r }) => [cx, cy, r].map((part) => part.baseVal.value))"
        )
        for x, y, radius in places:
            assert radius <= x <= wide - radius and radius <= y <= high - radius
        # A stack is a quarter of a score wide, and a dot stands in its middle.
        for (x, *_), score in zip(places, demo.scores.tolist(), strict=True):
            assert abs(x / wide * 10 - 5 - score) <= 0.125 + 1e-9
        knife = page.locator(".book-board g:has(> .book-cut)").get_attribute("transform")
        assert float(knife[10:].split()[0]) == pytest.approx((demo.cut + 5) * wide / 10)


def test_corners_axes_and_picture_are_named(show):
    page, counts = show(), ThresholdCut().counts
    words = dict(zip(CORNERS, ("ill, missed", "ill, found"), strict=False))
    words |= {"spared": "healthy, spared", "alarms": "healthy, alarmed"}
    for look, wanted in words.items():
        assert page.locator(f".book-{look} span").text_content() == wanted
    assert page.locator(".book-board svg").get_attribute("aria-label") == (
        f"Ill: {counts['found']} found, {counts['missed']} missed. "
        f"Healthy: {counts['alarms']} alarmed, {counts['spared']} spared."
    )
    ends = {}
    for name in ("alarmed", "found"):
        tick = page.locator(".book-plane .book-tick", has_text=name)
        ends[name] = [float(tick.get_attribute(axis)) for axis in ("x", "y")]
    (right, low), (left, high) = ends["alarmed"], ends["found"]
    assert right > left and low > high


OUTSIDE = """() => [...document.querySelectorAll(".book-sides text, .book-corner, .book-tally")]
    .filter((node) => {
        const holder = node.ownerSVGElement ?? node.closest(".book-sides");
        const frame = holder.getBoundingClientRect();
        const box = node.getBoundingClientRect();
        return box.left < frame.left || box.right > frame.right
            || box.top < frame.top || box.bottom > frame.bottom;
    })
    .map((node) => node.textContent)"""
NAMES = """() => [...document.querySelectorAll(".book-plane .book-tick")].slice(-2)
    .map((node) => [node.textContent, node.getBoundingClientRect().left])"""


@pytest.mark.parametrize("width", [360, 624, 880])
def test_no_text_reaches_out_of_its_frame(show, width):
    page = show(width=width)
    assert page.evaluate(OUTSIDE) == []
    (_, _), (name, left) = page.evaluate(NAMES)
    assert name == "found"  # and it keeps clear of the axis that it names
    axis = page.locator(".book-plane .book-axis").first.bounding_box()
    assert left > axis["x"] + axis["width"]


POINTS = "(node) => [...node.points].map(({ x, y }) => [x, y])"


@pytest.mark.parametrize("state", [{}, {"cut": -0.5, "apart": 0.6}, {"cut": 4.0}])
def test_the_way_on_the_curve_ends_at_the_cut(show, state):
    page, demo = show(**state), ThresholdCut(**state)
    alarmed = demo.counts["alarms"] / (demo.labels == 0).sum().item()

    def place(x, y):
        return pytest.approx([(x + 0.2) / 1.26 * 260, (1.1 - y) / 1.24 * 260])

    here = page.locator(".book-head.book-here").evaluate(
        "({ cx, cy }) => [cx.baseVal.value, cy.baseVal.value]"
    )
    assert here == place(alarmed, demo.recall)
    curve, way, guess, under = (
        page.locator(f".book-mark.book-{look}").evaluate(POINTS)
        for look in ("curve", "way", "guess", "under")
    )
    passed = [at for at in curve if at[0] <= here[0] + 1e-3 and at[1] >= here[1] - 1e-3]
    assert len(way) == len(passed) + 1 and way[-1] == pytest.approx(here, abs=1e-3)
    assert guess == [place(0, 0), place(1, 1)]
    assert under == [*curve, place(1, 0)]


def test_keys_move_the_cut_the_share_and_the_distance(show):
    page = show(cut=0.5)
    slider(page, "Cut").press("ArrowLeft")
    assert read(page, ".book-says").startswith("From 0.45 on,")
    slider(page, "Ill").press("Home")
    assert corners(page) == ThresholdCut(cut=0.45, ill=10).counts
    open_drawer(page, "More")
    slider(page, "Apart").press("End")
    assert corners(page) == ThresholdCut(cut=0.45, ill=10, apart=4).counts


def test_the_cut_follows_mouse_and_finger(show, browser):
    page = show(cut=2.0)
    box = page.locator(".book-board svg").bounding_box()

    def place(score):
        return box["x"] + (score + 5) / 10 * box["width"], box["y"] + box["height"] / 2

    drag(page, place(2), place(-1))
    assert corners(page) == ThresholdCut(cut=-1).counts
    with browser.new_context(has_touch=True) as context:
        phone = context.new_page()
        mount(phone, ThresholdCut())
        frame(phone)
        box = phone.locator(".book-board svg").bounding_box()
        touch_drag(phone, place(0.5), place(1.5))
        assert corners(phone) == ThresholdCut(cut=1.5).counts


def fewest(**state):
    """The cuts with the fewest mistakes, from the lowest."""
    mistakes = {}
    for step in range(-80, 81):
        counts = ThresholdCut(cut=step / 20, **state).counts
        mistakes[step / 20] = counts["missed"] + counts["alarms"]
    return [cut for cut, count in mistakes.items() if count == min(mistakes.values())]


@pytest.mark.parametrize("state", [{}, {"ill": 50, "apart": 1.0}])
def test_where_mistakes_are_fewest_they_are_told_and_set_off(show, state):
    cuts = fewest(**state)
    for cut in (cuts[0] - 0.05, cuts[0], cuts[-1]):
        page, counts = show(cut=cut, **state), ThresholdCut(cut=cut, **state).counts
        words = read(page, ".book-says")
        told = f"{counts['missed']} ill missed, {counts['alarms']} healthy alarmed."
        assert (f"mistakes are fewest: {told}" in words) == (cut in cuts)
        look = "(node) => getComputedStyle(node).outlineStyle"
        lines = {
            name: page.locator(f".book-corner.book-{name}").evaluate(look) for name in CORNERS
        }
        off = {name for name, line in lines.items() if line == "solid"}
        assert off == ({"missed", "alarms"} if cut in cuts else set())


def test_play_lowers_the_cut_to_the_end_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, ThresholdCut(cut=4.0))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    seen = []
    for _ in range(40):
        page.clock.run_for(450)
        frame(page)
        seen.append(float(slider(page, "Cut").input_value()))
        assert not is_done(page)
    assert seen[0] == 3.5  # after two steps: the first step comes with the press
    assert min(seen) == -4
    assert set(seen[seen.index(-4) + 1 :]) == {fewest()[0]}  # the end: mistakes are fewest
    assert "mistakes are fewest" in read(page, ".book-says")
    assert page.get_by_role("button", name="Play").is_visible()
    page.get_by_role("button", name="Play").press("Enter")  # the story begins anew
    frame(page)
    assert float(slider(page, "Cut").input_value()) == 4


def test_play_passes_by_the_cut_of_the_task(fresh_page):
    page, state = fresh_page, {"apart": 1.9, "ill": 10}
    assert is_done(next(mounting(page, ThresholdCut))(cut=-0.5, **state))
    stop_clock(page)
    mount(page, ThresholdCut(cut=0.25, **state))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    seen = []
    for _ in range(6):
        page.clock.run_for(450)
        frame(page)
        seen.append(float(slider(page, "Cut").input_value()))
        assert not is_done(page)
    assert -0.55 in seen and seen[-1] < -1


@pytest.mark.parametrize(
    ("state", "end"), [({"apart": 3.2, "ill": 50}, -4), ({"apart": 3.3, "ill": 30}, 0.15)]
)
def test_the_end_of_play_is_not_the_cut_of_the_task(fresh_page, state, end):
    page, (first, *others) = fresh_page, fewest(**state)
    assert is_done(next(mounting(page, ThresholdCut))(cut=first, **state))
    stop_clock(page)
    mount(page, ThresholdCut(cut=-3.9, **state))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(3 * 450)
    frame(page)
    assert float(slider(page, "Cut").input_value()) == end == (others[0] if others else -4)
    assert not is_done(page)


def test_it_plays_by_itself_and_the_knife_eases(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, ThresholdCut())
    frame(page)
    page.clock.run_for(50)
    assert float(slider(page, "Cut").input_value()) == 0.25
    knife = page.locator(".book-board g:has(> .book-cut)")
    along = float(knife.get_attribute("transform")[10:].split()[0]) / 44 - 5
    assert 0.25 < along <= 0.5
    slider(page, "Cut").press("Home")
    page.clock.run_for(125)
    along = float(knife.get_attribute("transform")[10:].split()[0]) / 44 - 5
    assert -4 < along < 0
    page.clock.run_for(400)
    assert knife.get_attribute("transform") == "translate(44 0)"


@pytest.mark.parametrize("ill", [10, 30, 50])
def test_the_task_is_done_at_the_best_cut_alone(show, ill):
    page = show(cut=0.5, ill=ill)
    assert not is_done(page)
    demo = ThresholdCut(ill=ill)
    scores = demo.scores[demo.labels == 1]  # from the lowest
    needed = scores[len(scores) - math.ceil(0.95 * len(scores))].item()
    stop = math.floor(20 * needed) / 20
    cut = slider(page, "Cut")
    cut.fill(f"{stop + 0.3:.2f}")
    frame(page)
    assert not is_done(page)
    cut.fill(f"{stop:.2f}")
    frame(page)
    assert is_done(page)
    page = show(cut=stop - 0.3, ill=ill)
    assert not is_done(page)


def test_the_lines_of_torch_give_the_same_shares(show):
    page = show(cut=-0.35, apart=1.3, ill=25)
    open_drawer(page, "The same in torch")
    frame(page)
    names = {"torch": torch}
    *given, recall, precision = page.locator("code").first.inner_text().splitlines()
    exec("\n".join(given), names)
    demo = ThresholdCut(cut=-0.35, apart=1.3, ill=25)
    assert eval(recall, names).item() == pytest.approx(demo.recall)
    assert eval(precision, names).item() == pytest.approx(demo.precision)
    assert f"recall {demo.recall:.4f}" in recall
    assert f"precision {demo.precision:.4f}" in precision
