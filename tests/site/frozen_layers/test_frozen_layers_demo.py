"""Frozen layers, as a reader meets them in Chromium."""

import contextlib
import io

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.widgets.frozen_layers import FrozenLayers, runs

# Of each layer, from below: whether it is ice, and the widths of its bars in pixels.
FLOORS = """() => [...document.querySelectorAll(".book-floor")]
    .filter((floor) => floor.querySelector(".book-block")).reverse()
    .map((floor) => [floor.classList.contains("book-frozen"), ...[".book-moved", ".book-own",
        ".book-passed", ".book-full"].map((name) =>
        floor.querySelector(name).getBoundingClientRect().width)])"""
# The middle of the tip of the error, and that of each block from below.
ERROR = """() => {
    const middle = (node) => {
        const box = node.getBoundingClientRect();
        return (box.top + box.bottom) / 2;
    };
    return [middle(document.querySelector(".book-error i")),
        [...document.querySelectorAll(".book-block")].map(middle).reverse()];
}"""
# Where the dot stands in the field of the chart, and the heights of the chosen curve, in per cent.
DOT = """() => {
    const dot = document.querySelector(".book-dot").style;
    const heights = (name) => [...document.querySelectorAll(name)].map((line) =>
        line.getAttribute("points").split(" ").map((pair) => Number(pair.split(",")[1])));
    const ticks = [...document.querySelectorAll(".book-row-name")]
        .map((name) => [name.textContent, name.style.top]);
    return [dot.left, dot.top, ...[".book-main", ".book-band", ".book-other"].map(heights), ticks];
}"""


def down(accuracies):
    """Per cent of the field from its top, where 100 % is right, to its floor at 50 %."""
    return [200 * (1 - accuracy) for accuracy in accuracies]


@pytest.fixture
def show(page):
    yield from mounting(page, FrozenLayers)


def test_bars_ice_and_error_are_those_of_the_setting(show):
    for frozen, images in ((0, 32), (2, 4), (4, 1)):
        page, run = show(frozen=frozen, images=images), runs()[str(images)][frozen]
        floors = page.evaluate(FLOORS)
        assert [floor[0] for floor in floors] == [place < frozen for place in range(5)]
        wide = max(floor[4] for floor in floors) / (2 * 18432)
        costs = [4608, 9216, 18432, 9216, 448]
        for place, (_, moved, own, passed, full) in enumerate(floors):
            assert own == pytest.approx(wide * costs[place] * (place >= frozen), abs=0.6)
            assert passed == pytest.approx(wide * costs[place] * (place > frozen), abs=0.6)
            both = costs[place] * (2 if place else 1)
            assert full == pytest.approx(wide * both, abs=2)
            scale = floors[4][1] / run["moved"][4]
            assert moved == pytest.approx(scale * run["moved"][place], abs=0.6)
        tip, blocks = page.evaluate(ERROR)
        assert tip == pytest.approx(blocks[frozen], abs=10)
        said = [f"{100 * moved:.0f} %" if moved else "still" for moved in run["moved"]]
        assert page.locator(".book-far").all_inner_texts() == said[::-1]


def test_what_the_ice_saves_is_named_where_there_is_room(show):
    said = """() => [...document.querySelectorAll(".book-full")].reverse()
        .map((bar) => getComputedStyle(bar, "::after").content)"""
    assert show(frozen=3).evaluate(said) == ["none", '"saved"', '"saved"', "none", "none"]
    assert set(show(frozen=0).evaluate(said)) == {"none"}


def test_the_curve_and_the_dot_stand_where_the_accuracy_is(show):
    page, several = show(frozen=3, images=2), runs()["2"]
    left, top, (heights,), (band,), others, ticks = page.evaluate(DOT)
    accuracy = [run["accuracy"] for run in several]
    assert heights == pytest.approx(down(accuracy), abs=0.01)
    for sign, side in ((1, band[:5]), (-1, band[:4:-1])):
        edge = [run["accuracy"] + sign * run["spread"] for run in several]
        assert side == pytest.approx(down(edge), abs=0.01)
    for curve, runs_of_one in zip(others, runs().values(), strict=True):
        assert curve == pytest.approx(down([run["accuracy"] for run in runs_of_one]), abs=0.01)
    tops = page.locator(".book-end").evaluate_all(
        "(ends) => ends.map((end) => parseFloat(getComputedStyle(end).top) / "
        "end.parentNode.getBoundingClientRect().height * 100)"
    )
    assert tops == pytest.approx([curve[-1] for curve in others], abs=2.5)  # beside their curves
    assert ticks == [[f"{tick} %", f"{200 - 2 * tick}%"] for tick in range(50, 101, 10)]
    assert float(top[:-1]) == pytest.approx(heights[3], abs=0.01)
    assert float(left[:-1]) == pytest.approx(6 + 88 * 3 / 4)
    assert read(page, ".book-said") == f"{100 * several[3]['accuracy']:.0f} %"
    assert page.locator(".book-field .book-chosen").all_inner_texts() == ["2", "3"]


def test_the_sentence_says_what_learns_and_what_is_known(show):
    page = show(frozen=4, images=1)
    said = read(page, ".book-says")
    assert said.startswith("455 of 4,607 weights learn. With 1 image a class, 57 % of new ones")
    assert said.endswith("(59 % with nothing frozen).")
    assert read(page, ".book-sum").startswith("1 % left")
    assert "nothing frozen" not in read(show(frozen=0), ".book-says")
    assert read(show(images=2), ".book-says").endswith(
        "70 % of new ones are right (68 % with nothing frozen)."
    )


def test_a_click_on_a_layer_freezes_up_to_it_and_on_the_last_one_sets_it_free(show):
    page = show(frozen=3)
    for layer, ices in ((2, 2), (2, 1), (1, 0), (5, 4)):
        page.get_by_role("img", name=f"Layer {layer},").click()
        frame(page)
        assert sum(floor[0] for floor in page.evaluate(FLOORS)) == ices
    page.locator(".book-end", has_text="16").click()
    frame(page)
    assert "With 16 images" in read(page, ".book-says")


def test_the_task_can_be_done_from_the_start(show):
    page = show()
    assert not is_done(page)
    slider = page.get_by_label("Images", exact=True)
    slider.press("ArrowRight")
    frame(page)
    assert is_done(page) and read(page, ".book-said") == "90 %"
    page.get_by_label("Freeze", exact=True).press("ArrowLeft")
    frame(page)
    assert "book-solved" in page.locator(".book-task").get_attribute("class")


def test_the_lines_of_torch_count_the_same(show):
    for frozen in (0, 3):
        page = show(frozen=frozen)
        open_drawer(page, "The same in torch")
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard):
            exec(page.inner_text("code"), {})
        assert int(heard.getvalue()) == FrozenLayers(frozen=frozen).learning
