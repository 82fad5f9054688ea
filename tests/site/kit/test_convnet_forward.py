"""The forward pass of convolutional networks in the browser, against torch."""

import pytest
import torch
from torch import nn

from utils.checks import assert_same
from utils.data.images import load_images
from utils.widgets.kit.convnet import pack, unpack
from utils.widgets.kit.lenet import lenet, packed, trained

DOUBLE = torch.float64
FORWARD = """({ unpack, forward }, packed, shape, pictures) => {
    const layers = unpack(packed);
    return pictures.map((values) => forward(layers, { shape, values }));
}"""


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("kit/convnet")


def assert_all_layers_agree(module, packed, pictures):
    """Compare what each layer gives for ``(batch, channels, height, width)`` pictures."""
    shape = list(pictures.shape[1:])
    answers = module.evaluate(FORWARD, packed, shape, pictures.flatten(1).tolist())
    theirs = [pictures]
    for layer in unpack(packed, DOUBLE):
        theirs.append(layer(theirs[-1]))
    for at, wanted in enumerate(theirs):
        found = [answer[at] for answer in answers]
        assert [one["shape"] for one in found] == [list(wanted.shape[1:])] * len(pictures)
        values = torch.tensor([one["values"] for one in found], dtype=DOUBLE)
        assert_same(values.view_as(wanted), wanted)


@torch.no_grad()
def test_the_trained_network_answers_as_torch_does_layer_by_layer(module):
    images = load_images("digits", size=28).test_images[:24].double()
    assert_all_layers_agree(module, packed(), images)
    assert trained()(images[:1].float()).shape == (1, 10)


@torch.no_grad()
def test_every_kind_of_layer_and_setting_agrees(module):
    torch.manual_seed(0)
    draw = lambda *shape: torch.randn(shape, dtype=DOUBLE)  # noqa: E731
    assert_all_layers_agree(module, pack(lenet(nn.AvgPool2d, nn.Tanh)), draw(2, 1, 28, 28))
    # Strides that leave a rest, an even kernel, wide padding, pools that overlap, no square.
    net = nn.Sequential(
        nn.Conv2d(3, 4, 4, stride=3, padding=2),
        nn.Sigmoid(),
        nn.Conv2d(4, 5, 2, bias=False),
        nn.MaxPool2d(3, 2),
        nn.AvgPool2d(2, 1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(5 * 1 * 2, 7),
        nn.Tanh(),
    )
    assert_all_layers_agree(module, pack(net), draw(3, 3, 17, 25))
    assert_all_layers_agree(module, pack(nn.Sequential(nn.MaxPool2d(2))), -draw(1, 1, 4, 5).abs())


def test_probabilities_come_from_logits_of_any_size(module):
    rows = [[1.0, 2.0, -0.5], [1000.0, 0.0], [-1000.0, -1000.0], [5.0]]
    for row, found in zip(rows, module.call_each([("softmax", row) for row in rows]), strict=True):
        assert_same(torch.tensor(found, dtype=DOUBLE), torch.tensor(row, dtype=DOUBLE).softmax(0))
