"""The Python side of the demo."""

import pytest
import torch
import traitlets
from torch import nn
from torchvision.models.densenet import DenseNet

from utils.widgets.dense_growth import LAYERS, DenseGrowth


@pytest.mark.parametrize(("channels", "growth"), [(64, 32), (16, 4), (256, 12)])
def test_reads_and_weights_are_those_of_torchvision(channels, growth):
    with torch.device("meta"):
        net = DenseNet(growth, (LAYERS,), channels, num_classes=1)
    demo = DenseGrowth(channels=channels, rate=growth)
    for layer, dense in enumerate(net.features.denseblock1.values(), start=1):
        demo.layer = layer
        assert demo.reads == dense.conv1.in_channels
        assert demo.squeezed == dense.conv1.weight.numel() + dense.conv2.weight.numel()
        plain = nn.Conv2d(demo.reads, growth, 3, bias=False, device="meta")
        assert demo.single == plain.weight.numel()
        assert demo.pays == (demo.reads > 7.2 * growth)
    assert layer == LAYERS


@pytest.mark.parametrize(
    "bad", [{"layer": 13}, {"layer": 0}, {"rate": 33}, {"channels": 8}, {"layer": 1.5}]
)
def test_what_the_block_has_not_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        DenseGrowth(**bad)
