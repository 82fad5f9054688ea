"""The index explorer as a reader meets it, in Chromium on a blank page."""

import re

import numpy as np
import pytest
import torch
from demo_input import on_a_phone, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import assert_no_nonsense, contrasts
from demo_page import frame, mounting, read
from index_explorer_states import COLUMN, EMPTY, ONE, STRIDED
from module_page import mount

from utils.widgets.index_explorer import SIZES, IndexExplorer

X = torch.arange(48).view(SIZES)


@pytest.fixture
def show(page):
    yield from mounting(page, IndexExplorer)


def field(page, axis, name):
    return page.get_by_role("spinbutton", name=f"{axis}, {name}", exact=True)


def type_in(page, axis, name, text):
    """Replace what a field holds, key by key."""
    field(page, axis, name).focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    frame(page)


def grid(page, name):
    return page.get_by_role("application", name=re.compile(f"^{name}, "))


def expression(page):
    return read(page, ".book-expression")


def notes(page):
    frame(page)
    return page.locator(".book-view-notes dd").all_inner_texts()


def found(page):
    """The selected number, by the line that says where it lies."""
    return int(re.findall(r"\d+", read(page))[-1])


def numbers(page, name):
    """The numbers of a grid's picked cells, the selected one among them, from the least up."""
    texts = grid(page, name).locator(".book-number.book-picked, .book-number.book-chosen")
    # A text with several places has one digit for each.
    shown = texts.evaluate_all(
        """(nodes) => nodes.flatMap((node) =>
            node.getAttribute("x").includes(" ") ? [...node.textContent] : [node.textContent])"""
    )
    return sorted(map(int, shown))


def cell(page, number):
    """The middle of the cell of x that holds a number, on the screen."""
    boxes = (
        grid(page, "x")
        .locator(".book-index")
        .evaluate_all(
            """(labels) => labels.map((label) => {
            const box = label.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        })"""
        )
    )
    row, column = divmod(number, SIZES[1])
    return boxes[column][0], boxes[SIZES[1] + row][1]


def test_the_keyboard_alone_reaches_every_control(show):
    reached = tab_order(show(**STRIDED))
    parts = ["start", "stop", "step"]
    fields = [
        [f"Take {axis}", *(f"{axis}, {part}" for part in parts)] for axis in ("rows", "columns")
    ]
    assert reached[:8] == fields[0] + fields[1]
    assert reached[8].startswith("x, 6 × 8. Drag over cells")
    assert reached[9].startswith("y, shape (2, 3). Arrow keys")
    assert reached[10:] == ["Copy"]


@pytest.mark.parametrize(
    ("axis", "name", "text", "written"),
    [
        ("rows", "start", "1", "x[1:, :]"),
        ("rows", "start", "-2", "x[-2:, :]"),
        ("rows", "stop", "5", "x[:5, :]"),
        ("columns", "stop", "-12", "x[:, :-12]"),
        ("columns", "step", "3", "x[:, ::3]"),
    ],
)
def test_each_part_is_typed_key_by_key(show, axis, name, text, written):
    page = show()
    type_in(page, axis, name, text)
    assert expression(page) == written
    view = eval(written, {"x": X})
    assert notes(page) == [str(tuple(view.shape)), str(view.stride()), str(view.storage_offset())]
    type_in(page, axis, name, "")
    assert expression(page) == "x[:, :]"


def test_arrow_keys_step_a_field(show):
    page = show(rows=(1, 5, None))
    field(page, "rows", "start").press("ArrowUp")
    assert expression(page) == "x[2:5, :]"
    field(page, "rows", "stop").press("ArrowDown")
    assert expression(page) == "x[2:4, :]"


def test_an_axis_is_taken_by_one_integer_and_by_a_slice_again(show):
    page = show(rows=(2, 5, None))
    take = page.get_by_role("combobox", name="Take rows")
    take.focus()
    page.keyboard.press("ArrowDown")
    assert expression(page) == "x[2, :]"
    assert notes(page) == ["(8,)", "(1,)", "16"]
    assert not field(page, "rows", "start").is_visible()
    type_in(page, "rows", "index", "-1")
    assert expression(page) == "x[-1, :]"
    assert "Axis 0 is gone" in page.inner_text(".book-note")
    take.focus()
    page.keyboard.press("ArrowUp")
    assert expression(page) == "x[5:6, :]"
    assert notes(page) == ["(1, 8)", "(8, 1)", "40"]


@pytest.mark.parametrize("text", ["13", "-99", "1.5", "-", "1e9"])
def test_a_text_that_is_no_position_is_explained_and_changes_nothing(show, text):
    page = show(**STRIDED)
    type_in(page, "rows", "stop", "")
    type_in(page, "rows", "stop", text)
    line = page.locator(".book-problem").first
    assert line.inner_text() == ("rows, stop: write an integer from −12 to 12, or leave it empty.")
    assert field(page, "rows", "stop").get_attribute("aria-invalid") == "true"
    last_good = {"13": "1", "-99": "-9", "1.5": "1", "1e9": "1"}.get(text, "")
    assert expression(page) == f"x[1:{last_good}:2, ::3]"
    type_in(page, "rows", "stop", "4")
    assert line.inner_text() == ""
    assert expression(page) == "x[1:4:2, ::3]"


def test_an_empty_index_is_explained(show):
    page = show(columns=3)
    type_in(page, "columns", "index", "")
    assert page.locator(".book-problem").first.inner_text() == (
        "columns, index: write an integer from −12 to 12."
    )
    assert expression(page) == "x[:, 3]"
    page.get_by_role("combobox", name="Take columns").select_option("slice")
    frame(page)
    assert page.locator(".book-problem").first.inner_text() == ""


def test_a_field_that_is_put_away_no_longer_complains(show):
    page = show()
    type_in(page, "rows", "start", "-")
    assert page.locator(".book-problem").first.inner_text().startswith("rows, start: write")
    page.get_by_role("combobox", name="Take rows").select_option("integer")
    frame(page)
    assert page.locator(".book-problem").first.inner_text() == ""


def test_the_picked_cells_are_marked_in_order(show):
    page = show(**STRIDED)
    view = X[1:5:2, ::3]
    assert numbers(page, "x") == numbers(page, "y") == view.flatten().tolist()
    tags = grid(page, "x").locator(".book-tag-text").all_text_contents()
    assert tags == [str(at) for at in range(view.numel())]
    strip = page.locator(".book-strip")
    tall = strip.locator(".book-cell.book-picked, .book-cell.book-chosen")
    assert tall.count() == view.numel()
    heights = {
        node["height"]
        for node in tall.evaluate_all(
            "(nodes) => nodes.map((node) => ({ height: node.getAttribute('height') }))"
        )
    }
    assert heights == {"22"}
    assert strip.locator(".book-number.book-picked").all_text_contents() == [
        str(n) for n in view.flatten().tolist()[:-1]
    ]
    assert strip.locator(".book-number.book-chosen").all_text_contents() == ["30"]
    assert [text for text in strip.locator(".book-index").all_text_contents()] == [
        "+3",
        "+16",
        "offset 8",
    ]


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


@pytest.mark.parametrize("width", [360, 1200])
def test_the_table_stays_where_it_is_during_a_drag(show, width):
    page = show(width=width, rows=2, columns=5)
    before = grid(page, "x").bounding_box()
    for first, last in ((0, 0), (9, 35), (0, 47)):
        page.mouse.move(*cell(page, first))
        page.mouse.down()
        page.mouse.move(*cell(page, last))
        page.mouse.up()
        frame(page)
        assert grid(page, "x").bounding_box() == before


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
    type_in(page, "rows", "step", "-1")
    grid(page, "x").focus()
    page.keyboard.press("ArrowUp")
    assert expression(page) == "x[0:1, 0:8]"


def test_keys_and_pointer_choose_a_number_of_the_view(show):
    page = show(**STRIDED)
    assert page.inner_text(".book-result") == (
        "y[1, 2] is x[3, 6]. It lies at place 8 + 1·16 + 2·3 = 30."
    )
    grid(page, "y").focus()
    for key, number in (("Home", 24), ("ArrowUp", 8), ("ArrowRight", 11), ("End", 14)):
        page.keyboard.press(key)
        assert found(page) == number
    chosen = page.locator("svg .book-chosen.book-number").all_text_contents()
    assert chosen == ["14"] * 3  # in x, in y, in memory
    text = grid(page, "y").locator(".book-number").get_by_text("27", exact=True).bounding_box()
    page.mouse.click(text["x"] + 2, text["y"] + 2)
    assert found(page) == 27


def test_a_view_with_one_axis_is_drawn_as_a_row(show):
    page = show(**COLUMN)
    assert found(page) == 27
    labels = grid(page, "y").locator(".book-index").all_text_contents()
    assert labels == ["0", "1", "2", "3"]
    grid(page, "y").focus()
    page.keyboard.press("ArrowRight")
    assert found(page) == 35
    assert page.inner_text(".book-result").startswith("y[3] is x[4, 3]. ")
    page.keyboard.press("Home")
    assert found(page) == 11
    box = grid(page, "y").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] - 20)
    assert found(page) == 35


def test_a_number_alone_has_no_axes(show):
    page = show(**ONE)
    assert notes(page) == ["()", "()", "39"]
    assert page.inner_text(".book-result") == "y is x[4, 7]. It lies at place 39, the offset."
    assert grid(page, "y").locator(".book-index").count() == 0


def test_an_empty_slice_is_explained_and_left_again(show):
    page = show(**EMPTY)
    assert notes(page)[0] == "(0, 8)"
    assert page.get_by_text("y, shape (0, 8): no numbers").is_visible()
    assert not grid(page, "y").is_visible()
    assert numbers(page, "x") == []
    grid(page, "x").focus()
    page.keyboard.press("ArrowUp")
    assert expression(page) == "x[3:4, :12]"
    assert grid(page, "y").is_visible()


def test_a_negative_step_is_explained_and_left_again(show):
    page = show()
    type_in(page, "rows", "step", "-1")
    said = page.locator(".book-note")
    assert (
        "NumPy allows it, as a view with a negative stride; torch refuses it" in said.inner_text()
    )
    assert "book-problem" in said.get_attribute("class")
    assert "raises ValueError" in page.inner_text("pre code")
    for hidden in (".book-strip", ".book-result"):
        assert not page.locator(hidden).is_visible()
    assert numbers(page, "x") == []
    assert page.locator("[aria-label^='x,'] .book-frame").evaluate(
        "(frame) => getComputedStyle(frame).visibility"
    ) == ("hidden")
    type_in(page, "rows", "step", "2")
    assert "book-problem" not in said.get_attribute("class")
    assert numbers(page, "x") == X[::2].flatten().tolist()
    assert page.locator(".book-strip").is_visible()


def test_no_setting_shows_a_number_that_is_none(show):
    page = show()
    for axis in ("rows", "columns"):
        for name in ("start", "stop", "step"):
            for text in ("-12", "12", "0", ""):
                type_in(page, axis, name, text)
                assert_no_nonsense(page)


def test_what_is_written_on_the_strip_stays_inside_it(show):
    for width in (360, 1200):
        page = show(width=width)
        for rows, columns in ((-1, -1), ((5, None, None), (7, None, None)), ((0, None, 5), 0)):
            page.set_content("")
            mount(page, IndexExplorer(rows=rows, columns=columns))
            frame(page)
            hanging = page.evaluate(
                """() => {
                    const strip = document.querySelector(".book-strip");
                    const all = strip.getBoundingClientRect();
                    return [...strip.children].map((node) => [node, node.getBoundingClientRect()])
                        .filter(([, box]) => box.left < all.left - 1 || box.right > all.right + 1
                            || box.top < all.top - 1 || box.bottom > all.bottom + 1)
                        .map(([node]) => node.outerHTML);
                }"""
            )
            assert hanging == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", [{}, STRIDED])
def test_every_number_in_a_cell_stands_out(show, theme, state):
    page = show(theme=theme, **state)
    pairs = contrasts(page)
    assert len(pairs) >= 2 * 48 + 6
    assert min(pairs)[0] >= 4.5, min(pairs)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = IndexExplorer(rows=slice(1, 3))
    in_a_notebook(page, demo)
    assert expression(page) == "x[1:3, :]"
    page.evaluate("() => { model.change('columns', -2); model.change('position', [1, 0]); }")
    assert expression(page) == "x[1:3, -2]"
    assert found(page) == X[2, -2]
    demo.index = np.s_[1:3, -2]
    assert notes(page) == [str(demo.shape), str(demo.strides), str(demo.offset)]
    field(page, "rows", "step").fill("2")
    assert page.evaluate("model.get('rows')") == [1, 3, 2]
    assert_stops(page, IndexExplorer)
