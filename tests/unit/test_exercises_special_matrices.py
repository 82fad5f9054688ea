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

from utils.exercises import special_matrices as exercises

ANSWERS = ((-3, 2), 0.5, (20, 30, 10), 6)
CLAIMS = {
    "a matrix with positive entries is positive definite": False,
    "the product of two orthogonal matrices is orthogonal": True,
    "an orthogonal matrix is symmetric": False,
    "the eigenvalues of AᵀA are not negative": True,
    "a symmetric matrix has real eigenvalues": True,
    "A and Aᵀ have the same eigenvectors": False,
}


def mirror(n):
    return torch.eye(len(n), dtype=n.dtype) - 2 * torch.outer(n, n) / (n @ n)


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    values, second, permuted, bound = ANSWERS
    exercises.check_by_hand([form(list(values)), form(second), form(list(permuted)), form(bound)])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, [None, None], r"the eigenvalues needs 2 numbers, got \[None, None\]"),
        (0, [2, -3], r"the eigenvalues is not \[2, -3\]"),
        (0, [1, 3], r"the eigenvalues is not \[1, 3\]"),
        (0, 3, "the eigenvalues needs 2 numbers, got 3"),
        (1, -2, "the second entry is not -2"),
        (1, None, "the second entry needs a number"),
        (2, [30, 10, 20], r"the permuted vector is not \[30, 10, 20\]"),
        (2, [30, 10], "the permuted vector needs 3 numbers"),
        (3, None, "the bound needs a number, got None"),
        (3, -6, "the bound needs a positive number, got -6"),
        (3, True, "the bound needs a number, got True"),
        (3, 5.97, "for c = 5.975 the matrix is positive definite"),
        (3, 6.03, "for c = 6.025 the matrix is not positive definite"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(position, answer, hint):
    answers = list(ANSWERS)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand(answers)


def test_the_sheet_by_hand_agrees_with_its_check():
    questions = exercises.by_hand.questions
    answers = [question["right"] for question in questions]
    exercises.check_by_hand(answers)
    for place, question in enumerate(questions):
        for wrong, _ in question["wrong"]:
            with pytest.raises(AssertionError, match="not yet: "):
                exercises.check_by_hand([*answers[:place], wrong, *answers[place + 1 :]])


def test_by_hand_wants_four():
    with pytest.raises(AssertionError, match="not yet: four answers are wanted, got 3"):
        exercises.check_by_hand(ANSWERS[:3])


def through_the_middle(n):
    unit = n / n.norm()
    return torch.eye(len(n), dtype=n.dtype) - 2 * unit[:, None] * unit


def by_columns(n):
    units = torch.eye(len(n), dtype=n.dtype)
    return torch.stack([e - 2 * (n @ e) / (n @ n) * n for e in units], dim=1)


@pytest.mark.parametrize("answer", [mirror, through_the_middle, by_columns])
def test_mirror_accepts_the_right_function(answer, capsys):
    exercises.check_mirror(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda n: None, "a tensor is wanted, got None"),
        (lambda n: mirror(n)[0], "shape"),
        (lambda n: torch.eye(len(n), dtype=n.dtype), "n does not become −n"),
        (lambda n: -torch.eye(len(n), dtype=n.dtype), "right angles to n is moved"),
        (lambda n: torch.eye(len(n), dtype=n.dtype) - 2 * torch.outer(n, n), "n does not become"),
    ],
)
def test_mirror_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_mirror(wrong)


def by_eigenvalues(a):
    return torch.equal(a, a.T) and bool((torch.linalg.eigvalsh(a) > 1e-12).all())


def by_blocks(a):
    blocks = [torch.linalg.det(a[:k, :k]) > 1e-12 for k in range(1, len(a) + 1)]
    return torch.equal(a, a.T) and all(blocks)


@pytest.mark.parametrize(
    "answer",
    [
        lambda a: torch.equal(a, a.T) and torch.linalg.cholesky_ex(a).info.item() == 0,
        lambda a: np.bool_(by_eigenvalues(a)),
        lambda a: torch.tensor(by_blocks(a)),
    ],
    ids=["cholesky", "eigenvalues", "blocks"],
)
def test_is_definite_accepts_the_right_function(answer, capsys):
    exercises.check_is_definite(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda a: torch.linalg.cholesky_ex(a).info.item() == 0, "that is not symmetric"),
        (lambda a: bool((a > 0).all()), "that is (not )?positive definite"),
        (lambda a: True, "that is not positive definite"),
        (lambda a: torch.equal(a, a.T), "that is not positive definite"),
        (lambda a: by_eigenvalues(a) or not a.any(), "that is zero, so only semidefinite"),
        (lambda a: None, "True or False is wanted"),
    ],
)
def test_is_definite_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_is_definite(wrong)


@in_every_form
def test_lines_accepts_the_right_numbers(form, capsys):
    exercises.check_lines([form(count) for count in (0, 2, 1, 2)])
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((1, 2, 1, 2), "the lines of a rotation by 30° is not 1"),
        ((0, 1, 1, 2), "the lines of a reflection is not 1"),
        ((0, 2, 2, 2), "the lines of a shear is not 2"),
        ((0, 2, 1, 1), "the lines of a projection onto a line is not 1"),
        ((0, 2, 1, None), "the lines of a projection onto a line needs a number"),
        ((0, 2, 1), "four numbers are wanted, got 3"),
    ],
)
def test_lines_rejects_a_wrong_number(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_lines(answers)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "matrix")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_predictions_hold():
    negative, kept = exercises.predict.questions
    a, x = torch.tensor([[1.0, 3.0], [3.0, 1.0]]), torch.tensor([1.0, -1.0])
    assert negative["right"] == ("yes" if x @ a @ x < 0 else "no")
    values = torch.linalg.eigvals(torch.tensor([[0.0, -1.0], [1.0, 0.0]]))
    assert kept["right"] == int((values.imag == 0).sum())
