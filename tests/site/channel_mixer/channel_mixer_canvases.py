"""What stands on the canvases of the channel mixer, and its controls by their names."""

import base64

import torch
from demo_page import frame

from utils.widgets.channel_mixer import SIDE
from utils.widgets.kit.photographs import color_levels

COLOURS = "red", "green", "blue"
BYTES = """(canvases) => canvases.map((canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const bytes = [...data.filter((_, at) => at % 4 < 3)];
    return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""));
})"""


def drawn(page, selector):
    """What is on the canvases, each int64 (3, side, side)."""
    found = []
    for text in page.eval_on_selector_all(selector, BYTES):
        values = torch.tensor(list(base64.b64decode(text)))
        side = int((len(values) / 3) ** 0.5)
        found.append(values.view(side, side, 3).permute(2, 0, 1))
    return found


def picture(page, name):
    return page.get_by_role("application", name=f"{name} picture: arrow keys move the pixel")


def weight(page, o, i):
    return page.get_by_role("slider", name=f"Weight of {COLOURS[i]} in for {COLOURS[o]} out")


def set_weight(page, o, i, value):
    weight(page, o, i).fill(str(value))
    frame(page)


def preset(page, name):
    return page.get_by_role("radio", name=name, exact=True)


def alone(levels, channel):
    """A picture of one channel in its own light."""
    found = torch.zeros(3, *levels.shape, dtype=torch.int64)
    found[channel] = levels
    return found


def assert_shows(page, demo):
    """Each canvas shows what torch computes."""
    frame(page)
    levels = color_levels(demo.photo, SIDE).long()
    output = demo.output.round().clamp(0, 255).long()
    small, weights = levels[:, ::2, ::2], torch.tensor(demo.matrix).double()
    before, after = drawn(page, ".book-photo canvas")
    inputs, outputs = (drawn(page, f".book-{kind} canvas") for kind in ("in", "out"))
    products = drawn(page, ".book-weighing canvas")
    assert (len(inputs), len(outputs), len(products)) == (3, 3, 9)
    assert torch.equal(before, levels)
    assert (after - output).abs().max() <= 1
    for i in range(3):
        assert torch.equal(inputs[i], alone(small[i], i))
    for o in range(3):
        assert (outputs[o] - alone(output[o, ::2, ::2], o)).abs().max() <= 1
        for i in range(3):
            product = (weights[o, i].abs() * small[i]).round().clamp(0, 255).long()
            assert (products[3 * o + i] - alone(product, i)).abs().max() <= 1
    assert page.locator(".book-negative").count() == int((weights < -0.005).sum())
