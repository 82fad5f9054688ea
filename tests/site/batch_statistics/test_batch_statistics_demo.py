"""Batch statistics, as a reader meets it in Chromium."""

import itertools
import re

import pytest
import torch
from demo_page import frame, mounting, read
from demo_stage import is_done

from utils.checks import assert_same
from utils.widgets.batch_statistics import MARKED, SIZES, BatchStatistics, brightness, pixels

STORED = torch.tensor(brightness(), dtype=torch.float64)
LOW, TOP = 348, 30  # pixels of the wide drawing, at the normalised numbers -2 and 2.2
OUTPUTS = ".book-whole .book-own"


@pytest.fixture
def show(page):
    yield from mounting(page, BatchStatistics)


def after(pixels):
    """The normalised numbers at these heights."""
    return -2 + (LOW - torch.tensor(pixels, dtype=torch.float64)) * 4.2 / (LOW - TOP)


def before(pixels):
    """The brightness at these heights."""
    return STORED.mean() + STORED.std() * after(pixels)


def heights(page, selector, name):
    found = page.locator(selector).evaluate_all(
        "(nodes, name) => nodes.map(n => Number(n.getAttribute(name)))", name
    )
    assert found
    return found


@pytest.mark.parametrize(
    "state", [{}, {"batch_size": 2}, {"batch_size": 32, "seed": 4}, {"training": False}]
)
def test_lines_lead_from_the_batches_to_what_becomes_of_them(show, state):
    page, demo = show(**state), BatchStatistics(**state)
    frame(page)
    mean, var = demo.statistics
    # Heights are written to a hundredth of a pixel.
    own = before(heights(page, OUTPUTS, "y1"))
    assert_same(own, torch.full_like(own, brightness()[MARKED]), atol=1e-3)
    assert_same(after(heights(page, OUTPUTS, "y2")), demo.outputs, atol=1e-3)
    assert heights(page, ".book-whole .book-own-dot", "cy")[1::2] == heights(page, OUTPUTS, "y2")
    assert_same(before(heights(page, ".book-whole .book-mean", "y1")), mean, atol=1e-3)
    ends = after(heights(page, ".book-whole .book-mean", "y2"))
    assert_same(ends, torch.zeros_like(ends), atol=1e-9)
    paths = page.locator(".book-whole .book-others").evaluate_all(
        "nodes => nodes.map(n => n.getAttribute('d'))"
    )
    ends = [re.findall(r"M\S+ (\S+)L\S+ (\S+?)(?=M|$)", path) for path in paths]
    starts, stops = (
        torch.tensor([[float(pair[k]) for pair in row] for row in ends]) for k in (0, 1)
    )
    others = demo.batches[:, 1:]
    assert_same(before(starts.tolist()), others, atol=1e-3)
    turned = (others - mean[:, None]) / (var + 1e-5).sqrt()[:, None]
    assert_same(after(stops.tolist()), turned, atol=2e-3)


def test_stored_statistics_draw_level_lines(show):
    page = show(training=False)
    for name in (OUTPUTS, ".book-whole .book-mean"):
        for start, end in zip(heights(page, name, "y1"), heights(page, name, "y2"), strict=True):
            assert abs(start - end) < 0.02


@pytest.mark.parametrize(("look", "scale"), [("before", before), ("after", after)])
def test_the_numbers_of_the_axes_stand_at_what_they_say(show, look, scale):
    page = show()
    ticks = f".book-whole .book-tick.book-{look}"
    said = [float(text.replace("−", "-")) for text in page.locator(ticks).all_text_contents()]
    assert_same(
        scale([y - 4 for y in heights(page, ticks, "y")]), torch.tensor(said).double(), atol=1e-4
    )


@pytest.mark.parametrize("width", [880, 360])
def test_one_form_of_the_picture_is_seen_and_no_words_collide(show, width):
    for state in ({}, {"batch_size": 2}, {"training": False}):
        page = show(width=width, **state)
        seen = [page.locator(f".book-{form}").is_visible() for form in ("whole", "narrow")]
        assert seen == [width > 480, width < 480]
        boxes = [
            text.bounding_box() for text in page.locator(".book-picture .book-label:visible").all()
        ]
        for one, other in itertools.combinations(boxes, 2):
            apart_x = (
                one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            )
            apart_y = (
                one["y"] + one["height"] <= other["y"] + 2
                or other["y"] + other["height"] <= one["y"] + 2
            )
            assert apart_x or apart_y


def test_notes_tell_what_meets_and_what_fans_out(show):
    notes = show().locator(".book-whole .book-note")
    assert notes.all_text_contents() == ["one image, 12 outputs", "12 batch means → 0"]
    notes = show(training=False).locator(".book-whole .book-note")
    assert notes.all_text_contents() == ["one image, one output", "one stored mean → 0"]


def test_the_marked_image_stands_where_its_lines_begin(show):
    page = show()
    image = page.locator(".book-whole image")
    drawn = image.evaluate(
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
    middle = [float(image.get_attribute("y")) + float(image.get_attribute("height")) / 2]
    assert before(middle).item() == pytest.approx(brightness()[MARKED], abs=1e-4)


@pytest.mark.parametrize("training", [True, False])
def test_bars_reach_from_the_least_to_the_largest_output_at_each_batch_size(show, training):
    page = show(seed=6, training=training)
    frame(page)
    low, high = (after(heights(page, ".book-whole .book-bar", name)) for name in ("y1", "y2"))
    for place, size in enumerate(SIZES):
        outputs = BatchStatistics(batch_size=size, seed=6, training=training).outputs
        assert low[place].item() == pytest.approx(outputs.min().item(), abs=1e-9)
        assert high[place].item() == pytest.approx(outputs.max().item(), abs=1e-9)
    said = page.locator(".book-whole .book-count").all_text_contents()
    assert said == [str(size) for size in SIZES]


def test_no_output_lies_beyond_the_picture():
    for seed in range(0, 100, 3):
        for size in SIZES:
            outputs = BatchStatistics(batch_size=size, seed=seed).outputs
            assert outputs.min() > -2 and outputs.max() < 2.2


def test_the_batch_size_is_marked_and_a_click_chooses_it(show):
    page = show()
    for size in (8, 32):
        if size != 8:
            page.locator(".book-whole .book-count").nth(SIZES.index(size)).click()
            frame(page)
        assert page.locator(".book-now .book-count").all_text_contents() == [str(size)] * 2
        assert f"In batches of {size} " in read(page, ".book-says")
        label = page.locator(".book-whole").get_attribute("aria-label")
        outputs = BatchStatistics(batch_size=size).outputs
        ends = f"{outputs.min():.2f} to {outputs.max():.2f} in batches of {size}"
        assert ends.replace("-", "−") in label


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_words_about_one_thing_have_one_colour(show, theme):
    page = show(theme=theme)

    def colour(selector, name):
        return page.locator(selector).first.evaluate("(n, k) => getComputedStyle(n)[k]", name)

    own, mean = colour(".book-own", "stroke"), colour(".book-mean", "stroke")
    assert own == colour(".book-about-own", "fill") == colour(".book-face rect", "stroke")
    assert mean == colour(".book-about-mean", "fill") != own
    page.get_by_label("Train").uncheck()
    frame(page)
    assert colour(".book-mean", "stroke") == colour(".book-about-mean", "fill") != mean


def test_the_sentence_names_the_range_and_evaluation_mode_has_none(show):
    page = show()
    outputs = BatchStatistics().outputs
    spread = outputs.std(correction=0)
    wanted = f"In batches of 8 the blue image becomes {outputs.min():.2f} to {outputs.max():.2f}"
    assert read(page, ".book-says") == f"{wanted}, with a spread of {spread:.2f}."
    assert "its own batch" in page.locator(".book-whole").get_attribute("aria-label")
    page.get_by_label("Train").uncheck()
    frame(page)
    output = BatchStatistics(training=False).outputs[0]
    wanted = f"With stored statistics the blue image becomes {output:.2f} in each batch."
    assert read(page, ".book-says") == wanted
    assert "all images" in page.locator(".book-whole").get_attribute("aria-label")


def test_the_task_is_done_at_two_in_training_mode_alone(show):
    page = show(batch_size=4, training=False)
    page.get_by_role("slider", name="Batch size").press("ArrowLeft")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Train").check()
    frame(page)
    assert is_done(page)


def test_pointing_at_a_line_lights_up_its_batch(show):
    page = show()
    dot = page.locator(".book-whole .book-batch").nth(6).locator(".book-own-dot").nth(1)
    box = dot.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 - 2, box["y"] + box["height"] / 2)
    lit = page.locator(".book-whole .book-pointed")
    assert [node.get_attribute("data-about") for node in lit.all()] == ["batch-6"] * 2


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
