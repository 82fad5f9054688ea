"""The index explorer as a reader meets it, in Chromium on a blank page."""

import numpy as np
import pytest
import torch
from demo_input import press, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import contrasts
from demo_page import frame, read, stop_clock
from demo_stage import MOST_WORDS, TALLEST, is_done, open_drawer, words_in_sight
from explorer_on_screen import cell, expression, found, grid, middle, notes, numbers
from index_explorer_states import ALL, COLUMN, EMPTY, MEMORY, ONE, STRIDED

from utils.widgets.index_explorer import SIZES, IndexExplorer

X = torch.arange(48).view(SIZES)


def test_the_keyboard_alone_reaches_every_control(show):
    for memory in (False, True):
        page = show(**STRIDED, memory=memory)
        for title in ("More", "The same in torch"):
            open_drawer(page, title)
        page.mouse.click(2, 2)
        reached = tab_order(page)
        assert reached[0].startswith("x, 6 × 8. Drag over cells")
        second = (
            "Memory: 48 places in one line; the arcs" if memory else "y, shape (2, 3). Arrow keys"
        )
        assert reached[1].startswith(second)
        assert reached[2:7] == ["Play", "Reset", "rows", "columns", "Example"]
        parts = ["start", "stop", "step"]
        fields = [
            [f"Take {axis}", *(f"{axis}, {part}" for part in parts)]
            for axis in ("rows", "columns")
        ]
        assert reached[7:] == ["More", *fields[0], *fields[1], "The same in torch", "Copy"]


@pytest.mark.parametrize(("width", "kind"), [(360, "phone"), (624, "wide"), (800, "wide")])
def test_no_pick_makes_it_too_tall_or_moves_the_controls(show, width, kind):
    for memory in (False, True):
        tops = set()
        for state in ({}, STRIDED, COLUMN, ONE, EMPTY, ALL):
            page = show(width=width, **state, memory=memory)
            assert words_in_sight(page) <= MOST_WORDS
            tops.add(page.locator(".book-deck").bounding_box()["y"])
        assert len(tops) == 1
        page = show(width=width, memory=memory)
        assert page.locator(".book-stage").bounding_box()["height"] <= TALLEST[kind]


def test_strides_and_memory_are_on_the_page_that_asks_for_them_alone(show):
    words = ("stride", "offset", "memory", "place")
    page = show()
    assert not [word for word in words if word in page.text_content(".book-stage").lower()]
    page = show(**MEMORY)
    shown = page.text_content(".book-stage").lower()
    assert [word for word in words if word in shown] == ["stride", "offset", "place"]
    assert grid(page, "Memory").is_visible()


def test_the_task_is_done_by_the_last_column_in_any_notation(show):
    page = show()
    for rows, columns, done in (
        (":", "6", False),
        ("1:", "7", False),
        (":", "-1", True),
        (":", "7:", True),
        ("0:6", "6:", False),
    ):
        press(page, "Reset")
        assert not is_done(page)
        for axis, text in (("rows", rows), ("columns", columns)):
            page.get_by_role("textbox", name=axis, exact=True).fill(text)
        frame(page)
        assert is_done(page) == done, (rows, columns)
    press(page, "Reset")
    page.mouse.move(*cell(page, 7))
    page.mouse.down()
    page.mouse.move(*cell(page, 47))
    page.mouse.up()
    frame(page)
    assert is_done(page)


def test_the_other_task_is_done_by_a_step_of_two_on_both_axes(show):
    page = show(**MEMORY)
    for rows, columns, done in (("::2", ":", False), ("::2", "1", False), ("1:5:2", "::2", True)):
        for axis, text in (("rows", rows), ("columns", columns)):
            page.get_by_role("textbox", name=axis, exact=True).fill(text)
        frame(page)
        assert is_done(page) == done, (rows, columns)


def test_play_walks_the_picked_cells_once_and_starts_again(fresh_page):
    page = fresh_page
    stop_clock(page)
    in_a_notebook(page, IndexExplorer())
    play = page.get_by_role("button", name="Play")
    for _ in range(2):
        play.click()
        walked = []
        for _ in range(6):
            page.clock.run_for(50)
            walked.append(found(page))
            page.clock.run_for(850)
        assert walked == X[1:3, 2:5].flatten().tolist()
        page.clock.run_for(2000)
        assert play.inner_text() == "Play"
    play.click()
    page.clock.run_for(1000)
    page.evaluate("model.change('rows', [3, 3, null])")
    page.clock.run_for(2000)
    assert play.inner_text() == "Play"


def test_the_ball_hops_to_the_next_place_and_stays_over_the_line(fresh_page):
    page = fresh_page
    stop_clock(page)
    in_a_notebook(page, IndexExplorer(rows=(1, 3, None), columns=(2, 5, 2), memory=True))
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate("model.change('position', [0, 0])")
    page.clock.run_for(1000)
    centre = "(ball) => [ball.cx.baseVal.value, ball.cy.baseVal.value]"
    ball = page.locator(".book-ball")
    (left, ground), heights = ball.evaluate(centre), []
    page.evaluate("model.change('position', [0, 1])")
    for _ in range(12):
        page.clock.run_for(50)
        x, y = ball.evaluate(centre)
        assert left <= x
        left = x
        heights.append(ground - y)
    assert max(heights) > 5 and min(heights) >= 0 and heights[-1] == 0
    assert page.text_content(".book-ball-text") == "12"
    picked = middle(page, "Memory", ".book-cell.book-picked", 1)
    assert middle(page, "Memory", ".book-ball", 0) == pytest.approx(picked, abs=0.5)


def test_the_picked_cells_are_marked_in_the_table_and_in_memory(show):
    view = X[1:5:2, ::3]
    page = show(**STRIDED)
    assert numbers(page, "x") == numbers(page, "y") == view.flatten().tolist()
    heads = grid(page, "x").locator("text.book-head.book-picked").all_text_contents()
    assert heads == ["1", "3", "0", "3", "6"]
    page = show(**STRIDED, **MEMORY)
    assert grid(page, "y").count() == 0
    strip = grid(page, "Memory")
    tall = strip.locator(".book-cell.book-picked")
    size = strip.locator(".book-cell").first.evaluate("(box) => box.width.baseVal.value")
    lefts = tall.evaluate_all("(boxes) => boxes.map((box) => box.x.baseVal.value)")
    start = strip.locator(".book-cell").evaluate_all(
        "(boxes) => Math.min(...boxes.map((box) => box.x.baseVal.value))"
    )
    assert [round((left - start) / size) for left in lefts] == view.flatten().tolist()
    assert strip.locator(".book-place.book-picked").all_text_contents() == [
        str(number) for number in view.flatten().tolist()
    ]
    assert strip.locator(".book-step, .book-offset").all_text_contents() == [
        "+3",
        "+16",
        "offset 8",
    ]
    assert strip.locator(".book-ball-text").text_content() == "30"
    assert notes(page) == ["(2, 3)", "(16, 3)", "8", "8 + 1·16 + 2·3 = 30"]
    colours = [
        ("16", "book-rows"),
        ("3", "book-columns"),
        ("·16", "book-rows"),
        ("·3", "book-columns"),
    ]
    strides = page.locator(".book-note-value tspan[class]")
    assert strides.evaluate_all(
        "(all) => all.map((one) => [one.textContent, one.getAttribute('class')])"
    ) == [list(pair) for pair in colours]


def test_one_number_leaves_only_the_offset(show):
    page = show(**ONE, **MEMORY)
    assert notes(page) == ["()", "()", "39", "39"]
    assert read(page, ".book-says") == "y is x[4, 7]. It lies at place 39, the offset."
    page = show(**ONE)
    assert grid(page, "y").locator(".book-head").count() == 0
    assert numbers(page, "y") == [39]


def test_an_empty_slice_is_explained_and_left_again(show):
    page = show(**EMPTY)
    assert page.locator("text.book-grid-caption").text_content() == "y, shape (0, 8): no numbers"
    assert grid(page, "y").count() == 0
    assert numbers(page, "x") == []
    assert "On axis 0 the slice is empty" in read(page, ".book-says")
    grid(page, "x").focus()
    page.keyboard.press("ArrowUp")
    assert expression(page) == "x[3:4, :12]"
    assert grid(page, "y").is_visible()
    assert notes(show(**EMPTY, **MEMORY)) == ["(0, 8)", "(8, 1)", "32"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_number_in_a_cell_stands_out(show, theme):
    for state in ({}, STRIDED, COLUMN, ALL):
        pairs = contrasts(show(theme=theme, **state))
        assert len(pairs) >= 48 + 4
        assert min(pairs)[0] >= 4.5, min(pairs)


def test_what_is_drawn_stays_inside_the_picture(show):
    hanging = """() => {
        const board = document.querySelector(".book-board");
        const all = board.getBoundingClientRect();
        // The ball may stand in the margin around the picture.
        const edge = (node) => (node.closest(".book-pointer") ? 9 : 2);
        return [...board.querySelectorAll("text, rect:not(.book-reach), path, circle")]
            .filter((node) => node.checkVisibility() && getComputedStyle(node).display !== "none")
            .map((node) => [node, node.getBoundingClientRect()])
            .filter(([, box]) => box.width + box.height > 0)
            .filter(([node, box]) => box.left < all.left - edge(node)
                || box.right > all.right + edge(node)
                || box.top < all.top - 2 || box.bottom > all.bottom + 2)
            .map(([node]) => node.outerHTML);
    }"""
    corners = [(-1, -1), (0, 0), ((5, None, None), (7, None, None)), ((0, None, 5), 0)]
    for width in (320, 360, 624, 1200):
        for rows, columns in [*corners, ((None, None, 5), (None, None, 7))]:
            for memory in (False, True):
                page = show(width=width, rows=rows, columns=columns, memory=memory)
                assert page.evaluate(hanging) == [], (width, rows, columns, memory)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = IndexExplorer(rows=slice(1, 3), columns=slice(None))
    in_a_notebook(page, demo)
    assert expression(page) == "x[1:3, :]"
    page.evaluate("() => { model.change('columns', -2); model.change('position', [1, 0]); }")
    assert expression(page) == "x[1:3, -2]"
    assert found(page) == X[2, -2]
    page.evaluate("model.change('memory', true)")
    demo.index = np.s_[1:3, -2]
    assert notes(page)[:3] == [str(demo.shape), str(demo.strides), str(demo.offset)]
    page.get_by_role("textbox", name="rows", exact=True).fill("1:3:2")
    assert page.evaluate("model.get('rows')") == [1, 3, 2]
    assert_stops(page, IndexExplorer)
