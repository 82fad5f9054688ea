"""The Python side of the demo."""

import html
import json
import re

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.checks import assert_same
from utils.data.images import load_images
from utils.train import accuracy
from utils.widgets.draw_digit import DrawDigit, stroke
from utils.widgets.draw_digit.network import trained
from utils.widgets.kit.small_digits import examples


def own_layers(units=3):
    draw = torch.Generator().manual_seed(0)
    shapes = (units, 64), (units,), (10, units), (10,)
    return [torch.randn(shape, generator=draw, dtype=torch.float64) for shape in shapes]


def test_the_network_it_trains_knows_the_digits_and_is_the_same_each_time():
    W1, b1, W2, b2 = trained()
    digits = load_images("digits")
    inputs = digits.test_images.flatten(1).double()
    logits = F.linear(F.relu(F.linear(inputs, W1, b1)), W2, b2)
    assert accuracy(logits, digits.test_labels) > 0.9
    assert_same(trained.__wrapped__(), trained())


def test_the_examples_are_test_images_of_each_class_that_the_network_knows():
    digits = load_images("digits")
    assert list(examples()) == list(digits.class_names)
    for name, drawing in examples().items():
        ink = torch.tensor(drawing) / 16
        same = (digits.test_images[:, 0] == ink).all((1, 2)).nonzero()
        assert digits.test_labels[same.item()] == int(name)
        assert DrawDigit(drawing=drawing).probabilities.argmax() == int(name)


def test_it_opens_with_a_digit_of_which_a_pixel_changes_the_mind():
    demo = DrawDigit()
    assert demo.drawing == examples()["3"]
    said = set()
    for moved in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        demo.moved = moved
        said.add(demo.probabilities.argmax().item())
    assert said - {3}


def test_weights_of_ones_own_are_taken_from_tensors_with_gradients_and_rounded():
    layers = own_layers()
    demo = DrawDigit(layers=[part.float().requires_grad_() for part in layers])
    for kept, part in zip(demo.tensors, layers, strict=True):
        assert (kept - part).abs().max() < 0.6e-4
    W1, b1, W2, b2 = demo.tensors
    x = torch.tensor(demo.drawing, dtype=torch.float64).flatten() / 16
    hidden = (W1 @ x + b1).relu()
    assert_same([demo.hidden, demo.logits], [hidden, W2 @ hidden + b2])
    assert_same(demo.probabilities.sum(), torch.tensor(1.0, dtype=torch.float64))
    assert DrawDigit(layers=demo.layers).layers == demo.layers


def test_a_drawing_is_moved_and_drawn_in_part():
    ink = torch.zeros(8, 8)
    ink[2, 3], ink[2, 4], ink[7, 0] = 8, 16, 4
    demo = DrawDigit(drawing=ink, moved=(1, -1))
    places = lambda: {at: ink for at, ink in enumerate(demo.seen.tolist()) if ink}  # noqa: E731
    assert places() == {3 * 8 + 2: 0.5, 3 * 8 + 3: 1.0}
    demo.moved = 0
    demo.drawn = 1
    assert places() == {2 * 8 + 4: 1.0}
    assert stroke(ink.flatten().tolist()) == [20, 19, 56]


def test_the_website_gets_the_weights_and_the_text_does_not():
    demo = DrawDigit()
    page = demo.to_html()
    assert len(page) < 40_000
    state = json.loads(html.unescape(re.search(r'data-state="([^"]*)"', page)[1]))
    assert state["layers"] == json.loads(json.dumps(demo.layers))
    assert repr(demo) == "DrawDigit(drawing of a 3, moved=(0, 0), drawn=64)"
    assert repr(DrawDigit(drawing=torch.zeros(8, 8))).startswith("DrawDigit(own drawing")


@pytest.mark.parametrize(
    "bad",
    [
        {"drawing": torch.zeros(8, 7)},
        {"drawing": torch.full((8, 8), 16.5)},
        {"drawing": torch.full((8, 8), -0.5)},
        {"moved": (8, 0)},
        {"drawn": 65},
        {"layers": own_layers()[:3]},
        {"layers": own_layers(65)},
        {"layers": own_layers(0)},
        {"layers": [part.mT if part.ndim == 2 else part for part in own_layers()]},
        {"layers": [*own_layers()[:3], torch.full((10,), torch.nan)]},
        {"layers": 3},
    ],
)
def test_what_is_no_drawing_and_no_network_is_refused(bad):
    (name,) = bad
    with pytest.raises(traitlets.TraitError, match=name):
        DrawDigit(**bad)


def test_weights_can_be_set_anew_but_not_the_number_of_units():
    demo = DrawDigit(layers=own_layers())
    before = demo.tensors
    demo.layers = [-part for part in own_layers()]
    assert_same(demo.tensors, [-part for part in before])
    with pytest.raises(traitlets.TraitError, match="keep their 3 hidden units, got 4"):
        demo.layers = own_layers(4)
