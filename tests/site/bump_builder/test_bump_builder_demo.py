"""The bump builder as a reader meets it, in Chromium."""

import re

import pytest
import torch
from bump_builder_states import STATES
from demo_input import press, tab_order
from demo_page import frame, nothing_wrong, read
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.bump_builder import BumpBuilder
from utils.widgets.bump_builder.network import PLACES, places

SIDES, HEIGHTS = (-0.06, 1.03), (-1.3, 1.3)


@pytest.fixture
def show(page):
    """Show the demo in a window of so many pixels."""

    def shown(*, window=800, **state):
        page.set_viewport_size({"width": window, "height": 900})
        mount(page, BumpBuilder(**state))
        frame(page)
        frame(page)
        return page

    with nothing_wrong(page):
        yield shown


def picked(page, label, value):
    page.get_by_role("combobox", name=label).select_option(value)
    frame(page)


def slid(page, label, key, times=1):
    for _ in range(times):
        page.get_by_role("slider", name=label).press(key)
    frame(page)


def said_error(page):
    return float(re.search(r"largest error is (\d+\.\d+)", read(page, ".book-says"))[1])


def drawn(page, look):
    """The corners of each line or area of a look in the upper plane, as places of the plane."""
    texts = page.locator(f".book-curve .book-{look}").evaluate_all(
        "(all) => all.map((node) => node.getAttribute('points'))"
    )
    size = page.locator(".book-curve svg").evaluate(
        "(svg) => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]"
    )
    found = []
    for text in texts:
        pixels = torch.tensor([float(part) for part in text.split()]).view(-1, 2).double()
        x = SIDES[0] + pixels[:, 0] / size[0] * (SIDES[1] - SIDES[0])
        y = HEIGHTS[1] - pixels[:, 1] / size[1] * (HEIGHTS[1] - HEIGHTS[0])
        found.append(torch.stack([x, y], dim=1))
    return found


def test_what_it_says_is_what_torch_computes(show):
    for state in (*STATES, {"weights": "trained"}):
        page, demo = show(**state), BumpBuilder(**state)
        assert said_error(page) == pytest.approx(demo.error, abs=0.0051)
        where = float(re.search(r"at x = (\d\.\d+)", read(page, ".book-says"))[1])
        near = (places(PLACES) - where).abs() < 0.006
        assert demo.errors[near].max() == pytest.approx(demo.error)
        assert f"{2 * demo.bumps} hidden units" in read(page, ".book-says")


def test_the_output_is_drawn_where_torch_puts_it(show):
    for state in ({"bumps": 9}, {"target": "jump", "bumps": 4}, {"weights": "trained"}):
        page = show(**state)
        x = places(PLACES)
        with torch.no_grad():
            outputs = BumpBuilder(**state).model()(x[:, None])[:, 0]
        (line,) = drawn(page, "output")
        assert torch.allclose(line, torch.stack([x, outputs], 1), atol=1e-3)


def test_the_orange_line_is_the_largest_error(show):
    for state in ({"bumps": 5}, {"weights": "trained"}):
        page = show(**state)
        (line,) = drawn(page, "error")
        (x0, y0), (x1, y1) = line.tolist()
        assert x0 == pytest.approx(x1)
        error = BumpBuilder(**state).error
        assert abs(y1 - y0) == pytest.approx(error, abs=1e-3)
        assert float(page.locator(".book-gap").text_content()) == pytest.approx(error, abs=0.0051)


def test_there_is_a_bar_for_each_bump_and_none_in_training(show):
    page = show(bumps=6)
    bars = drawn(page, "bar")
    assert len(bars) == 6
    for index, bar in enumerate(bars):
        assert bar[:, 0].min() == pytest.approx(index / 6, abs=1e-6)
        assert bar[:, 0].max() == pytest.approx((index + 1) / 6, abs=1e-6)
    picked(page, "Weights", "trained")
    assert drawn(page, "bar") == []


def test_a_curve_for_each_hidden_unit_in_the_strip(show):
    for state in ({"bumps": 6}, {"weights": "trained", "bumps": 3}):
        page = show(**state)
        assert page.locator(".book-units .book-unit").count() == 2 * state["bumps"]


def test_the_curve_with_a_jump_is_drawn_in_two_pieces(show):
    left, right = drawn(show(target="jump"), "target")
    assert left[:, 0].max() < 0.5 <= right[:, 0].min() + 1e-9
    assert len(drawn(show(), "target")) == 1


def test_each_control_changes_what_is_computed(show):
    page, state = show(bumps=10), {"bumps": 10}
    for change, act in (
        ({"bumps": 11}, lambda: slid(page, "Bumps", "ArrowRight")),
        ({"steepness": 280}, lambda: slid(page, "Steepness", "ArrowRight")),
        ({}, lambda: open_drawer(page, "More")),
        ({"target": "corner"}, lambda: picked(page, "Curve", "corner")),
        ({"weights": "trained"}, lambda: picked(page, "Weights", "trained")),
        ({"steps": 990}, lambda: slid(page, "Steps", "ArrowLeft")),
        ({"seed": 1}, lambda: slid(page, "Seed", "ArrowRight")),
        ({"lr": 0.2}, lambda: slid(page, "Learning rate", "ArrowRight")),
    ):
        act()
        state |= change
        assert said_error(page) == pytest.approx(BumpBuilder(**state).error, abs=0.0051), state


def test_steepness_and_steps_take_one_place(show):
    page = show()
    assert page.get_by_role("slider", name="Steps").count() == 0
    picked(page, "Weights", "trained")
    assert page.get_by_role("slider", name="Steepness").count() == 0
    assert page.get_by_role("slider", name="Steps").count() == 1


def test_a_steepness_between_two_stops_is_shown_as_it_is(show):
    page = show(steepness=123.4)
    assert page.locator(".book-third output").first.inner_text() == "123.4"
    slid(page, "Steepness", "Home")
    assert page.locator(".book-third output").first.inner_text() == "10"
    slid(page, "Steepness", "End")
    assert page.locator(".book-third output").first.inner_text() == "2000"


def test_play_adds_bumps_by_hand_and_steps_in_training(show):
    page = show(bumps=38)
    page.get_by_role("button", name="Play").click()
    page.get_by_text("Pause").wait_for(state="detached")
    assert read(page, ".book-says").startswith("40 bumps from 80 hidden units")
    page = show(weights="trained", steps=1975, bumps=2)
    page.get_by_role("button", name="Play").click()
    page.get_by_text("Pause").wait_for(state="detached")
    assert "after 2000 steps" in read(page, ".book-says")
    assert said_error(page) == pytest.approx(
        BumpBuilder(weights="trained", steps=2000, bumps=2).error, abs=0.0051
    )


def test_for_who_wants_motion_training_is_seen(show):
    page = show(bumps=4)
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("combobox", name="Weights").select_option("trained")
    seen = page.evaluate("""async () => {
        const heard = [];
        for (let n = 0; n < 60; n++) {
            await new Promise(requestAnimationFrame);
            const found = document.querySelector(".book-says").innerText.match(/after (\\d+)/);
            if (found) heard.push(Number(found[1]));
        }
        return [...new Set(heard)];
    }""")
    assert len(seen) > 10
    assert seen == [steps for steps in range(40, 1001, 40) if steps >= seen[0]][: len(seen)]


def test_it_says_what_is_worth_a_remark(show):
    ends = {
        "Twice as many make it about half as large.": {"bumps": 12},
        "steeper ones keep their shape.": {"bumps": 30, "steepness": 40.0},
        "At the jump, more bumps do not help.": {"target": "jump"},
    }
    for words, state in ends.items():
        assert read(show(**state), ".book-says").endswith(words)
    assert read(show(bumps=1), ".book-says").startswith("1 bump from 2 hidden units")
    hand = BumpBuilder(bumps=12).error
    assert read(show(weights="trained"), ".book-says").endswith(f"By hand it is {hand:.2f}.")
    assert "after 1 step from" in read(show(weights="trained", steps=1), ".book-says")


def test_the_task_wants_close_bumps_and_then_as_many_trained_units(show):
    page = show(bumps=40, steepness=1000.0, steps=500)
    picked(page, "Weights", "trained")
    assert not is_done(page)
    slid(page, "Steps", "End")
    assert is_done(page)
    press(page, "Reset")
    assert not is_done(page)
    page = show(bumps=12, steepness=1000.0)
    picked(page, "Weights", "trained")
    assert not is_done(page)  # too few bumps by hand
    page = show(bumps=40, steepness=1000.0)
    slid(page, "Bumps", "Home")
    picked(page, "Weights", "trained")
    assert not is_done(page)  # fewer units than by hand
    page = show(target="wave", bumps=40, steepness=1000.0)
    picked(page, "Weights", "trained")
    assert not is_done(page)  # another curve


def test_the_code_gives_the_error_that_it_names(show):
    for state in (*STATES, {"weights": "trained"}):
        code = show(**state).locator("pre").text_content()
        *lines, last = code.split("\n")
        names = {}
        exec("\n".join(lines), names)
        named = float(last.rpartition("# ")[2])
        assert eval(last, names).item() == pytest.approx(named, abs=6e-5)
        assert BumpBuilder(**state).error == pytest.approx(named, abs=6e-5)


def test_the_keyboard_goes_from_play_to_the_drawers(show):
    page = show()
    page.eval_on_selector_all("details", "(all) => all.forEach((each) => { each.open = true; })")
    in_sight = ["Play", "Reset", "Weights", "Bumps", "Steepness"]
    more = ["More", "Curve", "Learning rate", "Seed"]
    assert tab_order(page) == [*in_sight, *more, "The same in torch", "Copy"]


@pytest.mark.parametrize("window", [360, 624, 800])
def test_it_is_as_tall_in_each_state(show, window):
    tall = {
        round(show(window=window, **state).locator(".book-stage").bounding_box()["height"])
        for state in (*STATES, {"weights": "trained"})
    }
    assert max(tall) - min(tall) <= 1, tall
