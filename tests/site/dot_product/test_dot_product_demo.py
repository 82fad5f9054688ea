"""The dot product, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_input import drag, middle, press_at_once
from demo_page import frame, mounting
from demo_page import read as read_part
from demo_stage import is_done

from utils.widgets.dot_product import DotProduct


@pytest.fixture
def show(page):
    yield from mounting(page, DotProduct)


def tip(page, name):
    return page.get_by_role("slider", name=f"tip of {name}, its first entry")


def rider(page):
    return page.get_by_role("slider", name="angle from a to b")


def product(page):
    frame(page)
    return page.locator(".book-product strong").inner_text()


def unit(page):
    """Pixels on the screen for one unit of the plane, which is 6.8 units wide."""
    return page.locator(".book-plane").first.bounding_box()["width"] / 6.8


def test_a_tip_is_dragged_over_the_half_grid(show):
    page = show()
    x, y = middle(tip(page, "b").locator(".book-grip"))
    drag(page, (x, y), (x - 2 * unit(page), y))
    assert product(page) == "0" and is_done(page)
    assert read_part(page, ".book-says").startswith("A right angle")


def test_arrow_keys_move_a_tip_and_stop_at_its_reach(show):
    page = show(a=(2, 1), b=(1, 0))
    press_at_once(tip(page, "a"), "ArrowRight", "ArrowUp")
    assert product(page) == "2.5"
    press_at_once(tip(page, "a"), "ArrowRight", "ArrowUp", "ArrowUp")
    assert product(page) == "2.5"
    assert tip(page, "a").get_attribute("aria-valuetext") == "right 2.50, up 1.50"


def test_the_rider_on_the_wave_turns_b(show):
    page = show(a=(2, 0), b=(1.5, 0))
    for _ in range(6):
        press_at_once(rider(page), "ArrowRight")
    assert product(page) == str(round(3 * math.cos(math.radians(30)), 2))
    press_at_once(rider(page), "Home")
    assert product(page) == "3"
    assert rider(page).get_attribute("aria-valuenow") == "0"


def test_the_colour_is_that_of_the_sign(show):
    for b, look in (((1, 2), "plus"), ((-2, 1), "minus"), ((-1, 2), "none")):
        page = show(b=b)
        assert page.locator(f".book-product strong.book-{look}").count() == 1
        # Of a shadow without length nothing can be seen.
        assert page.locator(f".book-shadow.book-{look}").count() == 1


def test_the_shadow_ends_where_torch_says(show):
    page = show(a=(2.5, 0.5), b=(-1, 2))
    a, b = torch.tensor([2.5, 0.5]), torch.tensor([-1.0, 2])
    wanted = a * (a @ b) / (a @ a)
    points = page.locator(".book-shadow").get_attribute("points").split()
    x, y = float(points[2]) / 320 * 6.8 - 3.4, 3.4 - float(points[3]) / 320 * 6.8
    assert [x, y] == pytest.approx(wanted.tolist(), abs=1e-5)


def test_play_turns_b_once_round_and_brings_it_back(show):
    page = show(a=(2, 0), b=(0, -1.5))
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('.book-play').innerText.trim() === 'Play'")
    assert product(page) == "0"
    assert tip(page, "b").get_attribute("aria-valuetext") == "right 0.00, up −1.50"


def test_play_turns_through_right_angles_and_leaves_the_task_to_the_reader(show):
    page = show()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('.book-play').innerText.trim() === 'Play'")
    assert product(page) == "4" and not is_done(page)


def test_the_task_is_not_done_by_an_arrow_that_is_zero(show):
    page = show(a=(0.5, 0), b=(1, 2))
    press_at_once(tip(page, "a"), "ArrowLeft")
    assert product(page) == "0" and not is_done(page)
    assert page.locator(".book-shadow").count() == 0


def test_pairs_are_chosen_by_name_and_ones_own_is_said_so(show):
    page = show()
    pairs = page.get_by_label("Arrows", exact=True)
    pairs.select_option("opposite directions")
    assert product(page) == "−5"
    press_at_once(tip(page, "a"), "ArrowUp")
    frame(page)
    assert pairs.input_value() == "your own"
