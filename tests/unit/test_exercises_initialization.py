from fractions import Fraction

import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn

from utils.exercises import initialization as exercises

BY_HAND = [4, 0.2, 0.004, 1, [72, 144]]
START = [0.1, 1024, "the last biases", "about 0.17"]
CLAIMS = {
    "twice the std of the weights makes the mean square four times as large": True,
    "the factor n times the variance needs inputs of mean 0": False,
    "biases of 0 keep units equal, even if their weights are random": False,
    "equal incoming and random outgoing weights: the units become different": True,
    "equal incoming and equal outgoing weights: the units stay equal": True,
    "in a square layer Kaiming has twice the variance of Xavier": True,
    "in a layer with one output, Xavier keeps the mean square forward": False,
}


def test_the_predictions_are_right():
    grown, units = exercises.predict.questions
    assert grown["right"] == "about 117 times"
    assert round(1.1**50) == 117 and 1.8 < 1.1**7 < 2.2
    assert 1 + 50 * 0.1 == 6 and 48 < 1.1**41 < 52
    net = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 2))
    for part in net.parameters():
        nn.init.constant_(part, 0.1)
    x = torch.randn(9, 3, generator=torch.Generator().manual_seed(0))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
    for _ in range(100):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), torch.arange(9) % 2).backward()
        optimizer.step()
    assert len(net[0].weight.round(decimals=4).unique(dim=0)) == units["right"] == 1
    assert (net[0].weight - 0.1).abs().max() > 0.1


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [*map(form, BY_HAND[:4]), form(BY_HAND[4])])
    assert_right(capsys, 2, exercises.check_start, [form(0.1), form(1024), *START[2:]])


def test_fractions_and_rounded_numbers_are_accepted(capsys):
    answers = [Fraction(4), Fraction(1, 5), Fraction(2, 500), 1.0, (72, 144)]
    assert_right(capsys, 1, exercises.check_by_hand, answers)
    assert_right(capsys, 2, exercises.check_start, [Fraction(1, 10), 2**10, *START[2:]])


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 2),
        (exercises.check_by_hand, BY_HAND, 1, 0.04),
        (exercises.check_by_hand, BY_HAND, 1, 0.14),
        (exercises.check_by_hand, BY_HAND, 2, 1000),
        (exercises.check_by_hand, BY_HAND, 2, 0.002),
        (exercises.check_by_hand, BY_HAND, 3, 1 / 3),
        (exercises.check_by_hand, BY_HAND, 4, [144, 72]),
        (exercises.check_by_hand, BY_HAND, 4, [8, 16]),
        (exercises.check_by_hand, BY_HAND, 4, None),
        (exercises.check_start, START, 0, 0.01),
        (exercises.check_start, START, 0, 1),
        (exercises.check_start, START, 1, 20),
        (exercises.check_start, START, 1, 512),
        (exercises.check_start, START, 2, "nothing at all"),
        (exercises.check_start, START, 2, "the weights of both layers"),
        (exercises.check_start, START, 3, "0.3"),
        (exercises.check_start, START, 3, "0.03"),
        (exercises.check_start, START, 3, None),
    ],
)
def test_a_wrong_answer_is_rejected(check, answers, place, wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        check([*answers[:place], wrong, *answers[place + 1 :]])


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_start])
def test_a_missing_answer_is_named(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 1"):
        check([4])


def draw(count=1_000_000):
    return torch.randn(count, generator=torch.Generator().manual_seed(0))


GAINS = {
    "many numbers": lambda f: 1 / (f(draw()) ** 2).mean().sqrt(),
    "a float": lambda f: float(f(draw()).square().mean()) ** -0.5,
    "the integral": exercises.gain_of,
    "fewer numbers": lambda f: (f(draw(100_000)).pow(2).mean() ** -0.5).item(),
}


@pytest.mark.parametrize("gain", GAINS.values(), ids=GAINS)
def test_gains_are_accepted(gain, capsys):
    assert_right(capsys, 3, exercises.check_gain, gain)


NO_GAINS = {
    "upside down": lambda f: (f(draw()) ** 2).mean().sqrt(),
    "the square": lambda f: 1 / (f(draw()) ** 2).mean(),
    "variance, not mean square": lambda f: 1 / f(draw()).std(),
    "that of relu": lambda f: 2**0.5,
    "sizes": lambda f: 1 / f(draw()).abs().mean(),
    "nothing": lambda f: None,
}


@pytest.mark.parametrize("gain", NO_GAINS.values(), ids=NO_GAINS)
def test_wrong_gains_are_rejected(gain):
    with pytest.raises(AssertionError, match="^not yet: the gain of "):
        exercises.check_gain(gain)


def fill(layer, std):
    nn.init.normal_(layer.weight, std=std)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)


def by_modules(net):
    for layer in net.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            fill(layer, (2 / layer.weight[0].numel()) ** 0.5)


def one_layer(layer):
    if type(layer) in (nn.Linear, nn.Conv2d):
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        if layer.bias is not None:
            layer.bias.data.zero_()


def by_recursion(net):
    for child in net.children():
        one_layer(child)
        by_recursion(child)


PREPARE = {
    "modules": by_modules,
    "apply": lambda net: net.apply(one_layer),
    "recursion": by_recursion,
}


@pytest.mark.parametrize("prepare", PREPARE.values(), ids=PREPARE)
def test_prepared_networks_are_accepted(prepare, capsys):
    assert_right(capsys, 4, exercises.check_prepare, prepare)


def of_kinds(*kinds, std=lambda W: (2 / W[0].numel()) ** 0.5):
    def prepare(net):
        for layer in net.modules():
            if isinstance(layer, kinds):
                fill(layer, std(layer.weight))

    return prepare


def without_biases(net):
    for layer in net.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_normal_(layer.weight)


def everything(net):
    by_modules(net)
    for part in net.parameters():
        if part.ndim == 1:
            nn.init.zeros_(part)


def near_layers(net):
    for layer in net:
        one_layer(layer)


BOTH = nn.Linear, nn.Conv2d
NOT_PREPARED = {
    "nothing": lambda net: None,
    "biases stay": without_biases,
    "norms are changed": everything,
    "near layers": near_layers,
    "no filters": of_kinds(nn.Linear),
    "fan-out": of_kinds(*BOTH, std=lambda W: (2 / W[:, 0].numel()) ** 0.5),
    "Xavier": of_kinds(*BOTH, std=lambda W: (2 / (W[0].numel() + W[:, 0].numel())) ** 0.5),
    "variance for deviation": of_kinds(*BOTH, std=lambda W: 2 / W[0].numel()),
    "channels alone": of_kinds(*BOTH, std=lambda W: (2 / W.shape[1]) ** 0.5),
}


@pytest.mark.parametrize("prepare", NOT_PREPARED.values(), ids=NOT_PREPARED)
def test_networks_that_are_not_prepared_are_rejected(prepare):
    with pytest.raises(AssertionError, match="^not yet: network "):
        exercises.check_prepare(prepare)


def test_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for claim in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, claim, "network")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_draw_no_number_of_their_readers():
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
    assert_leaves_the_generator_alone(lambda: exercises.check_start(START))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_gain(exercises.gain_of))
