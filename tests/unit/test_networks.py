"""The chapter's networks: full-size ones beside torchvision's, small ones by shape and cost."""

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from utils.counting import count_parameters, depth
from utils.networks.branched import googlenet
from utils.networks.full import FULL, torchvision_model
from utils.networks.small import CLASSES, SIDE, SMALL, small

PAIRS = [name for name, network in FULL.items() if network.theirs]


def parts(model):
    """Parameters and buffers in their order, without axes of size 1."""
    named = [*model.named_parameters(), *model.named_buffers()]
    return [part for name, part in named if not name.endswith("num_batches_tracked")]


@pytest.mark.parametrize("name", PAIRS)
def test_with_torchvisions_weights_a_network_computes_what_torchvisions_does(name):
    torch.manual_seed(0)
    ours, theirs = FULL[name].ours().eval(), torchvision_model(FULL[name].theirs).eval()
    kinds = [(nn.Conv2d, nn.Linear), (nn.BatchNorm2d, nn.LayerNorm)]
    with torch.no_grad():
        for layers in kinds:
            # torchvision takes the linear layers of ConvNeXt for what are 1×1 convolutions here.
            pairs = zip(
                [m for m in ours.modules() if isinstance(m, layers)],
                [m for m in theirs.modules() if isinstance(m, layers)],
                strict=True,
            )
            for own, other in pairs:
                for part, value in zip(parts(own), parts(other), strict=True):
                    # Random norms, so that one in the wrong place would show.
                    value.add_(torch.rand_like(value) * 0.1 if layers is kinds[1] else 0)
                    part.copy_(value.view_as(part))
                own.eps = getattr(other, "eps", None)
        factors = [p for n, p in ours.named_parameters() if n.endswith("factor")]
        scales = [p for n, p in theirs.named_parameters() if n.endswith("layer_scale")]
        for factor, scale in zip(factors, scales, strict=True):
            factor.copy_(scale.uniform_())
        if name == "GoogLeNet":  # torchvision's last pooling differs from the paper's
            (place,) = [i for i, m in enumerate(ours) if isinstance(m, nn.MaxPool2d)][-1:]
            ours[place] = theirs.maxpool4
        side = 224 if name in ("AlexNet", "VGG-16") else 64
        x = torch.randn(1, 3, side, side)
        assert torch.allclose(ours(x), theirs(x), rtol=1e-3, atol=1e-4)
        assert ours(x).std() > 0
    assert count_parameters(ours) == count_parameters(theirs)


def test_depth_and_counts_of_full_networks_are_those_that_papers_state():
    layers = {"VGG-16": 16, "GoogLeNet": 22, "ResNet-34": 34, "ResNet-50": 50, "DenseNet-121": 121}
    with torch.device("meta"):
        for name, wanted in layers.items():
            out = FULL[name].ours()(torch.empty(2, *FULL[name].image))
            assert (depth(out), tuple(out.shape)) == (wanted, (2, 1000))
        assert count_parameters(googlenet(norm=False)) == 6_998_552
        assert count_parameters(FULL["LeNet"].ours()) == 61_706
        out = FULL["NiN"].ours()(torch.empty(2, 3, 224, 224))
    assert tuple(out.shape) == (2, 1000) and depth(out) == 12


def test_depth_takes_the_longest_path_and_asks_for_a_graph():
    x = torch.zeros(1, 4)
    one, two = nn.Linear(4, 4), nn.Linear(4, 4)
    assert depth(one(x) + two(one(x)).relu()) == 2
    assert depth(x.requires_grad_() * 2) == 0
    with pytest.raises(ValueError, match="no_grad"):
        depth(x.detach())


@pytest.mark.parametrize("name", SMALL)
def test_a_small_network_gives_logits_and_takes_about_as_much_work_as_the_others(name):
    net = small(name, seed=3).eval()
    with FlopCounterMode(display=False) as counter:
        out = net(torch.zeros(1, 1, SIDE, SIDE))
    assert tuple(net(torch.zeros(5, 1, SIDE, SIDE)).shape) == (5, CLASSES)
    assert tuple(out.shape) == (1, CLASSES)
    assert 220_000 < counter.get_total_flops() / 2 < 310_000
    assert 5_000 < count_parameters(net) < 40_000
    same = zip(net.parameters(), small(name, seed=3).parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in same)
    other = zip(net.parameters(), small(name, seed=4).parameters(), strict=True)
    assert not all(torch.equal(a, b) for a, b in other)
    assert not [m for m in net.modules() if isinstance(m, nn.Dropout) and m.p]


def test_an_unknown_network_is_refused():
    with pytest.raises(ValueError, match="LeNet"):
        small("LeNet-6")
