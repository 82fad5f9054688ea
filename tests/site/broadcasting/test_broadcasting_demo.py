"""The broadcasting demo as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import middle, on_a_phone, press, tab_order, touch_drag
from demo_kernel import in_a_notebook
from demo_looks import assert_no_nonsense
from demo_page import frame, mounting, read, resize
from demo_stage import is_done

from utils.widgets.broadcasting import OPERATIONS, Broadcasting, a_values, b_values

PICTURES = {"a_shape": (2, 3, 4, 5), "b_shape": (3, 1, 1), "index": (0, 0, 0, 0)}
CLASH = {"a_shape": (3, 2), "b_shape": (3,)}
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo, its drawers open unless asked otherwise."""
    mounted = mounting(page, Broadcasting)
    show_demo = next(mounted)

    def shown(*, opened=True, **state):
        show_demo(**state)
        if opened:
            page.evaluate(OPEN)
        return page

    yield shown
    next(mounted, None)


def field(page, name):
    return page.get_by_role("textbox", name=f"Shape of {name}")


def picture(page):
    return page.get_by_role("application")


def sentence(page):
    return read(page, ".book-says")


def spelled(page):
    """The part of the sentence that gives the selected number."""
    return sentence(page).split(". ", 1)[1]


def cells(page, name, *, column="text"):
    """The numbers of a block in reading order, or another column of what is known of its cells."""
    frame(page)
    found = page.evaluate(
        """(name) => [...document.querySelectorAll(`.book-block.book-${name} [data-place]`)]
            .filter((node) => node.getClientRects().length)
            .map((node) => ({
                place: node.dataset.place.split(",").map(Number),
                text: node.textContent, look: node.getAttribute("class"),
            }))""",
        name,
    )
    return [cell[column] for cell in sorted(found, key=lambda cell: cell["place"])]


def places(page, name, look):
    """The places of the cells of a block that look like this."""
    found = zip(cells(page, name, column="place"), cells(page, name, column="look"), strict=True)
    return [tuple(place) for place, looks in found if f"book-{look}" in looks.split()]


def cell(page, name, row, column):
    return page.locator(f".book-block.book-{name} [data-place='{row},{column}'] rect")


def texts(tensor):
    return [str(number) for number in tensor.flatten().tolist()]


def test_it_opens_on_the_result(show):
    page = show()
    assert cells(page, "a") == texts(a_values((3, 1)).expand(3, 4))
    assert cells(page, "b") == texts(b_values((4,)).expand(3, 4))
    assert cells(page, "c") == texts(a_values((3, 1)) + b_values((4,)))
    assert sentence(page) == "(3, 1) and (4,) give (3, 4). c[1, 2] = a[1, 0] + b[2] = 20 + 3 = 23."
    assert page.locator(".book-shapes .book-after").all_text_contents() == ["→3", "→4"]


def test_tab_goes_through_the_picture_and_then_the_controls(show):
    page = show(**PICTURES)
    grid = "c (2, 3, 4, 5): arrow keys, Home and End choose a number"
    sizes = [
        f"{name}, axis −{axis}: {size}"
        for axis, pair in zip((4, 3, 2, 1), ((2, 1), (3, 3), (4, 1), (5, 1)), strict=True)
        for name, size in zip("ab", pair, strict=True)
    ]
    stage = ["Play", "Reset", "Example"]
    drawer = ["More", "Shape of a", "Shape of b", "c =", "Step"]
    sheets = ["Place on axis −4", "Place on axis −3"]
    ends = ["The same in torch", "Copy"]
    assert tab_order(page) == [grid, *sizes, *stage, *drawer, *sheets, *ends]


def test_the_selected_number_lights_up_with_the_two_that_it_comes_from(show):
    page = show(index=(2, 1))
    for name in "abc":
        assert places(page, name, "lit") == [(2, 1)]
    assert places(page, "a", "source") == [(2, 0)]
    assert places(page, "b", "source") == [(0, 1)]
    assert places(page, "a", "copy") == [(r, c) for r in range(3) for c in (1, 2, 3)]
    assert places(page, "b", "copy") == [(r, c) for r in (1, 2) for c in range(4)]


def test_pointing_at_any_block_selects(show):
    page = show()
    for name, place in (("c", (2, 3)), ("a", (0, 2)), ("b", (1, 0)), ("c", (0, 0))):
        page.mouse.move(*middle(cell(page, name, *place)))
        assert places(page, "c", "lit") == [place]
        assert spelled(page).startswith(f"c[{place[0]}, {place[1]}] = ")
    page.mouse.move(2, 2)
    assert places(page, "c", "lit") == [(0, 0)]


def test_arrow_keys_choose_a_number_and_it_is_spelled_out(show):
    page = show(index=(0, 0))
    demo = Broadcasting()
    picture(page).focus()
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
        assert spelled(page).startswith(f"c[{place[0]}, {place[1]}] = a[{place[0]}, 0] + b[")
        assert spelled(page).endswith(f" = {demo.value}."), key
    page.keyboard.press("ArrowUp")
    assert spelled(page).startswith("c[0, 0]")


@pytest.mark.parametrize(
    ("a", "b", "line"),
    [
        ((5,), (), "c[4] = a[4] + b = 50 + 1 = 51."),
        ((), (), "c = a + b = 10 + 1 = 11."),
        ((1, 1), (1,), "c[0, 0] = a[0, 0] + b[0] = 10 + 1 = 11."),
    ],
)
def test_results_with_fewer_axes_are_one_line_of_cells(show, a, b, line):
    page = show(a_shape=a, b_shape=b)
    picture(page).focus()
    for key in ("ArrowRight",) * 3 + ("ArrowDown",):
        page.keyboard.press(key)
        frame(page)
    assert spelled(page) == line


def test_a_finger_chooses_a_number_on_a_phone(browser):
    with on_a_phone(browser, Broadcasting()) as page:
        press(page, "Reset")  # it may have begun to play
        picture(page).scroll_into_view_if_needed()
        page.touchscreen.tap(*middle(cell(page, "c", 1, 2)))
        assert spelled(page) == "c[1, 2] = a[1, 0] + b[2] = 20 + 3 = 23."
        ends = [middle(cell(page, "c", 2, column)) for column in (0, 3)]
        assert touch_drag(page, *ends) == 0
        assert spelled(page).startswith("c[2, 3]")


def test_each_operation_makes_the_result_of_torch(show):
    page = show()
    demo = Broadcasting()
    for name, operation in OPERATIONS.items():
        page.get_by_label("c =").select_option(name)
        demo.operation = name
        assert cells(page, "c") == texts(operation(a_values((3, 1)), b_values((4,))))
        assert spelled(page).endswith(f"= {demo.value}.")


def test_shapes_that_clash_show_where_they_break(show):
    page = show(**CLASH)
    assert sentence(page) == "No result: 2 and 3 on axis −1 differ, and neither is 1."
    assert cells(page, "c") == []
    assert places(page, "b", "never") == [(0, 2), (1, 2), (2, 2)]
    assert places(page, "a", "never") == []
    assert page.locator(".book-sign.book-fails").all_text_contents() == ["≠"]
    assert page.locator(".book-chip.book-fails").all_text_contents() == ["2", "3"]
    assert page.get_by_text("no result", exact=False).first.is_visible()
    assert "no result of (3, 2) and (3,)" in picture(page).get_attribute("aria-label")
    field(page, "b").fill("2")
    assert sentence(page).startswith("(3, 2) and (2,) give (3, 2).")
    assert len(cells(page, "c")) == 6


def chip(page, name, axis):
    return page.get_by_role("button", name=re.compile(f"^{name}, axis −{axis}: "))


def test_a_size_keeps_a_ring_after_a_key_and_none_after_a_click(show):
    page = show()
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(2):
        chip(page, "a", 2).click()
        frame(page)
        assert page.evaluate("() => document.activeElement.matches('.book-chip')")
        assert page.evaluate(ring) == "none"
    chip(page, "a", 2).press("Enter")
    frame(page)
    assert page.evaluate(ring) == "solid"


def test_presses_on_sizes_and_on_plus_make_other_shapes(show):
    page = show(b_shape=(5, 2))
    for name, axis, shapes in (
        ("b", 1, ["(5, 3)", "(5, 4)", "(5, 5)", "(5, 1)"]),
        ("b", 2, ["(1,)", "(2, 1)", "(3, 1)"]),  # the front one goes, and comes again as a 2
    ):
        for shape in shapes:
            chip(page, name, axis).click()
            frame(page)
            caption = page.locator(".book-b .book-block-caption").text_content()
            assert caption.startswith(f"b {shape}"), (shape, caption)
    plus = page.get_by_role("button", name="one more axis in front of a")
    plus.press("Enter")
    plus.press("Space")
    frame(page)
    assert sentence(page).startswith("(1, 1, 3, 1) and (3, 1) give (1, 1, 3, 1).")
    assert plus.count() == 0 and len(page.locator(".book-chip").all()) == 8
    chip(page, "b", 4).press("Enter")
    frame(page)
    assert sentence(page).startswith("(1, 1, 3, 1) and (2, 1, 3, 1) give (2, 1, 3, 1).")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "b, axis −4: 2"  # though it was made anew


def test_an_axis_lights_up_in_the_table_and_at_the_blocks(show):
    page = show()
    drawing = page.locator(".book-broadcast")
    assert drawing.get_attribute("data-axis") == ""
    for axis in (1, 2):
        page.locator(f".book-c .book-edge.book-on-{axis} text").hover()
        assert drawing.get_attribute("data-axis") == str(axis)
        weight = page.locator(f".book-axis.book-on-{axis}").evaluate(
            "(node) => getComputedStyle(node).fontWeight"
        )
        assert weight == "700"
    page.mouse.move(2, 2)
    page.get_by_role("slider", name="Step").press("Home")
    for axis in ("", "", "1", "2", ""):
        frame(page)
        assert drawing.get_attribute("data-axis") == axis
        page.get_by_role("slider", name="Step").press("ArrowRight")


def test_a_shape_is_typed_key_by_key(show):
    page = show()
    for name, keys in (("a", "5, 1, 2"), ("b", "(3,1)")):
        field(page, name).focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        frame(page)
        assert field(page, name).input_value() == ""
        page.keyboard.type(keys)
        frame(page)
        assert field(page, name).input_value() == keys
    assert sentence(page).startswith("(5, 1, 2) and (3, 1) give (5, 3, 2).")
    assert page.locator(".book-block-caption").all_text_contents() == [
        "a (5, 1, 2) → (5, 3, 2)",
        "b (3, 1) → (5, 3, 2)",
        "c (5, 3, 2), in front c[0]",
    ]


def test_a_text_that_is_no_shape_is_explained_and_changes_nothing(show):
    page = show()
    before = cells(page, "c")
    place = page.locator(".book-controls, .book-deck").first.bounding_box()["y"]
    for text, reason in (
        ("3, y", "“y” is not a whole number: write sizes such as 3, 1"),
        ("9", "9 is not from 0 to 6: write sizes such as 3, 1"),
        ("1 1 1 1 1", "5 axes are too many: at most 4 fit"),
    ):
        field(page, "a").fill(text)
        frame(page)
        assert sentence(page) == f"Shape of a: {reason}. It stays (3, 1)."
        assert page.locator(".book-controls, .book-deck").first.bounding_box()["y"] == place
        assert field(page, "a").get_attribute("aria-invalid") == "true"
        assert cells(page, "c") == before
        assert field(page, "a").input_value() == text
    field(page, "b").fill("?")
    assert sentence(page).startswith("Shape of a:")  # one after the other
    field(page, "a").fill("3, 1")
    assert sentence(page).startswith("Shape of b:")
    press(page, "Reset")
    assert [field(page, name).input_value() for name in "ab"] == ["3, 1", "4"]
    assert page.locator("[aria-invalid=true]").count() == 0
    assert "It stays" not in sentence(page)


def test_each_example_shows_a_result_or_a_reason(show):
    page = show()
    example = page.get_by_role("combobox", name="Example")
    names = example.locator("option").all_inner_texts()[1:]
    assert len(names) == len(set(names)) >= 8
    reasons = []
    field(page, "a").fill("nothing")  # an example heals what was typed
    for at, name in enumerate(names):
        example.select_option(label=name)
        frame(page)
        assert example.input_value() == str(at)
        assert "It stays" not in sentence(page)
        assert_no_nonsense(page)
        reasons.append(sentence(page))
    assert "No result: 2 and 3 on axis −1 differ, and neither is 1." in reasons
    assert sum(" give " in reason for reason in reasons) == len(names) - 1
    field(page, "a").fill("6")
    frame(page)
    assert example.input_value() == "own"


def test_sliders_bring_another_sheet_to_the_front(show):
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
        assert cells(page, "c") == texts(total)
        assert spelled(page).startswith(f"c{list(index)} = a{list(index)} + b[{index[1]}, 0, 0]")
        caption = page.locator(".book-c .book-block-caption").text_content()
        assert caption.endswith(f"in front c[{index[0]}, {index[1]}]")
    picture(page).press("ArrowDown")
    assert spelled(page).startswith("c[0, 2, 1, 0]")


def test_the_step_slider_walks_through_the_rules(show):
    page = show(a_shape=(3, 1), b_shape=(2, 1, 4))
    slider = page.get_by_role("slider", name="Step")
    slider.press("Home")
    starts = [
        "Shapes are compared from the right",
        "a has fewer axes, so a 1 is put in front: (3, 1) counts as (1, 3, 1).",
        "Axis −1: 1 and 4 fit",
        "Axis −2: 3 and 1 fit",
        "Axis −3: 1 and 2 fit",
        "(3, 1) and (2, 1, 4) give (2, 3, 4).",
    ]
    for at, start in enumerate(starts):
        assert sentence(page).startswith(start)
        done = at == len(starts) - 1
        ghosts = ["ghost" in look for look in cells(page, "c", column="look")]
        assert ghosts == [not done] * 12  # the places stand there, empty, until the numbers come
        arrows = page.locator(".book-shapes .book-after").count()
        assert arrows == max(0, min(at - 1, 3))
        slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "6/6"


def test_the_task_notices_a_b_that_brings_the_missing_axis(show):
    page = show()
    for shape in ("2, 3, 1", "2, 4"):
        field(page, "b").fill(shape)
        frame(page)
        assert not is_done(page)
    field(page, "a").fill("2, 3, 4")
    field(page, "b").fill("4")
    frame(page)
    assert not is_done(page)  # a has done it alone
    press(page, "Reset")
    field(page, "b").fill("2, 1, 4")
    frame(page)
    assert is_done(page)
    press(page, "Reset")
    assert not is_done(page)
    assert field(page, "b").input_value() == "4"


def test_the_view_follows_the_kernel_and_tells_it_what_a_reader_does(page):
    in_a_notebook(page, Broadcasting())
    page.evaluate(OPEN)
    page.evaluate(
        "() => { model.change('b_shape', [2, 1, 1]); model.change('operation', 'mul'); }"
    )
    assert sentence(page).startswith(
        "(3, 1) and (2, 1, 1) give (2, 3, 1). c[0, 1, 0] = a[1, 0] × "
    )
    assert field(page, "b").input_value() == "2, 1, 1"
    picture(page).press("ArrowDown")
    assert page.evaluate("model.get('index')") == [0, 0, 2, 0]
    field(page, "a").fill("3, 2")
    assert page.evaluate("model.get('a_shape')") == [3, 2]
    page.evaluate("model.change('step', 0)")
    assert re.match("Shapes are compared", sentence(page))


@pytest.mark.parametrize("width", [328, 688])
def test_its_deck_stays_as_high_when_play_is_pressed(show, width):
    page = show(
        width=width, opened=False
    )  # as wide as the text is on a phone, and beside a sidebar
    deck = page.locator(".book-deck")
    before = deck.bounding_box()
    page.get_by_role("button", name="Play").press("Enter")
    page.get_by_role("button", name="Pause").wait_for()
    assert deck.bounding_box() == before


def test_the_shapes_and_the_name_of_the_first_example_are_not_cut_short(show):
    for width in (800, 360):
        page = show(a_shape=[2, 3, 4, 5], b_shape=[3, 1, 1])
        resize(page, width)
        for field in page.locator(".book-drawer input[type=text]").all():
            assert field.evaluate("(node) => node.scrollWidth <= node.clientWidth")
        page.get_by_label("Example").select_option("a column and a row")
        room, needed = page.get_by_label("Example").evaluate(
            """(node) => {
                const pen = document.createElement("canvas").getContext("2d");
                pen.font = getComputedStyle(node).font;
                return [node.clientWidth, pen.measureText(node.selectedOptions[0].text).width];
            }"""
        )
        assert room > needed + 24, width  # beside its arrow
