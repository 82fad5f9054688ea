"""The index explorer's index as it is typed: as a whole, and part by part."""

import pytest
import torch
from demo_input import press
from demo_looks import assert_no_nonsense
from demo_page import frame, read
from demo_stage import open_drawer
from explorer_on_screen import expression, grid, notes, numbers
from index_explorer_states import ALL, MEMORY, STRIDED

from utils.widgets.index_explorer import SIZES

X = torch.arange(48).view(SIZES)


def field(page, axis, name):
    return page.get_by_role("spinbutton", name=f"{axis}, {name}", exact=True)


def entry(page, axis):
    return page.get_by_role("textbox", name=axis, exact=True)


def type_in(page, place, text):
    """Replace what a field holds, key by key."""
    place.focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    frame(page)


def said(page):
    return read(page, ".book-says")


def test_an_index_is_typed_key_by_key_as_python_reads_it(show):
    page = show(**MEMORY)
    for rows, columns in (
        ("2", ":"),
        ("::2", "-1"),
        ("-2:", ":-12"),
        ("9:12", "7"),
        ("0", "0:8:3"),
    ):
        type_in(page, entry(page, "rows"), rows)
        type_in(page, entry(page, "columns"), columns)
        written = f"x[{rows}, {columns}]"
        assert expression(page) == written
        view = eval(written, {"x": X})
        wanted = [str(tuple(view.shape)), str(view.stride()), str(view.storage_offset())]
        assert notes(page)[:3] == wanted
        values = [entry(page, axis).input_value() for axis in ("rows", "columns")]
        assert values == [rows, columns]


def test_a_text_that_is_no_index_is_explained_and_changes_nothing(show):
    page = show()
    for text in ("", "-", "1.5", "13", "1:2:3:4", "a"):
        type_in(page, entry(page, "rows"), "1:3")
        type_in(page, entry(page, "rows"), text)
        assert said(page) == (
            "rows: write a number such as 2 or a slice such as 1:3, from −12 to 12."
        ), text
        assert entry(page, "rows").get_attribute("aria-invalid") == "true"
        assert entry(page, "rows").input_value() == text
    type_in(page, entry(page, "rows"), "1:3")
    assert entry(page, "rows").get_attribute("aria-invalid") == "false"
    assert said(page).startswith("6 of 48 numbers")


def test_an_example_replaces_what_was_typed(show):
    page = show()
    type_in(page, entry(page, "rows"), "a")
    examples = page.get_by_role("combobox", name="Example")
    assert examples.evaluate("(list) => list.selectedOptions[0].text") == "a block"
    wanted = {"one number": "x[2, 3]", "a whole column": "x[:, 1]", "nothing at all": "x[3:3, :]"}
    for name, written in wanted.items():
        examples.select_option(name)
        assert expression(page) == written
    type_in(page, entry(page, "rows"), "4")
    assert examples.evaluate("(list) => list.selectedOptions[0].text") == "your own"
    press(page, "Reset")
    assert expression(page) == "x[1:3, 2:5]"
    assert [entry(page, axis).input_value() for axis in ("rows", "columns")] == ["1:3", "2:5"]


def test_every_example_picks_what_torch_picks(show):
    page = show()
    examples = page.get_by_role("combobox", name="Example")
    for name in examples.locator("option").all_text_contents()[1:]:
        examples.select_option(name)
        view = eval(expression(page), {"x": X})
        assert numbers(page, "x") == view.flatten().tolist(), name


PARTS = [
    ("rows", "start", "1", "x[1:, :]"),
    ("rows", "start", "-2", "x[-2:, :]"),
    ("rows", "stop", "5", "x[:5, :]"),
    ("columns", "stop", "-12", "x[:, :-12]"),
    ("columns", "step", "3", "x[:, ::3]"),
]


def test_each_part_is_typed_key_by_key(show):
    page = show(**ALL, **MEMORY)
    open_drawer(page, "More")
    for axis, name, text, written in PARTS:
        type_in(page, field(page, axis, name), text)
        assert expression(page) == written
        view = eval(written, {"x": X})
        wanted = [str(tuple(view.shape)), str(view.stride()), str(view.storage_offset())]
        assert notes(page)[:3] == wanted
        type_in(page, field(page, axis, name), "")
        assert expression(page) == "x[:, :]"


def test_arrow_keys_step_a_field(show):
    page = show(rows=(1, 5, None))
    open_drawer(page, "More")
    field(page, "rows", "start").press("ArrowUp")
    assert expression(page) == "x[2:5, 2:5]"
    field(page, "rows", "stop").press("ArrowDown")
    assert expression(page) == "x[2:4, 2:5]"
    assert entry(page, "rows").input_value() == "2:4"


def test_an_axis_is_taken_by_one_integer_and_by_a_slice_again(show):
    page = show(rows=(2, 5, None), columns=(None, None, None))
    open_drawer(page, "More")
    take = page.get_by_role("combobox", name="Take rows")
    take.select_option("integer")
    assert expression(page) == "x[2, :]"
    assert not field(page, "rows", "start").is_visible()
    type_in(page, field(page, "rows", "index"), "-1")
    assert expression(page) == "x[-1, :]"
    assert "Axis 0 is gone" in said(page)
    take.select_option("slice")
    assert expression(page) == "x[5:6, :]"
    assert "gone" not in said(page)


@pytest.mark.parametrize("text", ["13", "-99", "1.5", "-", "1e9"])
def test_a_number_that_is_no_position_is_explained_and_changes_nothing(show, text):
    page = show(**STRIDED)
    open_drawer(page, "More")
    stop = field(page, "rows", "stop")
    type_in(page, stop, "")
    type_in(page, stop, text)
    assert said(page) == "rows, stop: write an integer from −12 to 12, or leave it empty."
    assert stop.get_attribute("aria-invalid") == "true"
    last_good = {"13": "1", "-99": "-9", "1.5": "1", "1e9": "1"}.get(text, "")
    assert expression(page) == f"x[1:{last_good}:2, ::3]"
    type_in(page, stop, "4")
    assert "write an integer" not in said(page)
    assert expression(page) == "x[1:4:2, ::3]"
    type_in(page, stop, text)
    press(page, "Reset")
    assert stop.input_value() == "5"
    assert "write an integer" not in said(page)


def test_an_empty_index_is_explained(show):
    page = show(rows=(None, None, None), columns=3)
    open_drawer(page, "More")
    type_in(page, field(page, "columns", "index"), "")
    assert said(page) == "columns, index: write an integer from −12 to 12."
    assert expression(page) == "x[:, 3]"
    page.get_by_role("combobox", name="Take columns").select_option("slice")
    assert "write an integer" not in said(page)


def test_a_negative_step_is_explained_and_left_again(show):
    page = show(**ALL, **MEMORY)
    type_in(page, entry(page, "rows"), "::-1")
    assert "NumPy allows it, as a view with a negative stride; torch refuses it" in said(page)
    assert entry(page, "rows").get_attribute("aria-invalid") == "true"
    assert "raises ValueError" in page.text_content("pre code")
    for hidden in (".book-strip", ".book-view-notes"):
        assert page.locator(hidden).count() == 0
    assert numbers(page, "x") == []
    assert not page.locator(".book-lit-frame").is_visible()
    type_in(page, entry(page, "rows"), "::2")
    assert entry(page, "rows").get_attribute("aria-invalid") == "false"
    assert numbers(page, "x") == X[::2].flatten().tolist()
    assert grid(page, "Memory").is_visible()


def test_no_setting_shows_a_number_that_is_none(show):
    for memory in (False, True):
        page = show(**ALL, memory=memory)
        open_drawer(page, "More")
        for axis in ("rows", "columns"):
            for name in ("start", "stop", "step"):
                for text in ("-12", "12", "0", ""):
                    type_in(page, field(page, axis, name), text)
                    assert_no_nonsense(page)
