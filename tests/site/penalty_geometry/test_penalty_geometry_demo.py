"""Penalty geometry, as a reader meets it in Chromium."""

import pytest
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from utils.widgets.penalty_geometry import PenaltyGeometry

LEFT, TOP, UNIT = -2.8, 2.1, 80  # of the plane, in weights and in pixels of its drawing


@pytest.fixture
def show(page):
    yield from mounting(page, PenaltyGeometry)


def place(node, across="cx", up="cy"):
    x, y = (float(node.get_attribute(name)) for name in (across, up))
    return [x / UNIT + LEFT, TOP - y / UNIT]


def line(page, look):
    points = page.locator(f".book-mark.book-{look}").get_attribute("points").split()
    pairs = zip(map(float, points[::2]), map(float, points[1::2]), strict=True)
    return [(x / UNIT + LEFT, TOP - y / UNIT) for x, y in pairs]


@pytest.mark.parametrize(
    "state",
    [{}, {"penalty": "L2", "strength": 1.0}, {"minimum": (-2.0, 0.5), "strength": 0.4}],
)
def test_the_picture_shows_the_minimum_its_ball_and_its_path(show, state):
    page, demo = show(**state), PenaltyGeometry(**state)
    frame(page)
    wanted = demo.solution.tolist()
    assert place(page.locator(".book-head.book-found")) == pytest.approx(wanted, abs=1e-6)
    corner = line(page, "ball")[0]
    assert corner == pytest.approx((demo.radius, 0), abs=1e-6)
    path = line(page, "path")
    assert path[0] == pytest.approx(demo.minimum, abs=1e-6)
    assert path[-1] == pytest.approx(wanted, abs=1e-6)
    nearest = min(abs(x - wanted[0]) + abs(y - wanted[1]) for x, y in line(page, "touching"))
    assert nearest < 0.25
    assert page.locator(".book-contour").count() == 12


def test_the_switch_turns_the_diamond_into_a_disc(show):
    page = show()
    frame(page)
    assert len(line(page, "ball")) == 4
    page.get_by_label("Penalty", exact=True).select_option("L2")
    frame(page)
    assert len(line(page, "ball")) > 50
    assert "The disc has no corner" in read(page, ".book-says")


def test_the_slider_moves_the_minimum(show):
    page = show(penalty="L2", strength=1.0)
    page.get_by_label("λ", exact=True).press("ArrowRight")
    frame(page)
    wanted = PenaltyGeometry(penalty="L2", strength=1.1).solution.tolist()
    assert place(page.locator(".book-head.book-found")) == pytest.approx(wanted, abs=1e-6)
    assert read(page, ".book-says").startswith("λ = 1.1: ")


def test_a_drag_moves_the_minimum_and_does_the_task(show):
    page = show()
    frame(page)
    assert not is_done(page)
    handle = page.get_by_role("slider", name="the minimum of the loss, its w₁")
    box, plane = handle.bounding_box(), page.locator(".book-plane").bounding_box()
    scale = plane["width"] / 448
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    target = [(1 - LEFT) * UNIT, (TOP - 2) * UNIT]
    page.mouse.move(plane["x"] + target[0] * scale, plane["y"] + target[1] * scale, steps=4)
    page.mouse.up()
    frame(page)
    assert handle.get_attribute("aria-valuetext") == "w₁ 1.00, w₂ 2.00"
    assert "w₁ is exactly zero" in read(page, ".book-says")
    assert is_done(page)


def test_keys_move_the_minimum_within_its_bounds(show):
    page = show(minimum=(1.95, 1.0))
    handle = page.get_by_role("slider", name="the minimum of the loss, its w₁")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        handle.press(key)
    assert handle.get_attribute("aria-valuetext") == "w₁ 2.00, w₂ 1.10"


@pytest.mark.parametrize(
    "state",
    [
        {"minimum": (1.0, 2.0), "penalty": "L2", "strength": 4.0},
        {"minimum": (1.0, 2.0), "strength": 4.0},
        {"minimum": (1.0, 2.0), "strength": 0.5},
        {"minimum": (0.0, 2.0), "strength": 0.0},
    ],
)
def test_the_task_is_not_done_by_anything_else(show, state):
    page = show(**state)
    frame(page)
    assert not is_done(page)


def test_play_makes_the_penalty_stronger_to_its_end_and_goes_back_to_the_corner(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, PenaltyGeometry):
        page = demo(strength=3.75)
        frame(page)
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(2 * 140 + 50)
        assert read(page, ".book-says").startswith("λ = 4.0: ")
        page.clock.run_for(2000)
        assert read(page, ".book-says").endswith("corner of the diamond: w₂ is exactly zero.")
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(60)
        assert read(page, ".book-says").startswith("λ = 0: ")


def test_tab_reaches_everything_in_order(show):
    names = tab_order(show())
    assert names[:5] == ["the minimum of the loss, its w₁", "Play", "Reset", "λ", "Penalty"]
