"""Kernel stamps, as a reader meets them in Chromium."""

import pytest
from demo_input import press, tab_order
from demo_kernel import in_a_notebook
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from kernel_stamps_states import STATES

from utils.widgets.kernel_stamps import INPUT, KernelStamps

GRIDS = "input", "output", "kernel", "made"
# The text of each cell of the four grids, in the order in which they are drawn.
NUMBERS = """() => [...document.querySelectorAll(".book-board > g:not(.book-flying) > .book-grid")]
    .map((grid) => [...grid.querySelectorAll("text")].flatMap((text) =>
        text.getAttribute("x").includes(" ") ? [...text.textContent] : [text.textContent])
        .map(Number))"""
COUNTS = """() => [...document.querySelectorAll(".book-count")]
    .map((text) => Number(text.textContent))"""


@pytest.fixture
def show(page):
    yield from mounting(page, KernelStamps)


def numbers(page):
    frame(page)
    return dict(zip(GRIDS, map(sorted, page.evaluate(NUMBERS)), strict=True))


def point(page, side, row, column, cells):
    """Put the mouse on a cell of the input (side 0) or the output (side 1), of so many a row."""
    border = page.locator(".book-side .book-reach").nth(side).bounding_box()
    step = (border["width"] - 6) / cells
    page.mouse.move(border["x"] + 3 + (column + 0.5) * step, border["y"] + 3 + (row + 0.5) * step)
    frame(page)


@pytest.mark.parametrize("state", [state for state in STATES if "cells_show" not in state])
def test_the_numbers_are_those_of_torch(show, state):
    page, demo = show(**state), KernelStamps(**state)
    found = numbers(page)
    if demo.size < 1:
        assert read(page, ".book-says").startswith("Nothing is left")
        return
    assert found["input"] and found["kernel"]
    inside = demo.output.flatten().long().tolist()
    if demo.seen_as == "convolution":
        assert found["output"] == sorted(inside)
        row, column = (min(at, demo.size - 1) for at in demo.place)
        assert sum(found["made"]) == demo.output[row, column]
    else:
        whole = KernelStamps(kernel_size=demo.kernel_size, stride=demo.stride).output
        assert found["output"] == sorted(whole.flatten().long().tolist())
        i, j = demo.pixel
        assert found["made"] == sorted(INPUT[i][j] * value for value in found["kernel"])


def test_cells_show_how_many_stamps_reach_them_and_the_strip_says_it_along_a_side(show):
    page, demo = show(kernel_size=5), KernelStamps(kernel_size=5)
    open_drawer(page, "More")
    page.get_by_label("Cells show").select_option("stamps")
    assert numbers(page)["output"] == sorted(demo.stamps.flatten().tolist())
    assert page.evaluate(COUNTS) == demo.stamps[0].tolist()
    page.get_by_label("Seen as").select_option("convolution")
    assert numbers(page)["output"] == sorted(demo.stamps.flatten().tolist())


def test_padding_cuts_the_strip_of_the_convolution(show):
    page = show(kernel_size=4, padding=1, seen_as="convolution")
    assert page.evaluate(COUNTS) == [1, 2, 2, 2, 2, 2, 2, 1]


def test_pointing_at_an_input_shows_its_stamp_and_at_an_output_who_reached_it(show):
    page = show()
    point(page, 0, 2, 2, 4)
    assert "Input row 2, column 2 is 3: it lays 3 × kernel" in read(page, ".book-says")
    assert "from row 4, column 4" in read(page, ".book-says")
    point(page, 1, 2, 3, 9)
    assert (
        read(page, ".book-says") == "Output row 2, column 3 is 8 = 3 · 2 + 2 · 1, from 2 stamps."
    )
    marks = page.locator(".book-side .book-marks").nth(0).get_attribute("d")
    assert marks.count("M") == 2
    page.mouse.move(1, 1)
    frame(page)
    assert read(page, ".book-says").startswith("Side: (4 − 1) · 2 + 3 − 2 · 0 = 9.")


def test_a_pixel_that_is_cut_off_says_so(show):
    page = show(kernel_size=4, padding=1)
    point(page, 1, 0, 3, 10)
    assert read(page, ".book-says") == "The padding cuts this pixel off."
    point(page, 1, 1, 1, 10)
    assert read(page, ".book-says") == "Output row 0, column 0 is 3 = 1 · 3, from 1 stamp."


def test_a_window_and_a_cell_of_the_stretched_input_say_what_they_see(show):
    page = show(seen_as="convolution")
    point(page, 1, 2, 2, 9)
    demo = KernelStamps()
    assert read(page, ".book-says").endswith(f"not zero: {int(demo.output[2, 2])}.")
    point(page, 0, 0, 0, 11)
    assert read(page, ".book-says") == "This zero, put around, is seen by 1 window."
    point(page, 0, 2, 2, 11)
    assert read(page, ".book-says") == "This 1 of the input is seen by 9 windows."
    point(page, 0, 3, 3, 11)
    assert "put between two pixels, is seen by 9 windows" in read(page, ".book-says")


def test_arrow_keys_choose_the_pixel_and_stop_at_the_edge(show):
    page = show(pixel=(0, 2))
    side = page.get_by_role("application", name="Input 4 × 4")
    for key in ("ArrowUp", "ArrowRight", "ArrowRight"):
        side.press(key)
    frame(page)
    assert "Input row 0, column 3 is 0" in read(page, ".book-says")
    assert numbers(page)["made"] == [0] * 9


@pytest.mark.parametrize("kernel, padding", [(4, 1), (2, 0)])
def test_the_task_wants_twice_the_side_without_a_checkerboard(show, kernel, padding):
    page = show()
    slide = {name: page.get_by_label(name) for name in ("Kernel k", "Padding p", "Stride s")}
    assert not is_done(page)
    slide["Stride s"].fill("1")
    slide["Kernel k"].fill("5")  # 8 pixels, at stride 1
    frame(page)
    assert not is_done(page)
    slide["Stride s"].fill("2")
    slide["Kernel k"].fill(str(kernel))
    slide["Padding p"].fill(str(padding))
    frame(page)
    assert is_done(page)
    press(page, "Reset")
    assert not is_done(page)


def test_play_stamps_one_pixel_after_the_other(fresh_page):
    stop_clock(fresh_page)
    mounts = mounting(fresh_page, KernelStamps)
    page = next(mounts)()
    fresh_page.emulate_media(reduced_motion="no-preference")
    frame(page)
    whole = numbers(page)["output"]
    press(page, "Play")
    page.clock.run_for(60)
    assert page.locator(".book-flying").evaluate("(node) => node.style.display") == ""
    assert numbers(page)["output"] == [0] * 81  # the first stamp is on its way
    page.clock.run_for(400)
    assert page.locator(".book-flying").evaluate("(node) => node.style.display") == "none"
    assert numbers(page)["output"] == [0] * 72 + [1, 1, 1, 1, 1, 2, 2, 2, 3]
    page.clock.run_for(17 * 520)
    assert page.get_by_role("button", name="Play").is_visible()  # the last one ends the story
    assert numbers(page)["output"] == whole
    assert read(page, ".book-says").endswith("a checkerboard.")
    press(page, "Play")
    page.clock.run_for(50)
    assert sum(numbers(page)["output"]) < sum(whole)
    mounts.close()


def test_play_fills_the_output_of_the_convolution(fresh_page):
    stop_clock(fresh_page)
    mounts = mounting(fresh_page, KernelStamps)
    page = next(mounts)(seen_as="convolution", kernel_size=2)
    frame(page)
    press(page, "Play")
    page.clock.run_for(3 * 520 + 50)
    assert len(numbers(page)["output"]) in (3, 4)  # the others are not there yet
    mounts.close()


def test_without_motion_a_stamp_is_there_at_once(fresh_page):
    stop_clock(fresh_page)
    mounts = mounting(fresh_page, KernelStamps)
    page = next(mounts)()
    fresh_page.emulate_media(reduced_motion="reduce")
    press(page, "Play")
    page.clock.run_for(100)
    assert sum(numbers(page)["output"]) == 14  # 1 × kernel
    mounts.close()


def test_python_and_the_sliders_follow_each_other(page):
    demo = KernelStamps()
    in_a_notebook(page, demo)
    demo.kernel_size = 4
    page.evaluate(
        "(state) => Object.entries(state).forEach((pair) => model.change(...pair))", demo.state()
    )
    frame(page)
    assert "+ 4 − 2 · 0 = 10" in read(page, ".book-says")
    page.get_by_label("Padding p").fill("1")
    frame(page)
    assert page.evaluate("[sent, model.get('padding')]") == [1, 1]


def test_the_code_changes_with_the_view(show):
    page = show()
    open_drawer(page, "The same in torch")
    assert "F.conv_transpose2d(x, kernel, stride=2, padding=0)" in page.inner_text("code")
    page.get_by_label("Seen as").select_option("convolution", force=True)
    frame(page)
    assert "kernel.flip(2, 3)" in page.text_content("code")


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    page.eval_on_selector_all("details", "(all) => all.forEach((one) => { one.open = true; })")
    sides = [
        "Input 4 × 4. Arrow keys choose a pixel.",
        "Output 9 × 9. Arrow keys point at a pixel.",
    ]
    stage = ["Play", "Reset", "Kernel k", "Stride s", "Padding p", "More", "Seen as", "Cells show"]
    assert tab_order(page) == [*sides, *stage, "The same in torch", "Copy"]
