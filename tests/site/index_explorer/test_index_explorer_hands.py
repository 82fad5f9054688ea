"""The index explorer by mouse, finger and keys."""

import pytest
import torch
from demo_input import on_a_phone, touch_drag
from demo_page import read
from explorer_on_screen import cell, expression, found, grid, middle, numbers
from index_explorer_states import COLUMN, MEMORY, STRIDED

from utils.widgets.index_explorer import SIZES, IndexExplorer

X = torch.arange(48).view(SIZES)


def test_a_drag_picks_a_block_and_a_press_one_cell(show):
    page = show(**STRIDED)
    page.mouse.move(*cell(page, 10))
    page.mouse.down()
    assert expression(page) == "x[1:2, 2:3]"
    page.mouse.move(*cell(page, 29))
    assert expression(page) == "x[1:4, 2:6]"
    page.mouse.move(*cell(page, 0))
    assert expression(page) == "x[0:2, 0:3]"
    page.mouse.move(5000, 5000)
    assert expression(page) == "x[1:6, 2:8]"
    page.mouse.up()
    page.mouse.move(*cell(page, 20))
    assert expression(page) == "x[1:6, 2:8]"


def test_a_drag_that_starts_from_nothing_keeps_hold_of_the_table(show):
    page = show(rows=(3, 3, None))
    page.mouse.move(*cell(page, 10))
    page.mouse.down()
    page.mouse.move(*cell(page, 29))
    assert expression(page) == "x[1:4, 2:6]"
    page.mouse.up()


@pytest.mark.parametrize("width", [360, 1200])
def test_the_table_stays_where_it_is_during_a_drag(show, width):
    for memory in (False, True):
        page = show(width=width, rows=2, columns=5, memory=memory)
        before = cell(page, 0), page.locator(".book-deck").bounding_box()
        for first, last in ((0, 0), (9, 35), (0, 47)):
            page.mouse.move(*cell(page, first))
            page.mouse.down()
            page.mouse.move(*cell(page, last))
            page.mouse.up()
            assert expression(page).startswith("x[")
            assert (cell(page, 0), page.locator(".book-deck").bounding_box()) == before


def test_a_finger_picks_a_block_on_a_phone(browser):
    with on_a_phone(browser, IndexExplorer()) as page:
        grid(page, "x").scroll_into_view_if_needed()
        page.touchscreen.tap(*cell(page, 21))
        assert expression(page) == "x[2:3, 5:6]"
        assert touch_drag(page, cell(page, 9), cell(page, 35)) == 0
        assert expression(page) == "x[1:5, 1:4]"


def test_arrow_keys_move_the_block_and_resize_it_with_shift(show):
    page = show(rows=(1, 3, None), columns=(2, 5, None))
    grid(page, "x").focus()
    steps = {
        "ArrowDown": "x[2:4, 2:5]",
        "ArrowLeft": "x[2:4, 1:4]",
        "Shift+ArrowRight": "x[2:4, 1:5]",
        "Shift+ArrowUp": "x[2:3, 1:5]",
        "End": "x[2:3, 4:8]",
        "Home": "x[2:3, 0:4]",
        "Shift+Home": "x[2:3, 0:1]",
        "Shift+End": "x[2:3, 0:8]",
        "ArrowRight": "x[2:3, 0:8]",
        "ArrowUp": "x[1:2, 0:8]",
    }
    for key, written in steps.items():
        page.keyboard.press(key)
        assert expression(page) == written, key
    page.get_by_role("textbox", name="rows", exact=True).fill("1:2:-1")
    grid(page, "x").focus()
    page.keyboard.press("ArrowUp")
    assert expression(page) == "x[0:1, 0:8]"


def test_keys_and_pointer_choose_a_number_of_the_view(show):
    page = show(**STRIDED)
    assert read(page, ".book-says").endswith(" y[1, 2] is x[3, 6].")
    grid(page, "y").focus()
    for key, number in (("Home", 24), ("ArrowUp", 8), ("ArrowRight", 11), ("End", 14)):
        page.keyboard.press(key)
        assert found(page) == number
        assert grid(page, "y").locator(".book-number.book-chosen").text_content() == str(number)
    page.mouse.click(*cell(page, 4, "y"))
    assert found(page) == 27


def test_the_frames_stand_on_the_selected_number(show):
    page = show(**STRIDED)
    for name in ("x", "y"):
        frame = grid(page, name).locator(".book-lit-frame").bounding_box()
        text = grid(page, name).locator(".book-number.book-chosen").bounding_box()
        for start, length in (("x", "width"), ("y", "height")):
            middle = text[start] + text[length] / 2
            assert frame[start] + frame[length] / 2 == pytest.approx(middle, abs=2)


def test_keys_and_pointer_choose_a_number_in_memory(show):
    page = show(**STRIDED, **MEMORY)
    said = "y[1, 2] is x[3, 6]. It lies at place 8 + 1·16 + 2·3 = 30."
    assert read(page, ".book-says") == said
    strip = grid(page, "Memory")
    strip.focus()
    for key, number in (("Home", 24), ("ArrowUp", 8), ("ArrowRight", 11), ("End", 14)):
        page.keyboard.press(key)
        assert found(page) == number
        assert page.text_content(".book-ball-text") == str(number)
    page.mouse.click(*middle(page, "Memory", ".book-picked", 4))
    assert found(page) == 27
    page.mouse.click(*middle(page, "Memory", ".book-plain", 3))
    assert found(page) == 27


def test_a_view_with_one_axis_is_drawn_as_a_row(show):
    page = show(**COLUMN)
    assert found(page) == 27
    assert grid(page, "y").locator(".book-head").all_text_contents() == ["0", "1", "2", "3"]
    boxes = [box.bounding_box() for box in grid(page, "y").locator("rect.book-cell").all()]
    assert len({box["y"] for box in boxes}) == 1
    grid(page, "y").focus()
    page.keyboard.press("ArrowRight")
    assert found(page) == 35
    assert read(page, ".book-says").endswith(" y[3] is x[4, 3].")
    page.keyboard.press("Home")
    assert found(page) == 11
    page.mouse.click(*cell(page, 3, "y"))
    assert found(page) == 35
    assert numbers(page, "y") == X[1:5, 3].tolist()
