"""Batch statistics, as a reader meets it in Chromium."""

import re

import pytest
import torch
from demo_page import frame, mounting, read
from demo_stage import is_done

from utils.checks import assert_same
from utils.widgets.batch_statistics import MARKED, BatchStatistics, brightness

# Pixels of the drawing at a number: place of its zero, and pixels of a unit.
BEFORE = (-3.9 * 300 / 2.2, 300 / 2.2)
AFTER = (150, 300 / 6.6)


@pytest.fixture
def show(page):
    yield from mounting(page, BatchStatistics)


def numbers(page, half, selector, attribute, scale):
    nodes = page.locator(".book-panel").nth(half).locator(selector)
    found = nodes.evaluate_all("(nodes, name) => nodes.map(n => n.getAttribute(name))", attribute)
    return (torch.tensor(list(map(float, found)), dtype=torch.float64) - scale[0]) / scale[1]


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
    page.locator(".book-panel").first.locator("g").nth(3).locator(".book-own").hover()
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
