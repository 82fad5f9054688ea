"""What the channel mixer says of the pixel at the ring, in Chromium."""

import pytest
from demo_page import mounting, read

from utils.widgets.channel_mixer import PRESETS, SIDE, ChannelMixer
from utils.widgets.kit.photographs import color_levels


@pytest.fixture
def show(page):
    yield from mounting(page, ChannelMixer)


def test_the_numbers_at_the_ring_are_those_of_torch(show):
    page = show(position=(70, 30), matrix=[[0.5, -0.25, 1]] * 3)
    demo = ChannelMixer(position=(70, 30), matrix=[[0.5, -0.25, 1]] * 3)
    levels = color_levels("astronaut", SIDE)[:, 70, 30].tolist()
    pills = page.locator(".book-in .book-pill").all_inner_texts()
    assert pills == [f"{name} {level}" for name, level in zip("RGB", levels, strict=True)]
    total = round(float(demo.sums[0]))
    relation = "=" if total == float(demo.sums[0]) else "≈"
    assert page.locator(".book-out .book-pill").all_inner_texts() == [
        f"{c} {total}" for c in "RGB"
    ]
    red, green, blue = levels
    wanted = (
        f"At the ring, red becomes 0.5 · {red} − 0.25 · {green} + 1 · {blue} {relation} {total}."
    )
    assert read(page, ".book-says") == f"Your own weights. {wanted}"
    assert page.locator(".book-weighing .book-pill").all_inner_texts() == ["0.5", "−0.25", "1"] * 3
    look = "(node) => getComputedStyle(node).backgroundColor"
    swatches = page.locator(".book-swatch")
    assert swatches.nth(0).evaluate(look) == f"rgb({red}, {green}, {blue})"
    assert swatches.nth(1).evaluate(look) == f"rgb({total}, {total}, {total})"


def test_a_sum_that_cannot_be_drawn_is_said_to_be_cut(show):
    page = show(preset="colour only", position=(90, 52), channel=1)
    assert read(page, ".book-says").endswith("= −85, drawn as 0.")


@pytest.mark.parametrize(
    "rows, relation",
    [
        ([[0, 0, 1]] * 3, " = 73."),
        ([[0.5, 0, 0]] * 3, " = 111."),
        ([[0, 0, 0.5]] * 3, " ≈ 37."),
        (PRESETS["sepia"], " ≈ 182."),
    ],
)
def test_a_sum_of_rounded_numbers_is_said_to_be_about_right(show, rows, relation):
    page = show(matrix=rows, position=(90, 52))
    assert read(page, ".book-says").endswith(relation)


def test_the_row_that_is_spelled_out_is_framed(show):
    page = show(channel=1)
    framed = page.eval_on_selector_all(
        ":is(.book-weighing, .book-out) .book-ground",
        "(all) => all.map((one) => getComputedStyle(one).boxShadow !== 'none')",
    )
    assert framed == [*[False] * 4, *[True] * 4, *[False] * 4]
