"""Patch gazer, as a reader meets it in Chromium."""

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
from utils.sequences.vision_transformer import cut
from utils.widgets.patch_gazer import PatchGazer
from utils.widgets.patch_gazer.network import ORDER, pictures

STATES = [
    {},
    {"shuffle": True, "token": 30, "layer": 2, "head": 3},
    {"shuffle": True, "positions": "of the patches", "token": 1, "digit": 4},
    {"positions": "none", "digit": 8, "head": 3, "token": 49},
]


@pytest.fixture
def show(page):
    yield from mounting(page, PatchGazer)


def numbers(page, selector, expression):
    found = page.eval_on_selector_all(selector, f"all => all.map((node) => Number({expression}))")
    return torch.tensor(found, dtype=torch.float64)


def shares(page, selector):
    return numbers(page, selector, "node.style.getPropertyValue('--share')")


def strength(weights):
    return (7 * weights).clamp(max=1)


def order_of(demo):
    return ORDER if demo.shuffle else torch.arange(49)


@pytest.mark.parametrize("state", STATES)
def test_the_picture_shows_what_torch_says(show, state):
    page, demo = show(**state), PatchGazer(**state)
    # tiles are by patch, weights by place
    glow = shares(page, ".book-tile .book-glow")
    assert_same(glow[order_of(demo)], strength(demo.gaze[1:]), atol=1e-4)
    assert_same(shares(page, ".book-ground + .book-glow"), strength(demo.gaze[:1]), atol=1e-4)
    widths = numbers(page, ".book-ray", "node.getAttribute('stroke-width')")
    assert_same(widths / 28, demo.gaze, atol=1e-4)
    opacity = numbers(page, ".book-ray", "node.getAttribute('stroke-opacity')")
    assert_same(opacity, (7 * demo.gaze).clamp(max=0.9), atol=1e-3)
    maps = shares(page, ".book-cell").view(2, 3, 49)
    assert_same(maps, strength(demo.weights[:, :, demo.token, 1:]), atol=1e-3)
    heights = numbers(page, ".book-bar", "node.getAttribute('height')")
    assert_same(heights / 58, demo.probabilities.clamp(min=0.5 / 58), atol=1e-3)
    pressed = page.eval_on_selector_all(
        ".book-head", "all => all.map((node) => node.getAttribute('aria-pressed'))"
    )
    assert pressed.index("true") == 3 * (demo.layer - 1) + demo.head - 1
    assert pressed.count("true") == 1
    said = int(demo.probabilities.argmax())
    assert page.locator(".book-answer text.book-said").all_text_contents() == [str(said)]
    assert page.locator(".book-bar.book-said").count() == 1
    says = "Of shuffled patches the net" if demo.shuffle else "The net"
    assert f". {says} says {said}, " in read(page, ".book-says")


@pytest.mark.parametrize("state", STATES)
def test_patches_lie_where_they_belong(show, state):
    page, demo = show(**state), PatchGazer(**state)
    moves = page.eval_on_selector_all(
        ".book-tile", "all => all.map((node) => node.getAttribute('transform'))"
    )
    corners = [float(text) for move in moves for text in re.findall(r"[-\d.]+", move)]
    place_of = order_of(demo).argsort().tolist()
    wanted = [side for at in place_of for side in (66 + 42 * (at % 7), 2 + 42 * (at // 7))]
    assert corners == pytest.approx(wanted)
    ink = numbers(page, ".book-dot", "node.style.getPropertyValue('--ink')").view(49, 16)
    picture = pictures()[demo.digit][None, None].double() / 255
    assert_same(ink, cut(picture, 4)[0], atol=1e-3)


def test_it_opens_on_a_gaze_across_the_picture(show):
    page, demo = show(), PatchGazer()
    row, column = divmod(int(demo.gaze.argmax()) - 1, 7)
    assert read(page, ".book-says") == (
        f"Layer 1, head 2: the class token looks most at row {row + 1}, column {column + 1}, "
        f"by {demo.gaze.max():.2f}. The net says 7, {100 * demo.probabilities[7]:.0f} %."
    )
    assert not is_done(page)


def test_rays_and_the_frame_start_at_the_token_that_looks(show):
    page = show(token=24)  # row 4, column 3
    centre = (66 + 42 * 2 + 20, 2 + 42 * 3 + 20)
    for name, wanted in zip(("x1", "y1"), centre, strict=True):
        assert set(numbers(page, ".book-ray", f"node.getAttribute('{name}')").tolist()) == {wanted}
    ends = numbers(page, ".book-ray", "node.getAttribute('x2')").tolist()
    assert ends[0] == 22 and ends[24] == centre[0] and ends[49] == 66 + 42 * 6 + 20
    mark = page.locator(".book-mark")
    assert float(mark.get_attribute("x")) == centre[0] - 22
    assert float(mark.get_attribute("y")) == centre[1] - 22


def test_keys_and_pointer_choose_who_looks(show):
    page = show()
    view = page.get_by_role("slider", name="Token that looks")
    view.press("ArrowRight")
    frame(page)
    assert "row 4, column 1 looks" in read(page, ".book-says")
    assert view.get_attribute("aria-valuenow") == "22"
    assert view.get_attribute("aria-valuetext") == "row 4, column 1"
    view.press("ArrowUp")
    frame(page)
    assert "row 3, column 1 looks" in read(page, ".book-says")
    view.press("End")
    frame(page)
    assert "row 7, column 7 looks" in read(page, ".book-says")
    view.press("Home")
    frame(page)
    assert "the class token looks" in read(page, ".book-says")
    page.locator(".book-spot").nth(10).hover()
    frame(page)
    assert "row 2, column 3 looks" in read(page, ".book-says")
    page.locator(".book-spot").nth(11).click()
    frame(page)
    assert "row 2, column 4 looks" in read(page, ".book-says")


def test_what_a_mouse_only_passes_is_not_kept(show):
    page = show()
    spots = page.locator(".book-spot")
    spots.nth(20).click()
    for passed in (21, 28):
        spots.nth(passed).hover()
        frame(page)
        row, column = divmod(passed - 1, 7)
        assert f"row {row + 1}, column {column + 1} looks" in read(page, ".book-says")
    page.get_by_role("button", name="Layer 2, head 3").click()
    frame(page)
    assert read(page, ".book-says").startswith("Layer 2, head 3: row 3, column 6 looks")
    spots.nth(1).hover()
    page.get_by_role("slider", name="Token that looks").press("ArrowRight")
    page.get_by_label("Digit", exact=True).hover()
    frame(page)
    assert "row 1, column 2 looks" in read(page, ".book-says")


def test_a_token_may_look_at_itself(show):
    found = [
        (token, layer, head)
        for layer in (1, 2)
        for head in (1, 2, 3)
        for token in range(50)
        if PatchGazer().weights[layer - 1, head - 1, token].argmax() == token
    ]
    token, layer, head = found[0]
    page = show(token=token, layer=layer, head=head)
    assert "looks most at itself, by" in read(page, ".book-says")


def test_a_small_map_chooses_its_head(show):
    page = show()
    page.get_by_role("button", name="Layer 2, head 3").click()
    frame(page)
    assert read(page, ".book-says").startswith("Layer 2, head 3: ")
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert read(page, ".book-says").startswith("Layer 1, head 2: ")


def test_the_task_wants_positions_that_do_not_care(show):
    page = show()
    page.get_by_label("Shuffle", exact=True).click()
    frame(page)
    assert not is_done(page)
    positions = page.get_by_label("Positions", exact=True)
    positions.select_option("of the patches")
    frame(page)
    assert is_done(page)
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert not is_done(page)
    positions.select_option("none")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Shuffle", exact=True).click()
    frame(page)
    assert is_done(page)
    positions.select_option("of the places")
    frame(page)
    assert "book-solved" in page.locator(".book-task").get_attribute("class")


def test_a_digit_is_chosen_by_the_slider(show):
    page = show()
    page.get_by_label("Digit", exact=True).press("ArrowLeft")
    frame(page)
    assert "The net says 6, " in read(page, ".book-says")


def test_play_visits_the_heads(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, PatchGazer(layer=2, head=1))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(100)
    frame(page)
    assert read(page, ".book-says").startswith("Layer 2, head 2: ")
    page.clock.run_for(1300)
    frame(page)
    assert read(page, ".book-says").startswith("Layer 2, head 3: ")
    assert ". The net says 7, " in read(page, ".book-says")
    page.clock.run_for(1300)
    frame(page)
    assert ". Of shuffled patches the net says " in read(page, ".book-says")
    assert ". Of shuffled patches the net says 7" not in read(page, ".book-says")
    page.clock.run_for(1300)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert not is_done(page)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert read(page, ".book-says").startswith("Layer 1, head 1: ")
    assert ". The net says 7, " in read(page, ".book-says")
    for _ in range(3):
        page.clock.run_for(1300)
        frame(page)
    assert read(page, ".book-says").startswith("Layer 2, head 1: ")
    assert not is_done(page)


def test_patches_fly_when_they_are_shuffled(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, PatchGazer())
    first = page.locator(".book-tile").first
    start = first.get_attribute("transform")
    page.get_by_label("Shuffle", exact=True).click()
    page.clock.run_for(200)
    between = first.get_attribute("transform")
    page.clock.run_for(600)
    end = first.get_attribute("transform")
    assert len({start, between, end}) == 3


@pytest.mark.parametrize("state", STATES)
def test_the_lines_of_torch_give_the_same(show, state):
    page, demo = show(**state), PatchGazer(**state)
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    assert_same(scope["gaze"], demo.gaze)
    looked, said = heard.getvalue().splitlines()
    assert said == f"tensor({int(demo.probabilities.argmax())})"
    assert looked.startswith(f"tensor({int(demo.gaze.argmax())}) tensor(0.")
