"""The receptive field, as a reader meets it in Chromium."""

import io

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer
from PIL import Image

from utils.widgets.receptive_field import ReceptiveField

LOOKS = (
    "(all) => all.map((node) => getComputedStyle(node))"
    ".map(({ fill, opacity }) => [fill, opacity])"
)


@pytest.fixture
def show(page):
    yield from mounting(page, ReceptiveField)


def strokes(page, name):
    """Return how many separate lines or boxes a path of the drawing has."""
    return (page.locator(f".book-{name}").get_attribute("d") or "").count("M")


def test_what_is_drawn_are_the_ways_and_the_pixels(show):
    page = show()
    assert strokes(page, "ways") == 3 + 9 + 15
    assert page.locator(".book-lit path").count() == 1 + 3 + 5 + 7
    looks = page.locator(".book-lit path").evaluate_all(LOOKS)[-7:]
    assert looks == looks[::-1] and looks[0] != looks[3]  # the fewest ways and the most
    assert all(
        "/" not in fill and opacity == "1" for fill, opacity in looks
    )  # no line shines through
    assert strokes(page, "holes") == 6
    assert strokes(page, "idle") == 5 + 9 + 13 + 17
    page = show(dilation=(1, 2, 3))
    assert strokes(page, "holes") == 0
    assert page.locator(".book-lit path").count() == 1 + 3 + 9 + 13


def seen_from_above(page, side):
    """Return the colour at the middle of each cell of the map: rows of "blue", "warm", "paper"."""
    with Image.open(io.BytesIO(page.locator(".book-map").screenshot())) as shot:
        cell = shot.width / side
        middles = [int((index + 0.5) * cell) for index in range(side)]
        colours = [[shot.getpixel((x, y))[:3] for x in middles] for y in middles]
    names = {True: "blue", False: "warm"}
    return [
        ["paper" if abs(red - blue) < 15 else names[blue > red] for red, _, blue in row]
        for row in colours
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_shows_used_pixels_holes_and_the_rest(show, theme):
    for state in ({}, {"place": 2}, {"kernel": (2, 3, 3), "stride": (2, 1, 1), "place": -1}):
        demo = ReceptiveField(**state)
        found = seen_from_above(show(theme=theme, **state), demo.side)
        down, across = (demo.ways.sum(axis).nonzero()[:, 0] for axis in (1, 0))
        for y, row in enumerate(found):
            for x, colour in enumerate(row):
                inside = down.min() <= y <= down.max() and across.min() <= x <= across.max()
                used = "blue" if demo.ways[y, x] else "warm"
                assert colour == (used if inside else "paper"), (state, y, x)


def test_sliders_change_the_field_and_the_sentence(show):
    page = show(dilation=(1, 1, 1))
    assert read(page, ".book-says") == (
        "The output sees 7×7 pixels and uses all of them. Its neighbour also uses 42 of these."
    )
    page.get_by_label("Dilation 3", exact=True).press("ArrowRight")
    frame(page)
    assert read(page, ".book-says") == (
        "The output sees 9×9 pixels and uses all of them. Its neighbour also uses 72 of these."
    )
    open_drawer(page, "More")
    page.get_by_label("Kernel 1", exact=True).press("ArrowLeft")
    page.get_by_label("Stride 1", exact=True).press("ArrowRight")
    frame(page)
    demo = ReceptiveField(kernel=(2, 3, 3), stride=(2, 1, 1), dilation=(1, 1, 2))
    assert f"sees {demo.field}×{demo.field} pixels" in read(page, ".book-says")


def test_pointing_at_a_pixel_shows_its_ways(show):
    page = show(dilation=(1, 1, 1))
    room = page.locator(".book-views svg").bounding_box()
    scale = room["width"] / 480
    middle = room["x"] + (66 + 414 / 2) * scale
    page.mouse.move(middle, room["y"] + room["height"] - 22 * scale)
    frame(page)
    assert page.locator(".book-count").text_content() == "7 ways"
    assert strokes(page, "through") == 3 + 7 + 3
    page.mouse.move(middle + 3 * 414 / 11 * scale, room["y"] + room["height"] - 22 * scale)
    frame(page)
    assert page.locator(".book-count").text_content() == "1 way"
    assert strokes(page, "through") == 3
    page.mouse.move(1, 1)
    frame(page)
    assert page.locator(".book-count").text_content() == ""
    assert strokes(page, "through") == 0


def test_play_moves_from_neighbour_to_neighbour_and_begins_anew(show):
    page = show(place=1)
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert page.locator(".book-field-square").evaluate("(node) => node.style.left") == "23.529%"
    page = show(place=2)
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert page.locator(".book-field-square").evaluate("(node) => node.style.left") == "0%"


def test_the_task_wants_27_pixels_without_a_hole(show):
    for dilation in ((2, 2, 2), (1, 3, 8), (1, 2, 9), (3, 3, 7)):
        assert not is_done(show(dilation=dilation)), dilation
    assert is_done(show(dilation=(1, 3, 9)))
    assert is_done(show(dilation=(9, 1, 3)))
    assert not is_done(show(kernel=(3, 3, 5), dilation=(1, 2, 5)))


def test_lines_of_torch_give_the_number_that_is_said(show):
    page = show(kernel=(3, 2, 3), stride=(1, 2, 1), dilation=(2, 1, 2), place=-1)
    open_drawer(page, "The same in torch")
    lines = page.locator(".book-drawer code").inner_text()
    names = {}
    exec(lines, names)  # noqa: S102  these are the lines that a reader copies
    wanted = ReceptiveField(kernel=(3, 2, 3), stride=(1, 2, 1), dilation=(2, 1, 2), place=-1)
    assert (names["ways"][0, 0].long() == wanted.ways).all()
    assert lines.rstrip().endswith(f"# {(wanted.ways > 0).sum()}")
