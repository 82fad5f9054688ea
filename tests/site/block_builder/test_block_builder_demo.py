"""Block builder, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.block_builder import BlockBuilder

# Slabs that are drawn and wide: left edge, width and height of each front, and its kind.
FRONTS = """() => [...document.querySelectorAll(".book-slab")].flatMap((slab) => {
    const { x, width, height } = slab.querySelector(".book-front").getBBox();
    return width ? [[x, width, height, slab.classList.contains("book-dense")]] : [];
})"""
# The widths of the parts of both bars, those of the dense layers apart, in shares of a bar.
BARS = """() => {
    const parts = [...document.querySelectorAll(".book-share")];
    const of = (kind, dense) => parts
        .filter((node, index) => index % 2 === kind)
        .filter((node) => node.classList.contains("book-dense") === dense)
        .map((node) => Number(node.getAttribute("width")))
        .reduce((sum, width) => sum + width, 0);
    return [0, 1].map((kind) => of(kind, true) / (of(kind, true) + of(kind, false)));
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, BlockBuilder)


def drawn(page, name):
    return page.locator(f"text.book-{name}").text_content()


def write(page, text):
    page.get_by_label("Blocks", exact=True).fill(text)
    frame(page)


def test_slabs_are_as_high_as_their_images_and_wider_with_more_channels(show):
    page = show(architecture="((2, 64), (1, 256))", side=64)
    fronts = page.evaluate(FRONTS)
    convs = [front for front in fronts if not front[3]]
    assert len(convs) == 3 and len(fronts) == 6
    heights, widths = [front[2] for front in convs], [front[1] for front in convs]
    assert heights[0] == heights[1] == pytest.approx(2 * heights[2], rel=0.02)
    assert widths[0] == pytest.approx(widths[1], rel=0.02) and widths[2] > 1.5 * widths[0]
    ends = [(x, x + width) for x, width, *_ in fronts]
    assert all(end < start for (_, end), (start, _) in zip(ends, ends[1:], strict=False))


@pytest.mark.parametrize("shown", [1, 3, 7])
def test_the_orange_parts_of_the_bars_are_the_dense_shares(show, shown):
    page, demo = show(shown=shown), BlockBuilder(shown=shown)
    parameters, work = page.evaluate(BARS)
    assert parameters == pytest.approx(demo.dense_share, abs=0.001)
    rows = [row for row in demo._costs() if row.name == "Linear"]
    dense = sum(row.multiply_adds for row in rows)
    assert work == pytest.approx(dense / demo.multiply_adds, abs=0.001)


def test_the_square_is_the_field_and_stays_in_the_image(show):
    page = show()
    sides = "(name) => Number(document.querySelector(`rect.book-${name}`).getAttribute('width'))"
    image, seen = (page.evaluate(sides, name) for name in ("image", "sight"))
    assert seen / image == pytest.approx(212 / 224, abs=0.001)
    assert drawn(page, "sight") == "sees 212 of 224"
    write(page, "((2, 64), (2, 128), (3, 256), (3, 512), (4, 512))")
    assert drawn(page, "sight") == "sees all 224"
    assert page.evaluate(sides, "sight") == page.evaluate(sides, "image")


def test_dense_slabs_square_and_words_stand_where_they_belong(show):
    page = show()
    dense = [front[2] for front in page.evaluate(FRONTS) if front[3]]
    wanted = [118 * math.log2(count + 1) / 12 for count in (4096, 4096, 1000)]
    assert dense == pytest.approx(wanted, abs=0.02)
    image, seen = (
        page.locator(f"rect.book-{name}").evaluate(
            "(n) => ['x', 'y', 'width', 'height'].map((side) => Number(n.getAttribute(side)))"
        )
        for name in ("image", "sight")
    )
    for side in (0, 1):  # the middle of the square is that of the image
        middle = image[side] + image[side + 2] / 2
        assert seen[side] + seen[side + 2] / 2 == pytest.approx(middle, abs=0.02)
    bars = page.locator(".book-share").evaluate_all("(all) => all.map((n) => n.y.baseVal.value)")
    for kind, name in enumerate(("parameters", "work")):
        words = float(page.locator(f"text.book-{name}").get_attribute("y"))
        assert bars[kind] - words == pytest.approx(5)  # each name over its own bar


def test_sliders_show_what_is_built_and_the_lines_of_torch_count_it(show):
    state = {"side": 64, "dense": 256}
    page = show(**state)
    page.locator("summary", has_text="More").click()
    assert page.get_by_label("Dense units").input_value() == "8"
    assert page.get_by_label("Blocks built").input_value() == "5"
    assert show().get_by_label("Dense units").input_value() == "12"
    code = show(**state).locator("pre code").text_content()
    given, last = code.rsplit("\n", 1)
    names = {"torch": torch}
    exec(given, names)
    count, told = last.split("  # ")
    assert eval(count, names) == int(told) == BlockBuilder(**state).parameters


def test_it_builds_a_block_at_a_time(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, BlockBuilder(architecture="((1, 8), (1, 8), (1, 8))"))
    frame(page)
    for milliseconds, count in ((50, 4), (1200, 4), (300, 5), (1400, 6)):
        page.clock.run_for(milliseconds)
        assert page.inner_text(".book-says").startswith(f"{count} layers")


def test_words_and_counts_are_those_of_vgg_16(show):
    page = show()
    assert drawn(page, "parameters") == "138 million parameters"
    assert drawn(page, "work") == "15.5 billion multiply-adds"
    says = (
        "16 layers with weights: the dense ones hold 89 % of the parameters and do 1 % of the work"
    )
    assert read(page, ".book-says") == f"{says}."
    names = page.locator(".book-side").all_text_contents()
    assert [name for name in names if name] == ["224", "112", "56", "28", "14", "dense"]


def test_a_text_that_holds_no_blocks_is_named_and_changes_nothing(show):
    page = show()
    before = read(page, ".book-says")
    write(page, "((2, 64), (2,")
    assert read(page, ".book-hint").startswith("Write pairs")
    assert read(page, ".book-says") == before
    field = page.get_by_label("Blocks", exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    write(page, "((2, 64), (2, 8))")
    assert field.get_attribute("aria-invalid") == "false"
    assert read(page, ".book-hint") == "" and read(page, ".book-says") != before
    assert page.get_by_label("Network").input_value() == "your own"


def test_a_network_of_the_list_fills_the_field(show):
    page = show()
    page.get_by_label("Network").select_option("VGG-11")
    frame(page)
    field = page.get_by_label("Blocks", exact=True)
    assert field.input_value() == "((1, 64), (1, 128), (2, 256), (2, 512), (2, 512))"
    assert read(page, ".book-says").startswith("11 layers")


def test_pointing_at_a_layer_gives_its_numbers(show):
    page = show()
    page.locator(".book-slab.book-dense").first.hover()
    wanted = "Dense, 25,088 → 4,096: 103 million parameters, 103 million multiply-adds."
    assert read(page, ".book-layer") == wanted
    assert page.locator(".book-pointed").count() == 3  # the slab and a part of both bars
    page.locator(".book-slab[data-about=slot-8]").hover()
    assert read(page, ".book-layer").startswith("Block 2, 64 → 128 channels at 112×112: ")


def test_play_builds_block_by_block(show):
    page = show(architecture="((1, 8), (1, 8))")
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert read(page, ".book-says").startswith("4 layers")
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert read(page, ".book-says").startswith("5 layers")


def test_the_task_wants_the_whole_image_and_narrow_dense_layers(show):
    page = show(dense=256)
    assert not is_done(page)
    write(page, "((2, 64), (2, 128), (3, 256), (3, 512), (4, 512))")
    assert is_done(page)
    page = show(architecture="((2, 64), (2, 128), (3, 256), (3, 512), (4, 512))")
    assert not is_done(page)
    page = show(
        architecture="((2, 64), (2, 128), (3, 256), (3, 512), (4, 512))", dense=256, side=128
    )
    assert not is_done(page)
