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
    assert seen[-1] == -4
    assert page.get_by_role("button", name="Play").is_visible()


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
