"""The arithmetic of the demo, against torch."""

import itertools

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.pooling_shifts import FARTHEST, POOLS, PoolingShifts

CASES = list(itertools.product("0248", (2, 3, 4), (False, True), (0, 1, 3, 12)))


@pytest.fixture(scope="module")
def demos():
    return [PoolingShifts(digit=d, window=w, overlap=o, shift=s) for d, w, o, s in CASES]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("pooling_shifts/math")


def double(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def ink(demo):
    return demo.digits[demo.digit]


def test_pictures_and_outputs_are_those_of_torch(module, demos):
    pictures = module.call_each([("picture", ink(demo), demo.shift) for demo in demos])
    strides = module.call_each([("strideOf", demo.window, demo.overlap) for demo in demos])
    asked = [
        ("pooled", kind, picture, demo.window, stride)
        for demo, picture, stride in zip(demos, pictures, strides, strict=True)
        for kind in POOLS
    ]
    found = iter(module.call_each(asked))
    for demo, picture in zip(demos, pictures, strict=True):
        assert_same(double(picture), demo.picture())
        for kind in POOLS:
            assert_same(double(next(found)), demo.pooled(kind))


def test_a_window_sees_the_pixels_of_its_slice(module):
    demo = PoolingShifts(digit="5", window=3, overlap=True)
    x = demo.picture()
    (found,) = module.call_each([("seenBy", x.tolist(), 3, 2, [1, 2])])
    assert found == x[2:5, 4:7].flatten().tolist()


def test_curves_and_the_place_of_each_change_are_those_of_torch(module):
    demos = [
        PoolingShifts(digit=d, window=w, overlap=o)
        for d, w, o in itertools.product("047", (2, 3, 4), (False, True))
    ]
    pairs = [(demo, kind) for demo in demos for kind in POOLS]
    curves = module.call_each(
        [("curve", kind, ink(demo), demo.window, demo.stride) for demo, kind in pairs]
    )
    for (demo, kind), curve in zip(pairs, curves, strict=True):
        wanted = [demo.change(kind, shift) for shift in range(FARTHEST + 1)]
        assert_same(double(curve), double(wanted), atol=1e-12)
    asked = [
        ("compared", demo.pooled(kind, 0).tolist(), demo.pooled(kind, 5).tolist(), 5, demo.stride)
        for demo, kind in pairs
    ]
    for (demo, kind), found in zip(pairs, module.call_each(asked), strict=True):
        first, now = demo.pooled(kind, 0), demo.pooled(kind, 5)
        assert found["cells"] in (5 // demo.stride, -(-5 // demo.stride))
        rest = now - torch.nn.functional.pad(first, (found["cells"], -found["cells"]))
        assert torch.equal(torch.tensor(found["differs"]), rest.abs() > 1e-9)
        assert found["change"] == pytest.approx(demo.change(kind, 5))
        assert found["change"] == pytest.approx((rest.norm() / first.norm()).item())
