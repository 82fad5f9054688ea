"""The padding and stride explorer on the stage: its form, its look, phones, notebooks."""

import pytest
from demo_input import on_a_phone, tab_order
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_readable, contrast, contrasts
from demo_page import frame, read
from demo_stage import TALLEST, assert_on_stage, open_drawer
from grids_on_screen import numbers
from module_page import mount
from website import violations

from utils.widgets.padding_stride import PaddingStride

IMPOSSIBLE = {"input_size": 7, "kernel_size": 5, "dilation": 2}
UNEQUAL = {"input_size": (7, 9), "kernel_size": (3, 2), "stride": (2, 3), "padding": (2, 0)}
TRANSPOSED = {"transposed": True, "input_size": 4, "stride": 2, "padding": 1}
NEGATIVE = {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]], "position": (5, 5)}
STATES = [
    {"padding": 1, "stride": 2},
    {"stride": 3, "kernel_size": 2, "cells_show": "uses"},
    UNEQUAL,
    TRANSPOSED,
    {**TRANSPOSED, "stride": 3, "kernel_size": 2, "cells_show": "uses"},
    IMPOSSIBLE,
    {"transposed": True, "input_size": 12, "kernel_size": 5, "stride": 4, "dilation": 3},
    {"input_size": 12, "padding": 4, "kernel_size": 5},
    NEGATIVE,
]


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def weight(page, row, column):
    return page.get_by_label(f"kernel row {row} column {column}")


@pytest.mark.parametrize("width", [360, 800])
def test_it_stands_on_the_stage(page, show, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    mount(page, PaddingStride())
    frame(page)
    assert_on_stage(page)
    kind = "phone" if width == 360 else "wide"
    for state in [state for state in STATES if state != IMPOSSIBLE]:
        height = show(width=width, **state).locator(".book-stage").bounding_box()["height"]
        assert height <= TALLEST[kind], state


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


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("state", STATES)
def test_all_of_it_fits_and_can_be_read(show, width, state):
    page = show(width=width, **state)
    for title in ("More", "The same in torch"):
        open_drawer(page, title)
    assert_readable(page)


@pytest.mark.parametrize(("state", "theme"), [(UNEQUAL, "light"), (IMPOSSIBLE, "dark")])
def test_axe_finds_nothing_serious(show, state, theme):
    page = show(theme=theme, **state)
    for title in ("More", "The same in torch"):
        open_drawer(page, title)
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", [STATES[0], STATES[1], STATES[4], NEGATIVE])
def test_every_number_in_a_cell_stands_out(show, theme, state):
    page = show(theme=theme, **state)
    found = contrasts(page)
    assert len(found) > 60
    assert min(found)[0] >= 4.5, min(found)
    for kind in (".book-tile:not(.book-absent)", ".book-weights input"):
        colours = """(nodes) => nodes.map((node) => [getComputedStyle(node).color,
            getComputedStyle(node).backgroundColor])"""
        for ink, ground in page.locator(kind).evaluate_all(colours):
            assert contrast(ink, ground) >= 4.5, (kind, ink, ground)


def test_a_phone_edits_the_kernel_and_opens_the_drawers(browser):
    with on_a_phone(browser, PaddingStride()) as page:
        before = numbers(page, 0)
        page.locator(".book-weights input").first.tap()
        weight(page, 0, 0).fill("-9")
        assert read(page, ".book-tile >> nth=0").endswith("·\u22129")
        page.locator("summary", has_text="More").tap()
        assert slider(page, "Input size").is_visible()
        assert numbers(page, 0) == before
        for field in page.locator(".book-weights input").all():
            assert min(field.bounding_box()["width"], field.bounding_box()["height"]) >= 24


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    page.clock.install()
    in_a_notebook(page, PaddingStride(position=(0, 0)))
    apart = page.get_by_role("checkbox", name="Height and width apart", include_hidden=True)
    page.evaluate("() => { model.change('stride', [2, 3]); model.change('position', [1, 1]); }")
    page.clock.run_for(50)
    assert page.inner_text(".book-says").startswith("The window fits at 3 × 2 places")
    assert apart.evaluate("(input) => input.checked")
    page.evaluate("model.change('kernel', [[1, -2], [3, 4]])")
    page.clock.run_for(50)
    assert page.inner_text(".book-says").startswith("The window fits at 4 × 3 places")
    assert weight(page, 0, 1).input_value() == "-2"
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(50)
    assert page.evaluate("model.get('position')") == [1, 2]
    page.get_by_role("slider", name="Kernel height").press("ArrowRight")
    assert page.evaluate("[model.get('kernel_size'), model.get('kernel')]") == [
        [3, 2],
        [[1, -2], [3, 4], [3, 2]],
    ]
    assert_stops(page, PaddingStride)
    page.clock.run_for(5000)
    assert page.evaluate("model.get('position')") == [1, 2]


def test_two_views_on_one_page_share_no_id(page):
    assert ids_of_two_views(page, PaddingStride()) > 20
