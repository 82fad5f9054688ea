"""The skip switches, as a reader meets them in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.skip_switches import SkipSwitches

PIXELS = """(selector) => {
    const canvas = document.querySelector(selector);
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const ground = copy.getContext("2d", { willReadFrequently: true });
    ground.drawImage(canvas, 0, 0);
    return [...ground.getImageData(0, 0, width, height).data];
}"""
SCENE = "canvas[aria-label='the scene']"
OVER = "canvas[aria-label='the mask over the scene']"


@pytest.fixture
def show(page):
    yield from mounting(page, SkipSwitches)


def colours(page, selector):
    return torch.tensor(page.evaluate(PIXELS, selector)).view(64, 64, 4)[..., :3]


def switch(page, side):
    return page.get_by_role("button", name=f"skip of {side}×{side}")


def test_it_opens_with_all_skips_and_says_what_the_mask_is_worth(show):
    page, demo = show(), SkipSwitches()
    pressed = [switch(page, side).get_attribute("aria-pressed") for side in (64, 32, 16)]
    assert pressed == ["true"] * 3
    assert f"With all skips the mean IoU is {demo.iou:.2f}" in read(page, ".book-says")
    assert read(page, ".book-iou b") == f"{demo.iou:.2f}"
    assert not is_done(page)


def test_the_mask_has_the_colours_of_its_classes(show):
    page, demo = show(), SkipSwitches()
    shown, grey = colours(page, OVER), colours(page, SCENE)
    assert torch.equal((shown != grey).any(-1), demo.mask > 0)
    for label, channel in ((1, 2), (2, 0), (3, 1)):
        assert (shown[demo.mask == label].argmax(-1) == channel).double().mean() > 0.99
    picture = (255 * demo.picture).round().long()
    assert torch.equal(grey, picture[..., None].expand(-1, -1, 3))


def test_a_switch_changes_the_maps_and_the_mask(show):
    page, demo = show(), SkipSwitches(skips=[False, True, True])
    before = page.evaluate(PIXELS, ".book-up canvas")
    switch(page, 64).click()
    frame(page)
    assert switch(page, 64).get_attribute("aria-pressed") == "false"
    words = f"Without the skip of 64×64 the mean IoU is {demo.iou:.2f}"
    assert words in read(page, ".book-says")
    page.wait_for_timeout(400)
    assert page.evaluate(PIXELS, ".book-up canvas") != before
    coloured = (colours(page, OVER) != colours(page, SCENE)).any(-1)
    assert torch.equal(coloured, demo.mask > 0)


def test_strokes_stay_where_the_bars_end_with_all_skips(show):
    page, whole = show(skips=[False, True, True]), SkipSwitches()
    for name, value in (("iou", whole.iou), ("border", whole.border)):
        mark = page.evaluate(
            f"document.querySelector('.book-{name}').style.getPropertyValue('--whole')"
        )
        assert float(mark) == pytest.approx(value, abs=1e-9)


def test_the_way_up_says_that_a_skip_is_cut(show):
    page = show(skips=[True, False, True], step=6)
    assert read(page, ".book-says") == (
        "The picture is at 32×32, on the way up, and its skip is cut."
    )


def test_the_keyboard_cuts_a_skip(show):
    page = show(skips=[True, True, True])
    switch(page, 16).focus()
    page.keyboard.press("Space")
    frame(page)
    assert read(page, ".book-says").startswith("Without the skip of 16×16 the mean IoU")


def test_the_task_asks_for_the_finest_alone(show):
    page = show(skips=[True, True, True])
    switch(page, 16).click()
    frame(page)
    assert not is_done(page)
    switch(page, 64).click()
    frame(page)
    assert not is_done(page)
    switch(page, 16).click()
    frame(page)
    assert is_done(page)


def test_a_map_that_was_cut_is_still_in_the_encoder(show):
    page = show(skips=[True, True, True])
    before = page.evaluate(PIXELS, ".book-down canvas")
    switch(page, 64).click()
    frame(page)
    assert page.evaluate(PIXELS, ".book-down canvas") == before


def test_another_scene_comes_with_its_own_maps(show):
    page, demo = show(scene=1), SkipSwitches(scene=2)
    before = page.evaluate(PIXELS, ".book-down canvas")
    page.get_by_label("Scene", exact=True).select_option("3")
    frame(page)
    assert page.evaluate(PIXELS, ".book-down canvas") != before
    assert read(page, ".book-iou b") == f"{demo.iou:.2f}"


def test_pointing_at_a_skip_lights_both_its_ends(show):
    page = show()
    switch(page, 32).hover()
    frame(page)
    lit = page.locator(".book-block.book-pointed")
    assert [one.get_attribute("aria-label") for one in lit.all()] == [
        "encoder, 32×32",
        "decoder, 32×32",
    ]


def test_play_sends_the_picture_through(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, SkipSwitches())
    frame(page)
    page.get_by_role("button", name="Play").click()
    frame(page)
    assert page.locator(".book-dim").count() == 8
    page.clock.run_for(450 * 4 + 50)
    frame(page)
    assert page.locator(".book-dim").count() == 4
    assert read(page, ".book-says") == "The picture is at the bottom, at 8×8."
    assert page.locator(".book-skip.book-now").count() == 0
    for side in (16, 32, 64):
        page.clock.run_for(450)
        frame(page)
        glows = page.locator(".book-skip.book-now")
        assert [one.get_attribute("aria-label") for one in glows.all()] == [
            f"skip of {side}×{side}"
        ]
        place = f"The picture is at {side}×{side}, on the way up, and meets its skip."
        assert read(page, ".book-says") == place
    page.clock.run_for(450 * 2)
    frame(page)
    assert page.locator(".book-skip.book-now").count() == 0
    assert page.locator(".book-dim").count() == 0
    assert "mean IoU is" in read(page, ".book-says")
    assert not is_done(page)


def test_the_lines_of_torch_give_the_mask(show):
    setting = {"skips": [True, True, False], "scene": 1}
    page, demo = show(**setting), SkipSwitches(**setting)
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    assert torch.equal(scope["mask"], demo.mask)
    assert heard.getvalue().startswith("tensor(")
