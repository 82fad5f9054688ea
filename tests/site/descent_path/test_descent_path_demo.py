"""The gradient-descent demo as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import middle, on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_no_nonsense, assert_readable, edges
from demo_page import MOVE_SLIDERS, assert_redraws_in_a_frame, frame, mounting, read
from website import violations

from utils.widgets.descent_path import PRESETS, DescentPath

STATES = [{}, *(PRESETS[name] for name in ("diverging", "data, minibatches", "slow"))]
WORST = {"surface": "parabola", "curvature": 50, "start": (3, 0), "lr": 3.0, "steps": 60}


@pytest.fixture
def show(page):
    yield from mounting(page, DescentPath)


def start(page):
    """The coordinates in the torch lines."""
    frame(page)
    row = re.search(r"^w = torch.tensor\(\[(.*?)\]", page.inner_text("code"), re.MULTILINE)[1]
    return [float(part) for part in row.split(", ")]


def rate(page):
    frame(page)
    return float(re.search(r"lr=([\d.e-]+)\)", page.inner_text("code"))[1])


def point(page):
    return page.get_by_role("slider", name="start of the path")


def grip(page):
    """The middle of the point, and the pixels of one unit of the bowl's plane, 6.4 units wide."""
    unit = page.locator(".book-plane").bounding_box()["width"] / 6.4
    return *middle(point(page).locator(".book-grip")), unit


def choose(page, name, value):
    page.get_by_role("combobox", name=name).select_option(value)


def test_the_keyboard_alone_reaches_every_control_and_sees_where_it_is(show):
    page = show(**PRESETS["data, minibatches"])
    switches = ["Example", "Loss", "Batch size", "Learning rate", "Steps", "Seed"]
    assert tab_order(page) == [*switches, "start of the path", "Copy"]


@pytest.mark.parametrize("name", PRESETS)
def test_an_example_sets_everything_and_shows_what_it_promises(show, name):
    page = show(lr=0.5)
    choice = page.get_by_role("combobox", name="Example")
    assert choice.input_value() == "custom"
    choice.select_option(name)
    assert read(page).lower().startswith(DescentPath(**PRESETS[name]).regime)
    assert choice.input_value() == name
    point(page).press("ArrowRight")
    frame(page)
    assert choice.input_value() == "custom"


def test_the_learning_rate_goes_by_key_through_all_regimes(show):
    page = show(**{**PRESETS["slow"], "lr": 0.018, "steps": 3})
    slider = page.get_by_role("slider", name="Learning rate")
    seen, rates = [], []
    while rate(page) < 0.6:
        slider.press("ArrowRight")
        rates.append(rate(page))
        seen.append(read(page).split(":")[0])
    regimes = ["Slow", "Fast", "One step", "Bouncing", "On the bound", "Diverging"]
    assert list(dict.fromkeys(seen)) == regimes
    growth = [after / before for before, after in zip(rates, rates[1:], strict=False)]
    assert 1.05 < min(growth) <= max(growth) < 1.16
    for key, end in (("Home", 0.001), ("End", 3)):
        slider.press(key)
        assert rate(page) == end


def test_a_rate_between_two_stops_is_shown_as_it_is(show):
    page = show(lr=0.1234, curvature=7.5)
    assert page.locator(".book-settings output").all_inner_texts()[:2] == ["0.123", "7.5"]
    assert rate(page) == 0.1234
    page.get_by_role("slider", name="Curvature a").press("ArrowRight")
    frame(page)
    assert page.locator(".book-settings output").all_inner_texts()[1] == "9"


def test_arrow_keys_move_the_start_and_the_sides_stop_it(show):
    page = show(start=(1, 1))
    for key, wanted in [
        ("ArrowUp", [1, 1.1]),
        ("ArrowLeft", [0.9, 1.1]),
        ("Home", [-3, 1.1]),
        ("ArrowLeft", [-3, 1.1]),
        ("End", [3, 1.1]),
        ("ArrowDown", [3, 1]),
    ]:
        point(page).press(key)
        assert start(page) == wanted, key
    assert point(page).get_attribute("aria-valuetext") == "w₁ = 3.00, w₂ = 1.00; loss 9.5"


def test_on_a_parabola_the_start_moves_along_the_curve(show):
    page = show(surface="parabola", curvature=4, start=(1, 2), lr=0.1)
    for key, wanted in [("ArrowUp", 1.1), ("ArrowRight", 1.2), ("ArrowDown", 1.1), ("Home", -3)]:
        point(page).press(key)
        assert start(page) == [wanted], key
    assert point(page).get_attribute("aria-valuetext") == "w = −3.00; loss 18"


def test_no_key_is_lost_between_two_frames(show):
    page = show(start=(1, 1))
    press_at_once(point(page), *3 * ["ArrowUp"])
    assert start(page) == [1, 1.3]


def test_a_drag_moves_the_start_and_the_path_follows(show):
    page = show(start=(-2, 1))
    before = page.locator(".book-mark.book-path").first.get_attribute("points")
    x, y, unit = grip(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 1.5 * unit, y + 0.5 * unit)
    assert start(page) == [-0.5, 0.5]
    page.mouse.move(x + 9 * unit, y)
    page.mouse.up()
    page.mouse.move(x, y)
    assert start(page) == [3, 1]
    assert page.locator(".book-mark.book-path").first.get_attribute("points") != before


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_jumps_while_the_start_is_dragged(show, width):
    # From the longest sentence over a short one, along an axis, to the shortest, at rest.
    page = show(width=width, curvature=50, lr=0.039, start=(0.1, 0.1))
    places, lengths = set(), []
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowDown"):
        point(page).press(key)
        lengths.append(len(read(page)))
        places.add(tuple(edges(page, ".book-plane")))
    assert len(places) == 1, places
    assert lengths[0] > 160 > 100 > lengths[-1]


def test_a_finger_drags_the_start_and_the_page_stays(browser):
    with on_a_phone(browser, DescentPath(start=(0, 2))) as page:
        point(page).scroll_into_view_if_needed()
        frame(page)
        x, y, unit = grip(page)
        assert touch_drag(page, (x - 8, y + 9), (x - 8, y + 9 + unit)) == 0
        assert start(page) == [0, 1]


def test_only_data_have_minibatches(show):
    page = show()
    batch = page.get_by_role("combobox", name="Batch size")
    seed = page.get_by_role("slider", name="Seed")
    curvature = page.get_by_role("slider", name="Curvature a")
    assert (batch.is_enabled(), seed.is_enabled(), curvature.is_enabled()) == (False, False, True)
    choose(page, "Loss", "data")
    frame(page)
    assert (batch.is_enabled(), seed.is_enabled(), curvature.is_enabled()) == (True, False, False)
    choose(page, "Batch size", "1")
    noisy = read(page)
    assert noisy.startswith("Noisy: each step sees 1 example of 64")
    seed.press("ArrowRight")
    assert read(page) != noisy


def test_where_the_path_diverges_it_stops_at_the_edge(show):
    page = show(**WORST)
    assert read(page) == (
        "Diverging: 3 is above the bound 2/a = 0.04. A step multiplies the distance by 149. "
        "Step 1 leaves the picture; the drawing stops at its edge."
    )
    assert_no_nonsense(page)


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("state", [*STATES, WORST])
def test_nothing_is_wider_than_the_page_and_no_text_is_tiny(show, width, state):
    assert_readable(show(width=width, **state), least=20)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES[1:3])
def test_axe_finds_nothing_serious(show, theme, state):
    assert violations(show(theme=theme, **state)) == []


def test_an_update_fits_into_a_frame(show):
    page = show(**{**PRESETS["data, minibatches"], "steps": 60})
    assert_redraws_in_a_frame(page, MOVE_SLIDERS, least=15)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = DescentPath(surface="parabola", curvature=4, start=(1, 0), lr=0.1)
    assert ids_of_two_views(page, demo) == 14
    in_a_notebook(page, demo)
    page.evaluate("model.change('lr', 0.25)")
    assert read(page).startswith("One step: 0.25 equals 1/a")
    page.evaluate("model.change('surface', 'data')")
    page.evaluate("model.change('batch_size', 16)")
    assert read(page).startswith("Noisy: each step sees 16 examples")
    point(page).press("ArrowLeft")
    choose(page, "Batch size", "full")
    assert page.evaluate("[model.get('start'), model.get('batch_size')]") == [[0.9, 0], "full"]
    assert_stops(page, DescentPath)
