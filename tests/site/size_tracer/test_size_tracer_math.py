"""Sizes and ends of rows, against torch."""

import pytest
import torch
from torch import nn

from utils.widgets.size_tracer import SizeTracer

CASES = [(side, padding) for side in range(195, 291, 3) for padding in range(4)]


@pytest.fixture(scope="module")
def chains(open_module):
    return open_module("size_tracer/math").call_each([("chain", *case) for case in CASES])


def test_sides_are_those_of_torch(chains):
    with torch.device("meta"):
        pool = nn.MaxPool2d(3, 2)
        two, rest = nn.Conv2d(1, 1, 5, padding=2), nn.Conv2d(1, 1, 3, padding=1)
        for (side, padding), layers in zip(CASES, chains, strict=True):
            x = torch.empty(1, 1, side, side)
            net = [nn.Conv2d(1, 1, 11, 4, padding), pool, two, pool, rest, rest, rest, pool]
            for layer, module in zip(layers, net, strict=True):
                assert layer["from"] == x.shape[-1]
                x = module(x)
                assert layer["to"] == x.shape[-1]
            assert SizeTracer(side=side, padding=padding).sides[-1] == layers[-1]["to"]


def test_missed_columns_are_those_without_a_gradient(chains):
    for (side, padding), layers in zip(CASES, chains, strict=True):
        for layer in layers:
            length = layer["from"] + 2 * layer["padding"]
            x = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
            weight = torch.ones(1, 1, layer["window"], dtype=torch.float64)
            y = nn.functional.conv1d(x, weight, stride=layer["stride"])
            (seen,) = torch.autograd.grad(y.sum(), x)
            assert layer["missed"] == (seen == 0).sum(), (side, padding, layer["name"])


def test_layers_that_take_steps_are_four(open_module):
    (layers,) = open_module("size_tracer/math").call_each([("striding", 224, 2)])
    found = [(layer["name"], layer["missed"]) for layer in layers]
    assert found == [("conv 1", 1), ("pool 1", 0), ("pool 2", 0), ("pool 3", 0)]


def test_the_end_of_a_row_has_its_padding_its_last_window_and_what_is_missed(open_module):
    first = {"from": 224, "padding": 2, "window": 11, "stride": 4, "missed": 1}
    pool = {"from": 13, "padding": 0, "window": 3, "stride": 2, "missed": 0}
    call = open_module("size_tracer/math").call_each
    ends, whole = call([("ending", first, 16), ("ending", pool, 8)])

    def places(end, kind):
        return [place for place, cell in enumerate(end["cells"]) if cell[kind]]

    assert places(ends, "isPadding") == [14, 15] and places(ends, "isMissed") == [15]
    assert places(ends, "isReached") == list(range(4, 15))
    assert (ends["last"], ends["next"]) == (4, 8)
    assert places(whole, "isMissed") == [] and places(whole, "isReached") == [5, 6, 7]
    assert (whole["last"], whole["next"]) == (5, 7)
