"""The gradients of the demo, in Chromium, against torch."""

import itertools

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.residual_depth import ResidualDepth

CASES = [
    {"blocks": blocks, "cut": cut, "normalise": normalise}
    for blocks, cut, normalise in itertools.product((2, 3, 7, 16), (0, 1, 2, 7, 16), (False, True))
]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("residual_depth/math")


@pytest.mark.parametrize("kind", ["plain", "residual"])
def test_the_norms_are_those_of_autograd(module, kind):
    calls = [("norms", {**case, "residual": kind == "residual"}) for case in CASES]
    for case, norms in zip(CASES, module.call_each(calls), strict=True):
        ours = torch.tensor(norms, dtype=torch.float64)
        assert_same(ours, getattr(ResidualDepth(**case), kind), rtol=1e-7, atol=0)


def test_constants_are_those_of_torch(module):
    names = ["WIDTH", "EXAMPLES", "MOST_BLOCKS"]
    constants = module.evaluate("(module, names) => names.map((name) => module[name])", names)
    assert constants == [16, 16, ResidualDepth.class_traits()["blocks"].max]
