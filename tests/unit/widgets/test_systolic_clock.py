"""The Python side of the demo."""

import itertools

import pytest
import torch
import traitlets

from utils import systolic
from utils.widgets.systolic_clock import SystolicClock, factors


def test_the_numbers_are_those_of_a_simulation():
    for array, size, products in itertools.product((2, 3, 5), (1, 4, 5), (1, 3)):
        demo = SystolicClock(array=array, size=size, products=products)
        a, b = factors(size, products)
        assert torch.equal(demo.product, a @ b)
        tiles = products * (-(-size // array)) ** 2
        assert demo.tiles == tiles
        stack = torch.ones(tiles, array, size), torch.ones(tiles, size, array)
        moments = list(systolic.output_stationary(*stack))
        assert demo.cycles == len(moments)
        wanted = products * size**3 / (array**2 * len(moments))
        assert demo.utilisation == pytest.approx(wanted)


def test_the_factors_are_small_and_differ():
    a, b = factors(10, 8)
    assert a.shape == b.shape == (8, 10, 10)
    for part in (a, b):
        assert part.min() == 1 and part.max() == 4
        assert len({tuple(x.flatten().tolist()) for x in part[:4]}) == 4


@pytest.mark.parametrize(
    "bad",
    [
        {"array": 1},
        {"array": 6},
        {"size": 0},
        {"size": 11},
        {"products": 0},
        {"products": 9},
        {"cycle": -1},
        {"size": "3"},
    ],
)
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        SystolicClock(**bad)
