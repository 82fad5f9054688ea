"""Costs and fields of the demo, against torch on the device meta."""

import itertools

import pytest
import torch
from torch import nn
from torchvision.models import vgg19

from utils.counting import count_parameters, layer_costs
from utils.widgets.block_builder import VGG16, BlockBuilder

TEXTS = [
    VGG16,
    "((1, 1),)",
    "((1, 16), (2, 8), (3, 4))",
    "((2, 5), (1, 7), (1, 7), (4, 2), (1, 3))",
    "((1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8))",
]
STATES = [
    {"architecture": text, "shown": shown, "dense": dense, "side": side}
    for text, (shown, dense), side in itertools.product(
        TEXTS, [(7, 4096), (2, 16), (1, 64)], [32, 64, 224]
    )
]
GOOD = {
    "((2, 64), (3, 128))": [[2, 64], [3, 128]],
    "(2,64),(3,128)": [[2, 64], [3, 128]],
    " [(2, 64), [3, 128],] ": [[2, 64], [3, 128]],
    "((8, 1024),)": [[8, 1024]],
    "((8, 1024))": [[8, 1024]],
}
BAD = ["", "(", "(2, 64)", "2, 64", "((2, 64), (3))", "((0, 64),)", "((2, 0),)", "((9, 64),)"]
BAD += ["((2, 1025),)", "((2, 64), 3)", "((1.5, 64),)", "hello", "()", "((2, -1),)"]
BAD += ["(" + "(1, 1), " * 8 + ")"]


@pytest.fixture(scope="module")
def found(open_module):
    calls = [(name, state) for state in STATES for name in ("layers", "totals", "field")]
    answers = iter(open_module("block_builder/math").call_each(calls))
    return [[next(answers) for _ in range(3)] for _ in STATES]


def test_each_layer_costs_what_torch_counts(found):
    for state, (layers, totals, _) in zip(STATES, found, strict=True):
        with torch.device("meta"):
            x = torch.empty(1, 3, state["side"], state["side"])
            rows = layer_costs(BlockBuilder(**state).layers, x)
        heavy = [row for row in rows if row.name in ("Conv2d", "Linear")]
        assert [layer["parameters"] for layer in layers] == [row.parameters for row in heavy]
        assert [layer["work"] for layer in layers] == [row.multiply_adds for row in heavy]
        assert [layer["out"] for layer in layers] == [row.shape[1] for row in heavy]
        sides = [row.shape[-1] if row.name == "Conv2d" else 1 for row in heavy]
        assert [layer["side"] for layer in layers] == sides
        assert totals["parameters"] == sum(row.parameters for row in rows)
        dense = [row for row in heavy if row.name == "Linear"]
        for name, part in (("denseParameters", "parameters"), ("denseWork", "multiply_adds")):
            whole, some = (sum(getattr(row, part) for row in group) for group in (rows, dense))
            assert totals[name] == pytest.approx(some / whole, rel=1e-12)


def test_the_field_is_the_reach_of_a_gradient(found):
    for state, (*_, field) in zip(STATES, found, strict=True):
        demo = BlockBuilder(**state)
        x = torch.zeros(1, 1, 1200, dtype=torch.float64, requires_grad=True)
        y = x
        for n, _ in demo.blocks:
            for _ in range(n):
                y = nn.functional.avg_pool1d(y, 3, 1, 1)
            y = nn.functional.avg_pool1d(y, 2)
        (slopes,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2], x)
        assert field == demo.field == (slopes > 0).sum()


def test_vgg_19_has_the_parameters_of_torchvision():
    with torch.device("meta"):
        theirs = vgg19()
    ours = BlockBuilder(architecture="((2, 64), (2, 128), (4, 256), (4, 512), (4, 512))")
    assert ours.parameters == count_parameters(theirs)


def test_texts_are_read_and_written_as_python_does(open_module):
    module = open_module("block_builder/math")
    read = module.call_each([("parse", text) for text in (*GOOD, *BAD)])
    assert read == [*GOOD.values(), *[None] * len(BAD)]
    texts = module.call_each([("written", blocks) for blocks in GOOD.values()])
    assert texts == [str(tuple(map(tuple, blocks))) for blocks in GOOD.values()]
