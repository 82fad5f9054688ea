"""What the page on linear regression computes, beside d2l's functions of the same chapter."""

import pytest
import torch
from d2l import torch as d2l

from utils.checks import assert_same
from utils.data.batches import minibatches
from utils.repro import seeded

SHAPES = [(1, 1), (5, 2), (20, 7)]


@pytest.fixture
def problem():
    """Two hundred houses as d2l makes them, with its own weights and noise."""
    seeded(0)
    X, y = d2l.synthetic_data(torch.tensor([2.0, -3.4]), 4.2, 200)
    return X.double(), y.double()[:, 0]


def with_ones(X):
    return torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)


@pytest.mark.parametrize(("n", "d"), SHAPES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_linreg_is_a_column_of_ones_and_one_longer_weight(n, d, dtype):
    generator = seeded(1)
    X = torch.randn(n, d, generator=generator, dtype=dtype)
    w = torch.randn(d, 1, generator=generator, dtype=dtype)
    b = torch.randn(1, generator=generator, dtype=dtype)
    assert_same(with_ones(X) @ torch.cat([w, b[None]]), d2l.linreg(X, w, b), atol=1e-5)


def test_squared_loss_is_that_of_each_example():
    generator = seeded(2)
    predictions, targets = torch.randn(2, 9, generator=generator, dtype=torch.float64)
    each = d2l.squared_loss(predictions[:, None], targets)
    ours = (predictions - targets).square().sum() / (2 * len(targets))
    assert_same(ours, each.mean())
    assert_same(2 * ours, torch.nn.MSELoss()(predictions, targets))


def test_the_closed_form_finds_the_weights_that_d2l_hides(problem):
    X, y = problem
    w = torch.linalg.lstsq(with_ones(X), y[:, None]).solution[:, 0]
    # Noise of standard deviation 0.01 on 200 examples leaves an error of about 0.0007.
    assert_same(w, torch.tensor([2.0, -3.4, 4.2]).double(), rtol=0, atol=0.004)


def test_steps_against_the_gradient_are_those_of_d2l(problem):
    """d2l sums the losses of a minibatch and divides in ``sgd``; the page takes means."""
    X, y = problem
    ours = torch.zeros(3, dtype=torch.float64)
    w = torch.zeros(2, 1, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    generator = seeded(3)
    for _ in range(3):
        for x, target in minibatches(X, y, batch_size=10, generator=generator):
            ours = ours - 0.1 * with_ones(x).T @ (with_ones(x) @ ours - target) / len(target)
            d2l.squared_loss(d2l.linreg(x, w, b), target).sum().backward()
            d2l.sgd([w, b], lr=0.1, batch_size=len(target))
    assert_same(ours, torch.cat([w.detach()[:, 0], b.detach()]))
    assert_same(ours, torch.tensor([2.0, -3.4, 4.2]).double(), rtol=0, atol=0.1)
