import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import solving_and_decomposing as exercises

BY_HAND = (0.5, [1, 2], 2, 20)
LAYERS = ([4, 3], 3, 505, 2)
CLAIMS = {
    "A and Aᵀ have the same singular values": True,
    "the singular values of a symmetric matrix are its eigenvalues": False,
    "the rank of AB is not larger than that of A": True,
    "the rank of A + B is not larger than the larger of their ranks": False,
    "1000 A has the same condition number as A": True,
    "where x solves Ax = b, 2x solves Ax = 2b": True,
}


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_by_hand([form(answer) for answer in BY_HAND])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, 2, "the factor is not 2"),
        (0, None, "the factor needs a number"),
        (1, [2, 1], r"x is not \[2, 1\]"),
        (1, 1, "x needs 2 numbers"),
        (2, 3, "the rank is not 3"),
        (2, 2.003, "the rank is not 2.003"),
        (3, 5, "the condition number is not 5"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(position, answer, hint):
    answers = list(BY_HAND)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand(answers)


@in_every_form
def test_layers_accepts_the_right_numbers(form, capsys):
    exercises.check_layers([form(answer) for answer in LAYERS])
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, [3, -4], r"the singular values is not \[3, -4\]"),
        (0, [3, 4], r"the singular values is not \[3, 4\]"),
        (1, 4, "the distance is not 4"),
        (1, 5, "the distance is not 5"),
        (2, 500, "the count of numbers is not 500"),
        (2, 505.004, "the count of numbers is not 505.004"),
        (3, 5, "the count of digits is not 5"),
        (3, 1.996, "the count of digits is not 1.996"),
    ],
)
def test_layers_rejects_a_wrong_answer(position, answer, hint):
    answers = list(LAYERS)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_layers(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_layers])
def test_four_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="not yet: four answers are wanted, got 3"):
        check([1, 2, 3])


def eliminated(matrix, *, sign=True, pivot=True, zero=True):
    """The determinant by elimination, or without one of its rules."""
    rows, value = list(matrix), matrix.new_ones(())
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: rows[i][k].abs()) if pivot else k
        if zero and rows[best][k] == 0:
            return matrix.new_zeros(())
        if best != k:
            rows[k], rows[best] = rows[best], rows[k]
            value = -value if sign else value
        value = value * rows[k][k]
        for i in range(k + 1, len(rows)):
            rows[i] = rows[i] - rows[i][k] / rows[k][k] * rows[k]
    return value


def expanded(matrix):
    """The determinant by its first row."""
    if not len(matrix):
        return 1.0
    rest = [torch.cat([matrix[1:, :j], matrix[1:, j + 1 :]], dim=1) for j in range(len(matrix))]
    return sum((-1) ** j * matrix[0, j] * expanded(part) for j, part in enumerate(rest))


def with_arrays(matrix):
    """Elimination on a copy, in place, by whole blocks."""
    work, value = matrix.clone(), 1.0
    for k in range(len(work)):
        best = k + int(work[k:, k].abs().argmax())
        if work[best, k] == 0:
            return 0
        if best != k:
            work[[k, best]] = work[[best, k]]
            value = -value
        value = value * work[k, k].item()
        work[k + 1 :] -= work[k + 1 :, k : k + 1] / work[k, k] * work[k]
    return value


@pytest.mark.parametrize("answer", [eliminated, expanded, with_arrays])
def test_determinant_accepts_the_right_function(answer, capsys):
    exercises.check_determinant(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def spoiling(matrix):
    value = eliminated(matrix)
    matrix[0] = 0
    return value


def from_pivots_of_torch(matrix):
    return torch.linalg.lu_factor(matrix).LU.diagonal().prod()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (torch.linalg.det, r".*it uses `det`, which is not allowed"),
        (lambda a: torch.det(a), r".*it uses `det`, which is not allowed"),
        (from_pivots_of_torch, r".*it uses `lu_factor`"),
        (lambda a: torch.linalg.eigvals(a).prod().real, r".*it uses `eigvals`"),
        (lambda a: np.linalg.det(a.numpy()), "for .* it takes its numbers out of torch"),
        (lambda a: eliminated(a, sign=False), "1.0000 is wrong for an exchange of two entries"),
        (lambda a: eliminated(a, pivot=False), "0.0000 is wrong for an exchange"),
        (lambda a: eliminated(a, zero=False), "nan is wrong for a matrix of zeros"),
        (lambda a: -eliminated(a), "1.0000 is wrong for an exchange of two entries"),
        (lambda a: None, "a number is wanted for an exchange of two entries, got None"),
        (spoiling, "it changes the matrix that it is given"),
    ],
)
def test_determinant_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_determinant(wrong)


def needed(matrix, error):
    values = torch.linalg.svdvals(matrix)
    for k in range(len(values) + 1):
        if values[k:].norm() <= error * values.norm():
            return k
    return len(values)


def by_rebuilding(matrix, error):
    u, s, vh = torch.linalg.svd(matrix, full_matrices=False)
    for k in range(len(s) + 1):
        left = matrix - (u[:, :k] * s[:k]) @ vh[:k]
        if left.norm() / matrix.norm() <= error:
            return torch.tensor(k)
    return len(s)


def by_numpy(matrix, error):
    squares = np.linalg.svd(matrix.numpy(), compute_uv=False) ** 2
    left = np.append(squares[::-1].cumsum()[::-1], 0.0)
    return np.argmax(np.sqrt(left / squares.sum()) <= error)


@pytest.mark.parametrize("answer", [needed, by_rebuilding, by_numpy])
def test_layers_needed_accepts_the_right_function(answer, capsys):
    exercises.check_layers_needed(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def by_plain_values(matrix, error):
    values = torch.linalg.svdvals(matrix)
    return next(k for k in range(len(values) + 1) if values[k:].sum() <= error * values.sum())


def by_squares(matrix, error):
    squares = torch.linalg.svdvals(matrix) ** 2
    return next(k for k in range(len(squares) + 1) if squares[k:].sum() <= error * squares.sum())


def by_the_next_value(matrix, error):
    values = torch.cat([torch.linalg.svdvals(matrix), torch.zeros(1)])
    return int((values <= error * values.norm()).nonzero()[0])


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda a, error: needed(a, error) + 1, "1 is wrong for a 1×1 matrix of rank 1"),
        (lambda a, error: max(1, needed(a, error)), "1 is wrong for a 1×1"),
        (lambda a, error: len(a), "1 is wrong for a 1×1"),
        (by_plain_values, "is wrong for a 6×4 matrix"),
        (by_squares, "is wrong for a"),
        (by_the_next_value, "is wrong for a 6×4 matrix"),
        (lambda a, error: None, "a number is wanted for a 1×1 matrix"),
    ],
)
def test_layers_needed_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_layers_needed(wrong)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "pair")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_predictions_hold():
    count, digits = exercises.predict.questions
    columns = torch.tensor([[2.0, 4.0], [1.0, 2.0]])
    joined = torch.cat([columns, torch.tensor([[1.0], [3.0]])], dim=1)
    assert count["right"] == exercises.predict.questions[0]["options"][0] == "none"
    assert torch.linalg.matrix_rank(columns) < torch.linalg.matrix_rank(joined)
    assert digits["right"] == 7 - round(torch.log10(torch.tensor(1000.0)).item())


@pytest.mark.parametrize(
    ("sheet", "answers"), [(exercises.by_hand, BY_HAND), (exercises.layers, LAYERS)]
)
def test_the_sheets_hold_the_answers_of_the_checks(sheet, answers):
    assert [question["right"] for question in sheet.questions] == list(answers)
