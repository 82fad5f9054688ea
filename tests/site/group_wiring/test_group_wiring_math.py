"""The arithmetic of the demo, against torch."""

import torch

from utils.checks import assert_same


def test_the_square_is_that_of_torch(open_module):
    places = torch.linspace(-2, 2, 41, dtype=torch.float64)
    found = open_module("group_wiring/math").call_each([("square", x) for x in places.tolist()])
    assert_same(torch.tensor(found, dtype=torch.float64), places.square())
