"""The arithmetic of the demo, against torchvision's dense layers."""

import itertools

import pytest
import torch
from torch import nn
from torchvision.models.densenet import _DenseLayer

CASES = [
    ({"channels": channels, "rate": growth}, layer)
    for channels, growth in itertools.product((16, 64, 144, 256), (4, 20, 32))
    for layer in (1, 2, 7, 12)
]


@pytest.fixture(scope="module")
def theirs():
    found = []
    with torch.device("meta"):
        for state, layer in CASES:
            k, c = state["rate"], state["channels"]
            for _ in range(layer - 1):
                c += k
            dense = _DenseLayer(c, growth_rate=k, bn_size=4, drop_rate=0.0)
            one = nn.Conv2d(dense.conv1.in_channels, k, 3, bias=False)
            pair = [dense.conv1.weight.numel(), dense.conv2.weight.numel()]
            found.append((c, one.weight.numel(), pair))
    return found


def test_channels_and_weights_are_those_of_torchvision(open_module, theirs):
    math = open_module("dense_growth/math")
    for place, name in enumerate(("reads", "single", "squeezed")):
        ours = math.call_each([(name, *case) for case in CASES])
        assert ours == [each[place] for each in theirs], name
    pays = math.call_each([("pays", *case) for case in CASES])
    assert pays == [sum(pair) < one for _, one, pair in theirs]
    assert len(set(pays)) == 2


def test_the_1x1_pays_from_the_crossing_on(open_module):
    math = open_module("dense_growth/math")
    states = [case[0] for case in CASES[::4]]
    crossings = math.call_each([("crossing", state) for state in states])
    everywhere = math.call_each([("paysEverywhere", state) for state in states])
    for state, crossing, every in zip(states, crossings, everywhere, strict=True):
        layers = range(1, 13)
        pays = math.call_each([("pays", state, layer) for layer in layers])
        assert pays == [layer > crossing + 1e-9 for layer in layers]
        assert every == all(pays)
    assert True in everywhere and False in everywhere
