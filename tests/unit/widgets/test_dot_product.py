"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.widgets.dot_product import DotProduct


def test_it_opens_on_a_product_of_four():
    demo = DotProduct()
    assert demo.product == 4
    assert demo.shadow == pytest.approx(4 / 5**0.5)
    assert math.cos(math.radians(demo.angle)) == pytest.approx(0.8)


def test_numbers_follow_the_arrows():
    demo = DotProduct(a=torch.tensor([2.0, 0.0]), b=[0, -1])
    assert (demo.product, demo.shadow, demo.angle) == (0, 0, 270)
    demo.a = (0, 0)
    assert demo.product == 0 and math.isnan(demo.shadow)
    demo.a = (0, 3)
    assert (demo.product, demo.shadow, demo.angle) == (-3, -1, 180)


@pytest.mark.parametrize("bad", [(3, 1), (2.5, -2), (1,), "ab", None, (math.nan, 0)])
@pytest.mark.parametrize("name", ["a", "b"])
def test_long_arrows_and_other_things_are_refused(name, bad):
    with pytest.raises(traitlets.TraitError):
        DotProduct(**{name: bad})
