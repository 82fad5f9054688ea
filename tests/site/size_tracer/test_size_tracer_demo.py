"""The size tracer, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
from demo_page import frame, mounting, read, resize, stop_clock
from demo_stage import is_done

from utils.widgets.size_tracer import SizeTracer

BOXES = """(name) => [...document.querySelectorAll(name)].map((node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return { x, y, width, height };
})"""


@pytest.fixture
def show(page):
    yield from mounting(page, SizeTracer)


def texts(page, name):
    return [part.strip() for part in page.locator(name).all_inner_texts()]


def test_each_map_says_its_side_and_each_layer_what_it_misses(show):
    page = show()
    sides = ["224×224", "54×54", "26×26", "12×12", "5×5"]
    assert texts(page, ".book-count") == sides
    assert texts(page, ".book-missed") == ["misses 1"] * 4
    assert texts(page, ".book-layer") == ["conv 1", "pool 1", "pool 2", "pool 3"]
    said = "4 of 4 steps miss something. The linear layer gets 256 · 5 · 5 = 6,400 numbers."
    assert read(page, ".book-says") == said
    page.get_by_label("Padding", exact=True).press("End")
    frame(page)
    assert texts(page, ".book-count") == ["224×224", "55×55", "27×27", "13×13", "6×6"]
    assert texts(page, ".book-missed") == ["misses 3", *["misses none"] * 3]
    said = "1 of 4 steps misses something. The linear layer gets 256 · 6 · 6 = 9,216 numbers."
    assert read(page, ".book-says") == said


def test_words_and_strips_are_those_of_the_layers(show):
    page = show()
    channels = ["the photo", "96 maps", *["256 maps"] * 3]
    assert texts(page, ".book-channels") == channels
    steps = ["11×11, steps of 4", *["3×3, steps of 2"] * 3]
    assert texts(page, ".book-steps") == steps
    assert read(page, ".book-caption") == "Ends of rows; dashed: one window more"
    lost = page.locator(".book-square").evaluate_all(
        "(all) => all.map((node) => Number(node.style.getPropertyValue('--lost')))"
    )
    # Of the side, but never too thin to be seen.
    assert lost == pytest.approx([0.04, 0.04, 0.04, 1 / 12, 0], abs=1e-4)


def test_windows_are_drawn_to_scale_and_the_one_too_many_is_dashed(show):
    page = show(side=224, padding=2)
    first = page.locator(".book-end").first
    sides = "(node) => ['x', 'width'].map((name) => Number(node.getAttribute(name)))"
    # 200 for 16 cells and a step of 4; the last window begins at the fifth cell.
    assert first.locator(".book-last").evaluate(sides) == [40, 110]
    assert first.locator(".book-next").evaluate(sides) == [83, 104]
    dashes = [
        first.locator(f".book-{look}").evaluate("(node) => getComputedStyle(node).strokeDasharray")
        for look in ("last", "next")
    ]
    assert dashes[0] == "none" != dashes[1]
    for look in ("last", "next"):  # the cells under a window are seen
        fill = first.locator(f".book-{look}").evaluate("(node) => getComputedStyle(node).fill")
        assert fill == "none"


def test_the_ends_stand_under_their_maps_and_the_floor_stays(show):
    floors = set()
    for state, total, numbers in (
        ({}, "4 of 4 steps miss a strip", "6,400 numbers"),
        ({"side": 290, "padding": 3}, "2 of 4 steps miss a strip", "16,384 numbers"),
        ({"side": 227}, "0 of 4 steps miss a strip", "9,216 numbers"),
    ):
        page = show(**state)
        assert " ".join(read(page, ".book-total").split()) == total
        assert " ".join(read(page, ".book-flat").split()) == numbers
        maps, ends = (page.evaluate(BOXES, name) for name in (".book-map", ".book-end"))
        for one, end, after in zip(maps, ends, maps[1:], strict=False):
            assert abs(end["x"] - one["x"]) <= 1
            assert end["x"] + end["width"] <= after["x"] + 1
            assert end["y"] > one["y"] + one["height"]
        floors.add(round(max(box["y"] + box["height"] for box in maps)))
    assert len(floors) == 1


@pytest.mark.parametrize("state", [{}, {"side": 223, "padding": 2}, {"side": 290, "padding": 3}])
def test_the_lines_of_torch_print_the_sides(show, state):
    page, heard = show(**state), io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.locator("pre code").text_content(), {})
    found = [int(line.split(", ")[2]) for line in heard.getvalue().splitlines()]
    assert found == list(SizeTracer(**state).sides[1:])


def test_arrows_name_the_layers_between_two_maps(show):
    page = show(side=227)
    layers = [part.split("\n") for part in texts(page, ".book-arrow")]
    between = [["conv 1"], ["pool 1"], ["conv 2", "pool 2"], ["conv 3–5", "pool 3"]]
    assert layers == [[*names, "→"] for names in between]
    lefts = [box["x"] for box in page.evaluate(BOXES, ".book-chain > *")]
    assert lefts == sorted(lefts) and len(lefts) == 9
    kinds = "() => [...document.querySelector('.book-chain').children].map((n) => n.className)"
    assert page.evaluate(kinds) == [("book-map", "book-arrow")[place % 2] for place in range(9)]


def test_on_a_phone_the_labels_of_maps_stand_apart_on_one_floor(show):
    page = show(side=290)
    resize(page, 360)
    boxes = page.evaluate(BOXES, ".book-channels")
    ends = [box["x"] + box["width"] for box in boxes]
    gaps = [b["x"] - end for end, b in zip(ends, boxes[1:], strict=False)]
    assert min(gaps) > 8
    assert len({round(box["y"]) for box in boxes}) == 1


def test_squares_grow_with_the_root_of_their_sides(show):
    page = show(side=227)
    sides = [227, 55, 27, 13, 6]
    boxes = page.evaluate(BOXES, ".book-square")
    for box, side in zip(boxes, sides, strict=True):
        assert box["width"] == pytest.approx(box["height"], abs=0.1)
        ratio = box["width"] / boxes[0]["width"]
        assert ratio == pytest.approx((side / 227) ** 0.5, abs=0.01)
    assert not page.evaluate(BOXES, ".book-strip:not([hidden])")


def test_strips_lie_to_the_right_and_below(show):
    page = show()
    squares = page.evaluate(BOXES, ".book-square")
    right = page.evaluate(BOXES, ".book-right:not([hidden])")
    below = page.evaluate(BOXES, ".book-below:not([hidden])")
    assert len(right) == len(below) == 4
    for square, one, other in zip(squares, right, below, strict=False):
        for strip in (one, other):
            ends = [strip["x"] + strip["width"], strip["y"] + strip["height"]]
            wanted = [square["x"] + square["width"], square["y"] + square["height"]]
            assert ends == pytest.approx(wanted, abs=2)
        assert one["height"] > 5 * one["width"] > 0
        assert other["width"] > 5 * other["height"] > 0


def test_the_end_of_a_row_shows_window_zeros_and_missed_cells(show):
    page = show(side=224, padding=2)
    first = page.locator(".book-end").first
    cells = [cell.get_attribute("class").split() for cell in first.locator(".book-cell").all()]
    assert len(cells) == 16
    for kind, wanted in (
        ("book-zero", [14, 15]),
        ("book-lost", [15]),
        ("book-reached", [*range(4, 15)]),
    ):
        assert [place for place, names in enumerate(cells) if kind in names] == wanted
    boxes = [first.locator(name).bounding_box() for name in (".book-last", ".book-next")]
    unit = first.locator("svg").bounding_box()["width"] / 20  # 16 cells, and a step more
    last, after = boxes
    assert last["width"] == pytest.approx(11 * unit, abs=6)
    assert after["x"] - last["x"] == pytest.approx(4 * unit, abs=8)
    assert page.locator(".book-end.book-cut").count() == 1


def test_the_task_is_done_with_padding_two_where_nothing_is_missed(show):
    page = show(side=224, padding=2)
    assert not is_done(page)
    page.get_by_label("Photograph", exact=True).press("ArrowLeft")
    frame(page)
    assert is_done(page)
    page = show(side=227, padding=0)
    assert not is_done(page)
    page = show(side=255, padding=2)
    assert is_done(page)


def test_play_walks_to_the_side_at_which_nothing_is_missed(fresh_page):
    for page in mounting(fresh_page, SizeTracer):
        fresh_page.emulate_media(reduced_motion="no-preference")
        stop_clock(fresh_page)
        page = page()
        frame(page)
        page.get_by_role("button", name="Play").click()
        page.clock.run_for(650)
        assert texts(page, ".book-count")[0] == "225×225"  # the first step comes with the press
        page.clock.run_for(700)
        assert texts(page, ".book-count")[0] == "226×226"
        page.clock.run_for(20_000)
        assert texts(page, ".book-count")[0] == "227×227"
        assert texts(page, ".book-missed") == ["misses none"] * 4


def test_play_begins_without_padding(show):
    page = show(side=240, padding=2)
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert texts(page, ".book-count")[0] == "215×215"
    assert page.get_by_label("Padding", exact=True).input_value() == "0"


def test_pointing_at_a_layer_lights_its_two_maps(show):
    page = show()
    sides = ["224×224", "54×54", "26×26", "12×12", "5×5"]
    for layer in range(4):
        page.locator(".book-end").nth(layer).hover()
        lit = page.locator(".book-map.book-pointed .book-count").all_inner_texts()
        assert lit == sides[layer : layer + 2]
