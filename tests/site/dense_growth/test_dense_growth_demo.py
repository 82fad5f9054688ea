"""Dense growth, as a reader meets it in Chromium."""

import re

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.widgets.dense_growth import LAYERS, DenseGrowth

BOXES = """(look) => [...document.querySelectorAll(`.book-dense-growth svg .${look}`)]
    .map((node) => Object.fromEntries(["x", "y", "width", "height"]
    .map((name) => [name, Number(node.getAttribute(name))])))"""


@pytest.fixture
def show(page):
    yield from mounting(page, DenseGrowth)


def layers_of(**state):
    return [DenseGrowth(layer=layer, **state) for layer in range(1, LAYERS + 1)]


@pytest.mark.parametrize("state", [{"channels": 64, "rate": 32}, {"channels": 208, "rate": 8}])
def test_ribbons_are_as_thick_as_their_channels_and_lie_on_each_other(show, state):
    page = show(**state)
    ribbons = page.evaluate(BOXES, "book-ribbon")
    unit = ribbons[0]["height"] / state["channels"]
    assert len(ribbons) == LAYERS + 1
    for below, ribbon in zip(ribbons, ribbons[1:], strict=False):
        assert ribbon["height"] == pytest.approx(unit * state["rate"], abs=0.03)
        assert ribbon["y"] + ribbon["height"] == pytest.approx(below["y"], abs=0.03)
        assert ribbon["x"] > below["x"]
        assert ribbon["x"] + ribbon["width"] == pytest.approx(ribbons[0]["width"], abs=0.03)
    for layer in (1, 5, 12):
        page.get_by_label("Layer", exact=True).fill(str(layer))
        frame(page)
        (reader,) = page.evaluate(BOXES, "book-reader")
        reads = DenseGrowth(layer=layer, **state).reads
        assert reader["height"] == pytest.approx(unit * reads, abs=0.03)
        assert reader["x"] < ribbons[layer]["x"] < reader["x"] + 20
        later = page.locator(".book-ribbon.book-later").count()
        assert later == LAYERS - layer and page.locator(".book-ribbon.book-new").count() == 1


@pytest.mark.parametrize(
    "state",
    [{"channels": 64, "rate": 32}, {"channels": 64, "rate": 20}, {"channels": 208, "rate": 8}],
    ids=["crossing", "a tie at layer 5", "pays everywhere"],
)
def test_bars_have_the_heights_of_the_weights(show, state):
    page = show(**state)
    ones, firsts, seconds = (
        page.evaluate(BOXES, f"book-{look}") for look in ("one", "first", "second")
    )
    demos = layers_of(**state)
    scale = ones[0]["height"] / demos[0].single
    foot = ones[0]["y"] + ones[0]["height"]
    for demo, one, first, second in zip(demos, ones, firsts, seconds, strict=True):
        assert one["height"] == pytest.approx(scale * demo.single, abs=0.1)
        assert first["height"] + second["height"] == pytest.approx(scale * demo.squeezed, abs=0.1)
        assert second["height"] == pytest.approx(scale * 36 * state["rate"] ** 2, abs=0.1)
        assert first["y"] + first["height"] == pytest.approx(second["y"], abs=0.03)
        for bar in (one, second):
            assert bar["y"] + bar["height"] == pytest.approx(foot, abs=0.03)
        assert one["x"] < first["x"] == second["x"]
    even = page.locator(".book-even")
    crosses = len({demo.pays for demo in demos}) == 2
    assert (even.get_attribute("visibility") == "visible") == crosses
    if crosses:
        line = float(even.get_attribute("x1"))
        assert [one["x"] > line for one in ones] == [demo.pays for demo in demos]
        assert [first["x"] + first["width"] > line for first in firsts] == [
            demo.pays for demo in demos
        ]


def test_a_layer_under_the_pointer_is_shown_and_a_click_keeps_it(show):
    page = show()
    assert read(page, ".book-says").startswith("Layer 7 reads 256 channels and adds 32.")
    assert read(page, ".book-says").endswith(
        "73,728 weights as one 3×3, and 69,632 with a 1×1 first: lighter."
    )
    third = page.locator('.book-hit[data-layer="3"]')
    third.hover()
    frame(page)
    assert read(page, ".book-says").startswith("Layer 3 reads 128")
    assert read(page, ".book-says").endswith("heavier.")
    assert page.text_content(".book-label") == "reads 128, adds 32"
    page.mouse.move(0, 0)
    frame(page)
    assert page.text_content(".book-label") == "reads 256, adds 32"
    third.click()
    page.mouse.move(0, 0)
    frame(page)
    assert page.get_by_label("Layer", exact=True).input_value() == "3"
    assert page.text_content(".book-label") == "reads 128, adds 32"
    assert page.text_content(".book-out") == "448 out"


def test_the_task_is_done_when_even_the_first_layer_reads_enough(show):
    page = show(channels=64)
    assert not is_done(page)
    growth = page.get_by_label("Growth", exact=True)
    growth.fill("12")
    frame(page)
    assert not is_done(page)
    growth.fill("8")
    frame(page)
    assert is_done(page)


def test_the_legend_names_the_bars_by_their_colours(show):
    page = show()
    assert re.split(r"\s*:\s*", read(page, ".book-legend"))[0] == "Weights of each layer"
    for look, words in [("one", "one 3×3"), ("first", "1×1, then 3×3")]:
        entry = page.locator(f".book-legend span:has(> i.book-{look})")
        assert entry.inner_text().strip() == words
        colour = "(node) => getComputedStyle(node)"
        drawn = page.locator(f"svg .book-{look}").first.evaluate(f"{colour}.fill")
        shown = entry.locator(f"i.book-{look}").evaluate(f"{colour}.backgroundColor")
        assert drawn == shown


def test_the_lines_of_torch_give_their_numbers(show):
    page = show(channels=48, rate=12, layer=4)
    open_drawer(page, "The same in torch")
    lines = read(page, ".book-drawer pre").splitlines()
    names: dict = {}
    for line in lines:
        code, _, wanted = line.partition("  # ")
        if wanted:
            assert eval(code, names) == int(wanted)
        else:
            exec(code, names)
    assert sum("#" in line for line in lines) == 2
