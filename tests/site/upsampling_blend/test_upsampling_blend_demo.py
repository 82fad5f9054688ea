"""Scores that become a mask, as a reader meets them in Chromium."""

import contextlib
import io

import pytest
import torch
import torch.nn.functional as F
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.upsampling_blend import UpsamplingBlend

PIXELS = """(selector) => {
    const canvas = document.querySelector(selector);
    return [...canvas.getContext("2d").getImageData(0, 0, 64, 64).data];
}"""
DOTS = """(canvas) => [...canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data]"""
WIDTHS = """(selector) => [...document.querySelectorAll(`${selector} .book-fill`)]
    .map((fill) => Number(fill.style.getPropertyValue("--share")))"""


@pytest.fixture
def show(page):
    yield from mounting(page, UpsamplingBlend)


def test_it_opens_on_a_mask_without_skips_that_is_no_solution(show):
    page, demo = show(), UpsamplingBlend()
    assert f"{demo.mean_iou:.2f}" in read(page, ".book-overlap .book-title")
    assert "After epoch 4: scores on 8×8 places, bilinear" in read(page, ".book-says")
    assert not is_done(page)


def test_the_mask_lies_where_torch_says(show):
    for setting in ({}, {"skips": 2, "way": 2.0}, {"skips": 1, "way": 0.5, "strength": 1.0}):
        page, demo = show(**setting), UpsamplingBlend(**setting)
        glass = torch.tensor(page.evaluate(PIXELS, ".book-glass")).view(64, 64, 4)
        assert torch.equal(glass[..., 3] > 0, demo.mask > 0)
        assert abs(int(glass[..., 3].max()) - round(255 * demo.strength)) <= 1
        colours = {}
        for kind in demo.mask.unique().tolist():
            if kind:
                seen = glass[demo.mask == kind][:, :3]
                assert (seen - seen[0]).abs().max() <= 3
                colours[kind] = tuple(seen[0].tolist())
        assert len(set(colours.values())) == len(colours)


def test_bars_are_the_ious_and_the_softmax(show):
    setting = {"skips": 1, "way": 2.0, "pixel": (30, 20)}
    page, demo = show(**setting), UpsamplingBlend(**setting)
    assert page.evaluate(WIDTHS, ".book-overlap") == pytest.approx([*demo.iou.values()])
    shares = demo.logits[:, 30, 20].softmax(0)
    assert page.evaluate(WIDTHS, ".book-votes") == pytest.approx(shares.tolist())
    numbers = page.locator(".book-overlap .book-number").all_inner_texts()
    assert numbers == [f"{value:.2f}" for value in demo.iou.values()]
    name = "ground" if shares.argmax() == 0 else str(shares.argmax().item() - 1)
    assert read(page, ".book-chosen b") == name


def test_the_grids_in_use_have_the_answers_that_come_together_there(show):
    setting = {"skips": 1, "way": 2.0, "pixel": (30, 20)}
    page, demo = show(**setting), UpsamplingBlend(**setting)
    seen = page.locator(".book-step:not(.book-unused) canvas")
    coarse, fine = demo.maps
    up = F.conv_transpose2d(coarse[None], demo.kernels[0], stride=2, padding=1, groups=11)[0]
    for index, scores in enumerate((coarse, fine + up)):
        side = scores.shape[-1]
        dots = torch.tensor(seen.nth(index).evaluate(DOTS)).view(side, side, 4)
        answers = scores.argmax(0)
        colours = {kind: dots[answers == kind].unique(dim=0) for kind in answers.unique().tolist()}
        assert all(len(found) == 1 for found in colours.values())
        assert len({tuple(found[0].tolist()) for found in colours.values()}) == len(colours)
    assert page.locator(".book-unused").all_inner_texts() == ["32×32"]
    place = "(node) => ['--row', '--column'].map((at) => Number(node.style.getPropertyValue(at)))"
    assert [at.evaluate(place) for at in page.locator(".book-here").all()[:2]] == [[3, 2], [7, 5]]


def test_a_press_on_a_grid_makes_it_the_finest_in_use(show):
    page = show()
    for side, used in ((32, 3), (16, 2), (8, 1)):
        page.get_by_role("button", name=f"Answers on {side} by {side} places").press("Enter")
        frame(page)
        assert page.locator(".book-step:not(.book-unused)").count() == used
        assert page.get_by_label("Skips", exact=True).input_value() == str(used - 1)


def test_the_pointer_and_the_keys_choose_a_pixel(show):
    page = show()
    board = page.locator(".book-board")
    box = board.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 10.5 / 64, box["y"] + box["height"] * 33.5 / 64)
    frame(page)
    assert board.get_attribute("aria-label").startswith("Row 33, column 10:")
    for key in ("ArrowUp", "ArrowRight", "ArrowRight"):
        board.press(key)
        frame(page)
    assert board.get_attribute("aria-label").startswith("Row 32, column 12:")
    board.press("Home")
    frame(page)
    assert "column 0:" in board.get_attribute("aria-label")


def test_play_goes_through_the_epochs(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, UpsamplingBlend(epoch=2))
    frame(page)
    page.get_by_role("button", name="Play").click()
    for epoch in (3, 4):
        frame(page)
        assert f"After epoch {epoch}:" in read(page, ".book-says")
        page.clock.run_for(900)
    frame(page)
    assert page.get_by_role("button", name="Play").is_visible()
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert read(page, ".book-says").startswith("Before training")
    assert not is_done(page)


def test_the_task_needs_skips_and_the_learned_kernel(show):
    page = show()
    for label, times in (("Skips", 2), ("Enlarge", 7)):
        slider = page.get_by_label(label, exact=True)
        for _ in range(times):
            assert not is_done(page)
            slider.press("ArrowRight")
            frame(page)
    slider.press("End")
    frame(page)
    assert is_done(page)
    good = [s for s in UpsamplingBlend.settings() if UpsamplingBlend(**s).mean_iou >= 0.87]
    assert good and all(s["skips"] == 2 and s["way"] == 2 for s in good)


def test_the_lines_of_torch_give_the_mask(show):
    setting = {"skips": 1, "way": 1.3, "epoch": 3}
    page, demo = show(**setting), UpsamplingBlend(**setting)
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    assert torch.equal(scope["mask"], demo.mask)
    assert heard.getvalue().startswith("tensor(0.")
