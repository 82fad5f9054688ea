"""The arithmetic of the demo, against torch and against its Python side."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.widgets.feature_maps import LAYERS
from utils.widgets.kit.convnet import pack, unpack
from utils.widgets.kit.drawing import examples
from utils.widgets.kit.ink import as_picture
from utils.widgets.kit.lenet import lenet, packed

DOUBLE = torch.float64
BY = {1: 0, 2: 2, 4: 3, 5: 5, 8: 7, 10: 9, 11: 11}  # which layer has made an output that is drawn


@pytest.fixture(scope="module")
def module(open_module, networks):
    """The demo's arithmetic; ``networks`` stay in its page, for they take long to send."""
    kit, module = open_module("kit/convnet"), open_module("feature_maps/math")
    kit.evaluate("({ unpack }, networks) => { window.networks = networks.map(unpack); }", networks)
    return module


@pytest.fixture(scope="module")
def networks():
    """The book's network, and one with averages, whose numbers fall below 0 too."""
    torch.manual_seed(1)
    return [packed(), pack(lenet(nn.AvgPool2d, nn.Tanh))]


def numbers(values):
    return torch.tensor([value or 0.0 for value in values], dtype=DOUBLE)


def places(seed=0, count=6):
    """Places in each layer: the corners, and some drawn at random."""
    draw = torch.Generator().manual_seed(seed)
    sizes = {
        1: (6, 28),
        2: (6, 14),
        4: (16, 10),
        5: (16, 5),
        8: (120, 1),
        10: (84, 1),
        11: (10, 1),
    }
    for layer, (channels, side) in sizes.items():
        yield layer, 0, (0, 0)
        yield layer, channels - 1, (side - 1, side - 1)
        for _ in range(count):
            channel, row, column = (
                int(torch.randint(size, (), generator=draw)) for size in (channels, side, side)
            )
            yield layer, channel, (row, column)


@torch.no_grad()
def test_what_meets_at_a_pixel_is_what_torch_multiplies_there(module, networks):
    for which, (network, digit) in enumerate(zip(networks, "58", strict=True)):
        picture = as_picture(examples()[digit])
        net = unpack(network, DOUBLE)
        asked = [
            {"layer": layer, "channel": channel, "position": list(position)}
            for layer, channel, position in places()
        ]
        found = module.evaluate(
            """({ answer, meeting, shares }, which, ink, places) => {
                const layers = window.networks[which];
                const { all } = answer(layers, ink);
                const met = places.map((place) => meeting(layers, all, place));
                return met.map((one) => ({ ...one, shares: shares(one) }));
            }""",
            which,
            picture.flatten().tolist(),
            asked,
        )
        for place, met in zip(asked, found, strict=True):
            layer, channel, (row, column) = place.values()
            by = net[BY[layer]]
            before = net[: BY[layer]](picture[None, None])
            out = net[: layer + 1](picture[None, None])[0, channel]
            out = out[row, column] if out.ndim else out
            if isinstance(by, nn.Linear):
                window, weight = before[0], by.weight[channel]
            elif isinstance(by, nn.Conv2d):
                window = F.unfold(before, 5, padding=by.padding)[0]
                window, weight = window.T[row * out_side(layer) + column], by.weight[channel]
            else:
                window = F.unfold(before[:, channel : channel + 1], 2, stride=2)[0]
                window, weight = window.T[row * out_side(layer) + column], None
            assert_same(numbers(met["window"]), window.flatten())
            assert_same(numbers([met["out"]]), out[None])
            assert met["channels"] * met["rows"] * met["columns"] == window.numel()
            if weight is None:
                joined = window.max() if isinstance(by, nn.MaxPool2d) else window.mean()
                assert_same(numbers([met["sum"]]), joined[None])
                assert met["weight"] is None
                assert met["shares"] == [met["out"]]
                continue
            products = window.flatten() * weight.flatten()
            assert_same(numbers(met["products"]), products)
            assert_same(numbers([met["sum"]]), products.sum()[None] + by.bias[channel])
            assert_same(numbers(met["shares"]), products.view(met["channels"], -1).sum(1))


def out_side(layer):
    return {1: 28, 2: 14, 4: 10, 5: 5}[layer]


def test_padding_is_told_from_ink_that_is_0(module):
    window = module.evaluate(
        """({ answer, meeting }) => {
            const [layers] = window.networks;
            const corner = { layer: 1, channel: 0, position: [0, 0] };
            return meeting(layers, answer(layers, Array(784).fill(0)).all, corner).window;
        }"""
    )
    assert window == [*[None] * 10, *[None, None, 0, 0, 0] * 3]


def test_what_a_pixel_can_see_is_where_its_gradient_reaches(module, networks):
    torch.manual_seed(0)
    net = unpack(networks[1], DOUBLE)  # averages and tanh pass every gradient on
    asked = [place for place in places(count=4) if place[0] < 8]
    found = module.evaluate(
        """({ seenOf }, asked) => asked.map(([layer, , position]) =>
            seenOf(window.networks[1], { layer, position }))""",
        asked,
    )
    for (layer, channel, (row, column)), seen in zip(asked, found, strict=True):
        x = torch.rand(1, 1, 28, 28, dtype=DOUBLE, requires_grad=True)
        (slope,) = torch.autograd.grad(net[: layer + 1](x)[0, channel, row, column], x)
        touched = slope[0, 0].nonzero()
        top, left = touched.amin(0).tolist()
        bottom, right = touched.amax(0).tolist()
        assert seen == {
            **{"top": top, "left": left},
            **{"rows": bottom - top + 1, "columns": right - left + 1},
        }


@torch.no_grad()
def test_the_loudest_way_takes_the_largest_product_at_each_step(module, networks):
    for which, network in enumerate(networks):
        net = unpack(network, DOUBLE)
        for digit in "038":
            picture = as_picture(examples()[digit])
            way = module.evaluate(
                """({ answer, loudestWay }, which, ink) => {
                    const layers = window.networks[which];
                    const { all, said } = answer(layers, ink);
                    return loudestWay(layers, all, said);
                }""",
                which,
                picture.flatten().tolist(),
            )
            outputs = [net[: layer + 1](picture[None, None])[0] for layer in LAYERS]
            assert [stop["layer"] for stop in way] == list(LAYERS)
            channels = [stop["channel"] for stop in way]
            (r1, c1), (r2, c2), (r4, c4), (r5, c5) = (stop["position"] for stop in way[:4])
            assert channels[6] == outputs[6].argmax()
            assert channels[5] == (net[11].weight[channels[6]] * outputs[5]).argmax()
            assert channels[4] == (net[9].weight[channels[5]] * outputs[4]).argmax()
            products = net[7].weight[channels[4]] * outputs[3].flatten()
            assert products.argmax() == channels[3] * 25 + r5 * 5 + c5
            assert channels[2] == channels[3] and channels[0] == channels[1]
            window = outputs[2][channels[2], 2 * r5 : 2 * r5 + 2, 2 * c5 : 2 * c5 + 2]
            assert outputs[2][channels[2], r4, c4] == window.max()
            window = outputs[1][:, r4 : r4 + 5, c4 : c4 + 5]
            products = net[3].weight[channels[2]] * window
            assert products.argmax() == channels[1] * 25 + (r2 - r4) * 5 + c2 - c4
            window = outputs[0][channels[0], 2 * r2 : 2 * r2 + 2, 2 * c2 : 2 * c2 + 2]
            assert outputs[0][channels[0], r1, c1] == window.max()


def test_ink_that_is_added_is_told_from_another_drawing(module):
    first, more, less = [0.5, 0.0], [0.5, 0.25], [0.25, 1.0]
    calls = [("isAddedTo", ink, first) for ink in (first, more, less)]
    assert module.call_each(calls) == [False, True, False]
