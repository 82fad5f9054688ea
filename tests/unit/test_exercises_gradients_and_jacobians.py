import pytest
import torch
from exercise_checks import assert_right, assert_wants_true_or_false, no_verdicts, turned_round

from utils.exercises import gradients_and_jacobians as exercises

ANSWERS = {
    "gradient": [4, 2],
    "slope": 4,
    "steepest slope": 4.47,
    "level direction": [1, -2],
    "Jacobian": [[4, 2], [1, 2]],
}
CLAIMS = {
    "the gradient points straight away from the nearest minimum": False,
    "along a contour line the slope is zero": True,
    "where the gradient is zero, there is a minimum or a maximum": False,
    "an input with gradient entry 0 does not matter to the value": False,
    "the same tiny nudge does more at the input with the larger |entry|": True,
    "a function three times as large has a gradient three times as long": True,
    "the Jacobian of x ↦ Ax is A at every x": True,
}


def by_rows(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.stack([torch.autograd.grad(y, x, retain_graph=True)[0] for y in f(x)])


def test_by_hand_accepts_the_right_numbers(capsys):
    exercises.check_by_hand(ANSWERS)
    for level in ([-1, 2], (0.447, -0.894), torch.tensor([5.0, -10.0])):
        exercises.check_by_hand({**ANSWERS, "level direction": level})
    exercises.check_by_hand({**ANSWERS, "steepest slope": 20**0.5})
    assert capsys.readouterr().out == 5 * "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("gradient", [None, None], r"gradient needs numbers in the shape \(2,\), got \[None"),
        ("gradient", [4, 2, 0], "gradient needs numbers in the shape"),
        ("gradient", [2, 4], r"gradient is not \[2, 4\]"),
        ("slope", None, "slope needs one number, got None"),
        ("slope", [4], "slope needs one number"),
        ("slope", 6, "slope is not 6"),
        ("steepest slope", 6, "steepest slope is not 6"),
        ("steepest slope", 4.4, "steepest slope is not 4.4"),
        ("level direction", [0, 0], "level direction is zero"),
        ("level direction", [2, 1], r"f is not level along \[2.0, 1.0\]"),
        ("level direction", [1, -1.9], "f is not level"),
        ("level direction", None, "level direction needs numbers"),
        ("Jacobian", [[4, 1], [2, 2]], "Jacobian is not"),
        ("Jacobian", [[4, 2], [1]], r"Jacobian needs numbers in the shape \(2, 2\)"),
        ("Jacobian", [4, 2, 1, 2], "Jacobian needs numbers"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="gradient needs numbers"):
        exercises.check_by_hand({})


def test_jacobian_by_rows_accepts_the_right_function(capsys):
    exercises.check_jacobian_by_rows(by_rows)
    exercises.check_jacobian_by_rows(lambda f, x: torch.func.jacrev(f)(x))
    assert capsys.readouterr().out == 2 * "Exercise 2 is right.\n"


def spoils_x(f, x):
    x.requires_grad_()
    return torch.stack([torch.autograd.grad(y, x, retain_graph=True)[0] for y in f(x)])


def moves_x(f, x):
    found = by_rows(f, x)
    x += 1
    return found


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x: None, "a tensor is wanted, got None for Ax with 1 inputs"),
        (lambda f, x: by_rows(f, x).T, r"shape \(1, 2\) should be \(2, 1\)"),
        (lambda f, x: by_rows(f, x)[0], "shape .* should be"),
        (lambda f, x: by_rows(f, 0 * x), r"an entry is wrong for tanh\(Ax\)"),
        (lambda f, x: 2 * by_rows(f, x), "an entry is wrong for Ax"),
        (spoils_x, "x has been changed"),
        (moves_x, "x has been changed"),
    ],
)
def test_jacobian_by_rows_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_jacobian_by_rows(wrong)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert said.startswith(f"not yet: {claim!r} is not {not CLAIMS[claim]}: ")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
