"""Batch statistics, as a reader meets it in Chromium."""

import itertools
import re

import pytest
import torch
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.checks import assert_same
from utils.widgets.batch_statistics import MARKED, SIZES, BatchStatistics, brightness, pixels

# Pixels of the drawing at a number: place of its zero, and pixels of a unit.
BEFORE = (-3.9 * 234 / 2.2, 234 / 2.2)
AFTER = (117, 234 / 6)
WHOLE = (1.8 * 558 / 4, 558 / 4)
# The tables by their class: the means are under More, the narrow one is for a phone.
TABLES = {".book-table-mean": BEFORE, ".book-whole": WHOLE, ".book-narrow": AFTER}


@pytest.fixture
def show(page):
    yield from mounting(page, BatchStatistics)


def numbers(page, half, selector, attribute, scale):
    nodes = page.locator(".book-panel").nth(half).locator(selector)
    found = nodes.evaluate_all("(nodes, name) => nodes.map(n => n.getAttribute(name))", attribute)
    return (torch.tensor(list(map(float, found)), dtype=torch.float64) - scale[0]) / scale[1]


def row_of(page, table, row):
    return page.locator(table).locator(".book-row").nth(row)


def places(row, attribute, scale, selector=".book-dot"):
    found = row.locator(selector).evaluate_all(
        "(nodes, name) => nodes.map(n => Number(n.getAttribute(name)))", attribute
    )
    return (torch.tensor(found, dtype=torch.float64) - scale[0]) / scale[1]


def company(page, half, scale):
    paths = page.locator(".book-panel").nth(half).locator(".book-others")
    rows = paths.evaluate_all("nodes => nodes.map(n => n.getAttribute('d'))")
    places = [[float(x) for x in re.findall(r"M(\S+) ", row)] for row in rows]
    return (torch.tensor(places, dtype=torch.float64) - scale[0]) / scale[1]


@pytest.mark.parametrize(
    "state", [{}, {"batch_size": 2}, {"batch_size": 32, "seed": 4}, {"training": False}]
)
def test_the_picture_shows_the_batches_before_and_after(show, state):
    page, demo = show(**state), BatchStatistics(**state)
    frame(page)
    mean, var = demo.statistics
    root = (var + 1e-5).sqrt()
    own = numbers(page, 0, ".book-own", "cx", BEFORE)
    assert_same(own, torch.full_like(own, brightness()[MARKED]), atol=1e-9)
    assert_same(numbers(page, 1, ".book-own", "cx", AFTER), demo.outputs, atol=1e-9)
    assert_same(company(page, 0, BEFORE), demo.batches[:, 1:], atol=2e-3)
    turned = (demo.batches[:, 1:] - mean[:, None]) / root[:, None]
    assert_same(company(page, 1, AFTER), turned, atol=2e-3)
    for name, wanted in (("x1", mean - root), ("x2", mean + root)):
        assert_same(numbers(page, 0, ".book-bar", name, BEFORE), wanted, atol=1e-9)
    assert_same(numbers(page, 0, ".book-mean", "x1", BEFORE), mean, atol=1e-9)
    for name, wanted in (("x1", -1.0), ("x2", 1.0)):
        ends = numbers(page, 1, ".book-bar", name, AFTER)
        assert_same(ends, torch.full_like(ends, wanted), atol=1e-9)
    spread = demo.outputs.std(correction=0)
    start = numbers(page, 1, ".book-band", "x", AFTER)[0]
    width = float(page.locator(".book-band").nth(1).get_attribute("width")) / AFTER[1]
    assert abs(start - (demo.outputs.mean() - spread)) < 1e-9 and abs(width - 2 * spread) < 1e-9


@pytest.mark.parametrize(("half", "scale"), [(0, BEFORE), (1, AFTER)])
def test_the_numbers_of_the_axes_stand_under_their_lines(show, half, scale):
    page = show()
    ticks = page.locator(".book-panel").nth(half).locator(".book-tick")
    said = [float(text.replace("−", "-")) for text in ticks.all_text_contents()]
    wanted = torch.tensor(said, dtype=torch.float64)
    assert_same(numbers(page, half, ".book-tick", "x", scale), wanted, atol=1e-9)
    assert_same(numbers(page, half, ".book-line", "x1", scale), wanted, atol=1e-9)


def middle(node):
    box = node.bounding_box()
    return box["y"] + box["height"] / 2


@pytest.mark.parametrize("width", [880, 360])
def test_rows_and_halves_have_names(show, width):
    page = show(width=width)
    titles = page.locator(".book-panel .book-title").all_text_contents()
    assert titles == ["brightness in 12 batches", "normalised"]
    for panel in page.locator(".book-panel").all():
        rows, names = panel.locator(".book-batch-row"), panel.locator(".book-batch")
        assert names.all_text_contents() == ["batch 1", "batch 12"] and rows.count() == 12
        dots = [middle(row.locator(".book-own")) for row in rows.all()]
        for place, name in ((0, names.first), (-1, names.last)):
            assert abs(middle(name) - dots[place]) < 2
        steps = [below - above for above, below in itertools.pairwise(dots)]
        assert max(steps) - min(steps) < 0.1 and min(steps) > 8
        bottom = panel.locator(".book-band").bounding_box()
        bottom = bottom["y"] + bottom["height"]
        assert abs(bottom - dots[-1] - steps[0] / 2) < 0.6
        ticks = panel.locator(".book-tick").first.bounding_box()
        end = panel.bounding_box()
        assert (
            bottom - 1 < ticks["y"] and ticks["y"] + ticks["height"] < end["y"] + end["height"] + 1
        )


@pytest.mark.parametrize("width", [880, 360])
def test_one_table_of_outputs_is_seen_and_the_means_are_under_more(show, width):
    page = show(width=width)
    is_seen = {table: page.locator(table).is_visible() for table in TABLES}
    wanted = {".book-table-mean": False, ".book-whole": width > 480, ".book-narrow": width < 480}
    assert is_seen == wanted
    open_drawer(page, "More")
    assert page.locator(".book-table-mean").is_visible()


def test_the_marked_image_stands_above_its_dots_and_moves_with_them(show):
    page = show()
    faces = page.locator(".book-face")
    drawn = faces.first.locator("image").evaluate(
        """async (node) => {
            const canvas = document.createElement("canvas").getContext("2d");
            const image = new Image();
            image.src = node.getAttribute("href");
            await image.decode();
            canvas.drawImage(image, 0, 0);
            return [...canvas.getImageData(0, 0, 8, 8).data].filter((_, at) => at % 4 === 0);
        }"""
    )
    assert drawn == [round(ink * 255 / 16 + 1e-9) for ink in pixels()[MARKED].flatten().tolist()]
    for state in ({}, {"batch_size": 2}):
        page = show(**state)
        wanted = [brightness()[MARKED], BatchStatistics(**state).outputs.mean()]
        for half, (scale, at) in enumerate(zip((BEFORE, AFTER), wanted, strict=True)):
            moved = faces.nth(half).get_attribute("transform")
            place = float(re.search(r"[-\d.]+", moved)[0])
            assert abs((place - scale[0]) / scale[1] - at) < 1e-9


@pytest.mark.parametrize("training", [True, False])
def test_the_tables_show_means_and_outputs_at_each_batch_size(show, training):
    page = show(seed=6, training=training)
    frame(page)
    for place, size in enumerate(SIZES):
        demo = BatchStatistics(batch_size=size, seed=6, training=training)
        for table, scale in TABLES.items():
            wanted = demo.statistics[0] if scale is BEFORE else demo.outputs
            row = row_of(page, table, place)
            assert row.locator(".book-count").text_content() == str(size)
            assert_same(places(row, "cx", scale), wanted, atol=1e-9)
            start = places(row, "x", scale, ".book-reach")[0]
            width = float(row.locator(".book-reach").get_attribute("width")) / scale[1]
            spread = wanted.std(correction=0)
            assert abs(start - (wanted.mean() - spread)) < 1e-9
            assert abs(width - 2 * spread) < 1e-9
            heights = row.locator(":is(.book-dot, .book-count)").evaluate_all(
                "nodes => nodes.map(n => Number(n.getAttribute('cy') ?? n.getAttribute('y') - 4))"
            )
            assert len(set(heights)) == 1 and len(heights) == 13


def test_the_batch_size_is_marked_in_all_tables_and_a_click_chooses_it(show):
    page = show()
    for size in (8, 32):
        if size != 8:
            row_of(page, ".book-whole", SIZES.index(size)).locator(".book-count").click()
            frame(page)
        now = page.locator(".book-now .book-count").all_text_contents()
        assert now == [str(size)] * 3
        assert f"In batches of {size} " in read(page, ".book-says")
        label = page.locator(".book-whole").get_attribute("aria-label")
        outputs = BatchStatistics(batch_size=size).outputs
        ends = f"{outputs.min():.2f} to {outputs.max():.2f} in batches of {size}"
        assert ends.replace("-", "−") in label


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_company_marks_and_letters_have_the_colours_they_are_meant_to_have(show, theme):
    page = show(theme=theme)

    def colour(selector, name):
        return page.locator(selector).first.evaluate("(n, k) => getComputedStyle(n)[k]", name)

    ink = page.locator(".book-demo-view").first.evaluate("n => getComputedStyle(n).color")
    assert colour(".book-others", "stroke") == colour(".book-label", "fill") == ink
    own = colour(".book-face rect", "stroke")
    assert own == colour(".book-own", "fill") == colour(".book-dot-outcome", "fill")
    assert colour(".book-bar", "stroke") == colour(".book-dot-mean", "fill") != own


def test_the_sentence_names_the_range_and_evaluation_mode_has_none(show):
    page = show()
    outputs = BatchStatistics().outputs
    spread = outputs.std(correction=0)
    wanted = f"In batches of 8 the blue image becomes {outputs.min():.2f} to {outputs.max():.2f}"
    assert read(page, ".book-says") == f"{wanted}, with a spread of {spread:.2f}."
    assert "its own batch" in page.locator(".book-panel").nth(1).get_attribute("aria-label")
    page.get_by_label("Train").uncheck()
    frame(page)
    output = BatchStatistics(training=False).outputs[0]
    wanted = f"With stored statistics the blue image becomes {output:.2f} in each batch."
    assert read(page, ".book-says") == wanted
    assert "all images" in page.locator(".book-panel").nth(1).get_attribute("aria-label")


def test_the_task_is_done_at_two_in_training_mode_alone(show):
    page = show(batch_size=4, training=False)
    page.get_by_label("Batch size").press("ArrowLeft")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Train").check()
    frame(page)
    assert is_done(page)


def test_pointing_at_a_batch_lights_it_up_in_both_halves(show):
    page = show()
    page.locator(".book-panel").first.locator(".book-batch-row").nth(3).locator(
        ".book-own"
    ).hover()
    lit = page.locator(".book-pointed")
    assert [node.get_attribute("data-about") for node in lit.all()] == ["batch-3"] * 2


@pytest.mark.parametrize("training", [True, False])
def test_the_lines_of_torch_run_and_give_what_they_say(show, training):
    page = show(training=training, batch_size=4)
    lines = page.locator(".book-formula code").text_content()
    *body, last = lines.splitlines()
    scope = {}
    exec("\n".join(body), scope)
    code, said = last.split("  # ")
    assert eval(code, scope) == pytest.approx(float(said), abs=1e-4)
    assert float(said) == pytest.approx(
        BatchStatistics(training=training, batch_size=4).outputs[0].item(), abs=1e-4
    )
