"""What the demo draws, against torch: maps, lens, sum, frames and lines."""

import pytest
import torch
from demo_kernel import in_a_notebook
from demo_page import frame, mounting, read
from feature_maps_page import canvases, frames, ink, lens_colours, lines
from torch import nn

from utils.checks import assert_same
from utils.widgets.feature_maps import LAYERS, FeatureMaps
from utils.widgets.kit.ink import as_picture
from utils.widgets.kit.lenet import lenet

DOUBLE = torch.float64


@pytest.fixture
def show(page):
    yield from mounting(page, FeatureMaps)


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


def assert_painted(page, demo, colours):
    """Compare all canvases of the layer that is pointed at with what torch gives."""
    values = demo.maps.flatten() / demo.maps.abs().max()
    painted = canvases(page, f".book-layer-{demo.layer} canvas")
    assert len(painted) == (1 if demo.layer in (8, 10) else len(demo.maps))
    dots = torch.cat([one.view(-1, 4) for one in painted])
    assert (dots[:, 3] == 255).all()
    assert (dots[:, :3] - colours(values)).abs().max() <= 8  # a step of the colours


def test_every_map_is_painted_with_what_the_network_gives(show, colours):
    for state in ({}, {"drawing": "8", "layers": lenet(nn.AvgPool2d, nn.Tanh)}):
        demo = FeatureMaps(**state)
        page = show(**state)
        assert_same(ink(page), as_picture(demo.drawing), atol=0.005)
        for layer in LAYERS[:-1]:
            demo.layer = layer
            assert_painted(page, demo, colours)
        said = page.locator(".book-said")
        assert said.get_attribute("aria-label").startswith(f"class {demo.probabilities.argmax()}:")
        shares = page.locator(".book-classes [role=option]").evaluate_all(
            "(all) => all.map((one) => +one.style.getPropertyValue('--share'))"
        )
        assert_same(torch.tensor(shares, dtype=DOUBLE), demo.probabilities)


@pytest.mark.parametrize("width", [360, 800])
def test_the_lens_shows_window_weights_and_products(show, colours, open_module, width):
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
        page = show(width=width, layer=layer, channel=channel, position=position)
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
                    round(corners[at // 25][axis] + step * laid["cells"][part] + 1)
                    for axis, step in enumerate((at % 5, at % 25 // 5))
                ]
                for at in range(len(wanted))
            ]
            found = lens_colours(page, places)
            assert (found - wanted).abs().max() <= 8, (layer, part)


@pytest.mark.parametrize("size", [(218, 114), (277, 132), (550, 132)])  # from phone to desk
def test_the_grids_of_the_lens_lie_apart_and_the_products_have_room_for_numbers(open_module, size):
    glass = open_module("feature_maps/lens")
    readable = glass.evaluate("(lens) => lens.NUMBERS_FROM")
    forms = [(1, 5, 5, 3), (1, 2, 2, 1), (6, 5, 5, 3), (16, 5, 5, 3), (1, 6, 20, 3), (1, 6, 14, 3)]
    for form in forms:
        channels, rows, columns, parts = form
        names = ("channels", "rows", "columns", "parts")
        laid = glass.call("layoutOf", dict(zip(names, form, strict=True)), *size)
        taken = torch.zeros(size[1] + 1, size[0] + 1)
        for cell, corners in zip(laid["cells"], laid["places"], strict=True):
            assert len(corners) == channels
            for left, top in corners:
                right, bottom = left + cell * columns, top + cell * rows
                assert left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1], form
                # Whole dots, of which a grid may begin or end within one.
                taken[-int(-top // 1) : int(bottom), -int(-left // 1) : int(right)] += 1
        assert taken.max() == 1, form
        if rows * columns <= 25 and channels == 1:
            assert laid["cells"][-1] >= readable, form


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
    seen, window, dot = frames(page)
    assert nearly(seen, "book-seen", 0, 10, 12, 5, 5)
    assert nearly(window, "book-window", 0, 10, 12, 5, 5)
    assert dot[:2] == ["book-dot", 1 + 3]
    assert abs(dot[2] + dot[4] / 2 - 12.5) + abs(dot[3] + dot[5] / 2 - 14.5) < 0.05
    page = show(layer=4, channel=7, position=(2, 5))
    seen, *windows, dot = frames(page)
    assert nearly(seen, "book-seen", 0, 2, 8, 14, 14)
    assert all(nearly(one, "book-window", 7 + at, 2, 5, 5, 5) for at, one in enumerate(windows))
    assert len(windows) == 6
    assert dot[:2] == ["book-dot", 1 + 6 + 6 + 7]
    page = show(layer=5, channel=4, position=(1, 2))
    seen, window, dot = frames(page)
    assert nearly(window, "book-window", 13 + 4, 2, 4, 2, 2)
    assert dot[1] == 29 + 4
    page = show(layer=10, channel=29)
    seen, dot = frames(page)
    assert nearly(seen, "book-seen", 0, 0, 0, 28, 28)
    assert abs(dot[2] + dot[4] / 2 - 9.5) + abs(dot[3] + dot[5] / 2 - 2.5) < 0.05


def test_lines_are_as_wide_as_what_each_channel_adds(show):
    demo = FeatureMaps()
    net, x = demo.network, demo.picture
    added = net[3].weight[9] * net[:3](x)[0, :, 3:8, 4:9]
    page = show(layer=4, channel=9, position=(3, 4))
    found = lines(page)
    wanted = added.sum((1, 2)).detach()
    wanted = 4 * wanted / wanted.abs().max()
    wanted = wanted[wanted.abs() > 0.16]
    assert (found < 0).any() and (found > 0).any()
    assert_same(found, wanted.sign() * wanted.abs().clamp(min=1), atol=1e-4)
    assert len(lines(show(layer=2, channel=2, position=(6, 7)))) == 1


def test_other_weights_from_the_kernel_are_shown_at_once(page, colours):
    demo = FeatureMaps()
    in_a_notebook(page, demo)
    torch.manual_seed(0)
    demo.layers, demo.layer = lenet(nn.AvgPool2d, nn.Tanh), 5
    page.evaluate("(layers) => { model.change('layers', layers); }", demo.layers)
    frame(page)
    assert_painted(page, demo, colours)
    assert read(page, ".book-said b") == str(demo.probabilities.argmax().item())
    assert page.evaluate("sent") == 0  # what the kernel says is not said back to it
