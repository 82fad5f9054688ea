from fractions import Fraction

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn

from utils.exercises import from_dense_to_convolution as exercises

BY_HAND = [36, 11, 3, 25, [2, 1, 5, 3]]
MOVED = [7, 7, "equivariant", "invariant"]
CLAIMS = {
    "two convolutions, one after the other": True,
    "a convolution, then ReLU": True,
    "a convolution plus a bias, the same at all places": True,
    "a convolution plus a bias of its own at each place": False,
    "a band matrix whose weights are all free": False,
    "a convolution, of whose outputs those at odd places are dropped": False,
    "each output is the largest of three neighbours": True,
    "each output is the mean of the whole signal": True,
}


def test_the_predictions_are_right():
    millions, shuffled = exercises.predict.questions
    layer = nn.Linear(100 * 100, 100 * 100, bias=False, device="meta")
    assert layer.weight.numel() == millions["right"] * 10**6
    assert shuffled["right"] == "as well as before"
    draw = torch.Generator().manual_seed(0)
    x, W = torch.randn(5, generator=draw).double(), torch.randn(3, 5, generator=draw).double()
    order = torch.randperm(5, generator=draw)
    assert torch.allclose(W[:, order] @ x[order], W @ x)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [*map(form, BY_HAND[:4]), form(BY_HAND[4])])
    assert_right(capsys, 2, exercises.check_moved, [form(7), form(7), *MOVED[2:]])


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 12),
        (exercises.check_by_hand, BY_HAND, 1, 12),
        (exercises.check_by_hand, BY_HAND, 1, 6),
        (exercises.check_by_hand, BY_HAND, 2, 2),
        (exercises.check_by_hand, BY_HAND, 3, 9),
        (exercises.check_by_hand, BY_HAND, 3, 100),
        (exercises.check_by_hand, BY_HAND, 4, [0, 1, 5, 3]),
        (exercises.check_by_hand, BY_HAND, 4, [0, 1, 1, -3]),
        (exercises.check_by_hand, BY_HAND, 4, None),
        (exercises.check_moved, MOVED, 0, 4),
        (exercises.check_moved, MOVED, 0, 1),
        (exercises.check_moved, MOVED, 1, 10),
        (exercises.check_moved, MOVED, 2, "invariant"),
        (exercises.check_moved, MOVED, 2, "neither"),
        (exercises.check_moved, MOVED, 3, "equivariant"),
        (exercises.check_moved, MOVED, 3, None),
    ],
)
def test_a_wrong_answer_is_rejected(check, answers, place, wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        check([*answers[:place], wrong, *answers[place + 1 :]])


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_moved])
def test_a_missing_answer_is_named(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 1"):
        check([4])


def by_means(W):
    offsets = torch.arange(len(W)) - torch.arange(len(W))[:, None]
    shared = torch.zeros_like(W)
    for a in offsets.unique():
        shared[offsets == a] = W[offsets == a].mean()
    return shared


def by_lists(W):
    n, rows = len(W), W.tolist()
    means = {
        a: sum(rows[i][i + a] for i in range(n) if 0 <= i + a < n) / (n - abs(a))
        for a in range(1 - n, n)
    }
    return [[means[k - i] for k in range(n)] for i in range(n)]


def by_diagonals(W):
    n = len(W)
    parts = [W.diagonal(a).mean().expand(n - abs(a)).diag(a) for a in range(1 - n, n)]
    return sum(parts).numpy()


@pytest.mark.parametrize("share", [by_means, by_lists, by_diagonals])
def test_shares_are_accepted(share, capsys):
    assert_right(capsys, 3, exercises.check_share, share)


NO_SHARES = {
    "unchanged": lambda W: W,
    "the first one of each diagonal": lambda W: torch.stack(
        [
            torch.stack([W[max(0, i - k), max(0, k - i)] for k in range(len(W))])
            for i in range(len(W))
        ]
    ),
    "the other diagonals": lambda W: by_means(W.flip(0)).flip(0),
    "one mean for all": lambda W: W.mean().expand_as(W),
    "turned over": lambda W: by_means(W).mT,
    "nothing": lambda W: None,
}


@pytest.mark.parametrize("share", NO_SHARES.values(), ids=NO_SHARES)
def test_no_shares_are_rejected(share):
    with pytest.raises(AssertionError, match=r"^not yet: share\(W\)"):
        exercises.check_share(share)


def one_at(n, place, dtype=torch.float64):
    return F.one_hot(torch.tensor(place), n).to(dtype)


FINDERS = {
    "from the middle": lambda layer, n, reach: layer(one_at(n, n // 2))[
        n // 2 - reach : n // 2 + reach + 1
    ].flip(0),
    "from the left": lambda layer, n, reach: (
        layer(one_at(n, reach, torch.float32))[: 2 * reach + 1].flip(0).tolist()
    ),
    "one by one": lambda layer, n, reach: (
        lambda h: [h[n - 1 - reach - a] for a in range(-reach, reach + 1)]
    )(layer(one_at(n, n - 1 - reach))),
}


@pytest.mark.parametrize("find", FINDERS.values(), ids=FINDERS)
def test_kernels_are_found(find, capsys):
    assert_right(capsys, 4, exercises.check_find_kernel, find)


NO_FINDERS = {
    "back to front": lambda layer, n, reach: layer(one_at(n, n // 2))[
        n // 2 - reach : n // 2 + reach + 1
    ],
    "all ones": lambda layer, n, reach: layer(torch.ones(n).double())[: 2 * reach + 1],
    "many calls": lambda layer, n, reach: [
        layer(one_at(n, n // 2 + a))[n // 2] for a in range(-reach, reach + 1)
    ],
    "another length": lambda layer, n, reach: layer(one_at(n + 2, n // 2))[: 2 * reach + 1],
    "off by one": lambda layer, n, reach: (
        layer(one_at(n, n // 2)).roll(1)[n // 2 - reach : n // 2 + reach + 1].flip(0)
    ),
    "nothing": lambda layer, n, reach: None,
}


@pytest.mark.parametrize("find", NO_FINDERS.values(), ids=NO_FINDERS)
def test_no_kernels_are_rejected(find):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_find_kernel(find)


def test_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_verdict_is_refuted(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "signal")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_a_verdict_is_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_draw_no_number_of_the_reader():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))


def test_fractions_are_accepted(capsys):
    answers = [Fraction(36), Fraction(22, 2), 3.0, 25, (2.0, 1, 5, Fraction(3))]
    assert_right(capsys, 1, exercises.check_by_hand, answers)
