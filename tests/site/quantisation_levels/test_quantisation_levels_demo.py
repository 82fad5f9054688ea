"""Quantisation levels, as a reader meets them in Chromium."""

import contextlib
import io
import re

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from playwright.sync_api import expect

from utils.checks import assert_same
from utils.widgets.quantisation_levels import QuantisationLevels
from utils.widgets.quantisation_levels.network import unpacked

STATES = [
    {},
    {"bits": 2, "per_row": True, "affine": True},
    {"bits": 4, "affine": True, "row": 3},
    {"bits": 5, "per_row": True},
]


@pytest.fixture
def show(page):
    yield from mounting(page, QuantisationLevels)


def weight():
    return unpacked()[0].weight.detach()


def at(values):
    """Where the picture draws weights: 640 units wide, 6 of them left free on each side."""
    reach = 4 / 3 * weight().abs().max()
    return 320 + torch.as_tensor(values, dtype=torch.float64) / reach * 314


def centres(page, kind):
    found = page.eval_on_selector_all(
        f".book-{kind}", "all => all.map((dot) => Number(dot.getAttribute('cx')))"
    )
    return torch.tensor(found, dtype=torch.float64).view(12, 64)


def ticks(page):
    """The places of the levels of each row."""
    paths = page.eval_on_selector_all(
        ".book-level", "all => all.map((path) => path.getAttribute('d'))"
    )
    return [[float(x) for x in re.findall(r"M([\d.-]+) ", path)] for path in paths]


@pytest.mark.parametrize("state", STATES)
def test_dots_levels_and_numbers_are_those_of_torch(show, state):
    page, demo = show(**state), QuantisationLevels(**state)
    assert_same(centres(page, "dot"), at(demo.rounded), atol=0.006)
    assert_same(centres(page, "ghost"), at(weight()), atol=0.006)
    scale, zero = demo.levels
    first = 0 if demo.affine else 1 - 2 ** (demo.bits - 1)
    count = 2**demo.bits if demo.affine else 2**demo.bits - 1
    for row, drawn in enumerate(ticks(page)):
        levels = (first + torch.arange(count) - zero[row]) * scale[row]
        assert_same(torch.tensor(drawn).double(), at(levels), atol=0.006)
    assert read(page, ".book-count") == str(demo.right)
    sizes = read(page, ".book-sizes")
    assert f"{-int(-demo.bytes // 1):,}" in sizes and f"{demo.error:.3f}" in sizes


@pytest.mark.parametrize("state", STATES)
def test_bars_show_what_is_right_for_each_number_of_bits(show, state):
    page, demo = show(**state), QuantisationLevels(**state)
    options = {"affine": demo.affine, "per_row": demo.per_row}
    wanted = [QuantisationLevels(bits=bits, **options).right for bits in range(2, 9)]
    bars = page.eval_on_selector_all(
        ".book-bar", "all => all.map((bar) => Number(bar.getAttribute('height')))"
    )
    ends = page.eval_on_selector_all(
        ".book-bar",
        "all => all.map((bar) => 1 * bar.getAttribute('y') + 1 * bar.getAttribute('height'))",
    )
    assert bars == pytest.approx([count / 3.6 for count in wanted], abs=0.006)
    assert ends == pytest.approx([100] * 7, abs=0.011)
    floats = demo.right_of_floats
    level = float(page.locator(".book-goal").get_attribute("y1"))
    assert level == pytest.approx(100 - floats / 3.6, abs=0.006)
    chosen = page.eval_on_selector_all(
        ".book-bar", "all => all.map((bar) => bar.classList.contains('book-chosen'))"
    )
    assert chosen == [bits == demo.bits for bits in range(2, 9)]
    assert read(page, ".book-bits .book-chosen") == str(demo.bits)
    label = page.locator(".book-chart").get_attribute("aria-label")
    assert (
        label
        == "Right by bits: "
        + ", ".join(f"{bits}: {count}" for bits, count in enumerate(wanted, start=2))
        + f". Floats: {floats}."
    )


def test_it_opens_on_a_net_that_has_lost_much(show):
    page, demo = show(), QuantisationLevels()
    lost = demo.right_of_floats - demo.right
    assert read(page, ".book-says") == (
        f"7 levels for all rows, alike on both sides of 0: {demo.right} of 360 images are right, "
        f"{lost} fewer than with floats."
    )
    assert not is_done(page)


@pytest.mark.parametrize("bits", range(2, 9))
def test_the_sentence_compares_with_floats(show, bits):
    state = {"bits": bits, "per_row": True, "affine": True}
    page, demo = show(**state), QuantisationLevels(**state)
    gap = demo.right - demo.right_of_floats
    words = "as many as" if not gap else f"{abs(gap)} {'more' if gap > 0 else 'fewer'} than"
    assert read(page, ".book-says") == (
        f"{2**bits} levels in each row, from lowest to highest weight: {demo.right} of 360 "
        f"images are right, {words} with floats."
    )


def test_controls_change_the_levels(show):
    page = show()
    page.get_by_label("Per row", exact=True).click()
    frame(page)
    assert read(page, ".book-count") == str(QuantisationLevels(per_row=True).right)
    page.get_by_label("Affine", exact=True).click()
    frame(page)
    both = QuantisationLevels(per_row=True, affine=True)
    assert read(page, ".book-count") == str(both.right)
    page.get_by_label("Bits", exact=True).press("ArrowRight")
    frame(page)
    assert read(page, ".book-says").startswith("16 levels in each row")
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert read(page, ".book-count") == str(QuantisationLevels().right)
    box = page.locator(".book-chart").bounding_box()
    page.mouse.click(box["x"] + 0.93 * box["width"], box["y"] + 20)
    frame(page)
    assert read(page, ".book-says").startswith("255 levels for all rows")
    page.mouse.click(box["x"] + 2, box["y"] + 20)
    frame(page)
    assert read(page, ".book-says").startswith("3 levels for all rows")


def test_a_row_is_looked_at_by_pointer_and_keys(show):
    page, demo = show(bits=3, per_row=True), QuantisationLevels(bits=3, per_row=True)
    rows = page.get_by_role("slider", name="Chosen row")
    assert page.locator(".book-moves").get_attribute("d") == ""
    page.locator(".book-band").nth(4).hover()
    frame(page)
    used = len(set(demo.rounded[4].tolist()))
    assert read(page, ".book-says") == (
        f"Row 5: levels {demo.levels[0][4]:.3f} apart. Its 64 weights use {used} of the 7; "
        "lines show how far each one has moved."
    )
    lines = page.locator(".book-moves").get_attribute("d")
    ends = torch.tensor(
        [[float(x), float(y)] for x, y in re.findall(r"M([\d.-]+) [\d.]+H([\d.-]+)", lines)]
    ).double()
    assert_same(ends, torch.stack([at(weight()[4]), at(demo.rounded[4])], 1), atol=0.006)
    assert rows.get_attribute("aria-valuetext") == "row 5"
    page.mouse.move(5, 5)
    frame(page)
    assert "7 levels in each row, alike" in read(page, ".book-says")
    rows.press("ArrowDown")
    frame(page)
    assert read(page, ".book-says").startswith("Row 1:")
    rows.press("End")
    frame(page)
    assert read(page, ".book-says").startswith("Row 12:")
    assert page.locator(".book-band.book-chosen").get_attribute("data-row") == "11"
    rows.press("Home")
    frame(page)
    assert rows.get_attribute("aria-valuetext") == "none"


def test_the_task_wants_many_right_with_two_bits(show):
    page = show(bits=2)
    assert not is_done(page)
    page.get_by_label("Affine", exact=True).click()
    frame(page)
    assert not is_done(page)
    page.get_by_label("Per row", exact=True).click()
    frame(page)
    assert is_done(page)
    page.get_by_label("Bits", exact=True).press("ArrowRight")
    frame(page)
    assert "book-solved" in page.locator(".book-task").get_attribute("class")


def test_play_adds_bits_and_begins_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, QuantisationLevels(bits=7))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert read(page, ".book-says").startswith("255 levels")
    page.clock.run_for(1200)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert read(page, ".book-says").startswith("3 levels")
    page.clock.run_for(6 * 1100 + 100)
    assert read(page, ".book-says").startswith("255 levels")
    assert not is_done(page)


def test_dots_slide_to_their_levels(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, QuantisationLevels(bits=8))
    page.get_by_label("Bits", exact=True).press("Home")
    page.clock.run_for(250)
    here, start = centres(page, "dot"), at(QuantisationLevels(bits=8).rounded)
    end = at(QuantisationLevels(bits=2).rounded)
    far = (end - start).abs() > 20
    share = ((here - start) / (end - start))[far]
    assert share.min() > 0.1 and share.max() < 0.9
    page.clock.run_for(600)
    assert_same(centres(page, "dot"), end, atol=0.006)


@pytest.mark.parametrize("state", STATES)
def test_the_lines_of_torch_give_the_count(show, state):
    page = show(**state)
    open_drawer(page, "The same in torch")
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), {})
    assert heard.getvalue().strip() == read(page, ".book-count")
