from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_right,
    assert_wants_true_or_false,
    turned_round,
)
from torch.func import jacrev

from utils.exercises import chain_rule as exercises

BY_HAND = [54, 8, 14, [-2, -4]]
BILLS = [1050, 300, 100, "input side"]
CLAIMS = {
    "two functions cost the same from either side": True,
    "if all sizes are equal, both sides cost the same": True,
    "with fewer outputs than inputs, the loss side is cheaper": False,
    "with one output, the loss side needs at most as many as the input side": False,
    "if one hidden size is 1, each row of the Jacobian is a multiple of one row": True,
    "from the loss side, a Jacobian may be forgotten once its function has run": False,
}


def bill(sizes, side):
    entries = [p * q for p, q in zip(sizes, sizes[1:], strict=False)]
    return sizes[0] * sum(entries[1:]) if side == "input" else sizes[-1] * sum(entries[:-1])


def test_the_predictions_are_what_torch_says():
    slope, brackets, factor = exercises.predict.questions
    x = torch.tensor(2.0, requires_grad=True)
    (x**2 + x**3).backward()
    assert slope["right"] == x.grad == 16
    from_input, from_loss = (bill((1000, 1000, 1000, 1), side) for side in ("input", "loss"))
    assert from_loss < from_input and brackets["right"] == "(J3 J2) J1"
    nearest = min((1, 3, 500, 10_000), key=lambda f: abs(f - from_input / from_loss))
    assert factor["right"] == f"{nearest:,}"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [54.0, np.int64(8), torch.tensor(14), np.array([-2, -4])]),
        (1, exercises.check_by_hand, (Fraction(54), 8, 14.0, torch.tensor([-2.0, -4.0]))),
        (2, exercises.check_bills, BILLS),
        (2, exercises.check_bills, [1050.0, torch.tensor(300), np.int64(100), "input side"]),
        (2, exercises.check_bills, (Fraction(1050), 300, 20 * 5, "input side")),
    ],
)
def test_the_right_answers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong", "hint"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 24, "dy/dx of the cube is not 24"),
        (exercises.check_by_hand, BY_HAND, 0, None, "dy/dx of the cube needs a number"),
        (exercises.check_by_hand, BY_HAND, 1, 6, "the path over u is not 6"),
        (exercises.check_by_hand, BY_HAND, 2, 48, "dy/dx of the product is not 48"),
        (exercises.check_by_hand, BY_HAND, 2, 8, "dy/dx of the product is not 8"),
        (exercises.check_by_hand, BY_HAND, 3, [2, 4], r"∂z/∂w is not \[2, 4\]"),
        (exercises.check_by_hand, BY_HAND, 3, [-1, -2], r"∂z/∂w is not \[-1, -2\]"),
        (exercises.check_by_hand, BY_HAND, 3, -2, "∂z/∂w needs 2 numbers, got -2"),
        (exercises.check_bills, BILLS, 0, 300, r"J3 \(J2 J1\) is not 300"),
        (exercises.check_bills, BILLS, 0, True, r"J3 \(J2 J1\) needs a number, got True"),
        (exercises.check_bills, BILLS, 1, 1050, r"\(J3 J2\) J1 is not 1050"),
        (exercises.check_bills, BILLS, 2, 25, "the number of paths is not 25"),
        (exercises.check_bills, BILLS, 2, 1000, "the number of paths is not 1000"),
        (exercises.check_bills, BILLS, 3, "loss side", "'loss side' is not the cheaper"),
        (exercises.check_bills, BILLS, 3, None, "None is not the cheaper side"),
    ],
)
def test_a_wrong_answer_is_named(check, answers, place, wrong, hint):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_bills])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="four answers are wanted, got 0"):
        check([])


def forward(weights, x):
    kept = []
    for weight in weights:
        kept.append(weight @ x)
        x = torch.sin(kept[-1])
    return kept, x


def from_the_loss(weights, x):
    kept, y = forward(weights, x)
    row = torch.ones_like(y)
    for weight, z in zip(reversed(weights), reversed(kept), strict=True):
        row = (row * torch.cos(z)) @ weight
    return row


def with_a_matrix_of_one_row(weights, x):
    kept, y = forward(weights, x)
    row = y.new_ones(1, len(y))
    for weight, z in list(zip(weights, kept, strict=True))[::-1]:
        row = torch.mm(row * z.cos(), weight)
    return row[0]


def with_columns(weights, x):
    kept, y = forward(weights, x)
    column = torch.ones_like(y)
    for weight, z in zip(weights[::-1], kept[::-1], strict=True):
        column = weight.T @ (z.cos() * column)
    return column


def by_recursion(weights, x):
    if not weights:
        return torch.ones_like(x)
    z = weights[0] @ x
    return (by_recursion(weights[1:], torch.sin(z)) * torch.cos(z)) @ weights[0]


@pytest.mark.parametrize(
    "answer", [from_the_loss, with_a_matrix_of_one_row, with_columns, by_recursion]
)
def test_a_gradient_from_the_loss_side_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_gradient_of_sum, answer)


def from_the_input(weights, x):
    jacobian = torch.eye(len(x)).to(x)
    for weight in weights:
        jacobian = (torch.cos(weight @ x)[:, None] * weight) @ jacobian
        x = torch.sin(weight @ x)
    return jacobian.sum(0)


def slope_at_the_output(weights, x):
    kept, y = forward(weights, x)
    row = torch.ones_like(y)
    for weight, z in zip(reversed(weights), reversed(kept), strict=True):
        row = (row * torch.cos(torch.sin(z))) @ weight
    return row


def layers_exchanged(weights, x):
    kept, y = forward(weights, x)
    row = torch.ones_like(y)
    for weight, z in zip(weights[::-1], kept[::-1], strict=True):
        row = (row @ weight) if weight.shape[0] != weight.shape[1] else row
        row = row * torch.cos(z)[: len(row)].mean()
    return row


def transposed_if_square(weights, x):
    kept, y = forward(weights, x)
    row = torch.ones_like(y)
    for weight, z in zip(reversed(weights), reversed(kept), strict=True):
        square = weight.shape[0] == weight.shape[1]
        row = (row * torch.cos(z)) @ (weight.T if square else weight)
    return row


def by_backward(weights, x):
    x = x.clone().requires_grad_()
    forward(weights, x)[1].sum().backward()
    return x.grad


def by_grad(weights, x):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(forward(weights, x)[1].sum(), x)[0]


def by_jacrev(weights, x):
    return jacrev(lambda x: forward(weights, x)[1].sum())(x)


def by_differences(weights, x, step=1e-6):
    def loss(x):
        return forward(weights, x)[1].sum()

    return torch.stack(
        [(loss(x + step * e) - loss(x - step * e)) / (2 * step) for e in torch.eye(len(x)).to(x)]
    )


def changes_the_input(weights, x):
    answer = from_the_loss(weights, x)
    x.zero_()
    return answer


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda weights, x: None, "a tensor is wanted, got None"),
        (lambda weights, x: from_the_loss(weights, x)[None], r"the shape is \(1, 3\)"),
        (from_the_input, "takes 18 multiplications; 12 are enough"),
        (slope_at_the_output, "is wrong"),
        (layers_exchanged, "is wrong"),
        (transposed_if_square, r"for the sizes \(3, 3, 3\) is wrong"),
        (by_backward, "uses `backward`, which is not allowed here"),
        (by_grad, "uses `torch.autograd.grad`, which is not allowed here"),
        (by_jacrev, "uses `torch.autograd.grad`, which is not allowed here"),
        (by_differences, "is wrong|again and again"),
        (changes_the_input, "must not change"),
    ],
)
def test_a_wrong_gradient_is_refused(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*({hint})"):
        exercises.check_gradient_of_sum(wrong)


def test_the_check_of_the_gradient_draws_nothing_of_its_own():
    check = exercises.check_gradient_of_sum
    assert_leaves_the_generator_alone(lambda: check(from_the_loss))


def fewest(sizes):
    """The table of dynamic programming, filled from short chains to long ones."""
    best = {(at, at + 1): 0 for at in range(len(sizes) - 1)}
    for length in range(2, len(sizes)):
        for start in range(len(sizes) - length):
            end = start + length
            best[start, end] = min(
                best[start, cut] + best[cut, end] + sizes[start] * sizes[cut] * sizes[end]
                for cut in range(start + 1, end)
            )
    return best[0, len(sizes) - 1]


def fewest_by_recursion(sizes):
    if len(sizes) < 3:
        return 0
    return min(
        fewest_by_recursion(sizes[: i + 1])
        + fewest_by_recursion(sizes[i:])
        + sizes[-1] * sizes[i] * sizes[0]
        for i in range(1, len(sizes) - 1)
    )


@pytest.mark.parametrize(
    "answer", [fewest, fewest_by_recursion, lambda sizes: torch.tensor(fewest(sizes))]
)
def test_fewest_accepts_the_right_function(answer, capsys):
    assert_right(capsys, 4, exercises.check_fewest, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda sizes: None, r"the least for the sizes \(3, 2\) needs a number, got None"),
        (lambda sizes: 1, r"the least for the sizes \(3, 2\) is not 1"),
        (lambda sizes: bill(sizes, "input"), r"the least for the sizes \(6, 5, 4, 1\) is not 144"),
        (lambda sizes: bill(sizes, "loss"), r"the least for the sizes \(1, 4, 5, 6\) is not 144"),
        (
            lambda sizes: min(bill(sizes, "input"), bill(sizes, "loss")),
            r"the least for the sizes \(64, 48, 2, 48, 64\) is not 208896",
        ),
    ],
)
def test_fewest_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_fewest(wrong)


def test_claims_accept_the_right_verdicts(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject_each_wrong_verdict(claim):
    hint = "there is no counterexample to" if CLAIMS[claim] else "for “"
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert hint in said and claim in said
    assert_wants_true_or_false(exercises.check_claims, {**CLAIMS, claim: None})


@pytest.mark.parametrize("chain", [(8, 64, 1, 4), (2, 10, 1, 1)])
def test_the_counterexamples_are_some(chain):
    assert bill(chain, "input") < bill(chain, "loss")
    assert chain[-1] < chain[0]
