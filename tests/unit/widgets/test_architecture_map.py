"""The Python side of the demo: its table against torchvision's networks, counted anew."""

import pytest
import torch
import traitlets
from torch.utils.flop_counter import FlopCounterMode

from utils.counting import count_parameters, depth
from utils.networks.full import FULL, torchvision_model
from utils.widgets.architecture_map import ArchitectureMap
from utils.widgets.architecture_map.networks import NETWORKS


def test_the_table_is_what_torch_counts():
    assert [n.name for n in NETWORKS] == [n for n in sorted(FULL, key=lambda n: FULL[n].year)][1:]
    for network in NETWORKS:
        full = FULL[network.name]
        with torch.device("meta"):
            model = torchvision_model(full.theirs) if full.theirs else full.ours()
            with FlopCounterMode(display=False) as counter:
                out = model.eval()(torch.empty(1, *full.image))
        assert network.year == full.year
        assert network.parameters == count_parameters(model)
        assert 2 * network.multiply_adds == counter.get_total_flops()
        assert network.depth == depth(out)


def test_the_year_chooses_what_is_shown():
    demo = ArchitectureMap(year=2015)
    assert demo.shown[0] == "AlexNet" and demo.shown[-1] == "ResNet-50" and len(demo.shown) == 7
    demo.year = 2012
    assert demo.shown == ["AlexNet"]
    assert len(ArchitectureMap().shown) == len(NETWORKS)


@pytest.mark.parametrize(
    "bad", [{"year": 2011}, {"year": 2023}, {"picked": "LeNet"}, {"picked": ""}, {"year": None}]
)
def test_a_setting_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ArchitectureMap(**bad)
