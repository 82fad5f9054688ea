"""Weights and channels of the demo, against torch on the device meta."""

import itertools

import pytest
import torch
from torch import nn

from utils.counting import count_parameters, layer_costs
from utils.googlenet import BLOCKS, made
from utils.widgets.inception_paths import PATHS, InceptionPaths

SIZES = [(192, 28), (7, 5), (832, 7), (1, 1)]
WIDTHS = [*list(BLOCKS.values())[::4], (1, 2, 3, 4, 5, 6), (9, 1, 8, 2, 7, 3)]
STATES = [
    {"inputs": inputs, "side": side, "widths": widths, "bottlenecks": is_on}
    for (inputs, side), widths, is_on in itertools.product(SIZES, WIDTHS, (True, False))
]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("inception_paths/math")


def test_each_path_has_the_channels_and_weights_that_torch_counts(module):
    found = module.call_each([("paths", {**s, "widths": list(s["widths"])}) for s in STATES])
    for state, paths in zip(STATES, found, strict=True):
        demo = InceptionPaths(**state)
        with torch.device("meta"):
            x = torch.empty(1, demo.inputs, demo.side, demo.side)
            rows = [layer_costs(path, x) for path in demo.layers]
        assert [path["out"] for path in paths] == [row[-1].shape[1] for row in rows]
        assert [path["weights"] for path in paths] == [
            sum(r.parameters for r in row) for row in rows
        ]
        assert all(row[-1].shape[2:] == x.shape[2:] for row in rows)
        between = [row[0].shape[1] if len(row) == 2 else demo.inputs for row in rows]
        assert [path["between"] for path in paths] == between
        assert demo.multiply_adds == sum(r.multiply_adds for row in rows for r in row)
        assert demo.channels == sum(path["out"] for path in paths)
        assert demo.weights == sum(path["weights"] for path in paths)


def test_single_layers_make_as_many_channels_as_the_block_with_its_1x1_layers(module):
    found = module.call_each([("totals", {**s, "widths": list(s["widths"])}) for s in STATES])
    for state, totals in zip(STATES, found, strict=True):
        demo, out = InceptionPaths(**state), made(state["widths"])
        single = [nn.Conv2d(demo.inputs, out, k, bias=False, device="meta") for k in (3, 5)]
        assert [totals["three"], totals["five"]] == [count_parameters(layer) for layer in single]
        wanted = demo.channels, demo.weights, out
        assert (totals["out"], totals["weights"], totals["usual"]) == wanted


def test_the_blocks_of_the_list_are_those_of_googlenet(module):
    blocks = module.evaluate("(module) => module.BLOCKS")
    inputs, places = 192, {"3a": 28, "4a": 14, "5a": 7}
    for name, widths in BLOCKS.items():
        side = places[f"{name[0]}a"]
        assert blocks[name] == [inputs, side, list(widths)]
        inputs = made(widths)


def test_a_path_has_its_place_among_the_widths(module):
    assert module.call_each([("placeOf", path) for path in PATHS]) == [0, 2, 4, 5]
