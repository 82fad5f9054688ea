import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.checks import (
    assert_gradient,
    assert_same,
    assert_same_gradients,
    numerical_gradient,
)


def float64(*values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        (torch.zeros(2), torch.zeros(3), "shape differs"),
        (torch.zeros(2), torch.zeros(2).double(), "dtype differs"),
        (torch.zeros(2), torch.zeros(2, device="meta"), "device differs"),
        (torch.tensor([1, 2]), torch.tensor([1, 3]), r"1 of 2 values differ.*\(1,\)"),
        (torch.tensor([0.0, torch.nan]), torch.tensor([0.0, torch.nan]), "nan"),
        (torch.tensor([1.0]), torch.tensor([torch.inf]), "inf"),
        ([torch.zeros(1)], [torch.zeros(1), torch.zeros(1)], "1 results on our side, 2"),
        ((torch.zeros(1), torch.ones(1)), (torch.zeros(1), torch.zeros(1)), "1 of 1 values"),
        (torch.tensor(1.0), torch.tensor(2.0), "ours 1.0, theirs 2.0"),
    ],
)
def test_assert_same_rejects(ours, theirs, message):
    with pytest.raises(AssertionError, match=message):
        assert_same(ours, theirs)


def test_assert_same_names_the_worst_place():
    with pytest.raises(AssertionError, match=r"2 of 4 values differ; the worst at index \(1, 0\)"):
        assert_same(float64([1, 2], [9, 4]), float64([1, 2.5], [3, 4]))


@pytest.mark.parametrize("value", [1.0, None, [1.0]])
def test_assert_same_wants_tensors(value):
    with pytest.raises(TypeError, match="must be a tensor"):
        assert_same(value, [torch.zeros(1)] if isinstance(value, list) else torch.zeros(1))


@settings(deadline=None)
@given(st.sampled_from([torch.float32, torch.float64]), st.floats(-3, 3), st.integers(0, 50))
def test_tolerance_accepts_rounding_and_rejects_more(dtype, exponent, seed):
    x = 10.0**exponent * torch.randn(20, generator=torch.Generator().manual_seed(seed)).to(dtype)
    rounding = 8 * torch.finfo(dtype).eps
    assert_same(x * (1 + rounding), x)
    with pytest.raises(AssertionError):
        assert_same(x + x.abs().max() * 1e-2 + 1e-2, x)


def test_same_gradients_accepts_two_forms_of_one_function():
    x = torch.randn(4, 3, dtype=torch.float64)
    assert_same_gradients(
        lambda x: x.exp() / x.exp().sum(1, keepdim=True), lambda x: F.softmax(x, 1), x
    )


def test_same_gradients_rejects_equal_outputs_with_a_lost_gradient():
    x = torch.randn(5, dtype=torch.float64)
    with pytest.raises(AssertionError, match="gradient of input 0"):
        assert_same_gradients(lambda x: x * x.detach(), lambda x: x * x, x)


def test_same_gradients_rejects_a_difference_that_a_plain_sum_would_hide():
    # Softmax outputs sum to one, so the gradient of their sum is zero whatever the code does.
    x = torch.randn(5, dtype=torch.float64)
    with pytest.raises(AssertionError, match="gradient of input 0"):
        assert_same_gradients(lambda x: x.softmax(0).detach() + 0 * x, lambda x: x.softmax(0), x)


def test_same_gradients_names_the_input():
    a, b = torch.randn(2, 3, dtype=torch.float64)
    with pytest.raises(AssertionError, match="gradient of input 1"):
        assert_same_gradients(lambda a, b: a * b.detach(), lambda a, b: a * b, a, b)


def test_same_gradients_needs_something_to_differentiate():
    with pytest.raises(ValueError, match="floating-point"):
        assert_same_gradients(torch.neg, torch.neg, torch.arange(3))
    with pytest.raises(AssertionError, match="ours: the output does not depend"):
        assert_same_gradients(torch.detach, lambda x: x * 1, torch.ones(2))


def test_numerical_gradient_of_a_known_function():
    x = float64(0.3, -1.2)
    assert torch.allclose(numerical_gradient(lambda x: x.sin().sum(), x), x.cos(), atol=1e-9)


def test_numerical_gradient_leaves_the_point_alone():
    x = float64(1.0, 2.0)
    numerical_gradient(lambda x: (x**3).sum(), x)
    assert x.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("x", "eps", "function", "message"),
    [
        (torch.ones(2), 1e-6, torch.sum, "float64"),
        (float64(1.0), 0.0, torch.sum, "eps must be positive"),
        (float64(1.0, 2.0), 1e-6, torch.exp, "must return a scalar"),
    ],
)
def test_numerical_gradient_refuses(x, eps, function, message):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(function, x, eps=eps)


def test_assert_gradient_rejects_a_wrong_sign_and_a_wrong_factor():
    x = float64(1.0, -2.0)
    assert_gradient(lambda x: (x**2).sum(), x, 2 * x)
    for wrong in (-2 * x, x):
        with pytest.raises(AssertionError):
            assert_gradient(lambda x: (x**2).sum(), x, wrong)
