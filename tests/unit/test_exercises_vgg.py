import numpy as np
import pytest
import torch
from exercise_checks import in_every_form
from torch import nn
from torchvision.models import vgg16

from utils.counting import count_parameters, layer_costs
from utils.exercises import vgg as exercises


def test_the_predictions_are_those_of_torch():
    share, weights = (question["right"] for question in exercises.predict.questions)
    with torch.device("meta"):
        model = vgg16()
        stack = [nn.Conv2d(1, 1, 3, padding=1, bias=False) for _ in range(3)]
    part = count_parameters(model.classifier) / count_parameters(model)
    assert abs(part - 0.9) < 0.05 and "nine tenths" in str(share)
    assert sum(map(count_parameters, stack)) == weights


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_by_hand(form([32, 14, 23_136]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_larger(form([1, 4, 4]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


def test_the_right_numbers_are_those_of_the_block_of_torchvision():
    with torch.device("meta"):
        rows = layer_costs(vgg16().features[10:17], torch.empty(1, 128, 28, 28))
    assert [row.name for row in rows].count("Conv2d") == 3 and rows[-1].shape[2] == 14


@pytest.mark.parametrize(
    "wrong",
    [[16, 14, 23_136], [32, 28, 23_136], [32, 14, 23_040], [32, 14, 27_744], [32, 14], None],
)
def test_the_block_by_hand_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[4, 4, 4], [1, 2, 4], [1, 4, 1], [1, 4, 2], [None] * 3, None])
def test_the_larger_image_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_larger(wrong)


def forwards(architecture):
    seen, jump = 1, 1
    for n, _ in architecture:
        seen += (2 * n + 1) * jump
        jump *= 2
    return seen


def backwards(architecture):
    seen = 1
    for n, _ in reversed(architecture):
        seen = 2 * seen + 2 * n
    return seen


def by_sum(architecture):
    return 1 + np.sum([(2 * n + 1) * 2**b for b, (n, _) in enumerate(architecture)])


@pytest.mark.parametrize("field", [forwards, backwards, by_sum, lambda a: torch.tensor(by_sum(a))])
def test_field_accepts(field, capsys):
    exercises.check_field(field)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


NO_FIELDS = {
    "pooling sees no more": lambda a: 1 + sum(2 * n * 2**b for b, (n, _) in enumerate(a)),
    "the jump stays": lambda a: 1 + sum(2 * n + 1 for n, _ in a),
    "the jump doubles too early": lambda a: (
        1 + sum((2 * n + 1) * 2 ** (b + 1) for b, (n, _) in enumerate(a))
    ),
    "one too many": lambda a: forwards(a) + 1,
    "channels": lambda a: 1 + sum((2 * c + 1) * 2**b for b, (_, c) in enumerate(a)),
    "nothing": lambda a: None,
}


@pytest.mark.parametrize("wrong", NO_FIELDS.values(), ids=NO_FIELDS)
def test_field_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: field"):
        exercises.check_field(wrong)


def by_copy(linear, channels, side):
    conv = nn.Conv2d(channels, linear.out_features, side)
    with torch.no_grad():
        conv.weight.copy_(linear.weight.view(conv.weight.shape))
        conv.bias.copy_(linear.bias)
    return conv


def by_parameters(linear, channels, side):
    conv = nn.Conv2d(channels, len(linear.weight), (side, side))
    conv.weight = nn.Parameter(linear.weight.reshape(-1, channels, side, side))
    conv.bias = linear.bias
    return conv


def by_state(linear, channels, side):
    conv = nn.Conv2d(channels, linear.out_features, side)
    weight = linear.weight.unflatten(1, (channels, side, side))
    conv.load_state_dict({"weight": weight, "bias": linear.bias})
    return conv


@pytest.mark.parametrize("as_convolution", [by_copy, by_parameters, by_state])
def test_as_convolution_accepts(as_convolution, capsys):
    exercises.check_as_convolution(as_convolution)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def no_bias(linear, channels, side):
    conv = by_copy(linear, channels, side)
    nn.init.zeros_(conv.bias)
    return conv


def turned(linear, channels, side):
    conv = by_copy(linear, channels, side)
    conv.weight.data = conv.weight.data.mT.contiguous()
    return conv


def padded(linear, channels, side):
    conv = by_copy(linear, channels, side)
    conv.padding = (1, 1)
    return conv


def strided(linear, channels, side):
    conv = by_copy(linear, channels, side)
    conv.stride = (2, 2)
    return conv


WRONG = [no_bias, turned, padded, strided, lambda linear, *_: linear, lambda *_: None]


@pytest.mark.parametrize("wrong", WRONG)
def test_as_convolution_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_as_convolution(wrong)


@pytest.mark.parametrize(
    "design",
    [
        [(2, 8), (2, 16), (2, 24)],
        ((1, 8), (1, 12), (2, 16), (2, 24)),
        torch.tensor([[3, 8], [3, 12], [2, 24]]),
        np.array([[2, 4], [1, 8], [1, 8], [1, 8], [1, 8]]),
    ],
)
def test_designs_accepted(design, capsys):
    exercises.check_design(design)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "too many parameters": ([(2, 8), (2, 16), (2, 32)], "parameters"),
    "too few convolutions": ([(1, 4)] * 5, "at least 6"),
    "sees too little": ([(3, 4), (3, 4)], "sees"),
    "too many blocks": ([(1, 4)] * 6, "1 to 5"),
    "no block": ([], "1 to 5"),
    "halves": ([(2.5, 8), (2, 16), (2, 24)], "whole"),
    "no channel": ([(2, 8), (2, 0), (2, 24)], "whole"),
    "far too deep": ([(10**9, 8)], "at most"),
    "triples": ([(2, 8, 3)], "numbers"),
    "nothing": ([(None, None)], "numbers"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)
