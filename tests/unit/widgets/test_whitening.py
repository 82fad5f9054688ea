"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.widgets.whitening import MINIMUM, WAYS, Whitening, base

EYE = torch.eye(2, dtype=torch.float64)


def table(values):
    return torch.tensor(values, dtype=torch.float64)


def test_the_cloud_is_white():
    assert_same(base().T @ base() / len(base()), EYE, atol=1e-12)
    assert_same(base().mean(0), torch.zeros(2, dtype=torch.float64), atol=1e-12)


@pytest.mark.parametrize(("scale", "r"), [(4.0, 0.8), (1.0, -0.95), (6.0, 0.0)])
def test_each_way_has_its_covariance(scale, r):
    demo, cross = Whitening(scale=scale, correlation=r), r * scale
    assert_same(demo.hessian, table([[scale**2, cross], [cross, 1.0]]))
    demo.columns = "standardised"
    assert_same(demo.hessian, table([[1.0, r], [r, 1.0]]))
    demo.columns = "white"
    assert_same(demo.hessian, EYE, atol=1e-12)


def test_all_ways_make_the_same_predictions_at_start_and_minimum():
    demo = Whitening(scale=3.0, correlation=-0.6)
    best = table(MINIMUM) / table([3.0, 1.0])
    wanted = Whitening(scale=3.0, correlation=-0.6).data @ best
    for demo.columns in WAYS:
        assert_same(demo.data @ -demo.path[0], wanted)


def test_a_step_keeps_the_share_that_the_condition_number_says():
    for columns in ("measured", "standardised"):
        demo = Whitening(columns=columns)
        kappa = demo.condition
        lengths = demo.path.norm(dim=1)
        share = table([(kappa - 1) / (kappa + 1)]).expand(demo.steps)
        assert_same(lengths[1:] / lengths[:-1], share)
        assert lengths[-1] <= 0.01 * lengths[0] < lengths[-2]


def test_two_columns_of_one_spread_keep_their_correlation():
    demo = Whitening(columns="standardised", correlation=-0.9)
    assert math.isclose((demo.condition - 1) / (demo.condition + 1), 0.9, rel_tol=1e-9)
    assert demo.steps == math.ceil(math.log(0.01) / math.log(0.9))


@pytest.mark.parametrize(
    "bad",
    [
        {"scale": 0.9},
        {"scale": 6.1},
        {"scale": math.nan},
        {"correlation": 0.96},
        {"correlation": -1},
        {"correlation": math.nan},
        {"columns": "raw"},
    ],
)
def test_what_the_sliders_do_not_reach_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        Whitening(**bad)
