"""The Python side of the demo."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.residual_depth import ResidualDepth, drawn


def test_it_draws_as_a_linear_layer_does():
    inputs, upstream, weights = drawn()
    assert inputs.shape == upstream.shape == (16, 16) and len(weights) == 32
    assert abs(upstream.norm() - 1) < 1e-12 and abs(inputs.var() - 1) < 0.15
    assert max(W.abs().max() for W in weights) <= 1 / 4  # the inverse root of 16 inputs
    inputs.zero_()
    assert drawn()[0].any()


@pytest.mark.parametrize("normalise", [False, True])
def test_one_block_more_multiplies_or_adds(normalise):
    demo = ResidualDepth(blocks=2, normalise=normalise)
    h, upstream, weights = drawn()

    def norm(x):
        return (x - x.mean(0)) / (x.var(0, correction=0) + 1e-5).sqrt() if normalise else x

    for kind, skip in (("plain", 0), ("residual", 1)):
        first = h.clone().requires_grad_()
        second = F.relu(skip * first + norm(F.relu(norm(first @ weights[0].mT)) @ weights[1].mT))
        g = norm(F.relu(norm(second @ weights[2].mT)) @ weights[3].mT)
        out = F.relu(skip * second + g)
        slopes = torch.autograd.grad(out, (first, second), upstream)
        wanted = torch.stack([slope.norm() for slope in slopes])
        assert torch.allclose(getattr(demo, kind), wanted, rtol=1e-9)


def test_a_cut_stops_the_plain_gradient_alone():
    demo = ResidualDepth(blocks=6, cut=4)
    assert demo.plain[:4].tolist() == [0] * 4 and bool((demo.plain[4:] > 0).all())
    assert bool((demo.residual > 0.1).all())
    demo.cut = 7  # there is no such block
    assert bool((demo.plain > 0).all())


def test_a_plain_block_leaves_about_a_seventh_and_a_residual_one_nearly_all():
    demo = ResidualDepth()
    assert 1 / 8 < demo.plain[0] ** (1 / demo.blocks) < 1 / 6
    assert demo.residual[0] > 0.5
    demo.normalise = True
    assert demo.plain[0] > 10 * demo.residual[0] / 2 > 10


@pytest.mark.parametrize(
    ("name", "bad"), [("blocks", 1), ("blocks", 17), ("cut", -1), ("cut", 17), ("normalise", 2.0)]
)
def test_settings_out_of_range_are_refused(name, bad):
    with pytest.raises(traitlets.TraitError):
        ResidualDepth(**{name: bad})
