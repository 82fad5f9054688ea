"""Networks packed for the browser, and the one that the book has trained."""

import json

import pytest
import torch
from torch import nn

from utils.data.images import load_images
from utils.train import evaluate
from utils.widgets.kit.convnet import pack, unpack
from utils.widgets.kit.lenet import FILE, lenet, packed, trained


@torch.no_grad()
def test_a_packed_network_differs_by_half_a_scale_at_most():
    torch.manual_seed(0)
    net = lenet(nn.AvgPool2d, nn.Sigmoid)
    net[0].weight[2] = 0  # a row without any scale
    net[3].weight[1] *= 1e-6
    found = unpack(json.loads(json.dumps(pack(net))), torch.float64)
    assert [type(layer) for layer in found] == [type(layer) for layer in net]
    assert str(found) == str(net)
    for ours, theirs in zip(found, net, strict=True):
        if not hasattr(ours, "weight"):
            continue
        rows, given = ours.weight.flatten(1), theirs.weight.double().flatten(1)
        half = given.abs().amax(1, keepdim=True) / 127 / 2
        assert ((rows - given).abs() <= half * 1.0001).all()
        assert (ours.bias - theirs.bias).abs().max() < 1e-6
    assert not found[0].weight[2].any()
    assert pack(found) == pack(net)  # packed again, nothing is lost


def test_dtype_and_a_missing_bias():
    net = nn.Sequential(nn.Linear(2, 3, bias=False))
    assert unpack(pack(net))[0].bias.tolist() == [0, 0, 0]
    assert unpack(pack(net))[0].weight.dtype == torch.float32
    assert unpack(pack(net.double()), torch.float64)[0].weight.dtype == torch.float64


def test_the_trained_network_knows_digits_that_it_has_not_seen():
    net = trained()
    assert str(net) == str(lenet())
    assert sum(parameter.numel() for parameter in net.parameters()) == 61_706
    digits = load_images("digits", size=28)
    assert evaluate(net, digits.test) > 0.97
    assert pack(net) == packed()


def test_its_file_is_small():
    assert FILE.stat().st_size < 100_000


@pytest.mark.parametrize(
    "layer",
    [
        nn.Conv2d(2, 2, (3, 2)),
        nn.Conv2d(2, 2, 3, stride=(1, 2)),
        nn.Conv2d(2, 2, 3, padding=(0, 1)),
        nn.Conv2d(2, 2, 3, padding="same"),
        nn.Conv2d(2, 2, 3, dilation=2),
        nn.Conv2d(2, 2, 3, groups=2),
        nn.Conv2d(2, 2, 3, padding_mode="circular", padding=1),
        nn.MaxPool2d(2, padding=1),
        nn.MaxPool2d(2, dilation=2),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.AvgPool2d((2, 3)),
    ],
)
def test_settings_that_the_browser_does_not_know_are_refused(layer):
    with pytest.raises(ValueError, match="plain layers alone"):
        pack(nn.Sequential(layer))


def test_what_is_no_network_is_refused():
    with pytest.raises(TypeError, match="must be an nn.Sequential, got Linear"):
        pack(nn.Linear(1, 1))
    with pytest.raises(TypeError, match="layers that the browser knows, got Dropout"):
        pack(nn.Sequential(nn.Dropout()))
    net = nn.Sequential(nn.Linear(2, 2))
    net[0].bias.data[1] = torch.nan
    with pytest.raises(ValueError, match="must be finite"):
        pack(net)
