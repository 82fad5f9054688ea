"""Feature maps, as a reader meets them in Chromium."""

import pytest
import torch
import torch.nn.functional as F
from demo_input import press, tab_order
from demo_page import code_lines, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from feature_maps_page import draw, frames, ink, map_of, point_at
from torch import nn

from utils.checks import assert_same
from utils.widgets.feature_maps import FeatureMaps
from utils.widgets.kit.drawing import examples
from utils.widgets.kit.ink import as_picture
from utils.widgets.kit.lenet import lenet

BLANK = torch.zeros(28, 28)


@pytest.fixture
def show(page):
    yield from mounting(page, FeatureMaps)


def test_the_pointer_chooses_pixels_units_and_classes(show):
    page = show()
    assert read(page, ".book-says").startswith("Point at any pixel. Map 0, row 17, column 14: ")
    for layer, channel, (row, column), told in (
        (1, 4, (9, 20), "Map 4, row 9, column 20: 25 products"),
        (2, 5, (3, 13), "Map 5, row 3, column 13: the largest of 4 neighbours"),
        (4, 15, (9, 0), "Map 15, row 9, column 0: 150 products"),
        (5, 6, (4, 4), "Map 6, row 4, column 4: the largest of 4 neighbours"),
    ):
        point_at(page, map_of(page, layer, channel), row, column)
        assert read(page, ".book-says").startswith(told)
        value = FeatureMaps(layer=layer).maps[channel, row, column]
        assert f"{value:.2f}" in read(page, ".book-says")
    point_at(page, map_of(page, 8), 29, 3)
    assert read(page, ".book-says").startswith("Unit 119: 400 products")
    point_at(page, map_of(page, 10), 1, 2)
    assert read(page, ".book-says").startswith("Unit 5: 120 products")
    page.locator(".book-classes [role=option]").nth(8).hover()
    assert read(page, ".book-says").startswith("Class 8 has the logit ")
    assert page.locator("[aria-selected=true]").get_attribute("aria-label").startswith("class 8:")
    page.mouse.move(1, 1)  # what was pointed at stays
    assert read(page, ".book-says").startswith("Class 8 has the logit ")


def test_the_keys_choose_too(show):
    page = show()
    for layer, keys, name in (
        (1, ["ArrowDown", "ArrowLeft"], "First convolution: map 0, row 18, column 13: "),
        (1, ["Shift+ArrowRight", "Home"], "First convolution: map 1, row 18, column 0: "),
        (
            4,
            ["Shift+ArrowUp", "End", "ArrowRight"],
            "Second convolution: map 0, row 0, column 9: ",
        ),
        (8, ["ArrowDown", "ArrowRight"], "120 units: unit 5: "),
        (10, ["End"], "84 units: unit 83: "),
    ):
        maps = page.locator(f".book-layer-{layer}")
        for key in keys:
            maps.press(key)
            frame(page)
        assert maps.get_attribute("aria-label").startswith(name)
    assert read(page, ".book-says").startswith("Unit 83: 120 products")


def test_the_keyboard_goes_along_the_network_and_then_to_the_controls(show):
    names = tab_order(show())
    starts = ["Drawing:", "First convolution", "First pool", "Second convolution", "Second pool"]
    starts += ["120 units", "84 units", "Classes", "Play", "Reset", "Digit", "Clear"]
    assert all(name.startswith(start) for name, start in zip(names, starts, strict=False))


def test_a_drag_draws_and_the_network_follows(show):
    page = show(drawing=BLANK)
    assert read(page, ".book-says").count("Nothing at all is read as ") == 1
    draw(page, (4, 14), (24, 14))
    drawn = ink(page)
    assert (drawn[4:25, 14] > 0.99).all()
    assert not drawn[:, :11].any() and not drawn[:, 18:].any()
    assert read(page, ".book-said b") == "1"
    assert page.get_by_label("Digit", exact=True).input_value() == "own"
    page.mouse.move(700, 300)  # a pointer that is not down draws nothing
    assert torch.equal(ink(page), drawn)
    press(page, "Clear")
    assert not ink(page).any()
    page.get_by_label("Digit", exact=True).select_option("6")
    frame(page)
    assert read(page, ".book-said b") == "6"
    assert_same(ink(page), as_picture(examples()["6"]), atol=0.005)
    press(page, "Reset")
    assert not ink(page).any()


def test_keys_draw_a_dot(show):
    page = show(drawing=BLANK)
    pad = page.locator(".book-pad")
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", " "):
        pad.press(key)
    frame(page)
    dark = (ink(page) == 1).nonzero().tolist()
    assert dark == [[12, 16], [13, 15], [13, 16], [13, 17], [14, 16]]
    assert pad.get_attribute("aria-label").startswith("Drawing: ink 100 % at row 13, column 16.")


def test_ink_on_the_3_turns_it_into_an_8_and_another_8_does_not_count(show):
    page = show()
    page.get_by_label("Digit", exact=True).select_option("8")
    frame(page)
    assert read(page, ".book-said b") == "8"
    assert not is_done(page)
    press(page, "Reset")
    draw(page, (5, 6), (8, 4), (11, 8), (12, 11))
    draw(page, (16, 10), (19, 6), (23, 5), (25, 9))
    assert read(page, ".book-said b") == "8"
    assert is_done(page)
    press(page, "Reset")
    assert not is_done(page)


def test_the_story_goes_the_loudest_way_and_ends_at_the_class(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    page = next(mounting(page, FeatureMaps))()
    frame(page)  # it has begun by itself, and the window glides
    page.clock.run_for(700)
    _, canvas, top, left, rows, columns = frames(page)[-1]
    assert canvas == 1 and abs(top + rows / 2 - 17.5) < 0.05
    assert 10.6 < left + columns / 2 < 14.4  # from column 14 to column 10
    page.clock.run_for(800)
    told = []
    for _ in range(10):
        told.append(read(page, ".book-says").split(":")[0])
        page.clock.run_for(2200)
    wanted = [
        "Map 0, row 17, column 10",
        "Map 0, row 17, column 20",
        "Map 0, row 17, column 15",
        "Map 0, row 8, column 7",
        "Map 5, row 5, column 5",
    ]
    wanted += ["Map 5, row 2, column 2", "Unit 20", "Unit 24", "Class 3 has the logit"]
    assert [one[: len(start)] for one, start in zip(told[:9], wanted, strict=True)] == wanted
    assert told[9] == told[8]
    page.get_by_role("button", name="Play").wait_for()  # it has stopped


def test_the_code_gives_what_is_pointed_at(show):
    cases = [
        {},
        {"layer": 2, "channel": 5, "position": (3, 4)},
        {"layer": 4, "channel": 9, "position": (3, 4), "drawing": "7"},
        {"layer": 8, "channel": 20, "drawing": torch.rand(28, 28)},
        {"layer": 11, "channel": 8},
    ]
    for state in cases:
        demo = FeatureMaps(**state)
        page = show(**state)
        open_drawer(page, "The same in torch")
        *before, last = code_lines(page)
        found = {"F": F}
        exec("\n".join([*before, f"found = {last}"]), found)
        out = demo.maps[demo.channel]
        out = out[demo.position] if out.ndim else out
        assert_same(found["found"], (out, out))


def test_a_network_of_ones_own_is_shown(show):
    torch.manual_seed(0)
    net = lenet(nn.AvgPool2d, nn.Tanh)
    net[11].bias.data[6] = 9
    page = show(layers=net, layer=2, channel=1, position=(2, 2))
    assert read(page, ".book-said b") == "6"
    assert "the mean of 4 neighbours" in read(page, ".book-says")
    code = page.locator("pre").text_content()
    assert "net = lenet(nn.AvgPool2d, nn.Tanh)" in code
