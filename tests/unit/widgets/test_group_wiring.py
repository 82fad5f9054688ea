"""The Python side of the demo."""

import pytest
import torch
import traitlets
from torch import nn

from utils.counting import count_parameters, layer_costs
from utils.widgets.group_wiring import GROUPS, LAYERS, GroupWiring


@pytest.mark.parametrize("groups", GROUPS)
def test_one_layer_is_a_grouped_convolution_of_torch(groups):
    demo = GroupWiring(groups=groups)
    layer = nn.Conv2d(16, 16, 3, padding=1, groups=groups, bias=False)
    assert demo.weights == layer.weight.numel() == 2304 // groups
    (row,) = layer_costs([layer], torch.empty(1, 16, 56, 56))
    assert demo.multiply_adds == row.multiply_adds
    blocks = [torch.ones(16 // groups, 16 // groups)] * groups
    assert torch.equal(demo.routes, torch.block_diag(*blocks).long())


@pytest.mark.parametrize("layers", LAYERS)
@pytest.mark.parametrize("groups", GROUPS)
def test_ways_are_where_the_net_has_a_gradient(groups, layers):
    demo = GroupWiring(groups=groups, layers=layers)
    x = torch.zeros(1, 16, 1, 1)
    slopes = torch.func.jacrev(demo.net)(x).view(16, 16)
    assert torch.equal(slopes != 0, demo.routes > 0)
    assert demo.weights == count_parameters(demo.net)


def test_a_shuffle_mixes_as_far_as_the_groups_allow():
    heard = [int((GroupWiring(groups=g, layers="shuffled").routes[5] > 0).sum()) for g in GROUPS]
    assert heard == [16, 16, 16, 4, 1]
    apart = [int((GroupWiring(groups=g, layers="two").routes[5] > 0).sum()) for g in GROUPS]
    assert apart == [16 // g for g in GROUPS]


@pytest.mark.parametrize(
    "bad", [{"groups": 3}, {"groups": 0}, {"groups": 32}, {"layers": "three"}]
)
def test_a_setting_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GroupWiring(**bad)
