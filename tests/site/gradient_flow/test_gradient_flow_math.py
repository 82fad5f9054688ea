"""The arithmetic of the gradient's flow, in Chromium, against torch."""

import itertools

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.gradient_flow import ACTIVATIONS, GradientFlow

CASES = [
    {"activation": activation, "scale": scale, "residual": residual, "layers": layers}
    for activation, residual, (scale, layers) in itertools.product(
        ACTIVATIONS,
        (False, True),
        [(0.25, 40), (0.5, 30), (1.0, 2), (1.7, 17), (4.0, 30), (16.0, 40)],
    )
]
SMALLEST = torch.tensor(1, dtype=torch.int16).view(torch.float16).double()
LARGEST = torch.tensor(torch.finfo(torch.float16).max, dtype=torch.float64)


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("gradient_flow/math")


@pytest.fixture(scope="module")
def found(module):
    return module.call_each([("norms", case) for case in CASES])


def test_the_norms_are_those_of_autograd(found):
    for case, norms in zip(CASES, found, strict=True):
        ours = torch.tensor(norms, dtype=torch.float64)
        # Each processor rounds sums in an order of its own, and depth multiplies it: 1.1e-8 seen.
        assert_same(ours, GradientFlow(**case).norms, rtol=1e-7, atol=0)


def test_the_factor_is_that_of_python(module, found):
    factors = module.call_each([("factor", norms) for norms in found])
    wanted = [GradientFlow(**case).factor for case in CASES]
    assert factors == pytest.approx(wanted, rel=1e-8)
    for case, norms, factor in zip(CASES, found, factors, strict=True):
        assert norms[-1] * factor ** (case["layers"] - 1) == pytest.approx(norms[0])


def test_what_is_lost_and_over_is_what_float16_makes_of_it(module):
    edges = [SMALLEST / 2, SMALLEST, 1e-6, 1e3, LARGEST + 16]
    sizes = [float(edge * factor) for edge in edges for factor in (1 - 1e-5, 1, 1 + 1e-5)]
    kinds = module.call_each([("kind", size) for size in sizes])
    for size, kind in zip(sizes, kinds, strict=True):
        half = torch.tensor(size, dtype=torch.float64).half()
        if half == 0:
            wanted = "lost"
        elif half.isinf():
            wanted = "over"
        else:
            wanted = "weak" if size < 1e-6 else "fine" if size <= 1e3 else "large"
        assert kind == wanted, size


def test_constants_are_those_of_torch(module):
    names = ["WIDTH", "EXAMPLES", "MOST_LAYERS", "HALF", "NAMES"]
    constants = module.evaluate("(module, names) => names.map((name) => module[name])", names)
    most = GradientFlow.class_traits()["layers"].max
    half = [SMALLEST.item(), LARGEST.item()]
    assert constants == [16, 8, most, half, list(ACTIVATIONS)]
