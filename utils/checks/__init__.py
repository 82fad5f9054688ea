"""Checks that two computations agree, in their outputs and in their gradients."""

from utils.checks.agreement import agree
from utils.checks.differences import assert_gradient, numerical_gradient
from utils.checks.gradients import assert_same_gradients
from utils.checks.same import TOLERANCES, assert_same

__all__ = [
    "TOLERANCES",
    "agree",
    "assert_gradient",
    "assert_same",
    "assert_same_gradients",
    "numerical_gradient",
]
