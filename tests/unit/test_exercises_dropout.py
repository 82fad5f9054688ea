import itertools
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

from utils.exercises import dropout as exercises

BY_HAND = [[4, 0, -8, 12], 9, 27, 1 / 256]
BEHIND = [0, 1]
CLAIMS = {
    "dropout before a ReLU and after it give the same, mask by mask": True,
    "dropping with p and then with q drops with p + q": False,
    "a ReLU unit behind dropout has a mean of at least its eval output": True,
    "the sum of such units, with any signs, has that mean at least": False,
    "the variance of a number behind dropout is largest at p = 1/2": False,
}


def test_the_predictions_are_what_happens():
    scaled, behind = exercises.predict.questions
    x = torch.tensor([4.0, 2.0, 6.0])
    assert scaled["right"] == (x * torch.tensor([1.0, 0, 1]) / 0.5).tolist()
    weights = torch.tensor([1.0, -1.0, 1.0])
    seen = []
    for mask in itertools.product((0.0, 1.0), repeat=3):
        seen.append((2 * torch.tensor(mask) * x @ weights - 8).relu())
    evaluated = (x @ weights - 8).relu()
    assert evaluated == 0
    assert torch.stack(seen).mean() > evaluated
    assert behind["right"] == "larger"
    assert max(seen) == 12


def test_all_masks_are_all_of_them_and_their_chances_add_up():
    masks = exercises.all_masks(4)
    assert masks.tolist() == [list(m) for m in itertools.product((0, 1), repeat=4)]
    weights = exercises.chances(masks, 0.3)
    assert weights.sum() == pytest.approx(1)
    assert weights[0b0111] == pytest.approx(0.3 * 0.7**3)


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([4, 0, -8, 12]), 9.0, 27, Fraction(1, 256)]),
        (1, exercises.check_by_hand, [np.array([4.0, 0, -8, 12]), 9, np.float64(27), 0.0039]),
        (2, exercises.check_behind, BEHIND),
        (2, exercises.check_behind, (0.0, Fraction(1))),
        (2, exercises.check_behind, [torch.tensor(0), np.float64(1)]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [3, 0, -6, 9]),
        (exercises.check_by_hand, BY_HAND, 0, [4, 0, 8, 12]),
        (exercises.check_by_hand, BY_HAND, 1, 12),
        (exercises.check_by_hand, BY_HAND, 2, 108),
        (exercises.check_by_hand, BY_HAND, 2, None),
        (exercises.check_by_hand, BY_HAND, 3, 1 / 16),
        (exercises.check_behind, BEHIND, 0, -1),
        (exercises.check_behind, BEHIND, 1, 0),
        (exercises.check_behind, BEHIND, 1, 0.5),
        (exercises.check_behind, BEHIND, 1, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_behind])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match=r"\d .* are wanted, got 0"):
        check([])


def by_axes(x, p, u):
    return x * (u >= p)[:, :, None, None] / (1 - p)


def by_where(x, p, u):
    dropped = (u < p)[..., None, None].expand_as(x)
    return torch.where(dropped, torch.zeros_like(x), x / (1 - p))


def by_loops(x, p, u):
    out = torch.zeros_like(x)
    for i, j in itertools.product(*map(range, u.shape)):
        if u[i, j] >= p:
            out[i, j] = x[i, j] / (1 - p)
    return out


@pytest.mark.parametrize("answer", [by_axes, by_where, by_loops])
def test_dropped_channels_are_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_drop_channels, answer)


def unscaled(x, p, u):
    return x * (u >= p)[:, :, None, None]


def tie_is_dropped(x, p, u):
    return x * (u > p)[:, :, None, None] / (1 - p)


def turned_round(x, p, u):
    return x * (u < p)[:, :, None, None] / (1 - p)


def divided_by_p(x, p, u):
    return x * (u >= p)[:, :, None, None] / (p or 1)


def one_mask_for_all_samples(x, p, u):
    return x * (u[:1] >= p)[:, :, None, None] / (1 - p)


def in_place(x, p, u):
    return x.mul_((u >= p)[:, :, None, None] / (1 - p))


@pytest.mark.parametrize(
    "wrong",
    [
        unscaled,
        tie_is_dropped,
        turned_round,
        divided_by_p,
        one_mask_for_all_samples,
        in_place,
        lambda x, p, u: None,
    ],
)
def test_other_channels_are_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: (drop_channels|x and u)"):
        exercises.check_drop_channels(wrong)


def dropouts(net):
    return [module for module in net.modules() if isinstance(module, nn.Dropout)]


def by_modes(net, X, passes):
    modes = {module: module.training for module in net.modules()}
    net.eval()
    for module in dropouts(net):
        module.train()
    with torch.no_grad():
        mean = torch.stack([net(X).softmax(1) for _ in range(passes)]).mean(0)
    for module, mode in modes.items():
        module.training = mode
    return mean


def by_running_mean(net, X, passes):
    modes = [module.training for module in net.modules()]
    for module in net.modules():
        module.training = isinstance(module, nn.Dropout)
    mean = 0
    for number in range(passes):
        mean = mean + (F.softmax(net(X), dim=1).detach() - mean) / (number + 1)
    for module, mode in zip(net.modules(), modes, strict=True):
        module.training = mode
    return mean


def as_array(net, X, passes):
    return by_modes(net, X, passes).numpy()


@pytest.mark.parametrize("answer", [by_modes, by_running_mean, as_array])
def test_votes_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_vote, answer)


def all_in_training(net, X, passes):
    modes = {module: module.training for module in net.modules()}
    net.train()
    mean = sum(net(X).softmax(1).detach() for _ in range(passes)) / passes
    for module, mode in modes.items():
        module.training = mode
    return mean


def stays_in_eval(net, X, passes):
    mean = by_modes(net, X, passes)
    net.eval()
    return mean


def evaluated_once(net, X, passes):
    modes = {module: module.training for module in net.modules()}
    net.eval()
    probabilities = net(X).softmax(1).detach()
    for module, mode in modes.items():
        module.training = mode
    return probabilities


def mean_of_logits(net, X, passes):
    modes = {module: module.training for module in net.modules()}
    net.eval()
    for module in dropouts(net):
        module.train()
    mean = sum(net(X).detach() for _ in range(passes)) / passes
    for module, mode in modes.items():
        module.training = mode
    return mean.softmax(1)


def wrong_axis(net, X, passes):
    by_modes(net, X, passes)
    return torch.full((3, 3), 1 / 3)


@pytest.mark.parametrize(
    "wrong",
    [
        all_in_training,
        stays_in_eval,
        evaluated_once,
        mean_of_logits,
        wrong_axis,
        lambda net, X, passes: by_modes(net, X, 10),
        lambda net, X, passes: None,
    ],
)
def test_other_votes_are_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_vote(wrong)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "draw")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_each_claim_wants_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_drop_channels(by_axes))
    assert_leaves_the_generator_alone(lambda: exercises.check_vote(by_modes))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
