"""Channel mixer, as a reader meets it in Chromium."""

import pytest
import torch
from channel_mixer_canvases import (
    COLOURS,
    assert_shows,
    drawn,
    picture,
    preset,
    set_weight,
    weight,
)
from channel_mixer_states import STATES
from demo_input import press, tab_order
from demo_kernel import in_a_notebook
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.channel_mixer import PRESETS, SIDE, ChannelMixer
from utils.widgets.kit.photographs import color_levels

PLACES = """(rings) => rings.map(({ style }) =>
    ["--down", "--across"].map((name) => style.getPropertyValue(name)))"""


@pytest.fixture
def show(page):
    yield from mounting(page, ChannelMixer)


@pytest.mark.parametrize("state", STATES)
def test_all_seventeen_pictures_show_what_torch_computes(show, state):
    assert_shows(show(**state), ChannelMixer(**state))


def test_pointing_at_any_picture_moves_the_ring_in_all(show):
    page = show()
    for ground in page.locator(".book-ground").all():
        box = ground.bounding_box()
        page.mouse.move(box["x"] + 0.1, box["y"] + 0.1)
        page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.3)
        frame(page)
        rings = page.eval_on_selector_all(".book-mark", PLACES)
        assert len(rings) == 17 and len({tuple(ring) for ring in rings}) == 1
        down, across = (float(share[:-1]) / 100 for share in rings[0])
        assert abs(down - 0.3) < 1 / SIDE and abs(across - 0.75) < 1 / SIDE


def test_arrow_keys_move_the_ring_and_stop_at_the_edge(show):
    page = show(position=(0, 126))
    for key in ("ArrowUp", "ArrowRight", "ArrowRight"):
        picture(page, "Input").press(key)
    frame(page)
    levels = color_levels("astronaut", SIDE)[:, 0, 127].tolist()
    pills = page.locator(".book-in .book-pill").all_inner_texts()
    assert pills == [f"{name} {level}" for name, level in zip("RGB", levels, strict=True)]


def test_each_preset_fills_the_weights_and_its_small_picture_shows_it(show):
    page = show()
    small = color_levels("astronaut", SIDE)[:, ::2, ::2].double()
    thumbs = drawn(page, ".book-thumb canvas")
    for thumb, (name, rows) in zip(thumbs, PRESETS.items(), strict=True):
        preset(page, name).check(force=True)
        assert_shows(page, ChannelMixer(preset=name))
        assert preset(page, name).is_checked()
        wanted = torch.einsum("oi,ihw->ohw", torch.tensor(rows).double(), small)
        assert (thumb - wanted.round().clamp(0, 255)).abs().max() <= 1


def test_a_slider_makes_the_weights_ones_own(show):
    page = show(preset="as it is")
    set_weight(page, 2, 0, 0.75)
    matrix = [[1, 0, 0], [0, 1, 0], [0.75, 0, 1]]
    assert_shows(page, ChannelMixer(matrix=matrix))
    assert page.locator("input[type=radio]:checked").count() == 0
    open_drawer(page, "The same in torch")
    assert "[0.75, 0.0, 1.0]," in page.inner_text("code")


def test_the_row_that_is_pointed_at_is_spelled_out(show):
    page = show(preset="as it is", position=(90, 52))
    page.locator(".book-weighing").nth(7).hover()
    frame(page)
    assert "blue becomes" in read(page, ".book-says")
    weight(page, 1, 2).focus()
    frame(page)
    assert "green becomes 0 · " in read(page, ".book-says")
    assert page.locator(".book-out.book-chosen .book-pill").inner_text().startswith("G ")


def test_a_channel_lights_up_its_row_or_column(show):
    page = show()
    for kind, wanted in (("in", [1, 4, 7]), ("out", [3, 4, 5])):
        page.locator(f".book-{kind}").nth(1).hover()
        lit = page.eval_on_selector_all(
            ".book-weighing",
            "(all) => all.flatMap((one, at) => (one.matches('.book-pointed') ? [at] : []))",
        )
        assert lit == wanted


def test_the_task_wants_equal_rows_of_ones_own_that_can_be_seen(show):
    page = show(preset="grey")
    assert not is_done(page)  # the preset's work
    set_weight(page, 0, 0, 0.5)
    assert not is_done(page)
    for o in range(3):
        for i in range(3):
            set_weight(page, o, i, 0)
    assert not is_done(page)  # black: no picture is left
    for o in range(3):
        set_weight(page, o, 1, 0.9)
    assert is_done(page)
    assert "Equal rows make equal channels" in page.inner_text(".book-task")
    press(page, "Reset")
    assert not is_done(page)
    assert preset(page, "grey").is_checked()


def test_play_goes_through_the_presets_and_each_takes_its_time(fresh_page):
    stop_clock(fresh_page)
    mounts = mounting(fresh_page, ChannelMixer)
    page = next(mounts)(preset="vivid")
    fresh_page.emulate_media(reduced_motion="no-preference")
    frame(page)
    before = drawn(page, ".book-photo canvas")[1]
    press(page, "Play")
    page.clock.run_for(450)
    half = drawn(page, ".book-photo canvas")[1]
    assert "At the ring" not in read(page, ".book-says")
    page.clock.run_for(700)
    after = drawn(page, ".book-photo canvas")[1]
    assert preset(page, "colour only").is_checked()
    assert "At the ring" in read(page, ".book-says")
    wanted = ChannelMixer(preset="colour only").output.round().clamp(0, 255)
    assert (after - wanted).abs().max() <= 1
    assert not torch.equal(half, before) and not torch.equal(half, after)
    page.clock.run_for(2400)
    assert page.get_by_role("button", name="Play").is_visible()  # the last one ends the story
    press(page, "Play")
    frame(page)
    assert preset(page, "as it is").is_checked()
    mounts.close()


def test_the_other_photograph_is_mixed_alike(show):
    page = show(preset="grey")
    open_drawer(page, "More")
    page.get_by_label("Photograph").select_option("coffee")
    assert_shows(page, ChannelMixer(preset="grey", photo="coffee"))
    assert "Photograph: " in page.inner_text(".book-caption")


def test_python_and_the_sliders_follow_each_other(page):
    demo = ChannelMixer()
    in_a_notebook(page, demo)
    demo.matrix = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    page.evaluate(
        "(state) => Object.entries(state).forEach((pair) => model.change(...pair))", demo.state()
    )
    assert_shows(page, demo)
    assert page.evaluate("sent") == 0  # what the kernel says is not said back to it
    set_weight(page, 0, 0, -0.5)
    found = page.evaluate("[sent, model.get('preset'), model.get('matrix')[0]]")
    assert found == [1, "custom", [-0.5, 1, 0]]


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    weights = [f"Weight of {i} in for {o} out" for o in COLOURS for i in COLOURS]
    pictures = [f"{name} picture: arrow keys move the pixel" for name in ("Input", "Output")]
    page.eval_on_selector_all("details", "(all) => all.forEach((one) => { one.open = true; })")
    stage = ["Play", "Reset", "sepia", "More", "Photograph", "The same in torch", "Copy"]
    assert tab_order(page) == [pictures[0], *weights, pictures[1], *stage]
