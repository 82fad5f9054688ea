"""The Python side of the demo."""

import pytest
import traitlets

from utils import roofline
from utils.widgets.roofline import Roofline


def test_it_opens_on_a_product_that_memory_limits():
    demo = Roofline()
    assert demo.corner == 12.5
    walls = ["memory", "memory", "memory", "arithmetic"]
    assert list(demo.walls.items()) == list(zip(roofline.operations(1), walls, strict=True))


@pytest.mark.parametrize(
    "state",
    [
        {"peak": 100.0, "bandwidth": 20.0, "n": 60},
        {"peak": 10.0, "bandwidth": 1e4, "n": 8},
        {"peak": 1e6, "bandwidth": 1.0, "n": 8192},
    ],
)
def test_speeds_and_walls_are_those_of_the_model(state):
    demo = Roofline(**state)
    for name, operation in roofline.operations(demo.n).items():
        by_arithmetic = operation.flop / demo.peak
        by_memory = operation.bytes / demo.bandwidth
        longer = max(by_arithmetic, by_memory)
        assert demo.speeds[name] == pytest.approx(operation.flop / longer)
        assert demo.walls[name] == ("memory" if by_memory > by_arithmetic else "arithmetic")
    assert demo.corner == state["peak"] / state["bandwidth"]


@pytest.mark.parametrize(
    "bad",
    [
        {"peak": 9.0},
        {"peak": 1.1e6},
        {"bandwidth": 0.5},
        {"bandwidth": 1.1e4},
        {"n": 7},
        {"n": 8193},
        {"n": 3.5},
        {"peak": "fast"},
    ],
)
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        Roofline(**bad)
