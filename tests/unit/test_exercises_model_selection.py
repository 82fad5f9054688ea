import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)
from sklearn.model_selection import TimeSeriesSplit

from utils.exercises import model_selection as exercises

BY_HAND = [[3, 3, 2, 2], [50, 49], 1 / 3, 0.3]
TRUST = [0.02, 1600, 0.5 + math.sqrt(math.log(1000) / 1000)]
CLAIMS = {
    "each sample is held out once": True,
    "two training parts share more than half of their samples": False,
    "the mean of the folds' errors is the error over all samples": False,
    "with more models, the best validation score is no lower": True,
    "with more models, the test score of the chosen one is no lower": False,
    "subtracting the mean of all samples tells training nothing": False,
}


def test_the_predictions_are_what_happens():
    luck, sizes = exercises.predict.questions
    law = torch.distributions.Binomial(100, torch.tensor(0.5))
    torch.manual_seed(0)
    best = law.sample((2000, 200)).amax(1)
    named = {text: float(text) for text in luck["options"]}
    nearest = min(named, key=lambda text: abs(named[text] - best.mean().item()))
    assert luck["right"] == nearest == "64"
    assert sizes["right"] == [len(part) for part in torch.arange(23).tensor_split(5)]
    coins = law.sample((200000,))
    assert (coins >= 56).double().mean() == pytest.approx(1 / 7, abs=0.01)
    assert sum(math.comb(100, heads) for heads in range(75, 101)) / 2**100 < 1e-6


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([3, 3, 2, 2]), (50, 49), Fraction(1, 3), 0.3]),
        (1, exercises.check_by_hand, [np.array([3.0, 3, 2, 2]), [50.0, 49.0], 0.33, 3 / 10]),
        (2, exercises.check_trust, TRUST),
        (2, exercises.check_trust, [Fraction(1, 50), 1600.0, 0.58]),
        (2, exercises.check_trust, [np.float64(0.02), torch.tensor(1600), 0.5831]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [3, 3, 3, 1]),
        (exercises.check_by_hand, BY_HAND, 0, [2, 2, 3, 3]),
        (exercises.check_by_hand, BY_HAND, 1, [50, 50]),
        (exercises.check_by_hand, BY_HAND, 1, None),
        (exercises.check_by_hand, BY_HAND, 2, 0.3),
        (exercises.check_by_hand, BY_HAND, 3, 1 / 3),
        (exercises.check_trust, TRUST, 0, 0.0004),
        (exercises.check_trust, TRUST, 0, 0.2),
        (exercises.check_trust, TRUST, 1, 800),
        (exercises.check_trust, TRUST, 1, 1700),
        (exercises.check_trust, TRUST, 2, 0.083),
        (exercises.check_trust, TRUST, 2, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_trust])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match=r"\d .* are wanted, got 0"):
        check([])


def by_mask(groups, folds):
    shares = []
    for held in folds:
        inside = torch.zeros(len(groups), dtype=torch.bool)
        inside[held] = True
        shares.append(torch.isin(groups[inside], groups[~inside]).double().mean())
    return torch.stack(shares)


def by_sets(groups, folds):
    shares = []
    for held in folds:
        mine = set(held.tolist())
        known = {int(groups[i]) for i in range(len(groups)) if i not in mine}
        shares.append(sum(int(groups[i]) in known for i in mine) / len(mine))
    return shares


def by_pairs(groups, folds):
    fold = torch.empty(len(groups), dtype=torch.long)
    for number, held in enumerate(folds):
        fold[held] = number
    twin = ((groups[:, None] == groups) & (fold[:, None] != fold)).any(1).double()
    return np.array([twin[held].mean() for held in folds])


@pytest.mark.parametrize("answer", [by_mask, by_sets, by_pairs])
def test_leaks_are_found(capsys, answer):
    assert_right(capsys, 3, exercises.check_leaks, answer)


def any_twin(groups, folds):  # a twin within the fold counts, too
    twin = ((groups[:, None] == groups).sum(1) > 1).double()
    return [twin[held].mean() for held in folds]


def shares_of_groups(groups, folds):
    return [
        len(
            set(groups[f].tolist())
            & set(groups[torch.cat([g for g in folds if g is not f])].tolist())
        )
        / len(set(groups[f].tolist()))
        for f in folds
    ]


def next_fold_alone(groups, folds):
    following = [*folds[1:], folds[0]]
    return [
        torch.isin(groups[a], groups[b]).double().mean()
        for a, b in zip(folds, following, strict=True)
    ]


def counts(groups, folds):
    return by_mask(groups, folds) * torch.tensor([len(fold) for fold in folds])


def honest_share(groups, folds):
    return 1 - by_mask(groups, folds)


def one_number(groups, folds):
    return by_mask(groups, folds).mean()


def in_place(groups, folds):
    shares = by_mask(groups, folds)
    groups.zero_()
    return shares


@pytest.mark.parametrize(
    "wrong",
    [any_twin, shares_of_groups, next_fold_alone, counts, honest_share, one_number, in_place],
)
def test_other_shares_are_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: (leaks|groups)"):
        exercises.check_leaks(wrong)


def by_range(n, K):
    size = n // (K + 1)
    times = torch.arange(n)
    return [(times[:at], times[at : at + size]) for at in range(n - K * size, n, size)]


def from_the_end(n, K):
    size, pairs = n // (K + 1), []
    for block in range(K, 0, -1):
        start = n - block * size
        pairs.append([list(range(start)), list(range(start, start + size))])
    return pairs


def in_arrays(n, K):
    return tuple(TimeSeriesSplit(K).split(np.zeros((n, 1))))


@pytest.mark.parametrize("answer", [by_range, from_the_end, in_arrays])
def test_forward_folds_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_forward_folds, answer)


def from_the_front(n, K):
    size = n // (K + 1)
    times = torch.arange(n)
    return [(times[: i * size], times[i * size : (i + 1) * size]) for i in range(1, K + 1)]


def the_future_too(n, K):
    return [(torch.cat([a, torch.arange(b[-1] + 1, n)]), b) for a, b in by_range(n, K)]


def one_block_less(n, K):
    return by_range(n, K)[1:]


def swapped(n, K):
    return [(held, train) for train, held in by_range(n, K)]


def backwards(n, K):
    return by_range(n, K)[::-1]


def smaller_blocks(n, K):
    times, size = torch.arange(n), max(1, n // (K + 2))
    return [(times[:at], times[at : at + size]) for at in range(n - K * size, n, size)]


@pytest.mark.parametrize(
    "wrong",
    [
        from_the_front,
        the_future_too,
        one_block_less,
        swapped,
        backwards,
        smaller_blocks,
        lambda n, K: None,
        lambda n, K: [1] * K,
    ],
)
def test_other_forward_folds_are_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: (forward|train|held)"):
        exercises.check_forward_folds(wrong)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "set of folds")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_each_claim_wants_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_equal_folds_have_one_mean_and_three_share_half_at_most():
    equal = exercises.draw(30, equal=True)
    for one in equal:
        errors = torch.stack([one.wrong[fold].double().mean() for fold in one.folds])
        assert errors.mean() == pytest.approx(one.wrong.double().mean())
        n, size = len(one.groups), len(one.folds[0])
        shares = (n - 2 * size) / (n - size)
        assert (shares > 0.5) == (len(one.folds) > 3)


def test_the_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_leaks(by_mask))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
