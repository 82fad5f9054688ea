import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    in_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import gradients_and_jacobians as exercises

# torch's own first call of forward differentiation warns of torch's own code.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

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


def row(y, x):
    if not y.requires_grad:  # an output that ignores x
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, retain_graph=True)[0]


def by_rows(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.stack([row(y, x) for y in f(x)])


@in_every_form
def test_by_hand_accepts_every_form(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


def test_by_hand_accepts_the_right_numbers(capsys):
    exercises.check_by_hand(ANSWERS)
    for level in ([-1, 2], (0.447, -0.894), torch.tensor([5.0, -10.0])):
        exercises.check_by_hand({**ANSWERS, "level direction": level})
    exercises.check_by_hand({**ANSWERS, "steepest slope": 20**0.5})
    assert capsys.readouterr().out == 5 * "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("gradient", [None, None], r"gradient needs 2 numbers, got \[None"),
        ("gradient", [4, 2, 0], "gradient needs 2 numbers"),
        ("gradient", [2, 4], r"gradient is not \[2, 4\]"),
        ("slope", None, "slope needs a number, got None"),
        ("slope", [4], "slope needs a number"),
        ("slope", 6, "slope is not 6"),
        ("steepest slope", 6, "steepest slope is not 6"),
        ("steepest slope", 4.4, "steepest slope is not 4.4"),
        ("level direction", [0, 0], "level direction is zero"),
        ("level direction", [2, 1], r"f is not level along \[2.0, 1.0\]"),
        ("level direction", [1, -1.9], "f is not level"),
        ("level direction", None, "level direction needs 2 numbers"),
        ("Jacobian", [[4, 1], [2, 2]], "Jacobian is not"),
        ("Jacobian", [[4, 2], [1]], r"Jacobian needs numbers in the shape \(2, 2\)"),
        ("Jacobian", [4, 2, 1, 2], "Jacobian needs numbers"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="gradient needs 2 numbers"):
        exercises.check_by_hand({})


def with_one_graph_a_row(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.stack([row(f(x)[i], x) for i in range(len(f(x)))])


def with_backward(f, x):
    rows = []
    for i in range(len(f(x))):
        point = x.detach().clone().requires_grad_()
        y = f(point)[i]
        if y.requires_grad:
            y.backward()
        rows.append(torch.zeros_like(x) if point.grad is None else point.grad)
    return torch.stack(rows)


def without_zeros(f, x):
    """Right for every function of which autograd can follow all outputs."""
    x = x.detach().clone().requires_grad_()
    rows = [torch.autograd.grad(y, x, retain_graph=True, materialize_grads=True)[0] for y in f(x)]
    return torch.stack(rows)


def by_differences(f, x):
    h = 1e-6
    steps = h * torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x + step) - f(x - step)) / (2 * h) for step in steps], dim=1)


def all_rows_at_once(f, x):
    x = x.detach().clone().requires_grad_()
    y = f(x)
    if not y.requires_grad:
        return torch.zeros(len(y), len(x), dtype=x.dtype)
    rows = torch.eye(len(y), dtype=y.dtype)
    return torch.autograd.grad(y, x, rows, is_grads_batched=True)[0]


def test_jacobian_by_rows_accepts_the_right_function(capsys):
    for answer in (by_rows, with_one_graph_a_row, with_backward):
        exercises.check_jacobian_by_rows(answer)
    assert capsys.readouterr().out == 3 * "Exercise 2 is right.\n"


def spoils_x(f, x):
    x.requires_grad_()
    return torch.stack([row(y, x) for y in f(x)])


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
        (lambda f, x: torch.func.jacrev(f)(x), "uses `torch.func.jacrev`"),
        (lambda f, x: torch.func.jacfwd(f)(x), "uses `torch.func.jacfwd`"),
        (torch.autograd.functional.jacobian, "uses `torch.autograd.functional.jacobian`"),
        (by_differences, "an entry is (only nearly right|wrong) .*"),
        (all_rows_at_once, "autograd is asked 1 times for 2 outputs"),
        (without_zeros, "does not require grad.*: for a constant"),
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
