"""The gradient-descent demo as a reader meets it, in Chromium on a blank page."""

import math

import pytest
from demo_input import press, tab_order
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_no_nonsense, assert_readable
from demo_page import frame, mounting, read, resize
from demo_stage import assert_on_stage, is_done, open_drawer
from descent_on_screen import rate, slider, steps
from descent_path_states import STATES, WORST
from website import violations

from utils.widgets.descent_path import PRESETS, DescentPath


@pytest.fixture
def show(page):
    yield from mounting(page, DescentPath, width=800)


@pytest.mark.parametrize("width", [800, 360])
def test_it_stands_on_the_stage(show, width):
    assert_on_stage(show(width=width))


def test_the_keyboard_alone_reaches_every_control_and_sees_where_it_is(show):
    page = show(**PRESETS["data, minibatches"])
    page.eval_on_selector_all("details", "(all) => all.forEach((each) => { each.open = true; })")
    in_sight = ["start of the path", "Step", "Play", "Reset", "Learning rate"]
    more = ["More", "Example", "Loss", "Batch size", "Momentum", "Seed"]
    assert tab_order(page) == [*in_sight, *more, "The same in torch", "Copy"]


@pytest.mark.parametrize("name", PRESETS)
def test_an_example_sets_everything_and_shows_what_it_promises(show, name):
    page = show(lr=0.5, momentum=0.3)
    open_drawer(page, "More")
    choice = page.get_by_role("combobox", name="Example")
    assert choice.input_value() == "custom"
    choice.select_option(name)
    assert read(page, ".book-says").lower().startswith(DescentPath(**PRESETS[name]).regime)
    assert (choice.input_value(), page.locator(".book-left").count()) == (
        name,
        name == "diverging",
    )
    slider(page, "Step").press("ArrowLeft")
    assert steps(page) < 25
    assert choice.input_value() == name
    slider(page, "start of the path").press("ArrowRight")
    frame(page)
    assert choice.input_value() == "custom"


def test_the_learning_rate_goes_by_key_through_all_regimes(show):
    page = show(**{**PRESETS["slow"], "lr": 0.01, "steps": 3})
    seen, rates = [], []
    while rate(page) < 0.6:
        slider(page, "Learning rate").press("ArrowRight")
        rates.append(rate(page))
        seen.append(read(page, ".book-says").split(":")[0])
    regimes = ["Slow", "Fast", "One step", "Bouncing", "On the bound", "Diverging"]
    assert list(dict.fromkeys(seen)) == regimes
    assert rates == pytest.approx([0.015 + 0.005 * index for index in range(len(rates))])
    for key, end in (("Home", 0.005), ("End", 0.75)):  # of a path that diverges from 0.5 on
        slider(page, "Learning rate").press(key)
        assert rate(page) == end


def test_the_slider_shows_where_a_path_bounces_and_where_it_diverges(show):
    page = show(curvature=10, momentum=0.5)
    zones = page.locator(".book-rate").evaluate(
        "(node) => [0, 1].map((side) => parseFloat(node.style.getPropertyValue('--zone-' + side)))"
    )
    slider(page, "Learning rate").press("Home")
    least = rate(page)
    slider(page, "Learning rate").press("End")
    most = rate(page)
    assert (least, most) == (0.002, 0.45)
    for share, bound in zip(zones, ((1 - math.sqrt(0.5)) ** 2 / 10, 0.3), strict=True):
        wanted = 100 * (bound - least) / (most - least)
        assert share == pytest.approx(max(wanted, 0))
    assert 60 < zones[1] < 70  # a third diverges


def test_a_word_under_each_zone_tells_what_a_path_does_there_and_none_covers_another(show):
    for width in (800, 360):
        for lr, manner in ((0.05, "glides"), (0.19, "bounces"), (0.25, "diverges")):
            page = show(lr=lr)
            resize(page, width)
            assert page.locator(".book-manners .book-now").all_inner_texts() == [manner]
            spans = page.locator(".book-manners span").all()
            assert not any(
                word.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
                for word in spans
            )
            words = [word.bounding_box() for word in spans]
            for left, right in zip(words, words[1:], strict=False):
                assert left["x"] + left["width"] < right["x"]
            scale = page.locator(".book-zones").bounding_box()
            assert words[-1]["x"] + words[-1]["width"] <= scale["x"] + scale["width"] + 8


def test_the_slider_reaches_the_same_regimes_whatever_the_curvature(show):
    for state in ({"curvature": 50, "lr": 0.03}, {"curvature": 1, "lr": 1}):
        page = show(**state)
        said = []
        for key in ("Home", "End"):
            slider(page, "Learning rate").press(key)
            said.append(read(page, ".book-says").split(":")[0])
        assert said == ["Slow", "Diverging"]
    page = show(lr=3)  # set by Python, beyond the slider's end
    assert page.locator(".book-rate output").inner_text() == "3"


def test_values_between_two_stops_are_shown_as_they_are(show):
    page = show(lr=0.1234, curvature=7.5, momentum=0.123)
    open_drawer(page, "More")
    assert page.locator(".book-deck output").inner_text() == "0.123"
    assert page.locator(".book-settings output").all_inner_texts()[:2] == ["7.5", "0.123"]
    assert rate(page) == 0.1234
    slider(page, "Curvature a").press("ArrowRight")
    slider(page, "Momentum").press("ArrowLeft")
    frame(page)
    assert page.locator(".book-settings output").all_inner_texts()[:2] == ["9", "0.11"]


def test_a_rate_that_is_let_go_is_walked_to_the_goal_and_earlier_ones_stay_in_the_chart(show):
    page = show()
    runs = page.locator("polyline.book-run")
    names = page.locator("text.book-run")
    assert runs.count() == 0
    for wanted in (["0.19"], ["0.19", "0.188"], ["0.188", "0.186"]):
        slider(page, "Learning rate").press("ArrowLeft")
        frame(page)
        assert steps(page) == 12
        assert names.all_text_contents() == wanted
        assert runs.count() == len(wanted)
    slider(page, "Learning rate").press("ArrowRight")  # a rate is there once
    frame(page)
    assert names.all_text_contents() == ["0.188", "0.184"]
    slider(page, "start of the path").press("ArrowDown")  # another walk: they would mislead
    frame(page)
    assert runs.count() == 0


def test_the_task_is_done_in_time_only_and_reset_takes_it_back(show):
    page = show(steps=0, lr=0.15)
    losses = DescentPath(lr=rate(page), steps=12).losses
    assert losses[11] > 0.01 * losses[0] > losses[12]
    for number in range(1, 13):
        assert not is_done(page), number
        slider(page, "Step").press("ArrowRight")
        assert steps(page) == number
    assert is_done(page)
    assert "You did it" in page.inner_text(".book-task")
    press(page, "Reset")
    assert (is_done(page), steps(page), rate(page)) == (False, 0, 0.15)


def test_a_path_that_comes_late_and_a_rounder_bowl_leave_the_task_open(show):
    for state in ({"lr": 0.08, "steps": 60}, {"curvature": 4, "lr": 0.25, "steps": 60}):
        demo = DescentPath(**state)
        assert (demo.losses / demo.losses[0]).min() < 0.01
        assert not is_done(show(**state))


def test_with_single_examples_the_task_is_to_keep_still(show):
    page = show(**{**PRESETS["data, one example"], "steps": 60})
    assert "hold the last ten steps" in page.inner_text(".book-task")
    assert page.locator("rect.book-goal").count() == 1
    assert not is_done(page)
    while rate(page) > 0.05:
        slider(page, "Learning rate").press("ArrowLeft")
    assert is_done(page)
    open_drawer(page, "More")
    page.get_by_role("combobox", name="Batch size").select_option("4")
    frame(page)
    assert page.locator("rect.book-goal").count() == 0


def test_only_data_have_minibatches(show):
    page = show()
    open_drawer(page, "More")
    batch = page.get_by_role("combobox", name="Batch size")
    seed, curvature = slider(page, "Seed"), slider(page, "Curvature a")
    assert (batch.is_enabled(), seed.is_enabled(), curvature.is_enabled()) == (False, False, True)
    page.get_by_role("combobox", name="Loss").select_option("data")
    frame(page)
    assert (batch.is_enabled(), seed.is_enabled(), curvature.is_enabled()) == (True, False, False)
    batch.select_option("1")
    noisy = read(page, ".book-says")
    assert noisy.startswith("Noisy: each step sees 1 example of 64")
    seed.press("ArrowRight")
    assert read(page, ".book-says") != noisy


def test_where_the_path_diverges_one_sees_it_leave(show):
    page = show(**WORST)
    assert read(page, ".book-says") == (
        "Diverging: 3 is above 0.04. A step multiplies the distance by 149. "
        "Step 1 leaves the picture."
    )
    assert page.locator(".book-words.book-lost").is_visible()
    assert page.locator(".book-dot:visible").count() == 2
    slider(page, "Step").press("Home")
    frame(page)
    assert not page.locator(".book-words.book-lost").is_visible()
    assert_no_nonsense(page)


def test_pointing_at_a_step_lights_it_up_in_both_drawings(show):
    page = show()
    page.locator(".book-column").nth(5).hover()
    lit = page.eval_on_selector_all(".book-pointed", "(all) => all.map((n) => n.dataset.about)")
    assert lit == ["step-5", "step-5"]
    page.mouse.move(0, 0)
    frame(page)
    assert page.locator(".book-pointed").count() == 0


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_page_and_no_text_is_tiny(show, width, state):
    assert_readable(show(width=width, **state), least=15)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES[1:3])
def test_axe_finds_nothing_serious(show, theme, state):
    assert violations(show(theme=theme, **state)) == []


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = DescentPath(surface="parabola", curvature=4, start=(1, 0), lr=0.1)
    assert ids_of_two_views(page, demo) == 16
    in_a_notebook(page, demo)
    page.evaluate("model.change('lr', 0.25)")
    assert read(page, ".book-says").startswith("One step: with 0.25 the")
    page.evaluate("model.change('surface', 'data')")
    page.evaluate("model.change('batch_size', 16)")
    assert read(page, ".book-says").startswith("Noisy: each step sees 16 examples")
    slider(page, "start of the path").press("ArrowLeft")
    frame(page)
    assert page.evaluate("model.get('start')") == [0.9, 0]
    assert_stops(page, DescentPath)


def test_nothing_lies_over_the_goal_but_the_path_of_the_loss(show):
    page = show()
    over = page.evaluate("""() => {
        const goal = document.querySelector("rect.book-goal").getBoundingClientRect();
        const meets = ({ left, right, bottom }) =>
            left < goal.right && right > goal.left && bottom > goal.top;
        return [...document.querySelectorAll(".book-timeline > :is(polygon, rect, path)")]
            .filter((node) => !node.matches(".book-goal") && meets(node.getBoundingClientRect()))
            .map((node) => getComputedStyle(node).fill);
    }""")
    assert set(over) == {"rgba(0, 0, 0, 0)"}  # columns to point at


def test_on_a_phone_no_number_of_an_axis_lies_under_the_path(show):
    page = show(width=360)
    ticks = page.evaluate("""() => [...document.querySelectorAll(".book-plane text")]
        .map((node) => node.textContent).filter((text) => /^.?[0-9]$/.test(text))""")
    assert "3" in ticks and not {"2", "\u22122"} & set(ticks)
