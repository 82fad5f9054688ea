"""Gradient through time, as a reader meets it in Chromium."""

import contextlib
import io
import math

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.gradient_through_time import GradientThroughTime

# Ends of the bars as powers of ten, read off the drawing; None where a bar is not in sight.
BARS = """() => [...document.querySelectorAll(".book-column:not([hidden])")].map((column) => {
    const bar = column.querySelector(".book-bar:not(.book-ghost)");
    if (getComputedStyle(bar).visibility === "hidden") return null;
    const room = column.querySelector(".book-room").getBoundingClientRect();
    const box = bar.getBoundingClientRect();
    const one = room.top + (4 / 9) * room.height;
    const up = Math.abs(box.bottom - one) < Math.abs(box.top - one);
    return (((up ? box.top : box.bottom) - one) / room.height) * -9;
})"""


@pytest.fixture
def show(page):
    yield from mounting(page, GradientThroughTime)


@pytest.fixture
def still(fresh_page):
    """A page whose clock stands still."""
    stop_clock(fresh_page)
    return fresh_page


def assert_bars(page, demo):
    drawn = page.evaluate(BARS)
    wanted = [*demo.lengths, demo.weight_gradient]
    assert len(drawn) == len(wanted)
    for ours, theirs in zip(drawn, wanted, strict=True):
        assert abs(ours - math.log10(theirs)) < 0.06


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"radius": 1.5, "steps": 16},
        {"radius": 1.2, "tanh": True},
        {"radius": 1.4, "clip": True, "steps": 6},
        {"radius": 0.5, "steps": 5},
    ],
)
def test_bars_are_as_long_as_the_gradients_of_torch(show, state):
    page, demo = show(**state), GradientThroughTime(**state)
    assert_bars(page, demo)
    assert not is_done(page) or state.get("tanh")


def test_the_sentence_says_what_arrives(show):
    page = show(radius=0.6, steps=4)
    assert read(page, ".book-says").startswith("At h₀ the gradient is 0.13 long.")
    page = show(radius=1.5, steps=16, clip=True)
    said = read(page, ".book-says")
    assert (
        said == "At h₀ the gradient is 657 long. That of the weights: 5.0 · 10³, clipped to 1.0."
    )


def test_play_sends_the_gradient_back_step_by_step(still):
    mount(still, GradientThroughTime(steps=5, at=5))
    frame(still)
    still.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(5):
        still.clock.run_for(345)
        frame(still)
        seen.append(sum(bar is not None for bar in still.evaluate(BARS)))
    assert seen == [2, 3, 4, 5, 7]  # with the last one comes the bar of the weights
    assert not is_done(still)


# How many pieces of the thread between states are lit, dark, and not there.
THREAD = """() => [...document.querySelectorAll(".book-column:not([hidden]) .book-link")].map(
    (link) => { const look = getComputedStyle(link, "::before");
    return look.display === "none" ? "none" : look.borderTopWidth; })"""


def test_the_thread_lights_up_where_the_gradient_has_come(show):
    thread = show(steps=6, at=2).evaluate(THREAD)
    assert thread == ["none"] + ["2px"] * 4 + ["4px"] * 2


def test_before_the_end_the_sentence_names_the_state(still):
    mount(still, GradientThroughTime(radius=0.5, steps=8, at=3))
    frame(still)
    assert read(still, ".book-says") == "3 steps back, at h₅, the gradient is 0.13 long."
    assert sum(bar is not None for bar in still.evaluate(BARS)) == 4


def test_keys_move_the_factor_and_the_task_is_noticed(show):
    page = show(tanh=True, radius=1.15)
    assert not is_done(page)
    page.get_by_label("Factor").press("ArrowRight")
    frame(page)
    assert is_done(page)
    assert GradientThroughTime(tanh=True, radius=1.2).lengths[0] >= 0.1


def test_short_chains_and_linear_ones_do_not_solve_the_task(show):
    assert not is_done(show(radius=1.0, tanh=True, steps=4))
    assert not is_done(show(radius=1.5))
    assert not is_done(show(radius=1.5, tanh=True, at=5))


def test_pointing_shows_a_value(show):
    page = show(radius=0.5, steps=4)
    page.locator(".book-column").nth(2).hover()
    assert page.locator(".book-column").nth(2).locator(".book-tag").inner_text() == "h₂: 0.25"


@pytest.mark.parametrize("state", [{"tanh": True, "clip": True, "radius": 1.3}, {"steps": 5}])
def test_the_code_of_the_demo_gives_its_numbers(show, state):
    page, demo = show(**state), GradientThroughTime(**state)
    open_drawer(page, "The same in torch")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.inner_text(".book-formula code"), {})
    lengths, total = printed.getvalue().splitlines()
    for ours, theirs in zip(eval(lengths), demo.lengths, strict=True):
        assert math.isclose(ours, theirs, rel_tol=1e-4)
    assert math.isclose(float(total), demo.weight_gradient, rel_tol=1e-4)
