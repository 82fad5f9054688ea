"""Feature maps, as a reader meets them in Chromium."""

import json

import pytest
import torch
import torch.nn.functional as F
from demo_input import press, tab_order
from demo_page import code_lines, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from torch import nn

from utils.checks import assert_same
from utils.widgets.feature_maps import LAYERS, FeatureMaps
from utils.widgets.feature_maps.traits import as_picture, examples
from utils.widgets.kit.lenet import lenet

DOUBLE = torch.float64
DOTS = """(selector) => [...document.querySelectorAll(selector)].map((canvas) => {
    const { width, height } = canvas;
    // A copy, because Chromium warns of a canvas that is read often.
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return { width, height, dots: [...copy.getImageData(0, 0, width, height).data] };
})"""
SAMPLE = """(places) => {
    const canvas = document.querySelector(".book-lens");
    const size = [canvas.width, canvas.height];
    const copy = new OffscreenCanvas(...size).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return places.map(([x, y]) => [...copy.getImageData(x, y, 1, 1).data].slice(0, 3));
}"""
# Frames in dots of the canvas that each lies on: [look, canvas, top, left, rows, columns].
FRAMES = """(sides) => [...document.querySelectorAll(".book-frames rect")].map((rect) => {
    const box = rect.getBBox();
    const origin = document.querySelector(".book-picture").getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2 + origin.x, box.y + box.height / 2 + origin.y];
    const all = [...document.querySelectorAll("canvas.book-dots")];
    const on = all.findIndex((canvas) => {
        const { left, right, top, bottom } = canvas.getBoundingClientRect();
        return x >= left && x <= right && y >= top && y <= bottom;
    });
    const { left, top, width, height } = all[on].getBoundingClientRect();
    const [wide, high] = [width / all[on].width, height / all[on].height];
    return [rect.getAttribute("class"), on, (box.y + origin.y - top) / high,
        (box.x + origin.x - left) / wide, box.height / high, box.width / wide];
})"""
LINES = """() => [...document.querySelectorAll(".book-loud path")].map((path) =>
    [path.classList.contains("book-against") ? -1 : 1, parseFloat(path.style.strokeWidth)])"""
BLANK = torch.zeros(28, 28)


@pytest.fixture
def show(page):
    yield from mounting(page, FeatureMaps)


def map_of(page, layer, channel=0):
    return page.locator(f".book-layer-{layer} canvas").nth(channel)


def point_at(page, canvas, row, column):
    """Put the pointer on a dot of a canvas."""
    columns, rows = canvas.evaluate("({ width, height }) => [width, height]")
    box = canvas.bounding_box()
    across = (column + 0.5) * box["width"] / columns
    page.mouse.move(box["x"] + across, box["y"] + (row + 0.5) * box["height"] / rows)
    frame(page)


def ink(page):
    (pad,) = page.evaluate(DOTS, ".book-pad canvas")
    reds = torch.tensor(pad["dots"][::4], dtype=DOUBLE).view(28, 28)
    return (reds - reds.new_tensor(13)) / (255 - 13)  # from the ground to white


def draw(page, *points):
    """Draw a stroke through dots (row, column) of the pad."""
    box = page.locator(".book-pad canvas").bounding_box()
    places = [
        (box["x"] + (x + 0.5) * box["width"] / 28, box["y"] + (y + 0.5) * box["height"] / 28)
        for y, x in points
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    frame(page)
    page.mouse.up()
    frame(page)


@pytest.fixture(scope="module")
def colours(open_module):
    """The colours of numbers from −1 to 1, ``(…)`` to ``(…, 3)``, and those of ink."""
    steps = [step / 255 for step in range(-255, 256)]
    module = open_module("feature_maps/colours")
    ramps = [
        torch.tensor(module.call_each([("colourOf", step, is_ink) for step in steps]))
        for is_ink in (False, True)
    ]
    return lambda values, is_ink=False: ramps[is_ink][(255 * values).round().long() + 255]


def test_every_map_is_painted_with_what_the_network_gives(show, colours):
    for state in ({}, {"drawing": "8", "layers": lenet(nn.AvgPool2d, nn.Tanh)}):
        demo = FeatureMaps(**state)
        page = show(**state)
        assert_same(ink(page), as_picture(demo.drawing), atol=0.005)
        for layer in LAYERS[:-1]:
            demo.layer = layer
            values = demo.maps.flatten() / demo.maps.abs().max()
            painted = page.evaluate(DOTS, f".book-layer-{layer} canvas")
            assert len(painted) == (1 if layer in (8, 10) else len(demo.maps))
            dots = torch.cat([torch.tensor(one["dots"]).view(-1, 4) for one in painted])
            assert (dots[:, 3] == 255).all()
            assert (dots[:, :3] - colours(values)).abs().max() <= 8  # a step of the colours
        said = page.locator(".book-said")
        assert said.get_attribute("aria-label").startswith(f"class {demo.probabilities.argmax()}:")
        shares = page.locator(".book-classes [role=option]").evaluate_all(
            "(all) => all.map((one) => +one.style.getPropertyValue('--share'))"
        )
        assert_same(torch.tensor(shares, dtype=DOUBLE), demo.probabilities)


def test_the_lens_shows_window_weights_and_products(show, colours, open_module):
    glass = open_module("feature_maps/lens")
    demo = FeatureMaps()
    net, picture = demo.network, demo.picture
    pooled = net[:3](picture)[0].detach()
    cases = [
        ((1, 2, (12, 14)), picture[0, :, 10:15, 12:17], net[0].weight[2], 1.0),
        ((4, 9, (3, 4)), pooled[:, 3:8, 4:9], net[3].weight[9], pooled.max()),
        ((8, 20, (0, 0)), net[:6](picture)[0].detach(), net[7].weight[20].view(16, 5, 5), None),
    ]
    for (layer, channel, position), window, weight, largest in cases:
        page = show(layer=layer, channel=channel, position=position)
        size = page.locator(".book-lens").evaluate(
            "(lens) => [lens.clientWidth, lens.clientHeight]"
        )
        form = {"channels": len(window), "rows": 5, "columns": 5, "parts": 3}
        laid = glass.call("layoutOf", form, *size)
        products = window * weight.detach()
        largest = window.max() if largest is None else largest
        parts = [window / largest, *(part / part.abs().max() for part in (weight, products))]
        for part, values in enumerate(parts):
            wanted = colours(values.detach().flatten(), part == 0 and layer == 1)
            corners = laid["places"][part]
            places = [
                [
                    round(corners[at // 25][axis] + step * laid["cell"] + 1)
                    for axis, step in enumerate((at % 5, at % 25 // 5))
                ]
                for at in range(len(wanted))
            ]
            found = torch.tensor(page.evaluate(SAMPLE, places))
            assert (found - wanted).abs().max() <= 8, (layer, part)


def test_the_sum_is_written_out(show):
    for layer, channel, position in ((1, 2, (12, 14)), (4, 9, (3, 4)), (11, 3, (0, 0))):
        demo = FeatureMaps(layer=layer, channel=channel, position=position)
        page = show(layer=layer, channel=channel, position=position)
        out = demo.maps[channel].flatten()[-1] if layer == 11 else demo.maps[(channel, *position)]
        terms = page.locator(".book-sum dd").all_inner_texts()
        products, bias, last = (float(text.replace("\u2212", "-")) for text in terms)
        assert (
            abs(bias - demo.network[max(layer - 1, 0) if layer != 11 else 11].bias[channel]) < 0.01
        )
        assert abs(max(products + bias, 0 if layer != 11 else -99) - out) < 0.02
        assert abs(last - out) < 0.01


def test_frames_mark_the_pixel_its_window_and_all_that_it_sees(show):
    def nearly(found, look, canvas, *box):
        return [*found[:2], *(round(side, 2) for side in found[2:])] == [look, canvas, *box]

    page = show(layer=1, channel=3, position=(12, 14))
    seen, window, dot = page.evaluate(FRAMES)
    assert nearly(seen, "book-seen", 0, 10, 12, 5, 5)
    assert nearly(window, "book-window", 0, 10, 12, 5, 5)
    assert dot[:2] == ["book-dot", 1 + 3]
    assert abs(dot[2] + dot[4] / 2 - 12.5) + abs(dot[3] + dot[5] / 2 - 14.5) < 0.05
    page = show(layer=4, channel=7, position=(2, 5))
    seen, *windows, dot = page.evaluate(FRAMES)
    assert nearly(seen, "book-seen", 0, 2, 8, 14, 14)
    assert all(nearly(one, "book-window", 7 + at, 2, 5, 5, 5) for at, one in enumerate(windows))
    assert len(windows) == 6
    assert dot[:2] == ["book-dot", 1 + 6 + 6 + 7]
    page = show(layer=5, channel=4, position=(1, 2))
    seen, window, dot = page.evaluate(FRAMES)
    assert nearly(window, "book-window", 13 + 4, 2, 4, 2, 2)
    assert dot[1] == 29 + 4
    page = show(layer=10, channel=29)
    seen, dot = page.evaluate(FRAMES)
    assert nearly(seen, "book-seen", 0, 0, 0, 28, 28)
    assert abs(dot[2] + dot[4] / 2 - 9.5) + abs(dot[3] + dot[5] / 2 - 2.5) < 0.05


def test_lines_are_as_wide_as_what_each_channel_adds(show):
    demo = FeatureMaps()
    net, x = demo.network, demo.picture
    added = net[3].weight[9] * net[:3](x)[0, :, 3:8, 4:9]
    page = show(layer=4, channel=9, position=(3, 4))
    found = torch.tensor([sign * width for sign, width in page.evaluate(LINES)], dtype=DOUBLE)
    wanted = added.sum((1, 2)).detach()
    wanted = 4 * wanted / wanted.abs().max()
    wanted = wanted[wanted.abs() > 0.16]
    assert (found < 0).any() and (found > 0).any()
    assert_same(found, wanted.sign() * wanted.abs().clamp(min=1), atol=1e-4)
    assert len(show(layer=2, channel=2, position=(6, 7)).evaluate(LINES)) == 1


def test_the_pointer_chooses_pixels_units_and_classes(show):
    page = show()
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
        (1, ["ArrowDown", "ArrowLeft"], "First convolution: map 0, row 18, column 14: "),
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
    page = next(mounting(page, FeatureMaps))(layer=1, channel=0, position=(17, 7))
    frame(page)  # it has begun by itself, and the window glides
    page.clock.run_for(450)
    _, canvas, top, left, rows, columns = page.evaluate(FRAMES)[-1]
    assert canvas == 1 and abs(top + rows / 2 - 17.5) < 0.05
    assert 8 < left + columns / 2 < 15
    page.clock.run_for(500)
    told = []
    for _ in range(8):
        told.append(read(page, ".book-says").split(":")[0])
        page.clock.run_for(1900)
    wanted = ["Map 0, row 17, column 15", "Map 0, row 8, column 7", "Map 5, row 5, column 5"]
    wanted += ["Map 5, row 2, column 2", "Unit 20", "Unit 24", "Class 3 has the logit"]
    assert [one[: len(start)] for one, start in zip(told[:7], wanted, strict=True)] == wanted
    assert told[7] == told[6]
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
    assert json.dumps(code).isascii()
