from fractions import Fraction

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)
from torch import nn

from utils.exercises import activation_functions as exercises

BY_HAND = [[0.5, 0.25], 0.16, 0.64, [-0.03, 2], 1024]
ZERO = [0, 0.5, 2, [0.25] * 4, "they fall"]
CLAIMS = {
    "the sigmoid of -x is 1 minus the sigmoid of x": True,
    "relu(x) - relu(-x) is x": True,
    "twice the input doubles the leaky ReLU": True,
    "twice the input doubles the GELU": False,
    "the slope of tanh is at least that of the sigmoid": False,
    "of two numbers, the larger one has the larger SiLU": False,
    "the first entry of a softmax depends on the first logit alone": False,
}


def test_the_predictions_are_what_torch_finds():
    left, change = exercises.predict.questions
    assert left["right"] == "about a millionth"
    assert 0.5e-6 < exercises.slope_at(torch.sigmoid, torch.zeros(())).item() ** 10 < 2e-6
    sums = torch.linspace(-5, -3, 9).requires_grad_()
    (slope,) = torch.autograd.grad(F.relu(sums).sum(), sums)
    assert change["right"] == slope.abs().max().item()


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (
            1,
            exercises.check_by_hand,
            [(0.5, Fraction(1, 4)), 0.8 * 0.2, 1 - 0.36, [-0.03, 2], 4**5],
        ),
        (1, exercises.check_by_hand, [torch.tensor([0.5, 0.25]), *BY_HAND[1:4], np.int64(1024)]),
        (2, exercises.check_zero, ZERO),
        (2, exercises.check_zero, [0.0, Fraction(1, 2), 2.0, torch.full((4,), 0.25), "they fall"]),
        (2, exercises.check_zero, [0, 0.5, np.int64(2), (0.25,) * 4, "they fall"]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [0, 1]),
        (exercises.check_by_hand, BY_HAND, 0, [0.25, 0.5]),
        (exercises.check_by_hand, BY_HAND, 1, 0.36),
        (exercises.check_by_hand, BY_HAND, 2, 0.24),
        (exercises.check_by_hand, BY_HAND, 3, [0, 2]),
        (exercises.check_by_hand, BY_HAND, 4, 20),
        (exercises.check_by_hand, BY_HAND, 4, None),
        (exercises.check_zero, ZERO, 0, 0.5),
        (exercises.check_zero, ZERO, 1, 0),
        (exercises.check_zero, ZERO, 2, 8),
        (exercises.check_zero, ZERO, 3, [0.5] * 4),
        (exercises.check_zero, ZERO, 4, "they stay"),
        (exercises.check_zero, ZERO, 4, None),
    ],
)
def test_a_wrong_answer_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs|add up)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_zero])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def by_minimum(x):
    return torch.where(x > 0, x, torch.minimum(x, torch.zeros_like(x)).exp() - 1)


def by_expm1(x):
    return F.relu(x) + torch.expm1(-F.relu(-x))


def by_mask(x):
    below = torch.where(x < 0, x, 0)
    return torch.where(x < 0, below.exp() - 1, x)


@pytest.mark.parametrize("answer", [by_minimum, by_expm1, by_mask])
def test_a_right_elu_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_elu, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x: torch.where(x > 0, x, x.exp() - 1), "the slope of elu .* at 1000 is nan"),
        (lambda x: F.elu(x), "`elu` is not allowed"),
        (lambda x: nn.ELU()(x), "`elu` is not allowed"),
        (lambda x: F.celu(x), "`celu` is not allowed"),
        (lambda x: None, "is no tensor"),
        (lambda x: by_minimum(x).flatten(), "has the shape"),
        (lambda x: by_minimum(x) + 1, "at -1000 is 0, and should be -1"),
        (lambda x: torch.where(x > 0, x, by_minimum(x) + 1), "should be -1"),
        (F.relu, "should be -1"),
        (lambda x: by_minimum(x).detach(), "cut off from its gradient"),
    ],
)
def test_a_wrong_elu_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_elu(wrong)


def by_hooks(net, X):
    counts = []
    hooks = [
        layer.register_forward_hook(lambda _, __, out: counts.append((out <= 0).all(dim=0).sum()))
        for layer in net
        if isinstance(layer, nn.ReLU)
    ]
    net(X)
    for hook in hooks:
        hook.remove()
    return counts


def by_largest(net, X):
    counts = []
    for layer in net:
        X = layer(X)
        if isinstance(layer, nn.ReLU):
            counts.append((X.amax(0) == 0).sum().item())
    return tuple(counts)


@pytest.mark.parametrize("answer", [exercises.count_dead, by_hooks, by_largest])
def test_right_counts_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_dead, answer)


def counting(count, kind=nn.ReLU):
    def answer(net, X):
        counts = []
        for layer in net:
            X = layer(X)
            if isinstance(layer, kind):
                counts.append(int(count(X)))
        return counts

    return answer


def spoils(net, X):
    counts = exercises.count_dead(net, X)
    net[0].bias.data += 1
    return counts


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda net, X: None, "a list of 1 counts is wanted"),
        (lambda net, X: exercises.count_dead(net, X)[:1], "a list of 2 counts is wanted"),
        (counting(lambda H: (H == 0).sum()), "is not right"),
        (counting(lambda H: (H == 0).any(0).sum()), "is not right"),
        (counting(lambda H: (H == 0).all(1).sum()), "is not right"),
        (counting(lambda H: (H > 0).any(0).sum()), "is not right"),
        (counting(lambda H: (H <= 0).all(0).sum(), nn.Linear), "a list of 1 counts is wanted"),
        (lambda net, X: exercises.count_dead(net, X[:1]), "is not right"),
        (spoils, "the net changed"),
    ],
)
def test_wrong_counts_are_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_dead(wrong)


def test_a_unit_at_zero_exactly_is_dead():
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    for part in net.parameters():
        nn.init.zeros_(part)
    assert exercises.count_dead(net, torch.ones(4, 2)) == [3]
    net[0].bias.data[1] = 1
    assert exercises.count_dead(net, torch.ones(4, 2)) == [2]


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "vector")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_dead(exercises.count_dead))
