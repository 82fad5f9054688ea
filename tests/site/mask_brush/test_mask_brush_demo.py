"""The mask brush, as a reader meets it in Chromium."""

import itertools
import re

import pytest
import torch
from demo_page import frame, mount, mounting, read, resize, stop_clock
from demo_stage import is_done, open_drawer

from utils.metrics.segmentation import class_iou, confusion, dice, pixel_accuracy
from utils.widgets.mask_brush import DIGITS, MaskBrush, as_hex, moved
from utils.widgets.mask_brush.twins import HEIGHT, WIDTH

KINDS = ("right", "missed", "beside", "rest")


@pytest.fixture
def show(page):
    yield from mounting(page, MaskBrush)


def drawn(page):
    """The mask of each kind of pixel, as the picture has it."""
    found = {}
    for kind in KINDS:
        path = page.locator(f"path.book-{kind}").get_attribute("d") or ""
        mask = torch.zeros(HEIGHT, WIDTH, dtype=torch.bool)
        for column, row, long in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
            mask[int(row), int(column) : int(column) + int(long)] = True
        found[kind] = mask
    assert torch.equal(sum(mask.long() for mask in found.values()), torch.ones(HEIGHT, WIDTH))
    return found


def painted(page):
    masks = drawn(page)
    return masks["right"] | masks["beside"]


def assert_scored(page, mask, truth):
    """Colours, counts, scores and bars are those of a mask."""
    masks = drawn(page)
    assert torch.equal(masks["right"] | masks["beside"], mask)
    assert torch.equal(masks["right"] | masks["missed"], truth)
    counts = page.locator(".book-count").all_inner_texts()
    assert counts == [str(masks[kind].sum().item()) for kind in KINDS[:3]]
    table = confusion(mask, truth, 2)
    wanted = [pixel_accuracy(table), class_iou(table)[1], dice(table)[1]]
    shown = [float(text) for text in page.locator(".book-bar .book-score").all_inner_texts()]
    for score, number in zip(wanted, shown, strict=True):
        assert number <= score < number + 0.01
    bars = page.evaluate(
        """() => [...document.querySelectorAll(".book-fill")].map((bar) =>
            Number(bar.style.getPropertyValue("--share")))"""
    )
    assert bars == pytest.approx([score.item() for score in wanted])


def at(page, row, column):
    """Where a pixel of the picture lies on the page."""
    box = page.locator(".book-canvas").bounding_box()
    x = box["x"] + (column + 0.5) / WIDTH * box["width"]
    return x, box["y"] + (row + 0.5) / HEIGHT * box["height"]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).press("Enter")
    frame(page)


def test_the_opening_shows_a_mask_two_pixels_off(show):
    page, demo = show(), MaskBrush()
    assert_scored(page, demo.mask, demo.target)
    counts = page.locator(".book-count").all_inner_texts()
    assert read(page, ".book-says") == (
        f"IoU: {counts[0]} green of {sum(map(int, counts))} coloured pixels. "
        "Grey counts for accuracy alone."
    )
    assert not is_done(page)


def test_a_drag_paints_and_erases_a_line(show):
    page = show(painted="0" * DIGITS, brush=1)
    assert read(page, ".book-says").startswith("Nothing is painted, and 0.")
    page.mouse.move(*at(page, 5, 6))
    page.mouse.down()
    page.mouse.move(*at(page, 9, 10))
    page.mouse.up()
    page.mouse.move(*at(page, 20, 20))  # no longer down
    frame(page)
    wanted = torch.zeros(HEIGHT, WIDTH, dtype=torch.bool)
    wanted[range(5, 10), range(6, 11)] = True
    assert_scored(page, wanted, MaskBrush().target)
    page.get_by_label("Tool", exact=True).select_option("erase")
    page.mouse.click(*at(page, 7, 8))
    frame(page)
    wanted[7, 8] = False
    assert torch.equal(painted(page), wanted)


def test_the_keyboard_paints_as_well(show):
    page = show(painted="0" * DIGITS, brush=1)
    field = page.get_by_role("application")
    start = field.get_attribute("aria-label")
    row, column = map(int, re.search(r"Row (\d+), column (\d+)", start).groups())
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", " "):
        field.press(key)
    frame(page)
    assert painted(page).nonzero().tolist() == [[row + 2, column + 1]]
    page.get_by_label("Brush", exact=True).press("End")
    field.press("Home")
    field.press("Enter")
    frame(page)
    mask = painted(page)
    assert mask[row + 2, 0] and mask[:, 0].sum() == 5 and mask[:, 1].sum() == 5
    assert field.get_attribute("aria-label").startswith(f"Picture to paint on. Row {row + 2}, col")


def test_more_grows_shrinks_and_empties(show):
    page, demo = show(), MaskBrush()
    open_drawer(page, "More")
    mask = demo.mask
    for name, sign in {"Grow": 1, "Shrink": -1}.items():
        press(page, name)
        pooled = torch.nn.functional.max_pool2d(sign * mask[None].double(), 3, 1, 1)[0]
        mask = (sign * pooled).bool()
        assert torch.equal(painted(page), mask), name
    press(page, "Empty")
    assert not painted(page).any()
    assert_scored(page, painted(page), demo.target)


def test_both_asks_for_the_whole_class(show):
    page = show(painted=as_hex(MaskBrush().target))
    assert read(page, ".book-says") == "Pixel by pixel, this is the true mask."
    page.get_by_label("Truth", exact=True).select_option("both")
    frame(page)
    assert_scored(page, MaskBrush().target, MaskBrush(truth="both").target)
    assert read(page, ".book-says").endswith("Both objects of the class are one mask.")


def test_room_is_kept_for_the_controls_between_phone_and_desk(show):
    page = show()
    for width in (481, 520, 560, 576, 577, 640):
        resize(page, width)
        wide = page.locator(".book-demo").bounding_box()["width"]
        room = MaskBrush.heights[0] + MaskBrush.growth * (wide - 800)
        view = page.locator(".book-demo-view").bounding_box()
        assert view["height"] + 32 <= room + 8, width  # 32: its margins


def test_no_wide_phone_needs_more_room_than_a_narrow_one(show):
    page = show()
    for width in (360, 440, 480):
        resize(page, width)
        view = page.locator(".book-demo-view").bounding_box()
        assert view["height"] + 32 <= MaskBrush.heights[1] + 8, width  # 32: its margins


def test_two_presses_of_more_do_not_do_the_task(show):
    names = "Grow", "Shrink", "Empty"
    for pair in itertools.product(names, repeat=2):
        page = show()
        open_drawer(page, "More")
        for name in pair:
            press(page, name)
        assert not is_done(page), pair


def test_the_task_is_an_iou_of_eight_tenths(show):
    target = MaskBrush().target
    for wrong, done in ((0.18, True), (0.22, False)):
        mask = target.clone()
        places = target.flatten().nonzero()[: int(wrong * target.sum()), 0]
        mask.view(-1)[places] = False
        page = show(painted=as_hex(mask))
        assert is_done(page) == done, wrong
    page = show(painted=as_hex(torch.ones_like(target)))
    assert not is_done(page)


def test_play_moves_the_mask_away_and_starts_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, MaskBrush())
    target = MaskBrush().target
    page.get_by_role("button", name="Play").press("Enter")
    for far in (3, 4, 5, 6):
        page.clock.run_for(16)
        frame(page)
        assert torch.equal(painted(page), moved(target, far)), far
        page.clock.run_for(900)
    page.clock.run_for(900)
    assert not is_done(page)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert torch.equal(painted(page), moved(target, 1))


def test_pointing_at_a_score_shows_what_it_counts(show):
    page = show()
    for name, kinds in {"iou": KINDS[:3], "accuracy": KINDS, "missed": ("missed",)}.items():
        page.locator(f'.book-panel-side [data-about="{name}"]').hover()
        lit = [k for k in KINDS if page.locator(f"path.book-{k}.book-pointed").count()]
        assert lit == list(kinds)


def test_the_shown_lines_give_the_same_scores(show):
    for state in ({}, {"truth": "both"}, {"painted": "0" * DIGITS}):
        page, names = show(**state), {}
        lines = page.locator("code").text_content()
        exec(lines, names)
        found = [names[name].item() for name in ("accuracy", "iou", "dice")]
        told = [float(number) for number in lines.rpartition("# ")[2].split(", ")]
        for number, score in zip(told, found, strict=True):
            assert number - 1e-6 <= score < number + 0.01
