"""The controls of the padding and stride explorer: sliders, switches, kernel, task, Reset."""

import pytest
import torch
from demo_input import press
from demo_looks import assert_no_nonsense
from demo_page import frame, read
from demo_stage import is_done, open_drawer
from grids_on_screen import goal, numbers, window
from padding_stride_states import TRANSPOSED, UNEQUAL

from utils.widgets.padding_stride import PaddingStride, input_values, kernel_values


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def weight(page, row, column):
    return page.get_by_label(f"kernel row {row} column {column}")


@pytest.mark.parametrize(
    ("name", "key", "state", "expected"),
    [
        ("Kernel", "ArrowRight", {}, (5, 5)),
        ("Padding", "ArrowRight", {}, (8, 8)),
        ("Stride", "ArrowRight", {}, (3, 3)),
        ("Input size", "ArrowRight", {}, (7, 7)),
        ("Dilation", "ArrowRight", {}, (4, 4)),
        ("Dilation", "End", {}, (2, 2)),
        ("Output padding", "ArrowRight", TRANSPOSED, (8, 8)),
        ("Input height", "ArrowLeft", UNEQUAL, (4, 3)),
        ("Input width", "ArrowLeft", UNEQUAL, (5, 3)),
        ("Padding width", "ArrowRight", UNEQUAL, (5, 4)),
        ("Stride width", "ArrowLeft", UNEQUAL, (5, 4)),
        ("Kernel height", "ArrowRight", UNEQUAL, (4, 3)),
    ],
)
def test_each_slider_changes_the_output_by_key(show, name, key, state, expected):
    page = show(**state)
    open_drawer(page, "More")
    slider(page, name).press(key)
    assert "the output is {} × {}.".format(*expected) in read(page, ".book-says").lower()
    assert page.text_content(".book-grid-caption >> nth=1") == "Output {} × {}".format(*expected)


def test_the_switch_joins_and_parts_height_and_width(show):
    page = show()
    open_drawer(page, "More")
    apart = page.get_by_role("checkbox", name="Height and width apart")
    assert not apart.is_checked()
    apart.press("Space")
    slider(page, "Stride width").press("ArrowRight")
    assert "the output is 6 × 3." in read(page, ".book-says")
    apart.press("Space")
    assert "the output is 6 × 6." in read(page, ".book-says")
    assert not slider(page, "Stride width").is_visible()
    slider(page, "Stride").press("ArrowRight")
    assert "the output is 3 × 3." in read(page, ".book-says")


def test_the_switch_to_transposed_brings_output_padding(show):
    page = show(stride=2)
    open_drawer(page, "More")
    assert not slider(page, "Output padding").is_visible()
    page.get_by_role("checkbox", name="Transposed convolution").press("Space")
    frame(page)
    assert slider(page, "Output padding").is_visible()
    assert read(page, ".book-says").startswith("The output is 17 × 17. Every output number")


def test_cells_show_values_or_how_often_they_are_used(show):
    state = {"input_size": 4, "stride": 3, "kernel_size": 2}
    page = show(**state)
    assert numbers(page, 0) == input_values(4, 4).flatten().tolist()
    assert page.locator(".book-hatching").count() == 1
    open_drawer(page, "More")
    choice = page.get_by_role("combobox", name="Cells show")
    choice.focus()
    page.keyboard.press("ArrowDown")
    assert numbers(page, 0) == PaddingStride(**state).use_counts.flatten().tolist()
    assert read(page, ".book-says").endswith("Hatched input is never used.")
    assert read(page, ".book-uses") == (
        "The last 2 rows and the last 2 columns are never used. "
        "The other input cells are used once."
    )


@pytest.mark.parametrize(("keep", "row", "column"), [({}, 0, 2), ({"kernel_size": (2, 5)}, 1, 4)])
def test_an_edited_kernel_makes_the_output_of_torch(show, keep, row, column):
    demo = PaddingStride(padding=1, position=(7, 7), **keep)
    page = show(padding=1, position=(7, 7), **keep)
    assert numbers(page, 1) == demo.output.flatten().tolist()
    weight(page, row, column).fill("-9")
    demo.kernel = [
        [-9 if (i, j) == (row, column) else value for j, value in enumerate(line)]
        for i, line in enumerate(demo.kernel)
    ]
    assert numbers(page, 1) == demo.output.flatten().tolist()
    assert read(page, ".book-sum") == f"= {demo.value}".replace("-", "\u2212")


@pytest.mark.parametrize("text", ["10", "-10", "1.5", "", "1e3"])
def test_a_weight_out_of_bounds_is_explained_and_changes_nothing(show, text):
    page = show(position=(5, 5))
    before = numbers(page, 1)
    weight(page, 1, 1).fill(text)
    assert read(page, ".book-says") == "A weight must be a whole number from \u22129 to 9."
    assert weight(page, 1, 1).get_attribute("aria-invalid") == "true"
    assert numbers(page, 1) == before
    press(page, "Reset")
    assert read(page, ".book-says").startswith("The window fits at 8 − 3 + 1 = 6 places")
    assert weight(page, 1, 1).input_value() == "0"
    weight(page, 1, 1).fill("9")
    assert read(page, ".book-says").startswith("The window fits at 8 − 3 + 1 = 6 places")
    assert numbers(page, 1) != before
    weight(page, 1, 1).fill(text)
    press(page, "Reset")
    assert read(page, ".book-says").startswith("The window fits at 8 − 3 + 1 = 6 places")
    assert weight(page, 1, 1).input_value() == "0"
    assert numbers(page, 1) == before


def test_another_size_keeps_the_weights_that_have_a_place(show):
    page = show()
    weight(page, 0, 1).fill("-7")
    for key in ("ArrowLeft", "ArrowRight", "End"):
        slider(page, "Kernel").press(key)
        frame(page)
    expected = kernel_values(5, 5).int()
    expected[:2, :2] = torch.tensor([[-1, -7], [-1, 0]])  # what was left of 3×3 in 2×2
    expected[:3, 2] = kernel_values(3, 3)[:, 2]
    expected[2, 1] = kernel_values(3, 3)[2, 1]
    fields = page.locator(".book-weights input")
    assert [int(f.input_value()) for f in fields.all()] == expected.flatten().tolist()


def test_the_products_and_the_sum_are_shown_and_pointed_at_spelled_out(show):
    demo = PaddingStride(padding=1, position=(0, 4))
    page = show(padding=1, position=(0, 4))
    x, kernel = input_values(8, 8).int().tolist(), kernel_values(3, 3).int().tolist()
    factors = [(x[i - 1][3 + j] if i else 0, kernel[i][j]) for i in range(3) for j in range(3)]
    shown = [str(value * weight).replace("-", "\u2212") for value, weight in factors]
    assert page.locator(".book-tile").all_inner_texts() == shown
    page.locator(".book-tile").nth(5).hover()
    shown[5] = "{}·{}".format(*factors[5])
    assert page.locator(".book-tile").all_inner_texts() == shown
    assert page.locator(".book-tile.book-outside").count() == 3
    assert read(page, ".book-sum") == f"= {demo.value}".replace("-", "\u2212")


def test_the_task_is_noticed_and_forgotten(show):
    page = show()
    slider(page, "Kernel").press("End")
    slider(page, "Padding").press("ArrowRight")
    frame(page)
    assert not is_done(page)
    slider(page, "Padding").press("ArrowRight")
    frame(page)
    assert is_done(page)
    assert "padding 2 puts two back on each side" in page.inner_text(".book-task")
    press(page, "Reset")
    assert not is_done(page)


def test_reset_brings_back_what_was_there_first(show):
    page = show()
    before = (numbers(page, 1), window(page), goal(page), page.inner_text(".book-says"))
    open_drawer(page, "More")
    weight(page, 0, 0).fill("5")
    slider(page, "Kernel").press("End")
    slider(page, "Dilation").press("ArrowRight")
    page.get_by_role("checkbox", name="Height and width apart").press("Space")
    page.get_by_role("checkbox", name="Transposed convolution").press("Space")
    page.get_by_role("combobox", name="Cells show").select_option("uses")
    slider(page, "Stride width").press("End")
    frame(page)
    assert numbers(page, 1) != before[0]
    press(page, "Reset")
    assert (numbers(page, 1), window(page), goal(page), page.inner_text(".book-says")) == before
    assert not page.get_by_role("checkbox", name="Height and width apart").is_checked()
    assert not slider(page, "Stride width").is_visible()


def test_an_impossible_setting_is_explained_drawn_and_left_again(show):
    page = show(input_size=7, kernel_size=5)
    open_drawer(page, "More")
    slider(page, "Dilation").press("ArrowRight")
    assert read(page, ".book-says") == (
        "No window fits: the kernel spans 9 × 9 cells with dilation 2, but the padded input has "
        "7 × 7. Add padding or enlarge the input, or make the kernel or the dilation smaller."
    )
    assert window(page) == (0, 0, 9, 9)
    assert page.locator(".book-misfit").count() == 1
    for part in (".book-side >> nth=1", ".book-goal", ".book-tiles"):
        assert not page.locator(part).is_visible(), part
    page.locator(".book-side").first.focus()
    page.keyboard.press("ArrowRight")
    press(page, "Play")
    slider(page, "Padding").press("ArrowRight")
    assert read(page, ".book-says").startswith("The window fits at 7 + 2·1 − 9 + 1 = 1 places")
    assert page.locator(".book-misfit").count() == 0
    assert goal(page) == (0, 0)


def test_no_setting_shows_a_number_that_is_none(show):
    page = show(**UNEQUAL)
    open_drawer(page, "More")
    page.get_by_role("checkbox", name="Height and width apart").press("Space")
    for transposed in (False, True):
        for name in ("Input size", "Kernel", "Padding", "Stride", "Dilation"):
            for key in ("Home", "End"):
                slider(page, name).press(key)
                frame(page)
                assert_no_nonsense(page)
        if not transposed:
            page.get_by_role("checkbox", name="Transposed convolution").press("Space")
