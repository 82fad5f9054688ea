"""What the Python side of the demo computes, against formulas."""

import math

import pytest
import torch
import traitlets

from utils.widgets.gradient_through_time import GradientThroughTime


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_without_tanh_a_step_multiplies_by_the_factor(radius):
    demo = GradientThroughTime(radius=radius, steps=9)
    assert len(demo.lengths) == len(demo.states) == 10
    for back, length in enumerate(reversed(demo.lengths)):
        assert math.isclose(length, radius**back, rel_tol=1e-9)
    for step, state in enumerate(demo.states):
        assert math.isclose(math.hypot(*state), radius**step, rel_tol=1e-9)


def test_tanh_shortens_and_bounds():
    linear, curved = (GradientThroughTime(radius=1.2, tanh=tanh) for tanh in (False, True))
    assert curved.lengths[0] < linear.lengths[0] and curved.lengths[-1] == 1
    assert torch.tensor(curved.states).abs().max() <= 1


def test_the_gradient_of_the_weights_is_that_of_differences():
    demo = GradientThroughTime(radius=0.9, tanh=True, steps=5)
    W = demo.weight
    last = torch.tensor(demo.states[-1], dtype=torch.float64)

    def loss(W):
        h = torch.tensor([1.0, 0.0], dtype=torch.float64)
        for _ in range(5):
            h = torch.tanh(W @ h)
        return h @ (last / last.norm())

    nudges = torch.eye(4, dtype=torch.float64).view(4, 2, 2) * 1e-6
    slopes = [(loss(W + n) - loss(W - n)) / 2e-6 for n in nudges]
    assert math.isclose(torch.stack(slopes).norm(), demo.weight_gradient, rel_tol=1e-6)


def test_clipping_leaves_what_is_short():
    long, short = ({"radius": r, "steps": 12} for r in (1.5, 0.5))
    assert math.isclose(GradientThroughTime(clip=True, **long).weight_gradient, 1, rel_tol=1e-5)
    kept = GradientThroughTime(**short).weight_gradient
    assert GradientThroughTime(clip=True, **short).weight_gradient == kept < 1


@pytest.mark.parametrize("bad", [{"radius": 1.6}, {"radius": 0.4}, {"steps": 3}, {"at": -1}])
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GradientThroughTime(**bad)
