import itertools

import numpy as np
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
from scipy.optimize import linprog

from utils.exercises import vc_dimension as exercises
from utils.widgets.shattering import labellings

BY_HAND = [6, 1, 10, 2]
COUNTS = [14, 8, 12, 785]
CLAIMS = {
    "three different points are shattered": False,
    "a shattered set stays shattered without one of its points": True,
    "a labelling and its opposite both have a line, or neither has": True,
    "four different points have a line for 14 labellings": False,
    "stretching one axis changes no count": True,
    "one more point doubles the count": False,
}


def count_by_programme(X):
    signed = [(y[:, None] * torch.cat([X, torch.ones(len(X), 1)], 1)) for y in labellings(len(X))]
    found = [
        linprog([0, 0, 0], -rows.numpy(), -np.ones(len(X)), bounds=(None, None)) for rows in signed
    ]
    return sum(one.status == 0 for one in found)


def test_predictions_are_the_largest_counts():
    three, four = exercises.predict.questions
    grid = torch.cartesian_prod(torch.arange(3.0), torch.arange(3.0)).double()
    for question, n in ((three, 3), (four, 4)):
        sets = itertools.combinations(range(9), n)
        best = max(exercises.count_lines(grid[list(chosen)]) for chosen in sets)
        assert question["right"] == best


def test_lines_are_counted_as_by_a_linear_programme():
    for X in exercises.claim_cases()[:8]:
        assert exercises.count_lines(X) == count_by_programme(X)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(answer) for answer in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        *((exercises.check_by_hand, BY_HAND, *pair) for pair in ((0, 5), (1, 2), (2, 12), (3, 3))),
        (exercises.check_by_hand, BY_HAND, 1, None),
        *((exercises.check_counts, COUNTS, *pair) for pair in ((0, 16), (1, 10), (2, 14))),
        (exercises.check_counts, COUNTS, 3, 784),
        (exercises.check_counts, COUNTS, 3, "785?"),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    with pytest.raises(AssertionError, match=r"^not yet: the (count|VC dimension) .*"):
        check([*answers[:place], wrong, *answers[place + 1 :]])


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_counts])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="4 numbers are wanted, got 1"):
        check([6])


def ones_beside(X):
    return torch.cat([X, X.new_ones(len(X), 1)], dim=1)


def by_svd(X):
    shares = torch.linalg.svd(ones_beside(X).T).Vh[-1]
    return torch.where(shares > 0, 1, -1)


def by_solving(X):
    Z = ones_beside(X)
    shares = torch.linalg.solve(Z[1:].T, -Z[0])
    return [1, *shares.sign().tolist()]


def turned_round(X):
    return -by_svd(X).numpy()


def by_eigenvector(X):
    Z = ones_beside(X)
    return torch.linalg.eigh(Z @ Z.T).eigenvectors[:, 0].sign()


@pytest.mark.parametrize("answer", [by_svd, by_solving, turned_round, by_eigenvector])
def test_unreachable_labels_are_accepted(answer, capsys):
    assert_right(capsys, 3, exercises.check_unreachable, answer)


def no_ones(X):
    return torch.linalg.svd(X.T).Vh[-1].sign()


def first_of_svd(X):
    return torch.linalg.svd(ones_beside(X).T).Vh[0].sign()


def the_shares(X):
    return torch.linalg.svd(ones_beside(X).T).Vh[-1]


def one_turned(X):
    labels = by_svd(X)
    labels[0] = -labels[0]
    return labels


def changes_the_points(X):
    labels = by_svd(X)
    X += 1
    return labels


@pytest.mark.parametrize(
    "answer",
    [
        no_ones,
        first_of_svd,
        the_shares,
        one_turned,
        changes_the_points,
        lambda X: torch.ones(len(X)),
        lambda X: torch.where(by_svd(X) > 0, 1, 0),
        lambda X: by_svd(X)[:-1],
        lambda X: None,
    ],
)
def test_labels_of_a_hyperplane_are_rejected(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_unreachable(answer)


def by_boxes(X):
    for size in range(1, len(X)):
        for chosen in itertools.combinations(range(len(X)), size):
            box = X[list(chosen)]
            inside = ((box.amin(0) <= X) & (box.amax(0) >= X)).all(1)
            if inside.sum() > size:
                return False
    return True


def as_tensor(X):
    return torch.tensor(by_boxes(X))


def pairs_alone(X):
    """Enough: a box around points with one of the rest inside has two with that one between."""
    for pair in itertools.combinations(range(len(X)), 2):
        box = X[list(pair)]
        if ((box.amin(0) <= X) & (box.amax(0) >= X)).all(1).sum() > 2:
            return False
    return True


def in_numpy(X):
    X = X.numpy()
    for bits in itertools.product([False, True], repeat=len(X)):
        own, rest = X[np.array(bits)], X[~np.array(bits)]
        if len(own) and len(rest):
            held = (rest >= own.min(0)) & (rest <= own.max(0))
            if held.all(axis=1).any():
                return np.bool_(False)
    return np.bool_(True)


@pytest.mark.parametrize("answer", [by_boxes, as_tensor, pairs_alone, in_numpy])
def test_verdicts_on_rectangles_are_accepted(answer, capsys):
    assert_right(capsys, 4, exercises.check_rectangles, answer)


def open_rectangles(X):
    for size in range(1, len(X)):
        for chosen in itertools.combinations(range(len(X)), size):
            box = X[list(chosen)]
            inside = ((box.amin(0) < X) & (box.amax(0) > X)).all(1)
            if any(inside[i] for i in range(len(X)) if i not in chosen):
                return False
    return True


@pytest.mark.parametrize(
    "answer",
    [
        open_rectangles,
        lambda X: len(X) <= 4,
        lambda X: True,
        lambda X: False,
        lambda X: len(X) <= 3,
        lambda X: not by_boxes(X),
        lambda X: 1 if by_boxes(X) else 0,
        lambda X: None,
    ],
)
def test_wrong_verdicts_on_rectangles_are_rejected(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_rectangles(answer)


def test_the_cases_of_rectangles_reach_the_vc_dimension_and_no_more():
    verdicts = [(len(X), by_boxes(X)) for X in exercises.rectangle_cases()]
    assert {n for n, verdict in verdicts if verdict} == {1, 2, 3, 4}
    assert (3, False) in verdicts
    assert (4, False) in verdicts


def test_the_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "set")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_checks_leave_the_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_unreachable(by_svd))
    assert_leaves_the_generator_alone(lambda: exercises.check_rectangles(by_boxes))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
