"""The broadcasting stepper as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import on_a_phone, press, tab_order
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_no_nonsense, assert_readable, contrasts
from demo_page import assert_redraws_in_a_frame, frame, mounting, read
from website import violations

from utils.widgets.broadcasting import LAST_STEP, Broadcasting, a_values, b_values

END = {"step": LAST_STEP}
PICTURES = {"a_shape": (2, 3, 4, 5), "b_shape": (3, 1, 1), **END}
CLASH = {"a_shape": (3, 2), "b_shape": (3,), **END}
STATES = [
    {},
    {"step": 2},
    {**END, "index": (2, 1)},
    {**PICTURES, "index": (1, 2, 3, 1)},
    {"a_shape": (6, 1, 6, 6), "b_shape": (6, 6, 1), **END},
    CLASH,
    {"a_shape": (2, 1), "b_shape": (1, 0), **END},
    {"a_shape": (), "b_shape": (), **END},
]


@pytest.fixture
def show(page):
    yield from mounting(page, Broadcasting)


def field(page, name):
    return page.get_by_role("textbox", name=f"Shape of {name}")


def sentence(page):
    return read(page, ".book-rule")


def result_grid(page):
    return page.get_by_role("application", name=re.compile("^= c "))


def grids(page):
    """The (number, kind) of each cell, in reading order, by the name of a visible grid."""
    frame(page)
    found = page.evaluate(
        """() => [...document.querySelectorAll(".book-operands .book-grid")]
            .filter((svg) => svg.checkVisibility())
            .map((svg) => [svg.ariaLabel, [...svg.querySelectorAll(".book-number")]])
            .map(([name, texts]) => [name, texts.flatMap((node) => {
                const places = node.getAttribute("x").split(" ");
                const numbers = places.length > 1 ? [...node.textContent] : [node.textContent];
                return numbers.map((number, k) => [
                    Number(node.getAttribute("y")), Number(places[k]), Number(number),
                    node.getAttribute("class").replace("book-number book-", ""),
                ]);
            })])"""
    )
    return {
        re.match(r"[+= ]*([abc])", name)[1]: [tuple(cell[2:]) for cell in sorted(cells)]
        for name, cells in found
    }


def cell(page, row, column):
    """The middle of a cell of the result on the screen."""
    labels = result_grid(page).locator(".book-index")
    boxes = [(label.text_content(), label.bounding_box()) for label in labels.all()]
    top = min(box["y"] for _, box in boxes)
    (x,) = [b["x"] + b["width"] / 2 for t, b in boxes if t == str(column) and b["y"] < top + 1]
    (y,) = [b["y"] + b["height"] / 2 for t, b in boxes if t == str(row) and b["y"] > top + 1]
    return x, y


def test_the_keyboard_alone_reaches_every_control(show):
    assert tab_order(show(**PICTURES)) == [
        "Shape of a",
        "Shape of b",
        "Example",
        "Start",
        "Previous",
        "Next",
        "Result",
        "Place on axis −4",
        "Place on axis −3",
        "= c (2, 3, 4, 5). Arrow keys, Home and End choose a number.",
        "Copy",
    ]


def test_steps_go_forwards_and_back_by_key(show):
    page = show()
    starts = ["Write the shapes", "The shape of b", "Axis −1: 1 and 4", "Axis −2: 3 and 1"]
    starts.append("Everything fits. The result has shape (3, 4)")
    for number, start in enumerate(starts, start=1):
        assert sentence(page).startswith(start)
        assert page.get_by_text(f"Step {number} of 5").is_visible()
        press(page, "Next")
    assert sentence(page).startswith(starts[-1])
    for start in reversed(starts[:-1]):
        press(page, "Previous")
        assert sentence(page).startswith(start)
    press(page, "Previous")
    assert sentence(page).startswith(starts[0])
    press(page, "Result")
    assert sentence(page).startswith(starts[-1])
    press(page, "Start")
    assert sentence(page).startswith(starts[0])


def test_copies_appear_axis_by_axis_and_the_sum_at_the_end(show):
    page = show()
    column, row = [(n, "plain") for n in (10, 20, 30)], [(n, "plain") for n in (1, 2, 3, 4)]
    assert grids(page) == {"a": column, "b": row}
    press(page, "Next")
    assert grids(page) == {"a": column, "b": row}
    press(page, "Next")
    wide = [(n, "copy" if k else "plain") for n in (10, 20, 30) for k in range(4)]
    assert grids(page) == {"a": wide, "b": row}
    press(page, "Next")
    tall = [(n, "copy" if k else "plain") for k in range(3) for n in (1, 2, 3, 4)]
    assert grids(page) == {"a": wide, "b": tall}
    press(page, "Next")
    total = (a_values((3, 1)) + b_values((4,))).flatten().tolist()
    assert grids(page) == {"a": wide, "b": tall, "c": [(n, "plain") for n in total]}


def test_the_table_marks_added_ones_and_verdicts_with_words(show):
    page = show(**CLASH)
    cells = page.locator(".book-shapes td")
    frame(page)
    assert cells.all_inner_texts() == ["3", "2", "1", "3", "✓ copy b", "✗ clash", "3", "none"]
    assert page.locator(".book-added").all_inner_texts() == ["1"]
    good, bad = (page.locator(f".book-{name}") for name in ("fits", "clash"))
    colours = [node.evaluate("(node) => getComputedStyle(node).color") for node in (good, bad)]
    assert colours == ["rgb(26, 127, 55)", "rgb(180, 35, 44)"]


def test_shapes_that_clash_are_explained_and_left_again(show):
    page = show(**CLASH)
    assert sentence(page) == (
        "There is no result: 2 and 3 on axis −1. The sizes of an axis must agree, or one of them "
        "must be 1."
    )
    assert page.locator(".book-rule.book-problem").is_visible()
    assert not result_grid(page).is_visible() and read(page) == ""
    kinds = [kind for _, kind in grids(page)["b"]]
    assert kinds == ["plain", "plain", "never", "copy", "copy", "never", "copy", "copy", "never"]
    assert page.inner_text("code").count("raises RuntimeError") == 2
    field(page, "b").fill("2")
    assert sentence(page).startswith("Everything fits. The result has shape (3, 2)")
    assert not page.locator(".book-rule.book-problem").is_visible()
    assert result_grid(page).is_visible()


def test_a_shape_is_typed_key_by_key(show):
    page = show(**END)
    for name, keys, shape in (("a", "5, 1, 2", "(5, 1, 2)"), ("b", "(3,1)", "(3, 1)")):
        field(page, name).focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        frame(page)
        assert field(page, name).input_value() == ""
        page.keyboard.type(keys)
        frame(page)
        assert field(page, name).input_value() == keys
        assert (
            page.locator("figcaption")
            .all_inner_texts()["ab".index(name)]
            .startswith(f"{name} {shape}" if name == "a" else f"+ {name} {shape}")
        )
    assert sentence(page).startswith("Everything fits. The result has shape (5, 3, 2)")
    assert page.get_by_role("combobox", name="Example").input_value() == "own"


def test_a_text_that_is_no_shape_is_explained_and_changes_nothing(show):
    page = show(**END)
    before = grids(page)
    for text, reason in (
        ("3, y", "“y” is not a whole number: write sizes such as 3, 1"),
        ("9", "9 is not from 0 to 6: write sizes such as 3, 1"),
        ("1 1 1 1 1", "5 axes are too many: at most 4 fit"),
    ):
        field(page, "a").fill(text)
        frame(page)
        assert page.inner_text(".book-problem") == f"Shape of a: {reason}. It stays (3, 1)."
        assert field(page, "a").get_attribute("aria-invalid") == "true"
        assert grids(page) == before
        assert field(page, "a").input_value() == text
    field(page, "b").fill("?")
    assert page.inner_text(".book-problem").count("It stays") == 2
    example = page.get_by_role("combobox", name="Example")
    example.select_option(label="a number and a table")
    frame(page)
    assert [field(page, name).input_value() for name in "ab"] == ["()", "2, 3"]
    assert page.locator("[aria-invalid=true]").count() == 0
    assert not page.locator(".book-problem").is_visible()


def test_each_example_is_told_apart_and_shows_a_sum_or_a_reason(show):
    page = show()
    example = page.get_by_role("combobox", name="Example")
    names = example.locator("option").all_inner_texts()[1:]
    assert len(names) == len(set(names)) >= 8
    example.focus()
    reasons = []
    for at, name in enumerate(names):
        example.select_option(label=name)
        frame(page)
        assert sentence(page).startswith("Write the shapes")
        assert example.input_value() == str(at)
        press(page, "Result")
        reasons.append(sentence(page).split(".")[0])
        press(page, "Start")
    assert "There is no result: 2 and 3 on axis −1" in reasons
    assert reasons.count("Everything fits") == len(names) - 1


def test_new_shapes_start_again_unless_the_result_is_shown(show):
    page = show(step=3)
    field(page, "b").fill("5")
    assert sentence(page).startswith("Write the shapes")
    press(page, "Result")
    field(page, "b").fill("1, 1, 1, 6")
    assert sentence(page).startswith("Everything fits. The result has shape (1, 1, 3, 6)")


def test_arrow_keys_choose_a_number_and_its_sum_is_spelled_out(show):
    page = show(**END)
    demo = Broadcasting(**END)
    assert read(page) == "c[0, 0] = a[0, 0] + b[0] = 10 + 1 = 11"
    result_grid(page).focus()
    steps = {
        "ArrowRight": (0, 1),
        "ArrowDown": (1, 1),
        "End": (1, 3),
        "ArrowLeft": (1, 2),
        "Home": (1, 0),
        "ArrowUp": (0, 0),
    }
    for key, place in steps.items():
        page.keyboard.press(key)
        demo.index = place
        assert read(page).startswith(f"c[{place[0]}, {place[1]}] = a[{place[0]}, 0] + b[")
        assert read(page).endswith(f" = {demo.value}"), key
    page.keyboard.press("ArrowUp")
    assert read(page).startswith("c[0, 0]")


@pytest.mark.parametrize(
    ("a", "b", "line"),
    [
        ((5,), (), "c[3] = a[3] + b = 40 + 1 = 41"),
        ((), (), "c = a + b = 10 + 1 = 11"),
        ((1, 1), (1,), "c[0, 0] = a[0, 0] + b[0] = 10 + 1 = 11"),
    ],
)
def test_results_with_fewer_axes_are_one_line_of_cells(show, a, b, line):
    page = show(a_shape=a, b_shape=b, **END)
    result_grid(page).focus()
    for key in ("ArrowRight",) * 3 + ("ArrowDown",):
        page.keyboard.press(key)
        frame(page)
    assert read(page) == line


def test_sliders_choose_the_slice_of_a_result_with_four_axes(show):
    page = show(**PICTURES)
    demo = Broadcasting(**PICTURES)
    first, second = (page.get_by_role("slider", name=f"Place on axis −{axis}") for axis in (4, 3))
    for slider, key, index in (
        (first, "End", (1, 0, 0, 0)),
        (second, "ArrowRight", (1, 1, 0, 0)),
        (second, "End", (1, 2, 0, 0)),
        (first, "Home", (0, 2, 0, 0)),
    ):
        slider.press(key)
        frame(page)
        demo.index = index
        total = (a_values(demo.a_shape) + b_values(demo.b_shape))[index[:2]]
        assert [n for n, _ in grids(page)["c"]] == total.flatten().tolist()
        assert read(page).startswith(f"c{list(index)} = a{list(index)} + b[{index[1]}, 0, 0]")
        assert f"place {index[0]} of axis −4 and place {index[1]} of axis −3" in page.inner_text(
            ".book-operands-slice"
        )
    result_grid(page).press("ArrowDown")
    assert read(page).startswith("c[0, 2, 1, 0]")


def test_a_pointer_chooses_a_number(show):
    page = show(**END)
    page.mouse.move(*cell(page, 2, 3))
    page.mouse.down()
    assert read(page).startswith("c[2, 3]")
    page.mouse.move(*cell(page, 0, 1))
    assert read(page).startswith("c[0, 1]")
    page.mouse.move(2, 2)
    assert read(page).startswith("c[0, 0]")
    page.mouse.up()
    page.mouse.move(*cell(page, 2, 3))
    assert read(page).startswith("c[0, 0]")


def test_a_tap_chooses_a_number_on_a_phone(browser):
    with on_a_phone(browser, Broadcasting(**END)) as page:
        result_grid(page).scroll_into_view_if_needed()
        page.touchscreen.tap(*cell(page, 1, 2))
        assert read(page) == "c[1, 2] = a[1, 0] + b[2] = 20 + 3 = 23"


def test_what_the_selected_number_reads_is_coloured_in_both_operands(show):
    page = show(**END, index=(2, 1))
    shares = page.eval_on_selector_all(
        ".book-operands .book-cell",
        "(nodes) => nodes.map((n) => n.style.getPropertyValue('--share'))",
    )
    assert shares.count("1") == 2
    texts = page.locator(".book-legend > span").all_inner_texts()
    assert texts == ["in memory", "virtual copy, not in memory", "what the selected number reads"]


def test_no_shape_shows_a_number_that_is_none(show):
    page = show()
    for a in ("", "0", "6, 6, 6, 6", "1, 0, 1", "2, 3"):
        for b in ("()", "0", "1", "6, 1", "1, 1, 1, 1", "0, 2, 3"):
            field(page, "a").fill(a)
            field(page, "b").fill(b)
            for name in ("Start", "Next", "Next", "Next", "Result"):
                press(page, name)
                assert_no_nonsense(page)


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_page(show, width, state):
    assert_readable(show(width=width, **state), pixels=10)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", [STATES[1], STATES[3], CLASH, STATES[6]])
def test_axe_finds_nothing_serious(show, theme, state):
    page = show(theme=theme, **state)
    field(page, "a").fill("what?")
    frame(page)
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", [STATES[2], STATES[3], CLASH])
def test_every_number_in_a_cell_stands_out(show, theme, state):
    page = show(theme=theme, **state)
    found = contrasts(page)
    assert len(found) >= 15
    assert min(found)[0] >= 4.5, min(found)


TYPE_SHAPES = """async (drawn) => {
    const fields = [...document.querySelectorAll("input[type=text]")];
    for (let round = 0; round < 3; round++) {
        for (const text of ["6, 6", "6, 6, 6, 6", "1", "6, 1, 6", "5, 6", "6, 1"]) {
            for (const field of fields) {
                field.value = text;
                field.dispatchEvent(new Event("input"));
                await drawn();
            }
        }
    }
}"""


def test_an_update_fits_into_a_frame(show):
    page = show(**END)
    assert_redraws_in_a_frame(page, TYPE_SHAPES, least=30)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, Broadcasting())
    page.evaluate("() => { model.change('b_shape', [2, 1, 1]); model.change('step', 6); }")
    assert sentence(page).startswith("Everything fits. The result has shape (2, 3, 1)")
    assert field(page, "b").input_value() == "2, 1, 1"
    result_grid(page).press("ArrowDown")
    assert page.evaluate("model.get('index')") == [0, 0, 1, 0]
    press(page, "Previous")
    assert page.evaluate("model.get('step')") == 4
    field(page, "a").fill("3, 2")
    assert page.evaluate("model.get('a_shape')") == [3, 2]
    assert_stops(page, Broadcasting)


def test_two_views_on_one_page_share_no_id(page):
    assert ids_of_two_views(page, Broadcasting(**PICTURES)) >= 6
