import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    in_form,
    turned_round,
)

from utils.exercises import chain_rule as exercises

ANSWERS = {
    "dy/dx": 14,
    "dz/dw": [-2, -4],
    "from the input side": 1050,
    "from the loss side": 300,
}
CLAIMS = {
    "two functions cost the same from either side": True,
    "if all sizes are equal, both sides cost the same": True,
    "with fewer outputs than inputs, the loss side is cheaper": False,
    "with one output, the loss side is never dearer": False,
    "if one hidden size is 1, every row of the Jacobian is a multiple of one row": True,
    "reverse mode may forget a Jacobian once its function has run": False,
}


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


def bill(sizes, side):
    entries = [p * q for p, q in zip(sizes, sizes[1:], strict=False)]
    return sizes[0] * sum(entries[1:]) if side == "input" else sizes[-1] * sum(entries[:-1])


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("dy/dx", None, "dy/dx needs a number, got None"),
        ("dy/dx", 8, "dy/dx is not 8"),  # one path
        ("dy/dx", 48, "dy/dx is not 48"),  # a product in place of the sum
        ("dz/dw", [None, None], r"dz/dw needs 2 numbers, got \[None, None\]"),
        ("dz/dw", 2, "dz/dw needs 2 numbers, got 2"),
        ("dz/dw", [2, 4], r"dz/dw is not \[2, 4\]"),
        ("dz/dw", [-2, 4], r"dz/dw is not \[-2, 4\]"),
        ("from the input side", 300, "from the input side is not 300"),
        ("from the input side", True, "from the input side needs a number, got True"),
        ("from the loss side", 1050, "from the loss side is not 1050"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="dy/dx needs a number, got None"):
        exercises.check_by_hand({})


def by_recursion(sizes):
    if len(sizes) < 3:
        return 0
    return min(
        by_recursion(sizes[: i + 1]) + by_recursion(sizes[i:]) + sizes[-1] * sizes[i] * sizes[0]
        for i in range(1, len(sizes) - 1)
    )


@pytest.mark.parametrize(
    "answer", [fewest, by_recursion, lambda sizes: torch.tensor(fewest(sizes))]
)
def test_fewest_accepts_the_right_function(answer, capsys):
    exercises.check_fewest(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


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
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


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
