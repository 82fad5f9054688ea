import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form
from torch import nn

from utils.exercises import resnet as exercises


def test_the_predictions_are_those_of_the_chain_rule():
    plain, residual = (question["right"] for question in exercises.predict.questions)
    x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    for wanted, skip in ((plain, 0), (residual, 1)):
        h = x
        for _ in range(3):
            h = skip * h + 0.1 * h
        assert torch.autograd.grad(h, x)[0].item() == pytest.approx(wanted)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_ways(form([16, 5.0625, 1.5]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_by_hand(form([245_760, 131_072, 25_690_112]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    "wrong", [[8, 5.06, 1.5], [16, 0.0625, 1.5], [16, 5.06, 0.25], [4, 3, 1], [16, 5.06], None]
)
def test_the_ways_reject(wrong):
    with pytest.raises(AssertionError):
        exercises.check_ways(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        [376_832, 131_072, 25_690_112],
        [245_760, 0, 25_690_112],
        [245_760, 1_179_648, 25_690_112],
        [245_760, 131_072, 6_422_528],
        None,
    ],
)
def test_the_weights_by_hand_reject(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


def in_a_loop(x, g1, b1, W1, g2, b2, W2):
    y = x
    for gamma, beta, W in ((g1, b1, W1), (g2, b2, W2)):
        y = F.batch_norm(y, None, None, gamma, beta, training=True)
        y = F.conv2d(F.relu(y), W, padding=1)
    return x + y


def by_hand(x, *parts):
    y = x
    for start in (0, 3):
        gamma, beta, W = parts[start : start + 3]
        mean = y.mean((0, 2, 3), keepdim=True)
        spread = (y.var((0, 2, 3), correction=0, keepdim=True) + 1e-5).sqrt()
        y = gamma.view(-1, 1, 1) * (y - mean) / spread + beta.view(-1, 1, 1)
        y = F.conv2d(y.clamp(min=0), W, padding="same")
    return y + x


def by_layers(x, *parts):
    layers = []
    for gamma, beta, W in (parts[:3], parts[3:]):
        norm = nn.BatchNorm2d(len(gamma))
        conv = nn.Conv2d(len(gamma), len(gamma), 3, padding=1, bias=False)
        norm.weight, norm.bias, conv.weight = map(nn.Parameter, (gamma, beta, W))
        layers += [norm, nn.ReLU(), conv]
    return x + nn.Sequential(*layers)(x)


@pytest.mark.parametrize("preactivated", [in_a_loop, by_hand, by_layers])
def test_preactivated_accepts(preactivated, capsys):
    exercises.check_preactivated(preactivated)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def in_place(x, g1, b1, W1, g2, b2, W2):
    y = in_a_loop(x, g1, b1, W1, g2, b2, W2)
    x.detach().relu_()
    return y


def the_old_order(x, g1, b1, W1, g2, b2, W2):
    y = F.relu(F.batch_norm(F.conv2d(x, W1, padding=1), None, None, g1, b1, True))
    return F.relu(x + F.batch_norm(F.conv2d(y, W2, padding=1), None, None, g2, b2, True))


NO_BLOCKS = {
    "a ReLU behind the sum": lambda *parts: in_a_loop(*parts).relu(),
    "no way around": lambda x, *parts: in_a_loop(x, *parts) - x,
    "the old order": the_old_order,
    "scales exchanged": lambda x, g1, b1, W1, g2, b2, W2: in_a_loop(x, g2, b1, W1, g1, b2, W2),
    "kernels exchanged": lambda x, g1, b1, W1, g2, b2, W2: in_a_loop(x, g1, b1, W2, g2, b2, W1),
    "no gradient of x": lambda x, *parts: in_a_loop(x.detach(), *parts),
    "half a gradient": lambda x, *parts: in_a_loop(x, *parts) - x + x.detach(),
    "images spoilt": in_place,
    "nothing": lambda *_: None,
}


@pytest.mark.parametrize("wrong", NO_BLOCKS.values(), ids=NO_BLOCKS)
def test_preactivated_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_preactivated(wrong)


def grown(jacobians):
    ways = [torch.eye(len(jacobians[0]), dtype=torch.float64)]
    for J in jacobians:
        none = torch.zeros_like(ways[0])
        longer = [none, *(J @ way for way in ways)]
        ways = [kept + more for kept, more in zip([*ways, none], longer, strict=True)]
    return ways


def as_a_polynomial(jacobians):
    """The coefficients of (I + t J_L) … (I + t J_1), from its values at several t."""
    count, size = len(jacobians), len(jacobians[0])
    places = torch.arange(count + 1, dtype=torch.float64)
    values = []
    for t in places:
        product = torch.eye(size, dtype=torch.float64)
        for J in jacobians:
            product = product + t * J @ product
        values.append(product.flatten())
    powers = places[:, None] ** torch.arange(count + 1)
    return torch.linalg.solve(powers, torch.stack(values)).view(count + 1, size, size)


def in_numpy(jacobians):
    return [way.numpy() for way in grown(jacobians)]


@pytest.mark.parametrize("by_length", [grown, as_a_polynomial, in_numpy])
def test_by_length_accepts(by_length, capsys):
    exercises.check_by_length(by_length)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


NO_SUMS = {
    "the other order": lambda js: grown(js[::-1]),
    "the product alone": lambda js: [grown(js)[-1]],
    "no identity": lambda js: grown(js)[1:],
    "longest first": lambda js: grown(js)[::-1],
    "means": lambda js: [way / math.comb(len(js), k) for k, way in enumerate(grown(js))],
    "nothing": lambda js: None,
}


@pytest.mark.parametrize("wrong", NO_SUMS.values(), ids=NO_SUMS)
def test_by_length_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: by_length"):
        exercises.check_by_length(wrong)


@pytest.mark.parametrize("design", [[5, 7], (6, 6), torch.tensor([10, 4]), np.array([5, 1])])
def test_designs_accepted(design, capsys):
    exercises.check_design(design)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "too wide": ([5, 8], "parameters"),
    "too shallow": ([4, 7], "at least 32"),
    "halves": ([5.5, 7], "whole"),
    "no block": ([0, 7], "whole"),
    "far too deep": ([10**9, 1], "at most"),
    "triple": ([5, 7, 1], "numbers"),
    "nothing": ([None, None], "numbers"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)


def test_the_designs_depth_and_weights_are_the_papers():
    model = exercises._small_resnet(3, 16)
    layers = [m for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    assert len(layers) - 2 == 20  # two projections
    total = sum(part.numel() for part in model.parameters())
    assert round(total / 1e6, 2) == 0.27  # table 6 of the paper
    assert model(torch.zeros(1, 3, 32, 32)).shape == (1, 10)
