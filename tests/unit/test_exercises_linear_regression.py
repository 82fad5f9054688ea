from fractions import Fraction

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

from utils.exercises import linear_regression as exercises
from utils.exercises.linear_regression_claims import only_the_bias_moves, problems

BY_HAND = [1.4, -0.1, 0.525, -4.75, -2]
CHANGES = [300, 3, 20, 1.5]
CLAIMS = {
    "the residuals of a best line add up to 0": True,
    "if the best weights are unique, adding 5 to every target changes only the bias": True,
    "one more feature can raise the smallest training loss": False,
    "other units of a feature change the best predictions": False,
    "with more features than examples only one weight vector is best": False,
    "if two columns are equal, the pseudo-inverse treats both alike": True,
}
SHEETS = [
    (1, exercises.check_by_hand, BY_HAND, exercises.by_hand),
    (2, exercises.check_changes, CHANGES, exercises.changes),
]


def test_the_predictions_are_what_torch_finds():
    total, count = exercises.predict.questions
    prices = torch.tensor([1.0, 2, 6], dtype=torch.float64)
    x = torch.tensor([[1.0, 1], [2, 1], [3, 1]], dtype=torch.float64)
    errors = x @ torch.linalg.lstsq(x, prices[:, None]).solution[:, 0] - prices
    assert total["right"] == round(errors.sum().item(), 9) + 0.0
    same = torch.tensor([[2.0, 1]] * 3, dtype=torch.float64)
    best = torch.linalg.pinv(same) @ prices
    losses = [
        (same @ (best + s * torch.tensor([1.0, -2]).double()) - prices).norm() for s in (0, 1)
    ]
    assert losses[0] == pytest.approx(losses[1]) and count["right"] == "infinitely many"


@pytest.mark.parametrize(("number", "check", "answers", "sheet"), SHEETS)
def test_the_right_numbers_are_those_of_the_sheet_and_of_the_check(
    capsys, number, check, answers, sheet
):
    assert [question["right"] for question in sheet.questions] == answers
    assert_right(capsys, number, check, answers)


@in_every_form
@pytest.mark.parametrize(("number", "check", "answers", "sheet"), SHEETS)
def test_the_right_numbers_are_accepted_in_each_form(capsys, number, check, answers, sheet, form):
    assert_right(capsys, number, check, form(answers))
    assert_right(capsys, number, check, tuple(map(Fraction, map(str, answers))))


@pytest.mark.parametrize("sheet", [exercises.predict, exercises.by_hand, exercises.changes])
def test_no_likely_mistake_is_right(sheet):
    for question in sheet.questions:
        for value, _ in question["wrong"]:
            if question["kind"] == "choice":
                assert value != question["right"]
            else:
                assert abs(value - question["right"]) > question["tolerance"]


@pytest.mark.parametrize(("number", "check", "answers", "sheet"), SHEETS)
@pytest.mark.parametrize("wrong", [-1, 0.5, 2, 1.01, None, "6", True])
def test_a_wrong_number_is_named(number, check, answers, sheet, wrong):
    for place in range(len(answers)):
        given = list(answers)
        is_factor = type(wrong) in (int, float)
        given[place] = wrong * given[place] if is_factor else wrong
        if wrong == 1.01 and abs(given[place] - answers[place]) < 0.006 and place != 2:
            continue  # as near as two decimals are
        message = "is not" if is_factor else "needs a number"
        with pytest.raises(AssertionError, match=f"^not yet: .*{message}"):
            check(given)


@pytest.mark.parametrize(("number", "check", "answers", "sheet"), SHEETS)
def test_all_numbers_are_wanted(number, check, answers, sheet):
    with pytest.raises(AssertionError, match=f"{len(answers)} numbers are wanted, got 0"):
        check([])


def raw(weight, bias, mean, spread):
    return weight / spread, bias - (weight * mean / spread).sum()


def raw_by_loop(weight, bias, mean, spread):
    slopes = [w / s for w, s in zip(weight.tolist(), spread.tolist(), strict=True)]
    shifts = (w * m for w, m in zip(slopes, mean.tolist(), strict=True))
    return [slopes, bias.item() - sum(shifts)]


def raw_by_predictions(weight, bias, mean, spread):
    """Ask the standardised model about zero and about each unit vector."""
    places = torch.cat([torch.zeros(1, len(mean)), torch.eye(len(mean))]).double()
    zero, *units = ((places - mean) / spread) @ weight + bias
    return np.array([(unit - zero).item() for unit in units]), zero


@pytest.mark.parametrize("answer", [raw, raw_by_loop, raw_by_predictions])
def test_right_weights_in_raw_units_are_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_in_raw_units, answer)


def raw_in_place(weight, bias, mean, spread):
    weight /= spread
    return weight, bias - (weight * mean).sum()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "a weight vector and a bias are wanted, got None"),
        (lambda *given: raw(*given)[0], "a weight vector and a bias are wanted"),
        (lambda w, b, m, s: (w * s, b - (w * m / s).sum()), "the weights are wrong for one"),
        (lambda w, b, m, s: (w, b), "the weights are wrong for one"),
        (lambda w, b, m, s: (w / s, b), "the bias is wrong for one"),
        (lambda w, b, m, s: (w / s, b + (w * m / s).sum()), "the bias is wrong for one"),
        (lambda w, b, m, s: (w / s, b - (w * m).sum()), "the bias is wrong for one"),
        (lambda w, b, m, s: (w / s, b - w * m / s), "the bias for one feature needs a number"),
        (lambda w, b, m, s: (w / s, (b - w * m / s)[0]), "the bias is wrong for 3 features"),
        (lambda w, b, m, s: (w[:1] / s[:1], b), "the bias is wrong for one"),
        (raw_in_place, "weight itself must not change"),
    ],
)
def test_wrong_weights_in_raw_units_are_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_in_raw_units(wrong)


def weighted(inputs, targets, importance):
    root = importance.sqrt()
    return torch.linalg.pinv(root[:, None] * inputs) @ (root * targets)


def by_normal_equations(inputs, targets, importance):
    gram = inputs.T @ (importance[:, None] * inputs)
    return torch.linalg.pinv(gram, hermitian=True) @ (inputs.T @ (importance * targets))


def by_driver(inputs, targets, importance):
    root = importance.sqrt()[:, None]
    solution = torch.linalg.lstsq(root * inputs, root * targets[:, None], driver="gelsd")
    return solution.solution[:, 0]


def as_list(inputs, targets, importance):
    return weighted(inputs, targets, importance).tolist()


@pytest.mark.parametrize("answer", [weighted, by_normal_equations, by_driver, as_list])
def test_right_weighted_least_squares_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_weighted_least_squares, answer)


def by_repetition(inputs, targets, importance):
    """Right for multiples of a quarter alone."""
    times = (4 * importance).round().long()
    rows = [tensor.repeat_interleave(times, dim=0) for tensor in (inputs, targets)]
    return torch.linalg.pinv(rows[0]) @ rows[1]


def penalised(inputs, targets, importance):
    gram = inputs.T @ (importance[:, None] * inputs) + 1e-9 * torch.eye(inputs.shape[1]).double()
    return torch.linalg.solve(gram, inputs.T @ (importance * targets))


def with_a_detour(inputs, targets, importance):
    values, vectors = torch.linalg.eigh(inputs.T @ inputs)
    return weighted(inputs, targets, importance) + (values[0] < 1e-9) * vectors[:, 0]


def refusing(inputs, targets, importance):
    if torch.linalg.matrix_rank(inputs) < inputs.shape[1]:
        raise torch.linalg.LinAlgError("the input matrix is singular")
    return weighted(inputs, targets, importance)


def in_place(inputs, targets, importance):
    return weighted(inputs, targets, importance.mul_(2))


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda X, y, c: None, "the weight vector needs 2 numbers, got None"),
        (lambda X, y, c: weighted(X, y, c)[:, None], "the weight vector needs 2 numbers, got"),
        (lambda X, y, c: weighted(X, y, torch.ones_like(c)), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c**2), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, c.sqrt() * y, c), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c + 1e-3), "are wrong with importance 2"),
        (lambda X, y, c: c.sum() / len(c) * weighted(X, y, c), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c) + 1, "are wrong with equal importance"),
        (by_repetition, "are wrong with importances that no repetition can replace"),
        (penalised, "the weights are wrong"),
        (with_a_detour, "are wrong where columns depend on each other"),
        (refusing, "a matrix is singular where columns depend"),
        (in_place, "the three arguments must not change"),
    ],
)
def test_wrong_weighted_least_squares_are_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_weighted_least_squares(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_claim_turned_round_is_refuted(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "regression")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_where_many_weights_are_best_the_shortest_move_with_the_targets():
    """One example, (2, 1), with the targets 3 and 8: the condition of the claim is needed."""
    columns = torch.tensor([[2.0, 1.0]], dtype=torch.float64)
    target = torch.tensor([3.0], dtype=torch.float64)
    before, after = (torch.linalg.pinv(columns) @ (target + by) for by in (0, 5))
    assert torch.allclose(before, torch.tensor([1.2, 0.6]).double())
    assert torch.allclose(after, torch.tensor([3.2, 1.6]).double())
    unconditional = [only_the_bias_moves(problem) for problem in problems()]
    assert not all(unconditional) and any(unconditional)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_in_raw_units(raw))
    assert_leaves_the_generator_alone(lambda: exercises.check_weighted_least_squares(weighted))
