"""The Python side of the demo of class maps, and the network that it shows."""

import pytest
import torch
import traitlets

from utils.counting import count_parameters
from utils.data.images import load_images
from utils.train import evaluate
from utils.widgets.class_maps import EXAMPLES, SIDES, ClassMaps, examples
from utils.widgets.class_maps.network import CHANNELS, DIGIT, FILE, nin, trained


def test_the_examples_are_one_of_each_class():
    assert sorted(examples()) == [str(label) for label in range(10)]
    assert len(set(EXAMPLES)) == 10


def test_the_trained_network_knows_single_digits_of_the_test_set():
    net = trained()
    assert [p.shape for p in net.parameters()] == [p.shape for p in nin().parameters()]
    assert FILE.stat().st_size < 60_000 and count_parameters(net) < 15_000
    images, labels = load_images("digits", size=DIGIT).test
    padded = torch.nn.functional.pad(images, (9, 9, 5, 13))
    assert evaluate(lambda x: net(x).mean((2, 3)), (padded, labels)) > 0.95


def test_the_classes_of_each_place_add_up_to_nothing():
    assert ClassMaps().maps.sum(0).abs().max() < 0.5  # up to the rounding to 8 bits


def test_each_example_is_known_alone_and_where_the_second_one_would_lie():
    for name in examples():
        for place in ((0, 0), (9, 4), (18, 18)):
            demo = ClassMaps(first=name, second="none", at_first=place)
            assert demo.scores.argmax() == int(name)


def test_the_picture_has_the_digits_where_they_lie():
    demo = ClassMaps(second="none", at_first=(34, 2), side=20)
    assert demo.picture.shape == (20, 20)
    assert demo.picture[:6].sum() == 0 and demo.picture[6:, 2:16].sum() > 10
    both = ClassMaps(at_first=(3, 3), at_second=(3, 3))
    assert both.picture.max() <= 1


def test_the_weights_of_the_dense_layer_grow_with_the_places():
    for side in SIDES:
        demo = ClassMaps(side=side)
        assert demo.weights["dense"] == demo.weights["mean"] * demo.maps[0].numel()
        assert demo.weights["mean"] == CHANNELS * 10


@pytest.mark.parametrize(
    "bad",
    [
        {"first": "none"},
        {"second": "10"},
        {"side": 30},
        {"side": 52},
        {"at_first": (35, 0)},
        {"at_second": (0, -1)},
        {"chosen": 10},
        {"chosen": -2},
    ],
)
def test_what_is_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ClassMaps(**bad)
