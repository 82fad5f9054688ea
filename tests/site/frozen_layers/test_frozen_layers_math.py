"""The arithmetic of the demo, against torch's counter and its parameters."""

import pytest

from utils.widgets.frozen_layers import FrozenLayers


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("frozen_layers/math")


def test_work_and_weights_are_those_of_torch(module):
    demos = [FrozenLayers(frozen=k) for k in range(5)]
    assert module.call_each([("work", k) for k in range(5)]) == [demo.work for demo in demos]
    found = module.call_each([("learning", k) for k in range(5)])
    assert found == [demo.learning for demo in demos]


def test_the_lowest_layer_that_learns_passes_nothing_on(module):
    for frozen, layers in enumerate(module.call_each([("backward", k) for k in range(5)])):
        assert [layer["own"] > 0 for layer in layers] == [place >= frozen for place in range(5)]
        assert [layer["passed"] > 0 for layer in layers] == [place > frozen for place in range(5)]
        assert all(layer["passed"] in (0, layer["own"]) for layer in layers)


def test_names_of_curves_stand_apart_in_their_order(open_module):
    heights = [20.8, 85.2, 29.2, 34.4, 46.0]
    (found,) = open_module("frozen_layers/chart").call_each([("apart", heights, 10)])
    order = sorted(range(5), key=heights.__getitem__)
    steps = [found[b] - found[a] for a, b in zip(order, order[1:], strict=False)]
    assert min(steps) > 9.9 and abs(sum(found) - sum(heights)) < 1e-9
    assert abs(found[1] - 85.2) < 1e-9
