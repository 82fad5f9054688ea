"""The arithmetic of the dropout network, in Chromium, against torch."""

import itertools

import pytest
import torch
from torch import nn

from utils.checks import assert_same
from utils.widgets.dropout_network import (
    FIRST,
    INPUTS,
    MOST_PASSES,
    SECOND,
    UNITS,
    DropoutNetwork,
)

CLOSE = {"rtol": 1e-12, "atol": 1e-12}
SETTINGS = [
    {"p": p, "training": training, "relu": relu, "scaled": scaled, "passes": passes, "seed": seed}
    for (p, passes, seed), training, relu, scaled in itertools.product(
        [(0.0, 1, 0), (0.15, 7, 3), (0.5, 60, 0), (0.6, 40, 99)], *[(True, False)] * 3
    )
]
ALL = [list(mask) for mask in itertools.product((0, 1), repeat=UNITS)]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("dropout_network/math")


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def by_torch(masks, setting):
    """The same network from torch's own modules, with given masks."""
    first, second = nn.Linear(2, UNITS).double(), nn.Linear(UNITS, len(SECOND)).double()
    with torch.no_grad():
        for layer, weight in ((first, FIRST), (second, SECOND)):
            layer.weight.copy_(double(weight))
            layer.bias.zero_()
        h = first(double(INPUTS)).relu() * double(masks)
        if setting["training"] and setting["scaled"]:
            h = h / (1 - setting["p"])
        sums = second(h)
        return (sums.relu() if setting["relu"] else sums).sum(1)


def test_constants_are_those_of_python(module):
    ask = "(module) => [module.INPUTS, module.FIRST, module.SECOND, module.MOST_PASSES]"
    inputs, first, second, most = module.evaluate(ask)
    assert (inputs, most) == (list(INPUTS), MOST_PASSES)
    assert (first, second) == ([*map(list, FIRST)], [*map(list, SECOND)])
    traits = DropoutNetwork.class_traits()
    assert module.evaluate("(module) => module.MOST_P") == traits["p"].max
    assert traits["passes"].max == MOST_PASSES


def test_masks_are_those_of_python_and_drop_a_share_p(module):
    found = module.call_each([("masks", setting) for setting in SETTINGS])
    for masks, setting in zip(found, SETTINGS, strict=True):
        assert torch.equal(double(masks), DropoutNetwork(**setting).kept)
    many = module.call("masks", {"p": 0.3, "training": True, "passes": 4000, "seed": 5})
    assert (1 - double(many).mean(0) - 0.3).abs().max() < 0.03


def test_outputs_for_given_masks_are_those_of_torch(module):
    asked = [("output", mask, setting) for setting in SETTINGS for mask in ALL]
    found = double(module.call_each(asked)).view(len(SETTINGS), len(ALL))
    for outputs, setting in zip(found, SETTINGS, strict=True):
        assert_same(outputs, by_torch(ALL, setting), **CLOSE)


def test_what_is_handed_on_is_that_of_torch(module):
    mask = ALL[38]
    for setting in SETTINGS:
        scale = 1 / (1 - setting["p"]) if setting["training"] and setting["scaled"] else 1
        values = double(module.call("thinned", mask, setting))
        assert_same(values, double(mask) * DropoutNetwork().hidden * scale, **CLOSE)
        assert sum(module.call("behind", mask, setting)) == pytest.approx(
            module.call("output", mask, setting)
        )


def test_means_are_those_of_python(module):
    all_means = module.call_each([("meanOfAll", setting) for setting in SETTINGS])
    evaluated = module.call_each([("evalOutput", setting) for setting in SETTINGS])
    for mean, plain, setting in zip(all_means, evaluated, SETTINGS, strict=True):
        demo = DropoutNetwork(**setting)
        assert mean == pytest.approx(demo.mean_of_all, rel=1e-12)
        assert plain == pytest.approx(demo.eval_output, rel=1e-12)
    outputs = DropoutNetwork(relu=True).outputs
    running = outputs.cumsum(0) / torch.arange(1, len(outputs) + 1)
    assert_same(double(module.call("runningMeans", outputs.tolist())), running, **CLOSE)
