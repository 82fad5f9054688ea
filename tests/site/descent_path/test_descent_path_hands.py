"""The gradient-descent demo in a reader's hands: keys, mouse, a finger, and Play."""

import math

import pytest
from demo_input import drag, middle, on_a_phone, press, press_at_once, touch_drag
from demo_kernel import in_a_notebook
from demo_looks import edges
from demo_page import frame, mounting, read
from descent_on_screen import ball, grip, slider, start, steps

from utils.widgets.descent_path import PRESETS, DescentPath


@pytest.fixture
def show(page):
    yield from mounting(page, DescentPath, width=800)


def test_the_steps_are_scrubbed_by_key_and_the_ball_is_there(show):
    page = show()
    path = DescentPath(steps=60).path
    for key, wanted in (("ArrowRight", 9), ("ArrowLeft", 8), ("Home", 0), ("End", 60)):
        slider(page, "Step").press(key)
        assert steps(page) == wanted
        assert ball(page) == pytest.approx(path[wanted].tolist(), abs=1e-3)


def test_the_steps_are_scrubbed_on_the_curve_of_the_loss(show):
    page = show()
    columns = page.locator(".book-column")
    drag(page, middle(columns.nth(3)), middle(columns.nth(40)))
    assert steps(page) == 40
    page.mouse.move(*middle(columns.nth(10)))
    assert steps(page) == 40
    knob = page.locator(".book-playhead").evaluate("(node) => node.getBoundingClientRect().x")
    thumb = slider(page, "Step").bounding_box()
    assert knob == pytest.approx(thumb["x"] + 8 + (thumb["width"] - 16) * 40 / 60, abs=1)


def test_arrow_keys_move_the_start_and_the_sides_stop_it(show):
    page = show(start=(1, 1))
    point = slider(page, "start of the path")
    for key, wanted in [
        ("ArrowUp", [1, 1.1]),
        ("ArrowLeft", [0.9, 1.1]),
        ("Home", [-3, 1.1]),
        ("ArrowLeft", [-3, 1.1]),
        ("End", [3, 1.1]),
        ("ArrowDown", [3, 1]),
    ]:
        point.press(key)
        assert start(page) == wanted, key
    assert point.get_attribute("aria-valuetext") == "w₁ = 3.00, w₂ = 1.00; loss 9.5"
    press_at_once(point, *5 * ["ArrowUp"])
    assert start(page) == [3, 1.3]


def test_on_a_parabola_the_start_moves_along_the_curve(show):
    page = show(surface="parabola", curvature=4, start=(1, 1), lr=0.1)
    point = slider(page, "start of the path")
    for key, wanted in [("ArrowUp", 1.1), ("ArrowRight", 1.2), ("ArrowDown", 1.1), ("Home", -3)]:
        point.press(key)
        assert start(page) == [wanted], key
    assert point.get_attribute("aria-valuetext") == "w = −3.00; loss 18"


def test_a_drag_moves_the_start_and_the_path_follows(show):
    page = show(start=(-2, 1))
    trail = page.locator(".book-plane .book-trail")
    before = trail.get_attribute("points")
    x, y, unit = grip(page)
    drag(page, (x, y), (x + 1.5 * unit, y + 0.5 * unit))
    assert start(page) == [-0.5, 0.5]
    x, y, _ = grip(page)
    drag(page, (x, y), (x + 9 * unit, y + unit))
    assert start(page) == [3, -0.5]
    assert trail.get_attribute("points") != before


def gap(word, ring, side, size):
    centre = ring[side] + ring[size] / 2
    return max(word[side] - centre, centre - word[side] - word[size], 0)


@pytest.mark.parametrize("width", [360, 800])
def test_the_start_does_not_cover_its_word(show, width):
    page = show(width=width)
    word, point = page.locator(".book-words.book-start"), slider(page, "start of the path")
    for key in ("Home", "ArrowDown", "End", "ArrowUp", "ArrowUp", "ArrowLeft"):
        press_at_once(point, *([key] if key in ("Home", "End") else 13 * [key]))
        frame(page)
        text, ring = (node.bounding_box() for node in (word, point.locator(".book-grip")))
        # The ring is round: how far is its middle from the box of the word?
        apart = math.hypot(*(gap(text, ring, *axis) for axis in (("x", "width"), ("y", "height"))))
        assert apart > ring["width"] / 2, (key, text, ring)
        plane = page.locator(".book-plane").bounding_box()
        assert plane["x"] - 1 < text["x"] < plane["x"] + plane["width"] - text["width"] + 1


@pytest.mark.parametrize("width", [360, 800])
def test_nothing_jumps_while_the_start_is_dragged(show, width):
    # From the longest sentence over a short one, along an axis, to the shortest, at rest.
    page = show(width=width, curvature=50, lr=0.039, start=(0.1, 0.1))
    places, lengths = set(), []
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowDown"):
        slider(page, "start of the path").press(key)
        lengths.append(len(read(page, ".book-says")))
        places.add(tuple(edges(page, ".book-plane", ".book-deck", ".book-history")))
    assert len(places) == 1, places
    assert lengths[0] > 150 > 100 > lengths[-1]


def test_a_finger_drags_the_start_and_scrubs_and_the_page_stays(browser):
    with on_a_phone(browser, DescentPath(start=(0, 1))) as page:
        slider(page, "start of the path").scroll_into_view_if_needed()
        page.get_by_role("button", name="Pause").or_(page.get_by_role("button", name="Play")).tap()
        frame(page)
        x, y, unit = grip(page)
        assert touch_drag(page, (x - 8, y + 9), (x - 8, y + 9 + unit)) == 0
        assert start(page) == [0, 0]
        columns = page.locator(".book-column")
        assert touch_drag(page, middle(columns.nth(50)), middle(columns.nth(20))) == 0
        assert steps(page) == 20


def test_it_plays_by_itself_and_the_ball_rolls_from_step_to_step(page, show):
    page.emulate_media(reduced_motion="no-preference")
    show()
    page.wait_for_function(
        """() => {
            const at = (node) => `${node.getAttribute("cx")} ${node.getAttribute("cy")}`;
            const ball = document.querySelector(".book-plane .book-ball");
            const dots = [...document.querySelectorAll(".book-plane .book-dot")];
            return dots.every((dot) => at(dot) !== at(ball));
        }"""
    )
    page.wait_for_function("Number(document.querySelector('.book-time input').value) > 10")
    press(page, "Pause")
    taken = steps(page)
    page.wait_for_timeout(700)
    assert steps(page) == taken


def test_play_ends_where_the_path_arrives_and_begins_anew(show):
    # A step keeps a fifth of the distance, a 25th of the loss: the third is the last.
    page = show(surface="parabola", curvature=4, lr=0.3, start=(2, 0), steps=3)
    press(page, "Play")
    page.wait_for_selector(".book-play:has-text('Play')")
    assert steps(page) == 3
    press(page, "Play")
    page.wait_for_function("Number(document.querySelector('.book-time input').value) < 3")
    page.wait_for_selector(".book-play:has-text('Play')")
    assert steps(page) == 3


def test_play_ends_where_the_path_leaves_the_picture(page):
    in_a_notebook(page, DescentPath(**PRESETS["diverging"], steps=4))
    press(page, "Play")
    page.wait_for_selector(".book-play:has-text('Play')")
    assert page.evaluate("model.get('steps')") == 6
