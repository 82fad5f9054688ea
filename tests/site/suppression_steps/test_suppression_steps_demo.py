"""Suppression steps, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import frame, mount, mounting, read, stop_clock
from demo_stage import is_done
from playwright.sync_api import expect

from utils.widgets.suppression_steps import SuppressionSteps
from utils.widgets.suppression_steps.crowd import crowd


@pytest.fixture
def show(page):
    yield from mounting(page, SuppressionSteps)


def fates(page):
    """The word for each box in the list; the picture's frames and names must have the same."""
    words = ["kept", "gone", "waiting", "low"]
    looks = page.evaluate(
        """() => ["li", "svg > g:first-child > g", "svg > g:last-child > g"].map((where) =>
            [...document.querySelectorAll(`.book-sides ${where}`)].map((node) =>
                [node.querySelector(".book-name, .book-rank")?.textContent ?? "",
                 node.getAttribute("class"),
                 node.querySelector("rect")?.getAttribute("x") ?? ""]))"""
    )
    rows, frames, names = looks
    found = [next(w for w in words if f"book-{w}" in look.split()) for _, look, _ in rows]
    assert [rank for rank, *_ in rows] == [str(n + 1) for n in range(14)]
    assert {name: look.replace("book-box ", "") for name, look, _ in names} == {
        rank: look for rank, look, _ in rows
    }
    assert sorted(look for _, look, _ in frames) == sorted(look for _, look, _ in names)
    return found


def numbers_of(found, wanted):
    return [place + 1 for place, fate in enumerate(found) if fate == wanted]


def test_the_opening_shows_kept_removed_and_waiting_boxes_and_says_why(show):
    page = show()
    found = fates(page)
    assert numbers_of(found, "kept") == [1, 2]
    assert numbers_of(found, "gone") == [4, 5, 9]
    assert set(found) == {"kept", "gone", "waiting"}
    assert read(page, ".book-says") == (
        "Box 2, score 0.93, is the best left and stays. "
        "It removes 4 and 5: each IoU with it is above 0.60."
    )
    assert page.locator("li .book-fate").all_inner_texts()[3] == "IoU 0.89 with 2"
    shown = page.locator("li .book-score").all_inner_texts()
    assert shown == [f"{score:.2f}" for score in crowd().scores.tolist()]
    bars = page.evaluate(
        """() => [...document.querySelectorAll("li .book-fill")].map((bar) =>
            bar.getBoundingClientRect().width / bar.parentNode.getBoundingClientRect().width)"""
    )
    assert bars == pytest.approx(crowd().scores.tolist(), abs=0.01)
    assert not is_done(page)


def test_frames_lie_where_the_boxes_are_and_kept_ones_on_top(show):
    page = show()
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".book-edge")].map((node) =>
            ["x", "y", "width", "height"].map((name) => Number(node.getAttribute(name))))"""
    )
    boxes = crowd().boxes
    wanted = torch.cat([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], dim=1).tolist()
    assert sorted(drawn) == sorted(wanted)
    assert drawn[-2:] == [wanted[0], wanted[1]]  # the newest last


def test_a_threshold_leads_to_the_end_and_step_goes_back(show):
    page = show()
    page.get_by_label("IoU over", exact=True).press("ArrowUp")
    frame(page)
    demo = SuppressionSteps(iou_threshold=0.65)
    assert numbers_of(fates(page), "kept") == sorted(demo.kept.tolist())
    assert read(page, ".book-says").startswith(f"Done: {len(demo.kept)} boxes for 5 digits.")
    page.get_by_label("Step", exact=True).press("Home")
    frame(page)
    assert set(fates(page)) == {"waiting"}
    page.get_by_label("Step", exact=True).press("ArrowRight")
    frame(page)
    assert numbers_of(fates(page), "kept") == [1]


def test_boxes_below_the_score_take_no_part(show):
    page = show(score_threshold=0.75, step=14)
    found = fates(page)
    assert numbers_of(found, "low") == list(range(6, 15))
    assert page.locator("li .book-fate").all_inner_texts()[5] == "score too low"
    page = show(score_threshold=0.95, iou_threshold=0.05, step=14)
    assert read(page, ".book-says") == (
        "Done: 1 box for 5 digits. One box: 1 digit. Several: no digit. None: 4 digits."
    )


def test_the_task_needs_both_thresholds(show):
    for overlap, score, step, done in (
        *((0.5, 0.35, 5, True), (0.5, 0.35, 4, False), (0.5, 0.1, 14, False)),
        *((0.55, 0.35, 14, False), (0.3, 0.35, 14, False)),
    ):
        page = show(iou_threshold=overlap, score_threshold=score, step=step)
        assert is_done(page) == done, (overlap, score, step)
    page = show()
    for _ in range(2):
        page.get_by_label("IoU over", exact=True).press("ArrowDown")
    for _ in range(5):
        page.get_by_label("Score ≥", exact=True).press("ArrowUp")
    frame(page)
    assert is_done(page)


def test_play_goes_to_the_end_and_starts_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, SuppressionSteps(iou_threshold=0.5, score_threshold=0.35, step=3))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(3500)
    assert len(numbers_of(fates(page), "kept")) == 5
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert not numbers_of(fates(page), "kept")


def test_pointing_lights_what_a_box_removed(show):
    page = show()
    page.locator("li").nth(1).hover()
    lit = page.locator("li.book-pointed .book-rank").all_inner_texts()
    assert lit == ["2", "4", "5"]
    assert sorted(page.locator("svg .book-pointed .book-name").all_text_contents()) == lit


def test_the_shown_lines_keep_the_same_boxes(show):
    for state in ({}, {"iou_threshold": 0.2, "score_threshold": 0.4}):
        page = show(**state)
        names = {}
        lines = page.locator("code").text_content()
        exec(lines, names)
        found = eval(lines.splitlines()[-1], names).tolist()
        assert found == SuppressionSteps(**state).kept.tolist()
        assert lines.rpartition("# ")[2] == ", ".join(map(str, found))
