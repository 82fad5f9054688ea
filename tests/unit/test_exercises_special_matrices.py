import math

import numpy as np
import pytest
import torch
from exercise_checks import in_every_form, in_form

from utils.exercises import special_matrices as exercises

ANSWERS = {
    "eigenvalues": [1, 3],
    "eigenvector": [1, 1],
    "permuted": [30, 10, 20],
    "bound": 2,
}
KEPT_LINES = {
    "rotation by 30°": 0,
    "rotation by 180°": math.inf,
    "reflection": 2,
    "shear": 1,
    "projection onto a line": 2,
    "stretching by 2 in every direction": math.inf,
}


def mirror(n):
    return torch.eye(len(n), dtype=n.dtype) - 2 * torch.outer(n, n) / (n @ n)


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("eigenvalues", [None, None], r"eigenvalues needs 2 numbers, got \[None, None\]"),
        ("eigenvalues", [3, 1], r"eigenvalues is not \[3, 1\]"),
        ("eigenvalues", [2, 2], "eigenvalues is not"),
        ("eigenvalues", 3, "eigenvalues needs 2 numbers, got 3"),
        ("eigenvector", [1, None], "eigenvector needs 2 numbers"),
        ("eigenvector", [1, -1], r"eigenvector is not \[1, -1\]"),
        ("permuted", [20, 30, 10], r"permuted is not \[20, 30, 10\]"),
        ("permuted", [30, 10], "permuted needs 3 numbers"),
        ("bound", None, "bound needs a number, got None"),
        ("bound", -2, "bound needs a positive number, got -2"),
        ("bound", True, "bound needs a number, got True"),
        ("bound", 1, "for c = 1.005 the matrix is positive definite"),
        ("bound", 1.97, "for c = 1.975 the matrix is positive definite"),
        ("bound", 2.03, "for c = 2.025 the matrix is not positive definite"),
        ("bound", 4, "for c = 3.995 the matrix is not positive definite"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="eigenvalues needs 2 numbers, got None"):
        exercises.check_by_hand({})


def by_unit_arrow(n):
    unit = n / n.norm()
    return torch.eye(len(n)).to(n) - 2 * unit[:, None] * unit


def by_columns(n):
    return torch.stack([e - 2 * (e @ n) / (n @ n) * n for e in torch.eye(len(n)).to(n)], dim=1)


@pytest.mark.parametrize("answer", [mirror, by_unit_arrow, by_columns])
def test_mirror_accepts_the_right_function(answer, capsys):
    exercises.check_mirror(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda n: None, "a tensor is wanted, got None"),
        (lambda n: n, "shape .* is wrong"),
        (lambda n: torch.eye(len(n), dtype=n.dtype), "n does not become −n"),
        (lambda n: -torch.eye(len(n), dtype=n.dtype), "an arrow at right angles to n is moved"),
        (lambda n: mirror(n) * (n @ n) / (n @ n + 1), "n does not become −n"),
        (
            lambda n: torch.eye(len(n), dtype=n.dtype) - 2 * torch.outer(n, n),
            "n does not become −n",
        ),
        (lambda n: torch.eye(len(n), dtype=n.dtype) - torch.outer(n, n) / (n @ n), "become −n"),
    ],
)
def test_mirror_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_mirror(wrong)


@pytest.mark.parametrize("form", [float, np.float64, torch.tensor, np.array])
def test_kept_lines_accepts_the_right_counts(form, capsys):
    exercises.check_kept_lines(in_form(form, KEPT_LINES))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize("name", KEPT_LINES)
@pytest.mark.parametrize("answer", [0, 1, 2, math.inf])
def test_kept_lines_rejects_every_other_count(name, answer):
    if answer == KEPT_LINES[name]:
        exercises.check_kept_lines({**KEPT_LINES, name: answer})
        return
    with pytest.raises(AssertionError) as error:
        exercises.check_kept_lines({**KEPT_LINES, name: answer})
    assert str(error.value) == f"not yet: {name} does not keep {answer} lines"


@pytest.mark.parametrize("answer", [None, True, "all"])
def test_kept_lines_wants_a_number(answer):
    with pytest.raises(AssertionError, match="shear needs a number, got "):
        exercises.check_kept_lines({**KEPT_LINES, "shear": answer})
