"""The padding and stride explorer in the reader's hands: pointing, dragging, keys, Play."""

import itertools
import re

import pytest
from demo_input import on_a_phone, press, touch_drag
from demo_looks import assert_legible
from demo_page import frame, read, stop_clock
from demo_stage import is_done
from grids_on_screen import (
    covered,
    goal,
    lit_by_input,
    lit_by_output,
    marked,
    middle_of,
    numbers,
    window,
)
from module_page import mount

from utils.widgets.padding_stride import PaddingStride

TRANSPOSED = {"transposed": True, "input_size": 4, "stride": 2, "padding": 1}


def hover(page, side, *cell):
    page.mouse.move(*middle_of(page, side, cell))
    frame(page)


def begin(page):
    """Let the story begin, and stop it at the window's first place."""
    play = page.get_by_role("button", name=re.compile("Play|Pause"))
    play.press("Enter")
    play.press("Enter")


def signed(number):
    """A number with the minus sign of the demo."""
    return str(number).replace("-", "\u2212")


def says(page):
    return read(page, ".book-says")


def test_the_window_lies_where_the_output_number_reads(show):
    page = show(padding=1, stride=2, position=(1, 2))
    assert (goal(page), window(page)) == ((1, 2), (1, 3, 3, 3))
    page = show(input_size=9, kernel_size=(3, 2), dilation=(2, 3), position=(4, 1))
    assert (goal(page), window(page)) == ((4, 1), (4, 1, 5, 4))
    # Kernel entries that no gap separates make cells that do not touch.
    assert page.locator(".book-inner rect").count() == 6


def test_pointing_at_an_output_number_lights_its_window_and_no_more(show):
    page = show(padding=1)
    begin(page)
    page.mouse.click(*middle_of(page, 1, (2, 3)))
    later = covered(page)
    assert len(later) == 63 - 8 * 2 - 3
    hover(page, 1, 0, 5)
    assert (goal(page), window(page)) == ((0, 5), (-1, 4, 3, 3))
    assert covered(page) == later
    demo = PaddingStride(padding=1, position=(0, 5))
    assert says(page).startswith(
        f"Output row 0, column 5 is {signed(demo.value)}, the sum of 9 products"
    )
    assert read(page, ".book-sum") == f"= {signed(demo.value)}"
    hover(page, 1, 7, 7)  # a number that is still to come shows itself, and no other
    assert covered(page) == later[:-1]
    page.mouse.move(2, 2)
    assert (goal(page), window(page)) == ((2, 3), (1, 2, 3, 3))
    assert says(page).startswith("The window fits")


@pytest.mark.parametrize(
    "state", [{"padding": 1, "stride": 2}, {"stride": 3, "kernel_size": 2}, TRANSPOSED]
)
def test_pointing_at_an_input_cell_lights_every_output_that_uses_it(show, state):
    page = show(**state)
    demo = PaddingStride(**state)
    inputs, outputs = (
        list(itertools.product(*map(range, size))) for size in (demo.input_size, demo.output_size)
    )
    lit = lit_by_input(page, inputs)
    windows = lit_by_output(page, outputs)
    if not demo.transposed:
        assert [len(cells) for cells in lit] == demo.use_counts.flatten().tolist()
    # An output number is lit just when the cell lies under the window that makes it.
    for cell, found in zip(inputs, lit, strict=True):
        under = [
            list(place)
            for place, cells in zip(outputs, windows, strict=True)
            if list(cell) in cells
        ]
        assert found == under, cell
    hover(page, 0, 1, 2)
    assert marked(page, 0) == [[1, 2]]


def test_a_cell_that_no_window_uses_is_told(show):
    page = show(stride=2)
    hover(page, 0, 7, 7)
    assert says(page) == "Input row 7, column 7 is used by no windows."
    assert marked(page, 1) == []


def test_pointing_at_a_product_lights_its_weight_and_its_cell(show):
    page = show(padding=1, position=(2, 3))
    page.locator(".book-tile").nth(5).hover()
    lit = page.eval_on_selector_all(
        ".book-pointed", "(nodes) => nodes.map((node) => node.tagName.toLowerCase())"
    )
    assert sorted(lit) == ["rect", "span", "span"]
    field = page.locator(".book-pointed input")
    assert field.get_attribute("aria-label") == "kernel row 1 column 2"
    cell = page.locator("rect.book-pointed").bounding_box()
    x, y = middle_of(page, 0, (2, 4))
    assert cell["x"] < x < cell["x"] + cell["width"]
    assert cell["y"] < y < cell["y"] + cell["height"]
    page.mouse.move(2, 2)
    assert page.locator(".book-pointed").count() == 0


def test_arrow_keys_move_the_window_on_the_output(show):
    page = show(padding=1)
    begin(page)
    demo = PaddingStride(padding=1)
    page.locator(".book-side").nth(1).focus()
    steps = {
        "ArrowRight": (0, 1),
        "ArrowDown": (1, 1),
        "End": (1, 7),
        "ArrowLeft": (1, 6),
        "ArrowUp": (0, 6),
        "Home": (0, 0),
    }
    furthest = 0
    for key, place in steps.items():
        page.keyboard.press(key)
        demo.position = place
        furthest = max(furthest, 8 * place[0] + place[1])  # what has been there stays
        assert goal(page) == place, key
        told = f"Output row {place[0]}, column {place[1]} is {signed(demo.value)},"
        assert says(page).startswith(told)
        assert len(covered(page)) == 63 - furthest
    page.keyboard.press("ArrowUp")
    assert goal(page) == (0, 0)


def test_arrow_keys_point_on_the_input_and_enter_moves_the_window_there(show):
    page = show(padding=1, position=(0, 0))
    page.locator(".book-side").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert marked(page, 0) == [[1, 8]]  # a zero of the padding
    assert says(page) == "This zero of the padding is used by 3 windows."
    page.keyboard.press("ArrowLeft")
    assert says(page) == "Input row 1, column 7 is used by 6 windows."
    assert goal(page) == (0, 0)
    page.keyboard.press("Enter")
    assert goal(page) == (1, 7)
    page.keyboard.press("Tab")
    assert marked(page, 0) == []


def test_a_drag_moves_the_window_on_either_grid(show):
    page = show(padding=1, stride=2, position=(3, 3))
    begin(page)
    hover(page, 1, 0, 0)
    page.mouse.down()
    for place in ((1, 1), (1, 3), (3, 2)):
        hover(page, 1, *place)
        assert goal(page) == place
        assert len(covered(page)) == 15 - 4 * place[0] - place[1]
    page.mouse.up()
    hover(page, 1, 0, 0)
    page.mouse.move(2, 2)
    assert goal(page) == (3, 2)
    hover(page, 0, 0, 0)
    page.mouse.down()
    # The window of output number (r, c) has its middle over input cell (2r, 2c).
    for place in ((0, 0), (2, 1), (3, 3)):
        hover(page, 0, 2 * place[0], 2 * place[1])
        assert goal(page) == place
    page.mouse.up()
    hover(page, 0, 0, 0)
    assert goal(page) == (3, 3)


def test_a_tap_selects_and_what_it_shows_stays_on_a_phone(browser):
    with on_a_phone(browser, PaddingStride(**TRANSPOSED)) as page:
        page.emulate_media(reduced_motion="reduce")
        page.touchscreen.tap(*middle_of(page, 1, (5, 3)))
        assert goal(page) == (5, 3)
        assert says(page).startswith("Output row 5, column 3 is ")
        page.touchscreen.tap(*middle_of(page, 0, (1, 2)))
        # The middle of the kernel that input cell (1, 2) sends out lies on output number (2, 4).
        assert goal(page) == (2, 4)
        assert len(marked(page, 1)) == 9
        assert says(page) == "Input row 1, column 2 reaches 9 output numbers."


def test_a_finger_moves_the_window_sideways_and_the_page_upwards(browser):
    with on_a_phone(browser, PaddingStride(padding=1, position=(2, 1))) as page:
        page.emulate_media(reduced_motion="reduce")
        scrolled = touch_drag(page, middle_of(page, 0, (2, 1)), middle_of(page, 0, (2, 6)))
        assert (scrolled, goal(page)) == (0, (2, 6))
        page.evaluate("document.body.style.paddingBottom = '900px'")
        x, y = middle_of(page, 0, (6, 3))
        assert touch_drag(page, (x, y), (x, y - 100)) > 50


def test_play_fills_the_output_to_its_end_and_starts_again(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, PaddingStride(input_size=(4, 5), position=(1, 1)))

    def after(milliseconds):
        page.clock.run_for(milliseconds)
        boxes = page.locator(".book-side >> nth=1").locator(".book-cover").get_attribute("d")
        return boxes.count("M")

    assert after(5000) == 0  # it does not start by itself for a reader who wants no motion
    play = page.get_by_role("button", name=re.compile("Play|Pause"))
    play.click()
    assert after(50) == 5
    assert after(1350) == 4
    page.emulate_media(reduced_motion="no-preference")
    seen = page.inner_text(".book-tiles")
    assert after(1350) == 4  # the number is there when the window is, which is on its way
    assert page.inner_text(".book-tiles") == seen  # and so are its products
    assert after(350) == 3
    assert page.inner_text(".book-tiles") != seen
    page.emulate_media(reduced_motion="reduce")
    assert after(1000) == 2  # the next ones follow quickly
    assert after(150) == 1
    play.click()
    assert after(5000) == 1
    play.press("Space")
    assert after(5000) == 0
    assert play.inner_text() == "Play"
    play.click()
    assert after(50) == 5
    play.click()
    page.get_by_role("slider", name="Padding").press("ArrowRight")
    assert after(50) == 0  # a control shows its whole output
    play.click()
    page.get_by_role("button", name="Reset").press("Enter")
    assert after(50) == 0


def test_every_output_has_its_numbers_when_a_large_kernel_keeps_the_size(show):
    page = show(kernel_size=5, padding=2, width=624)
    assert covered(page) == []
    assert numbers(page, 1) == PaddingStride(kernel_size=5, padding=2).output.flatten().tolist()


def test_on_a_phone_small_kernels_have_their_numbers_and_the_task_its_sizes(show):
    for settings in ({"padding": 1}, {"stride": 2}, {"padding": 1, "stride": 2}):
        page = show(**settings, width=360)
        assert numbers(page, 1) == PaddingStride(**settings).output.flatten().tolist()
        assert_legible(page, pixels=11)
    page = show(kernel_size=5, padding=2, width=360)
    assert page.locator(".book-grid-caption").all_text_contents() == [
        "Input 8 × 8, zeros around",
        "Output 8 × 8",
    ]
    assert is_done(page)


def test_no_veil_lies_over_the_numbers(show):
    for width in (360, 800):
        page = show(width=width, padding=1)
        for place in ((0, 0), (3, 7), (7, 2)):
            page.mouse.click(*middle_of(page, 1, place))
            frame(page)
            left, right, start, end = page.evaluate("""() => {
                const box = (node) => node.getBoundingClientRect();
                const [input, output] = [...document.querySelectorAll(".book-grid")].map(box);
                const veil = box(document.querySelector(".book-veil"));
                return [input.right, output.left, veil.left, veil.right];
            }""")
            assert start == pytest.approx(left, abs=1.5) and end == pytest.approx(right, abs=1.5)


def test_play_lets_go_of_what_a_finger_has_left(browser):
    with on_a_phone(browser, PaddingStride()) as page:
        page.emulate_media(reduced_motion="reduce")
        page.touchscreen.tap(*middle_of(page, 1, (1, 1)))
        press(page, "Play")
        page.wait_for_function("document.querySelector('.book-says').textContent[0] === 'T'")
        press(page, "Pause")
        row, column = goal(page)
        assert len(covered(page)) == 35 - 6 * row - column < 35


# Too low for Play to begin by itself; in a window of 40 pixels Chromium draws once a second.
LOW = {"width": 800, "height": 100}


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_window_glides_unless_the_reader_asks_for_less_motion(fresh_page, motion):
    page = fresh_page
    page.emulate_media(reduced_motion=motion)
    page.set_viewport_size(LOW)
    stop_clock(page)
    mount(page, PaddingStride(position=(0, 0)))
    frame(page)
    page.locator(".book-side").nth(1).focus()
    page.keyboard.press("ArrowRight")
    window_on_input = page.locator("rect.book-window").first
    places = []
    for _ in range(25):
        frame(page)
        places.append(float(window_on_input.get_attribute("x")))
    between = {x for x in places if x not in (places[0], places[-1])}
    assert places[-1] == max(places)
    if motion == "reduce":
        assert not between
    else:
        assert len(between) >= 3
        assert places == sorted(places)


def test_sliders_let_both_grids_glide_to_their_new_size(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    page.set_viewport_size(LOW)
    stop_clock(page)
    mount(page, PaddingStride())
    frame(page)
    grid = page.locator(".book-side").first
    # More cells: smaller ones at once, so that none leaves the picture on the way.
    for key, is_gliding in (("End", False), ("Home", True)):
        page.get_by_role("slider", name="Padding").press(key)
        scales = []
        for _ in range(25):
            frame(page)
            scales.append(grid.evaluate("(node) => node.getCTM().a"))
            assert page.evaluate(STICKING_OUT) == []
        between = {scale for scale in scales if scale != 1}
        assert (len(between) >= 3) == is_gliding
        assert scales[-1] == 1


STICKING_OUT = """() => {
    const room = document.querySelector(".book-board").getBoundingClientRect();
    return [...document.querySelectorAll(".book-grid")].map((node) => node.getBoundingClientRect())
        .filter((box) => box.left < room.left || box.right > room.right
            || box.top < room.top || box.bottom > room.bottom)
        .map(({ left, top, right, bottom }) => [left, top, right, bottom]);
}"""


def test_at_the_end_of_a_row_the_story_goes_on_at_the_start_of_the_next(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, PaddingStride(input_size=(4, 4)))
    frame(page)
    goal, places = page.locator(".book-goal"), set()
    page.clock.run_for(50)
    for _ in range(150):
        frame(page)
        places.add(tuple(float(goal.get_attribute(name)) for name in ("x", "y")))
    rows = {y for _, y in places}
    assert len(rows) == 2  # no place is between two rows
    assert len(places) > 6
