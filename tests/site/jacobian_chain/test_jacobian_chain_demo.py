"""The Jacobian shape puzzle as a reader meets it, in Chromium on a blank page."""

import itertools
import re

import pytest
from demo_input import on_a_phone, press, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import frame, mounting, read
from jacobian_chain_states import BOTTLENECK, STATES
from website import violations

from utils.widgets.jacobian_chain import ORDERS, PRESETS, PUZZLES, JacobianChain

SLIDERS = ["n, input", "k₁, hidden", "k₂, hidden", "m, output"]
SIDES = {"forward": "from the input side", "reverse": "from the loss side"}
PARTS = [".book-frame-of-chain", ".book-costs", ".book-group"]


@pytest.fixture
def show(page):
    yield from mounting(page, JacobianChain)


def choose(page, name, label):
    page.get_by_role("combobox", name=name, exact=True).select_option(label=label)
    frame(page)


def slide(page, name, key):
    page.get_by_role("slider", name=name).press(key)
    frame(page)


def spoken(page, kind):
    return read(page, f".book-{kind}")


def boxes(page):
    """The shapes in the picture of the chain, from left to right."""
    texts = page.locator(".book-frame-of-chain .book-shape").all_text_contents()
    return [tuple(map(int, re.findall(r"\d+", text))) for text in texts]


def sizes(page):
    """The sizes as the torch code gives them."""
    line = re.search(r"sizes = \[(.*)\]", page.inner_text("code"))
    return tuple(map(int, line[1].split(", ")))


def sums(page, row):
    """The numbers of a row at the foot of the table, forward mode first."""
    cells = page.locator(".book-sum").nth(row).locator("td > span:first-child").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in cells]


def test_the_keyboard_alone_reaches_every_control(show):
    wanted = ["Chain", "Functions", "Multiply", *SLIDERS, "Start", "Back", "Multiply", "Result"]
    wanted += ["Puzzle", "Left box", "Second box", "Third box", "Check", "Next puzzle", "Copy"]
    assert tab_order(show()) == wanted


@pytest.mark.parametrize("order", ORDERS)
def test_products_are_made_one_by_one(show, order):
    page = show(**BOTTLENECK)
    choose(page, "Multiply", SIDES[order])
    demo = JacobianChain(**BOTTLENECK, order=order)
    for step in (0, 1, 2, 3, 3):
        demo.step = step
        assert boxes(page) == list(demo.chain)
        assert page.get_by_text(f"{step} of 3 products done").is_visible()
        left = demo.chain[-2:-1] if order == "forward" else demo.chain[: step < 3]
        joints = page.locator(".book-number.book-joint").all_text_contents()
        assert joints == [str(columns) for _, columns in left]
        assert spoken(page, "step").startswith("Next" if step < 3 else "Done")
        assert page.locator(".book-done").count() == step
        press(page, "Multiply")
    for name, count in (("Back", 2), ("Start", 4), ("Result", 1)):
        press(page, name)
        assert len(boxes(page)) == count


def test_edges_that_meet_are_equally_long(show):
    page = show(sizes=(20, 30, 4, 40), order="forward")
    lengths = page.eval_on_selector_all(
        ".book-edge", "(all) => all.map((edge) => edge.getTotalLength())"
    )
    assert len(lengths) == 6
    for (rows, columns), *pair in zip(boxes(page), lengths[::2], lengths[1::2], strict=True):
        assert pair[0] / pair[1] == pytest.approx(rows / columns)
    assert page.locator(".book-edge.book-next").count() == 2


def test_sliders_change_sizes_and_the_bills_of_both_orders(show):
    page = show()
    wanted = [32, 16, 8, 1]
    for index, key, size in ((3, "End", 64), (0, "Home", 1), (1, "ArrowRight", 17)):
        slide(page, SLIDERS[index], key)
        wanted[index] = size
        assert sizes(page) == tuple(wanted)
        demo = JacobianChain(sizes=wanted)
        assert sums(page, 0) == [sum(demo.multiplications[order]) for order in ORDERS]
        assert sums(page, 1) == [demo.kept[order] for order in ORDERS]
        assert page.get_by_role("combobox", name="Chain").input_value() == ""
    assert spoken(page, "result").startswith("Forward mode is cheaper")
    assert spoken(page, "costs").count("✓ fewer") == 2


def test_presets_and_the_number_of_functions_fill_the_sizes(show):
    page = show(step=2)
    for name, preset in PRESETS.items():
        choose(page, "Chain", name)
        assert sizes(page) == preset
        assert spoken(page, "step").startswith("Next")
        assert page.get_by_role("combobox", name="Functions").input_value() == str(len(preset) - 1)
    for count, wanted in (("2", (64, 48, 64)), ("4", (64, 48, 8, 8, 64)), ("3", (64, 48, 8, 64))):
        choose(page, "Functions", count)
        assert sizes(page) == wanted
        assert page.get_by_role("slider").count() == int(count) + 1
        assert ("from either side" in spoken(page, "result")) == (count == "2")
    choose(page, "Chain", "bottleneck")
    assert "start in between, (J₄J₃)(J₂J₁) takes 20,480" in spoken(page, "result")


def test_an_order_is_found_by_keyboard(show):
    page = show()
    assert spoken(page, "feedback") == "Answer, then check."
    press(page, "Check")
    assert spoken(page, "feedback") == "Choose a box for every place first."
    for keys, look, words in (
        ("abc", "problem", "Not yet: the left box has 3 rows, but y has 1 number."),
        ("bac", "right", "Right: B (1 × 3) times A (3 × 4) times C (4 × 6) is 1 × 6."),
    ):
        for name, key in zip(("Left", "Second", "Third"), keys, strict=True):
            page.get_by_role("combobox", name=f"{name} box").press(key)
        frame(page)
        assert spoken(page, "feedback") == "Answer, then check."
        press(page, "Check")
        assert spoken(page, "feedback") == words
        assert page.locator(f".book-feedback.book-{look}").count() == 1


def test_a_shape_is_typed_and_what_is_none_is_explained(show):
    page = show()
    press(page, "Next puzzle")
    assert page.get_by_role("button", name="Next puzzle").evaluate(
        "(node) => node.matches(':focus')"
    )
    assert "The shape of J₂ was lost" in spoken(page, "task")
    rows, columns = (page.get_by_role("spinbutton", name=name) for name in ("Rows", "Columns"))
    for text in ("0", "-3", "2.5", "65", ""):
        rows.fill(text)
        columns.fill("7")
        press(page, "Check")
        assert rows.input_value() == text
        assert (rows.get_attribute("aria-invalid") == "true") == (text != "")
        assert spoken(page, "feedback").startswith("Write rows and columns first, whole numbers")
    for field, text in ((rows, "4"), (columns, "7")):
        field.fill(text)
        frame(page)
    assert spoken(page, "feedback") == "Answer, then check."
    press(page, "Check")
    assert spoken(page, "feedback") == "Right: J₂ is 4 × 7."
    slide(page, "n, input", "End")
    assert spoken(page, "feedback") == "Right: J₂ is 4 × 7."


def test_every_puzzle_is_asked_and_the_last_leads_to_the_first(show):
    page = show()
    asked = set()
    for number, puzzle in enumerate([*PUZZLES, PUZZLES[0]]):
        shown = page.get_by_role("combobox", name="Puzzle").input_value()
        assert int(shown) == number % len(PUZZLES) + 1
        assert page.locator(".book-riddles .book-shape").count() == len(puzzle["sizes"]) - 1
        asked.add(spoken(page, "task"))
        press(page, "Next puzzle")
    assert len(asked) == len(PUZZLES)


def test_a_finger_moves_a_slider_and_presses_a_button(browser):
    with on_a_phone(browser, JacobianChain()) as page:
        box = page.get_by_role("slider", name="k₂").bounding_box()
        page.touchscreen.tap(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
        frame(page)
        assert 40 < sizes(page)[2] < 56
        page.get_by_role("button", name="Multiply", exact=True).tap()
        frame(page)
        assert page.get_by_text("1 of 2 products done").is_visible()


# Texts that stick out of a picture or lie on another text.
ILLEGIBLE = """() => [...document.querySelectorAll(".book-chain")].flatMap((picture) => {
    const texts = [...picture.querySelectorAll("text")];
    const [frame, ...boxes] = [picture, ...texts].map((node) => node.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 3;
    return texts.filter((_, at) => boxes[at].left < frame.left || boxes[at].right > frame.right
        || boxes[at].top < frame.top || boxes[at].bottom > frame.bottom
        || boxes.some((box, n) => n !== at && meet(boxes[at], box) && meet(box, boxes[at])));
}).map((node) => node.textContent)"""


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("state", STATES)
def test_the_letters_in_the_picture_are_legible(show, width, state):
    page = show(width=width, **state)
    assert page.evaluate(ILLEGIBLE) == []


@pytest.mark.parametrize("width", [360, 1200])
def test_the_layout_stands_still_while_a_slider_moves(show, width):
    page = show(width=width, sizes=(60, 60, 2, 40))
    places = set()
    for key, name in itertools.product(("ArrowLeft", "Home", "End", "PageDown"), SLIDERS):
        slide(page, name, key)
        places.add(tuple(edges(page, *PARTS)[::2]))
    assert len(places) == 1, places


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_a_check_says_stands_out(show, theme):
    page = show(theme=theme)
    press(page, "Check")
    assert violations(page, "color-contrast") == []


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, JacobianChain())
    page.evaluate("() => { model.change('sizes', [5, 4, 3]); model.change('step', 1); }")
    frame(page)
    assert boxes(page) == [(3, 5)]
    page.evaluate("() => { model.change('puzzle', 2); model.change('answer', [4, 7]); }")
    frame(page)
    assert page.get_by_role("spinbutton", name="Columns").input_value() == "7"
    press(page, "Check")
    assert spoken(page, "feedback").startswith("Right")
    press(page, "Next puzzle")
    assert page.evaluate("[model.get('puzzle'), model.get('answer')]") == [3, []]
    page.evaluate("model.change('puzzle', 3)")
    frame(page)
    page.get_by_role("spinbutton", name="Rows").fill("1")
    slide(page, "n, input", "ArrowRight")
    choose(page, "Multiply", SIDES["forward"])
    state = page.evaluate("['answer', 'sizes', 'order', 'step'].map((name) => model.get(name))")
    assert state == [[1, 0], [6, 4, 3], "forward", 0]
    assert_stops(page, JacobianChain)
