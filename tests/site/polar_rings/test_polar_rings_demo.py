"""The demo of polar rings as a reader meets it, in Chromium on a blank page."""

import math
import re

import pytest
import torch
from demo_input import drag, on_a_phone, press, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import facts, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from website import PHONE

from utils.widgets.polar_rings import PRESETS, PolarRings

EDGE = 3.6  # of the plane, in each direction
SHIFT, TURN = "offset, shifts the line", "angle, turns the line"


@pytest.fixture
def show(page):
    """A function that shows the demo with both drawers open."""
    for mounted in mounting(page, PolarRings):

        def shown(mounted=mounted, **state):
            mounted(**state)
            open_drawers(page)
            return page

        yield shown


def open_drawers(page):
    for title in ("More", "The same in torch"):
        open_drawer(page, title)


def control(page, role, name):
    return page.get_by_role(role, name=name, exact=True)


def state_of(page):
    """The demo in Python in the state that the controls show, at the line in the torch code."""
    frame(page)
    code = page.inner_text("code")
    names = {"torch": torch}
    given, result = code.rsplit("\n", 1)
    exec(given, names)
    demo = PolarRings(
        preset=control(page, "combobox", "Points").input_value(),
        blend=float(re.search(r"polar, ([\d.]+)\)", code)[1]),
        angle=int(control(page, "slider", "Angle").input_value()),
        offset=float(re.search(r"heights > (-?[\d.]+)", code)[1]),
    )
    shown = eval(result.split("  #")[0], names).item()
    assert shown == pytest.approx(demo.accuracy)
    assert torch.allclose(names["points"], demo.points, atol=1e-8)
    told = {"Your line": f"{demo.accuracy:.2f}", "Best line": f"{demo.best_accuracy:.2f}"}
    assert facts(page) == told
    for name in ("blend", "offset"):
        held = float(control(page, "slider", name.title()).input_value())
        assert held == pytest.approx(getattr(demo, name), abs=0.00501)
    counts = page.locator(".book-score b").all_inner_texts()
    right = [round(60 * share) for share in (demo.accuracy, demo.best_accuracy)]
    assert counts == [f"{count} of 60" for count in right]
    wrong = page.locator(".book-plane .book-wrong").count()
    assert wrong == round(60 * (1 - demo.accuracy))
    return demo


def line(page):
    demo = state_of(page)
    return demo.angle, demo.offset


def spot(page, x, y):
    """Where a place of the plane is on the screen."""
    box = page.locator(".book-plane").bounding_box()
    unit = box["width"] / (2 * EDGE)
    return box["x"] + (x + EDGE) * unit, box["y"] + (EDGE - y) * unit


def polar(radius, angle):
    return radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle))


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(page):
    mount(page, PolarRings())
    reached = tab_order(page)
    controls = [SHIFT, TURN, "Points", "Play", "Reset", "Unroll", "Blend"]
    assert reached == [*controls, "More", "The same in torch"]


def test_the_button_unrolls_and_rolls_up_again(show):
    page = show()
    press(page, "Unroll")
    assert state_of(page).blend == 1
    press(page, "Roll up")
    assert state_of(page).blend == 0
    assert control(page, "button", "Unroll").is_visible()
    page = show(blend=0.4)
    press(page, "Unroll")  # from half of the way on, not back
    assert state_of(page).blend == 1


def blend_of(page):
    frame(page)
    return float(control(page, "slider", "Blend").input_value())


def set_to(page):
    """Blend, angle and offset that the sliders have, wherever the line is on its way."""
    frame(page)
    sliders = [control(page, "slider", name) for name in ("Blend", "Angle", "Offset")]
    return tuple(float(slider.input_value()) for slider in sliders)


def moving_page(page, **state):
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, PolarRings(**state))
    page.keyboard.press("Tab")  # a key: it will not play by itself
    frame(page)
    return page


def test_the_points_take_their_time_to_unroll_and_a_hand_stops_them(fresh_page):
    page = moving_page(fresh_page)
    control(page, "slider", SHIFT).press("ArrowUp")
    control(page, "button", "Unroll").press("Enter")
    page.clock.run_for(700)
    assert 0.2 < blend_of(page) < 0.8
    control(page, "slider", "Blend").press("Home")
    page.clock.run_for(2000)
    assert blend_of(page) == 0
    control(page, "button", "Unroll").press("Enter")
    page.clock.run_for(700)
    press(page, "Reset")
    page.clock.run_for(2000)
    assert blend_of(page) == 0
    control(page, "button", "Unroll").press("Enter")
    page.clock.run_for(2000)
    assert blend_of(page) == 1


def test_play_unrolls_and_then_sets_the_best_line(fresh_page):
    page = moving_page(fresh_page)
    control(page, "slider", SHIFT).press("ArrowUp")
    control(page, "button", "Play").press("Enter")
    page.clock.run_for(1200)
    assert 0.3 < blend_of(page) < 0.8
    assert not is_done(page)
    page.clock.run_for(4000)
    open_drawers(page)
    shown = state_of(page)
    demo = PolarRings(blend=1)
    demo.fit()
    assert (shown.blend, shown.angle) == (1, demo.angle)
    assert shown.offset == pytest.approx(demo.offset)
    assert not is_done(page)
    assert control(page, "button", "Play").is_visible()
    control(page, "button", "Play").press("Enter")  # the story begins anew
    assert set_to(page) == (0, 30, 0.5)


def test_play_shifts_a_line_that_has_the_best_angle_alone(fresh_page):
    demo = PolarRings(blend=1)
    demo.fit()
    page = moving_page(fresh_page, blend=1, angle=demo.angle, offset=demo.offset - 1)
    open_drawers(page)
    control(page, "button", "Play").press("Enter")
    assert set_to(page) == (1, demo.angle, pytest.approx(demo.offset, abs=0.005))
    page.clock.run_for(60)
    # On its way the line is told where it goes.
    told = control(page, "slider", SHIFT).get_attribute("aria-valuetext")
    words = f"angle {demo.angle}°, offset {demo.offset:.2f}"
    assert told == words.replace("-", "−")


@pytest.mark.parametrize("preset", PRESETS)
def test_the_task_is_done_by_points_that_polar_coordinates_spoil(show, preset):
    page = show()
    control(page, "combobox", "Points").select_option(preset)
    press(page, "Best line")
    assert not is_done(page)
    press(page, "Unroll")
    assert is_done(page) == (preset == "two clouds")


def test_sliders_and_every_preset_change_the_numbers(show):
    page = show()
    for name in PRESETS:
        control(page, "combobox", "Points").select_option(name)
        control(page, "slider", "Blend").press("Home")
        start = state_of(page)
        assert (start.preset, start.blend) == (name, 0)
        control(page, "slider", "Blend").press("End")
        control(page, "slider", "Angle").press("ArrowRight")
        control(page, "slider", "Offset").press("ArrowLeft")
        end = state_of(page)
        assert (end.blend, end.angle) == (1, start.angle + 1)
        assert end.offset == pytest.approx(start.offset - 0.01)


def test_arrow_keys_move_the_handles_and_none_is_lost(show):
    page = show(angle=30, offset=0)
    press_at_once(control(page, "slider", SHIFT), *3 * ["ArrowUp"])
    press_at_once(control(page, "slider", TURN), *3 * ["ArrowRight"])
    assert line(page) == (45, 0.3)
    assert control(page, "slider", TURN).get_attribute("aria-valuetext") == (
        "angle 45°, offset 0.30"
    )
    control(page, "slider", SHIFT).press("ArrowLeft")
    control(page, "slider", TURN).press("ArrowDown")
    assert line(page) == (40, 0.2)
    control(page, "slider", TURN).press("End")
    control(page, "slider", SHIFT).press("Home")
    assert line(page) == (180, -3.5)
    assert "on one side of the line" in read(page, ".book-says")


def test_drags_turn_and_shift_the_line(show):
    page = show(angle=30, offset=0.5)

    def pull(start, end):
        drag(page, spot(page, *start), spot(page, *end))

    pull(polar(0.5, 30), polar(-1.2, 30))
    assert line(page) == (30, pytest.approx(-1.2, abs=0.02))
    across, up = polar(-1.2, 30)
    pull((across, up), (across - 1, up + 3**0.5))  # along the line it does not shift
    assert line(page) == (30, pytest.approx(-1.2, abs=0.02))
    pull(polar(3.1, 30), polar(2, 115))
    assert line(page) == (pytest.approx(115, abs=1), pytest.approx(-1.2, abs=0.02))
    pull(polar(3.1, 115), (-3, -1))  # below the middle the arrow stops
    assert line(page)[0] == 180
    pull((-3.1, 0), (2, -3))
    assert line(page)[0] == 0


def test_the_button_sets_the_best_line_of_python(show):
    page = show()
    for name, blend in (("two rings", 0), ("half moons", 1), ("two clouds", 0.8)):
        control(page, "combobox", "Points").select_option(name)
        slider = control(page, "slider", "Blend")
        slider.fill(str(blend))
        press(page, "Best line")
        demo = PolarRings(preset=name, blend=blend)
        demo.fit()
        assert line(page) == (demo.angle, pytest.approx(demo.offset, abs=1e-8))
        assert len(set(facts(page).values())) == 1
        told = "a straight line is enough" if demo.accuracy == 1 else "and it is not enough"
        assert read(page, ".book-says").endswith(f"{told}.")


def test_the_axes_are_named_and_the_sides_are_tinted_as_the_line_says(show):
    page = show(blend=1, angle=0, offset=1.8)
    frame(page)
    assert page.locator(".book-axis-name").all_text_contents() == ["r", "θ"]
    colours = "(n) => getComputedStyle(document.querySelector(n)).fill"
    areas = page.locator(".book-plane > g > .book-region")
    left = areas.nth(0).get_attribute("fill")
    assert left.endswith("-0)") and areas.nth(1).get_attribute("fill").endswith("-1)")
    corners = areas.evaluate_all("(all) => all.map((n) => [...n.points].map(({ x }) => x))")
    at = 400 * (1.8 + EDGE) / (2 * EDGE)
    assert max(corners[0]) == pytest.approx(at) == min(corners[1])  # r grows to the right
    entries = page.locator(".book-legend > span").all_inner_texts()
    assert entries == ["class A", "class B", "on the wrong side"]
    for label, tint in enumerate(page.locator(".book-legend .book-region").all()):
        assert tint.get_attribute("fill").endswith(f"-{label})")
        entry = page.locator(".book-legend > span").nth(label)
        assert entry.locator(f".book-class-{label}").count() == 1
    assert left != areas.nth(1).get_attribute("fill")
    control(page, "slider", "Angle").press("End")  # now the inner ring lies beyond the line
    control(page, "slider", "Offset").fill("-1.8")
    assert state_of(page).accuracy == 1
    assert areas.nth(1).get_attribute("fill") == left
    fills = {page.evaluate(colours, f".book-sign.book-class-{label}") for label in (0, 1)}
    shapes = page.eval_on_selector_all(
        ".book-sign", "(all) => all.map((n) => n.getAttribute('d'))"
    )
    assert len(fills) == len(set(shapes)) == 2
    control(page, "slider", "Blend").press("ArrowLeft")
    frame(page)
    assert page.locator(".book-axis-name").all_text_contents() == ["x → r", "y → θ"]


@pytest.mark.parametrize("width", [PHONE["width"], 1000])
def test_the_layout_does_not_jump(show, width):
    page, places = show(width=width), set()
    for state in [
        *({"blend": blend, "offset": offset} for blend in (0, 0.57, 1) for offset in (0.5, -3.5)),
        {"blend": 1, "angle": 180, "offset": -1.8},
        {"blend": 0.95, "angle": 171, "offset": -1.6},
    ]:
        for name, value in state.items():
            control(page, "slider", name.title()).fill(str(value))
        frame(page)
        places.add((*edges(page, ".book-says"), *edges(page, ".book-drawers")))
    assert len(places) == 1


def test_a_finger_shifts_the_line_and_the_page_stays(browser):
    with on_a_phone(browser, PolarRings(angle=90, offset=0)) as page:
        open_drawers(page)
        page.evaluate("scrollTo(0, 0)")  # the drawers were opened by keyboard, further down
        (x, y), (_, goal) = spot(page, 0, 0), spot(page, 0, 2)
        # A finger need not hit the middle of the handle.
        assert touch_drag(page, (x + 6, y + 6), (x + 6, goal + 6)) == 0
        assert line(page) == (90, pytest.approx(2, abs=0.02))


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = PolarRings()
    in_a_notebook(page, demo)
    open_drawers(page)
    changes = {"preset": "half moons", "blend": 0.25, "angle": 70, "offset": 0.75}
    for name, value in changes.items():
        page.evaluate("([name, value]) => model.change(name, value)", [name, value])
        setattr(demo, name, value)
    assert state_of(page).state() == demo.state()
    press(page, "Best line")
    demo.fit()
    held = page.evaluate("['angle', 'offset'].map((name) => model.get(name))")
    assert held == pytest.approx([demo.angle, demo.offset])
    assert_stops(page, PolarRings)
