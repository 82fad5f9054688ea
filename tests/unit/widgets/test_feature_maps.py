"""The Python side of the demo."""

import html
import json
import re

import pytest
import torch
import traitlets
from torch import nn

from utils.checks import assert_same
from utils.data.images import load_images
from utils.widgets.feature_maps import LAYERS, FeatureMaps
from utils.widgets.kit.convnet import pack, unpack
from utils.widgets.kit.drawing import examples
from utils.widgets.kit.ink import as_picture, as_text
from utils.widgets.kit.lenet import lenet, packed, trained


def test_the_examples_are_test_images_of_each_class_that_the_network_knows():
    digits = load_images("digits", size=28)
    assert list(examples()) == list(digits.class_names)
    for name, text in examples().items():
        far = (digits.test_images[:, 0] - as_picture(text)).abs().amax((1, 2))
        assert far.min() < 0.002
        assert digits.test_labels[far.argmin()] == int(name)
        assert FeatureMaps(drawing=name).probabilities.argmax() == int(name)


@torch.no_grad()
def test_it_shows_the_network_that_the_book_has_trained():
    demo = FeatureMaps()
    assert demo.layers is None
    x = as_picture(examples()["3"])[None, None]
    assert torch.equal(demo.picture, x)
    net = trained(torch.float64)
    assert_same(demo.probabilities, net(x)[0].softmax(0))
    for layer in LAYERS:
        demo.layer = layer
        assert_same(demo.maps, net[: layer + 1](x)[0])


def test_it_opens_where_something_can_be_seen():
    demo = FeatureMaps()
    assert demo.maps[(demo.channel, *demo.position)] > 1


@torch.no_grad()
def test_a_network_of_ones_own_is_kept_with_8_bits_a_weight():
    torch.manual_seed(0)
    net = lenet(nn.AvgPool2d, nn.Tanh)
    demo = FeatureMaps(net, drawing="5", layer=4)
    assert demo.layers == pack(net)
    kept = unpack(pack(net), torch.float64)
    assert_same(demo.probabilities, kept(demo.picture)[0].softmax(0))
    assert_same(demo.maps, kept[:5](demo.picture)[0])
    far = (demo.probabilities - net.double()(demo.picture)[0].softmax(0)).abs().max()
    assert 0 < far < 0.01
    assert FeatureMaps(demo.network).layers == demo.layers
    assert FeatureMaps(layers=demo.layers).layers == demo.layers


def test_drawings_are_taken_as_tensors_names_and_texts():
    picture = torch.rand(28, 28, generator=torch.Generator().manual_seed(0), requires_grad=True)
    demo = FeatureMaps(drawing=picture)
    assert (demo.picture[0, 0] - picture).abs().max() <= 0.5001 / 255
    assert demo.drawing == FeatureMaps(drawing=demo.drawing).drawing
    assert demo.drawing == FeatureMaps(drawing=picture.detach().numpy()[None]).drawing
    assert FeatureMaps(drawing="7").drawing == examples()["7"]
    assert torch.equal(as_picture(as_text(demo.picture[0, 0])), demo.picture[0, 0])


def test_the_website_carries_the_network_once_and_ones_own_with_the_demo():
    demo = FeatureMaps()
    assert demo.asset_values() == {"examples": examples(), "trained": packed()}
    assert len(demo.to_html()) < 4_000
    own = FeatureMaps(lenet()).to_html()
    state = json.loads(html.unescape(re.search(r'data-state="([^"]*)"', own)[1]))
    assert len(state["layers"]) == len(lenet())
    assert len(own) < 120_000


def test_its_text_names_the_drawing():
    assert repr(FeatureMaps()) == "FeatureMaps(the book's LeNet, drawing of a 3, layer=1)"
    own = FeatureMaps(lenet(), drawing=torch.zeros(28, 28), layer=8)
    assert repr(own) == "FeatureMaps(a LeNet of your own, own drawing, layer=8)"


@pytest.mark.parametrize(
    "bad",
    [
        {"drawing": torch.zeros(28, 27)},
        {"drawing": torch.full((28, 28), 1.01)},
        {"drawing": torch.full((28, 28), -0.01)},
        {"drawing": torch.full((28, 28), torch.nan)},
        {"drawing": "ten"},
        {"drawing": "AAAA"},
        {"drawing": as_text(torch.zeros(27, 27))},
        {"drawing": 3},
        {"drawing": [[1], [2, 3]]},
        {"layer": 3},
        {"channel": 120},
        {"position": (28, 0)},
        {"layers": nn.Linear(2, 2)},
        {"layers": lenet()[:-1]},
        {"layers": nn.Sequential(*lenet()[:3], nn.Conv2d(6, 16, 3), *lenet()[4:])},
        {"layers": lenet(activation=nn.GELU)},
        {"layers": [1, 2]},
        {"layers": "LeNet"},
    ],
)
def test_what_is_no_drawing_and_no_lenet_is_refused(bad):
    (name,) = bad
    with pytest.raises(traitlets.TraitError, match=name):
        FeatureMaps(**bad)
