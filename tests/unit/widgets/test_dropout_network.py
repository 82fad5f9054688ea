"""The Python side of the dropout network."""

import math

import pytest
import torch
from torch import nn
from widget_checks import assert_refused

from utils.widgets.dropout_network import MOST_PASSES, UNITS, DropoutNetwork

PS = (0.0, 0.2, 0.45, 0.6)


def test_hidden_values_are_all_positive_so_that_each_drop_is_seen():
    assert DropoutNetwork().hidden.tolist() == [1, 0.5, 1.5, 2, 1, 0.5]


def test_with_linear_layers_behind_the_mean_is_that_of_eval_mode():
    for p in PS:
        demo = DropoutNetwork(p=p)
        assert demo.mean_of_all == pytest.approx(demo.eval_output) == 2
        demo.scaled = False
        assert demo.mean_of_all == pytest.approx((1 - p) * 2)


def test_with_a_relu_behind_the_mean_is_larger_although_eval_mode_is_the_same():
    gaps = []
    for p in PS:
        demo = DropoutNetwork(p=p, relu=True)
        assert demo.eval_output == 2
        gaps.append(demo.mean_of_all - 2)
    assert gaps[0] == pytest.approx(0)
    assert gaps == sorted(gaps)
    assert gaps[-1] > 1


def test_the_mean_of_all_is_what_many_passes_of_torchs_dropout_come_to():
    demo = DropoutNetwork(p=0.5, relu=True)
    torch.manual_seed(0)
    thinned = nn.Dropout(0.5)(demo.hidden.expand(200_000, UNITS))
    masks = (thinned != 0).double()
    assert demo.outputs_of(masks).mean() == pytest.approx(demo.mean_of_all, abs=0.02)


def test_eval_mode_is_the_same_in_each_pass():
    for relu in (True, False):
        demo = DropoutNetwork(training=False, relu=relu, passes=MOST_PASSES)
        assert demo.kept.shape == (MOST_PASSES, UNITS)
        assert demo.outputs.tolist() == [2] * MOST_PASSES
        assert demo.mean_of_all == 2


def test_more_passes_keep_the_earlier_masks_and_a_larger_p_drops_more():
    few, many = DropoutNetwork(passes=5), DropoutNetwork(passes=9)
    assert torch.equal(few.kept, many.kept[:5])
    assert (DropoutNetwork(p=0.6).kept <= DropoutNetwork(p=0.2).kept).all()
    assert not torch.equal(many.kept, DropoutNetwork(passes=9, seed=1).kept)


def test_all_dots_stay_in_the_picture():
    masks = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * UNITS).double()
    for relu in (True, False):
        outputs = DropoutNetwork(p=0.6, relu=relu).outputs_of(masks)
        assert outputs.min() > -2.6
        assert outputs.max() < 7.6


def test_it_opens_with_the_task_still_to_do_and_it_can_be_done_in_two_ways():
    assert abs(DropoutNetwork().mean_of_all - 2) < 1
    assert DropoutNetwork(relu=True).mean_of_all > 3
    assert DropoutNetwork(scaled=False, p=0.6).mean_of_all < 1


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("p", -0.01),
        ("p", 0.61),
        ("p", math.nan),
        ("training", "eval"),
        ("relu", "yes"),
        ("scaled", None),
        ("passes", 0),
        ("passes", MOST_PASSES + 1),
        ("seed", -1),
        ("seed", 100),
    ],
)
def test_what_is_out_of_bounds_is_refused(name, bad):
    assert_refused(DropoutNetwork(), name, bad)
