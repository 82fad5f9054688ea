"""Normal numbers in the browser, against torch."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same

FAR = torch.tensor([-30.0, -6.5, -5.9, -1e-9, 0.0, 1e-9, 2.5, 3.0, 6.0, 9.0])
PLACES = torch.cat([torch.linspace(-9, 9, 361), FAR]).double()


@pytest.fixture
def ask(open_module):
    """A function that calls a function of the module at all places."""

    def asked(name):
        found = open_module("kit/normal").call_each([(name, x) for x in PLACES.tolist()])
        return torch.tensor(found, dtype=torch.float64)

    return asked


def test_the_error_function_is_that_of_torch(ask):
    assert_same(ask("erf"), torch.erf(PLACES), rtol=1e-12, atol=1e-15)


def test_the_share_below_is_that_of_a_normal_distribution(ask):
    wanted = torch.distributions.Normal(0.0, 1.0).cdf(PLACES)
    assert_same(ask("below"), wanted, rtol=1e-10, atol=1e-15)


def test_gelu_is_that_of_torch(ask):
    assert_same(ask("gelu"), F.gelu(PLACES), rtol=1e-10, atol=1e-14)
