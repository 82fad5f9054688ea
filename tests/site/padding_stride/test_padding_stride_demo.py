"""The padding and stride explorer on the stage: its form, its look, phones, notebooks."""

import pytest
from demo_input import on_a_phone, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import contrasts
from demo_page import read, stop_clock
from demo_stage import MOST_WORDS, TALLEST, open_drawer, words_in_sight
from grids_on_screen import numbers
from padding_stride_states import IMPOSSIBLE, NEGATIVE, STATES, UNEQUAL

from utils.widgets.padding_stride import PaddingStride


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def weight(page, row, column):
    return page.get_by_label(f"kernel row {row} column {column}")


@pytest.mark.parametrize(("width", "kind"), [(360, "phone"), (800, "wide")])
def test_no_setting_that_works_makes_it_too_tall(show, width, kind):
    for state in [state for state in STATES if state != IMPOSSIBLE]:
        page = show(width=width, **state)
        assert page.locator(".book-stage").bounding_box()["height"] <= TALLEST[kind], state
        assert words_in_sight(page) <= MOST_WORDS


@pytest.mark.parametrize("width", [624, 800])
def test_the_kernel_has_room_between_the_grids(show, width):
    for size in range(1, 6):
        page = show(width=width, kernel_size=size, padding=2)
        parts = [part.bounding_box() for part in page.locator(".book-part").all()]
        grids = [grid.bounding_box() for grid in page.locator(".book-border").all()]
        scene = page.locator(".book-board").bounding_box()
        cell = grids[0]["width"] / 8
        for part in parts:
            assert part["x"] >= grids[0]["x"] + grids[0]["width"] + 2 * cell, size
            assert part["x"] + part["width"] <= grids[1]["x"], size
            assert scene["y"] <= part["y"], size
            assert part["y"] + part["height"] <= scene["y"] + scene["height"] + 1, size


def test_the_keyboard_alone_reaches_every_control(show):
    page = show(**UNEQUAL, transposed=True)
    for title in ("More", "The same in torch"):
        open_drawer(page, title)
    page.mouse.click(2, 2)
    reached = tab_order(page)
    rows = ("Input", "Kernel", "Padding", "Stride", "Dilation", "Output pad")
    sliders = {f"{row} {side}" for row in rows for side in ("height", "width")}
    fields = {f"kernel row {row} column {column}" for row in range(3) for column in range(2)}
    switches = {"Cells show", "Height and width apart", "Transposed convolution"}
    grids = {text for text in reached if text.startswith(("Input 7 × 9", "Output 11 × 26"))}
    assert len(grids) == 2
    buttons = {"Play", "Reset", "More", "The same in torch", "Copy"}
    assert set(reached) - grids == sliders | fields | switches | buttons
    assert len(reached) == len(set(reached))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_number_in_a_cell_stands_out(show, theme):
    for state in [STATES[1], STATES[3], NEGATIVE]:
        found = contrasts(show(theme=theme, **state))
        assert len(found) > 60
        assert min(found)[0] >= 4.5, min(found)


def test_a_phone_edits_the_kernel_and_opens_the_drawers(browser):
    with on_a_phone(browser, PaddingStride()) as page:
        before = numbers(page, 0)
        page.locator(".book-weights input").first.tap()
        weight(page, 0, 0).fill("-9")
        page.locator(".book-weights input").nth(1).tap()
        page.locator(".book-weights input").first.tap()
        assert read(page, ".book-tile >> nth=0").endswith("·\u22129")
        page.locator("summary", has_text="More").tap()
        assert slider(page, "Input size").is_visible()
        assert numbers(page, 0) == before
        for field in page.locator(".book-weights input").all():
            assert min(field.bounding_box()["width"], field.bounding_box()["height"]) >= 24


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(fresh_page):
    page = fresh_page
    stop_clock(page)
    in_a_notebook(page, PaddingStride(position=(0, 0)))
    apart = page.get_by_role("checkbox", name="Height and width apart", include_hidden=True)
    page.evaluate("() => { model.change('stride', [2, 3]); model.change('position', [1, 1]); }")
    page.clock.run_for(50)
    assert page.inner_text(".book-says").startswith("The window fits at 3 places down and 2")
    assert apart.evaluate("(input) => input.checked")
    page.evaluate("model.change('kernel', [[1, -2], [3, 4]])")
    page.clock.run_for(50)
    assert page.inner_text(".book-says").startswith("The window fits at 4 places down and 3")
    assert weight(page, 0, 1).input_value() == "-2"
    assert page.locator(".book-printed").all_text_contents() == ["1", "\u22122", "3", "4"]
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(50)
    assert page.evaluate("model.get('position')") == [0, 0]
    page.get_by_role("slider", name="Kernel height").press("ArrowRight")
    assert page.evaluate("[model.get('kernel_size'), model.get('kernel')]") == [
        [3, 2],
        [[1, -2], [3, 4], [-1, 1]],
    ]
    assert_stops(page, PaddingStride)
    page.clock.run_for(5000)
    assert page.evaluate("model.get('position')") == [0, 0]
