import math
from fractions import Fraction

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

from utils.exercises import logistic_regression as exercises
from utils.exercises.logistic_regression_sheets import GROW

BY_HAND = [0.8, math.log(4), 0.5, 0.32]
GROUPS = [[2 / 3, 0.5], [0.5, 1], 17 / 24]
CLAIMS = {
    "adding 3 to all scores leaves the area under the ROC as it is": True,
    "doubling all scores leaves the cross-entropy as it is": False,
    "a higher cut does not raise the recall": True,
    "a higher cut does not lower the precision": False,
    "turning all labels and the signs of all scores leaves the cross-entropy as it is": True,
}


def test_the_predictions_are_what_torch_finds():
    share, weights = exercises.predict.questions
    ill = torch.arange(1000) < 100
    called = torch.zeros(1000, dtype=torch.bool)
    called[:90] = called[100:190] = True
    assert share["right"] == (ill & called).sum().item() / called.sum().item()
    x = torch.tensor([-1.0, -0.5, 0.5, 1.0], dtype=torch.float64)
    y, w, norms = (x > 0).double(), torch.zeros((), dtype=torch.float64), []
    for step in range(10_000):
        w = w - ((torch.sigmoid(w * x) - y) * x).mean()
        if step in (10, 100, 1000, 9999):
            norms.append(w.item())
    assert norms[0] < norms[1] - 1 < norms[2] - 2 < norms[3] - 3
    assert weights["right"] == GROW


@pytest.mark.parametrize(
    "answers", [BY_HAND, torch.tensor(BY_HAND), [Fraction(4, 5), 1.39, 0.5, 0.32]]
)
def test_the_numbers_by_hand_are_accepted(capsys, answers):
    assert_right(capsys, 1, exercises.check_by_hand, answers)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [-1, 0.5, 2, None, True])
def test_a_wrong_number_is_named(place, wrong):
    answers = list(BY_HAND)
    answers[place] = wrong * answers[place] if type(wrong) in (int, float) else wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs a number)"):
        exercises.check_by_hand(answers)


@pytest.mark.parametrize(
    "answers", [GROUPS, [(0.67, 0.5), (0.5, 1.0), 0.708], [torch.tensor(GROUPS[0]), *GROUPS[1:]]]
)
def test_the_groups_are_accepted(capsys, answers):
    assert_right(capsys, 2, exercises.check_groups, answers)


@pytest.mark.parametrize(
    "wrong",
    [
        [[0.5, 2 / 3], [0.5, 1], 17 / 24],
        [[2 / 3, 0.5], [1, 0.5], 17 / 24],
        [[2 / 3, 0.5], [0.5, 1], 7 / 24],
        [[2 / 3, 0.5], [0.5, 1], None],
        [[2 / 3, 0.5], [0.5, 1]],
    ],
)
def test_wrong_groups_are_refused(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_groups(wrong)


def by_softplus(z, y, weight):
    return (weight * y * F.softplus(-z) + (1 - y) * F.softplus(z)).mean()


def by_torch(z, y, weight):
    return F.binary_cross_entropy_with_logits(z, y, pos_weight=torch.tensor(weight)).item()


def by_weights(z, y, weight):
    each = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    return sum(torch.where(y == 1, weight * each, each).tolist()) / len(z)


@pytest.mark.parametrize("answer", [by_softplus, by_torch, by_weights])
def test_a_right_weighted_loss_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_weighted, answer)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z, y, w: by_softplus(z, y, 1),
        lambda z, y, w: by_softplus(z, y, w) * len(z),
        lambda z, y, w: (y * F.softplus(-z) + w * (1 - y) * F.softplus(z)).mean(),
        lambda z, y, w: F.binary_cross_entropy(torch.sigmoid(z), y, weight=1 + (w - 1) * y),
        lambda z, y, w: (
            by_weights(z, y, w) * len(z) / (1 + (w - 1) * y).sum()  # the mean of the weights
        ),
        lambda z, y, w: None,
    ],
)
def test_a_wrong_weighted_loss_is_refused(wrong):
    with pytest.raises(AssertionError, match="not yet: the loss of"):
        exercises.check_weighted(wrong)


def cost_of(cut, scores, labels, miss, alarm):
    called = scores >= cut
    return miss * (labels[~called] == 1).sum() + alarm * (labels[called] == 0).sum()


def by_trying(scores, labels, miss, alarm):
    cuts = [*scores.tolist(), math.inf]
    return min(cuts, key=lambda cut: cost_of(cut, scores, labels, miss, alarm))


def by_broadcasting(scores, labels, miss, alarm):
    cuts = torch.cat([scores, scores.max()[None] + 1])
    called = scores >= cuts[:, None]
    costs = (miss * (~called & (labels == 1)) + alarm * (called & (labels == 0))).sum(1)
    return cuts[costs.argmin()]


def between(scores, labels, miss, alarm):
    cut = by_trying(scores, labels, miss, alarm)
    below = scores[scores < cut]
    if cut == math.inf:
        return scores.max().item() + 0.5
    return (cut + below.max().item()) / 2 if len(below) else cut - 1


@pytest.mark.parametrize("answer", [by_trying, by_broadcasting, between])
def test_a_right_cut_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_best_cut, answer)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda scores, labels, miss, alarm: by_trying(scores, labels, 1, 1),
        lambda scores, labels, miss, alarm: by_trying(scores, labels, alarm, miss),
        lambda scores, labels, miss, alarm: 0.5,
        lambda scores, labels, miss, alarm: alarm / (alarm + miss),
        lambda scores, labels, miss, alarm: min(
            scores.tolist(), key=lambda cut: cost_of(cut, scores, labels, miss, alarm)
        ),
        lambda scores, labels, miss, alarm: None,
        lambda scores, labels, miss, alarm: math.nan,
    ],
)
def test_a_wrong_cut_is_refused(wrong):
    with pytest.raises(AssertionError, match="not yet"):
        exercises.check_best_cut(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "batch")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_best_cut(by_trying))
