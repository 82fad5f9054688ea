"""The lengths of gradients that the browser computes, against torch's autograd."""

import math
import random

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.gradient_through_time import GradientThroughTime


def settings(count):
    draw = random.Random(0)
    for index in range(count):
        radius = round(draw.uniform(0.5, 1.5), 2)
        yield {"radius": radius, "tanh": index % 2 == 1, "steps": draw.randint(4, 16)}


def same(ours, theirs):
    ours, theirs = (torch.tensor(part, dtype=torch.float64) for part in (ours, theirs))
    assert_same(ours, theirs, rtol=1e-9, atol=0)


def test_lengths_and_states_are_those_of_torch(open_module):
    tried = list(settings(40))
    module = open_module("gradient_through_time/math")
    found = module.call_each([("gradients", setting) for setting in tried])
    states = module.call_each([("states", setting) for setting in tried])
    for setting, ours, all_states in zip(tried, found, states, strict=True):
        demo = GradientThroughTime(**setting)
        same(ours["lengths"], demo.lengths)
        same(ours["weights"], demo.weight_gradient)
        same(all_states, demo.states)


def test_the_matrix_of_a_step_is_that_of_python(open_module):
    demo = GradientThroughTime(radius=1.3)
    (found,) = open_module("gradient_through_time/math").call_each([("weight", 1.3)])
    same(found, demo.weight.tolist())
    assert math.isclose(torch.linalg.eigvals(demo.weight).abs().max(), 1.3)


@pytest.mark.parametrize("total", [0.0, 0.3, 1.0, 7.5, 5000.0])
def test_clipping_is_that_of_torch(open_module, total):
    weight = torch.nn.Parameter(torch.zeros(2, dtype=torch.float64))
    weight.grad = torch.tensor([total, 0.0], dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_([weight], 1.0)
    (found,) = open_module("gradient_through_time/math").call_each([("clipped", total)])
    assert math.isclose(found, weight.grad.norm(), abs_tol=1e-12)
