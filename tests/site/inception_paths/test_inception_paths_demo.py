"""Inception paths, as a reader meets it in Chromium."""

import re

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.inception_paths import InceptionPaths

# Left edge and width of the coloured parts of the first bar, and the widths of the grey bars.
BARS = """() => {
    const box = (node) => ["x", "width"].map((name) => Number(node.getAttribute(name)));
    return {
        parts: [...document.querySelectorAll(".book-share")].map(box),
        single: [...document.querySelectorAll(".book-single")].map(box),
    };
}"""
# Top and height of the ends of the paths, and height of what comes in.
ENDS = """() => {
    const box = (node) => ["y", "height"].map((name) => Number(node.getAttribute(name)));
    return {
        ends: [...document.querySelectorAll(".book-end")].map(box),
        source: box(document.querySelector(".book-source"))[1],
    };
}"""

OPACITIES = """() => [...document.querySelectorAll("g[opacity]")]
    .map((node) => Number(node.getAttribute("opacity")))"""


@pytest.fixture
def show(page):
    yield from mounting(page, InceptionPaths)


def slide(page, label, value):
    page.get_by_label(label, exact=True).evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input')); }", value
    )
    frame(page)


def texts(page, name):
    return [text for text in page.locator(f"text.book-{name}").all_text_contents() if text]


@pytest.mark.parametrize("is_on", [True, False])
def test_bars_are_as_long_as_weights(show, is_on):
    page, demo = show(bottlenecks=is_on), InceptionPaths(bottlenecks=is_on)
    found = page.evaluate(BARS)
    (_, _), (left, three), (_, five) = found["single"]
    weights = [sum(p.numel() for p in path.parameters()) for path in demo.layers]
    assert three / five == pytest.approx(9 / 25, abs=1e-3)
    for (x, width), count in zip(found["parts"], weights, strict=True):
        assert x == pytest.approx(left, abs=0.02)
        assert width / five == pytest.approx(count / (25 * 192 * 256), abs=1e-4)
        left += width


@pytest.mark.parametrize(
    ("is_on", "outs"), [(True, [64, 128, 32, 32]), (False, [64, 128, 32, 192])]
)
def test_ends_are_as_high_as_channels_and_lie_behind_each_other(show, is_on, outs):
    page = show(bottlenecks=is_on)
    found = page.evaluate(ENDS)
    for (_, high), out in zip(found["ends"], outs, strict=True):
        assert high / found["source"] == pytest.approx(out / 192, rel=0.01)
    tops = [top for top, _ in found["ends"]]
    bottoms = [top + high for top, high in found["ends"]]
    assert tops[1:] == pytest.approx(bottoms[:-1], abs=0.02)
    assert texts(page, "total") == ["192 in", f"{sum(outs)} out"]
    counts = [*(["96"] if is_on else []), *(["16"] if is_on else []), *map(str, outs)]
    assert sorted(texts(page, "count")) == sorted(counts)


def test_a_band_is_narrowed_in_its_first_box_and_changed_in_its_second(show):
    page = show()
    assert page.evaluate(ENDS)["source"] == 49  # the widest band has all the room
    way = page.locator(".book-band.book-look-1").get_attribute("d")
    ends = re.findall(r"(?:^M|L|C\S+ \S+ \S+ \S+ )(\S+) ([-\d.]+)", way)
    places = [(float(x), float(y)) for x, y in ends]
    upper, lower = places[:6], places[:5:-1]
    assert [x for x, _ in upper] == [x for x, _ in lower] == [24, 150, 208, 318, 376, 600]
    heights = [low - high for (_, high), (_, low) in zip(upper, lower, strict=True)]
    wanted = [192, 192, 96, 96, 128, 128]
    assert heights == pytest.approx([49 * count / 192 for count in wanted], abs=0.02)
    for look, kernels in ((2, ["1×1", "5×5"]), (3, ["max", "1×1"])):
        assert page.locator(f"g.book-look-{look} .book-kernel").all_text_contents() == kernels


def test_it_plays_by_itself_and_shows_either_state_for_a_while(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, InceptionPaths())
    frame(page)
    seen = []
    for milliseconds in (50, 2400, 250):
        page.clock.run_for(milliseconds)
        seen.append(page.get_by_label("1×1 layers").is_checked())
    assert seen == [False, False, True]


@pytest.mark.parametrize(
    ("state", "done"),
    [
        ({"widths": (136, 64, 96, 16, 32, 32)}, True),
        ({"widths": (136, 72, 96, 16, 32, 32)}, False),  # 124,160 weights
        ({"widths": (64, 64, 96, 16, 32, 32)}, False),  # 224 channels
        ({"widths": (136, 64, 96, 16, 32, 32), "inputs": 64}, False),  # another block
        ({"widths": (64, 1, 1, 1, 1, 1), "bottlenecks": False}, False),  # nothing is narrowed
    ],
)
def test_the_task_wants_channels_of_this_block_for_little(show, state, done):
    demo = InceptionPaths(**state)
    is_cheap = demo.weights <= 120_000 and demo.channels >= 256
    assert is_cheap == (done or "inputs" in state or "bottlenecks" in state)
    assert is_done(show(**state)) == done


def test_words_and_costs_are_those_of_block_3a(show):
    page = show()
    wanted = "This block has 37 % of the weights of one 3×3 layer, and 13 % of one 5×5."
    assert read(page, ".book-says") == wanted
    assert texts(page, "cost") == ["163 k", "128 M", "442 k", "347 M", "1.23 M", "963 M"]
    assert texts(page, "row-name") == ["this block", "one 3×3", "one 5×5"]
    assert texts(page, "head") == ["weights", "multiply-adds"]
    line = "3×3: 192 → 96 → 128, 129 k weights, 101 M multiply-adds"
    assert read(page, ".book-path-line") == line


def test_the_switch_takes_the_1x1_layers_off(show):
    page = show()
    assert page.evaluate(OPACITIES) == [0, 1, 1, 1, 1, 1, 1, 1]
    page.get_by_label("1×1 layers").uncheck()
    frame(page)
    assert page.evaluate(OPACITIES) == [0, 1, 0, 1, 0, 1, 1, 0]
    assert read(page, ".book-says").startswith("No 1×1 layers: 416 channels come out.")
    assert texts(page, "cost")[:2] == ["387 k", "303 M"]


def test_the_slider_widens_the_path_that_is_chosen(show):
    page = show()
    page.get_by_label("Path", exact=True).select_option("5×5")
    frame(page)
    assert page.get_by_label("makes", exact=True).input_value() == "32"
    slide(page, "makes", 96)
    assert "320 out" in texts(page, "total")
    assert read(page, ".book-path-line").startswith("5×5: 192 → 16 → 96")
    page.locator("g.book-look-0.book-large").click()
    frame(page)
    assert page.get_by_label("Path", exact=True).input_value() == "1×1"
    assert page.locator(".book-chosen .book-kernel").last.text_content() == "1×1"


def test_pointing_at_a_path_gives_its_numbers(show):
    page = show()
    page.locator("g.book-look-2.book-large").hover()
    line = "5×5: 192 → 16 → 32, 15.9 k weights, 12.4 M multiply-adds"
    assert read(page, ".book-path-line") == line
    assert page.locator(".book-band.book-pointed").count() == 1
    page.mouse.move(0, 0)
    assert read(page, ".book-path-line").startswith("3×3: 192 → 96 → 128")


def test_a_block_of_the_list_sets_all_numbers(show):
    page = show()
    page.locator("summary", has_text="More").click()
    page.get_by_label("Block", exact=True).select_option("5b")
    frame(page)
    assert texts(page, "total") == ["832 in", "1024 out"]
    assert page.get_by_label("1×1 before 5×5").input_value() == "48"
    slide(page, "1×1 before 5×5", 64)
    assert page.get_by_label("Block", exact=True).input_value() == "your own"


def test_play_shows_the_block_without_its_1x1_layers_and_then_with_them(show):
    page = show()
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert not page.get_by_label("1×1 layers").is_checked()
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert page.get_by_label("1×1 layers").is_checked()


def test_the_task_is_solved_by_cheap_channels(show):
    page = show()
    assert not is_done(page)
    slide(page, "makes", 56)
    assert not is_done(page)
    page.get_by_label("Path", exact=True).select_option("1×1")
    frame(page)
    slide(page, "makes", 136)
    assert is_done(page)
    page.get_by_label("1×1 layers").uncheck()
    frame(page)
    assert not read(page, ".book-task").startswith("Done")
