from fractions import Fraction

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form, in_form

from utils.exercises import linear_classifier_svm as exercises

ANSWERS = {
    "loss if first": 1.5,
    "gradient if first": [-1, 1, 0],
    "loss if third": 8.5,
    "gradient if third": [1, 1, -2],
}


def shortfalls(scores, labels, margin):
    lacking = torch.relu(scores - scores.gather(1, labels[:, None]) + margin)
    return lacking.scatter(1, labels[:, None], 0.0)


def largest_shortfall(scores, labels, margin=1.0):
    return shortfalls(scores, labels, margin).amax(dim=1).mean()


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_hinge_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("loss if first", None, "the loss if the first class is true needs a number, got None"),
        ("loss if first", True, "the loss if the first class is true needs a number, got True"),
        ("loss if first", 0.5, "the loss if the first class is true is not 0.5"),
        ("loss if first", 2.5, "the loss if the first class is true is not 2.5"),
        ("loss if third", 4.5, "the loss if the third class is true is not 4.5"),
        ("gradient if first", [-1, 1], "the gradient if the first class is true needs 3 numbers"),
        (
            "gradient if first",
            [-1, 1, None],
            "the gradient if the first class is true needs 3 numbers",
        ),
        ("gradient if first", [1, -1, 0], "score 1 if the first class is true is not 1"),
        (
            "gradient if first",
            [-2, 1, 1],
            "score 1 if the first class is true is not -2",
        ),
        (
            "gradient if third",
            [1, 1, -1],
            "score 3 if the third class is true is not -1",
        ),
        ("gradient if third", 3, "the gradient if the third class is true needs 3 numbers, got 3"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_hinge_by_hand({**ANSWERS, name: answer})


def by_mask(scores, labels, margin=1.0):
    true = F.one_hot(labels, scores.shape[1]).bool()
    wrong = scores.masked_fill(true, -torch.inf).amax(dim=1)
    return torch.relu(wrong - scores[true] + margin).mean()


def by_loop(scores, labels, margin=1.0):
    losses = []
    for row, label in zip(scores, labels, strict=True):
        others = [row[j] - row[label] + margin for j in range(len(row)) if j != label]
        losses.append(max([row.new_zeros(()), *others]))
    return torch.stack(losses).mean()


@pytest.mark.parametrize("answer", [largest_shortfall, by_mask, by_loop])
def test_largest_shortfall_accepts_the_right_function(answer, capsys):
    exercises.check_largest_shortfall(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda s, y, m: None, "a tensor is wanted, got None"),
        (lambda s, y, m: shortfalls(s, y, m).amax(dim=1), "shape .* is not that of one number"),
        (lambda s, y, m: shortfalls(s, y, m).sum(dim=1).mean(), "is wrong for 6 examples"),
        (lambda s, y, m: shortfalls(s, y, m).amax(dim=1).sum(), "is wrong for 6 examples"),
        (lambda s, y, m: largest_shortfall(s, y), "and the margin 0.5, it should be"),
        (lambda s, y, m: F.multi_margin_loss(s, y, margin=m), "is wrong for 6 examples"),
        (
            # The true class left in.
            lambda s, y, m: torch.relu(s - s.gather(1, y[:, None]) + m).amax(dim=1).mean(),
            "is wrong for",
        ),
    ],
)
def test_largest_shortfall_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_largest_shortfall(wrong)


@pytest.mark.parametrize(
    "answer", [0.002, 0.02 / 10, torch.tensor(0.002), np.float64(0.002), Fraction(1, 500)]
)
def test_margin_and_decay_accepts_the_right_number(answer, capsys):
    exercises.check_margin_and_decay(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize("answer", [0.02, 0.2, 0.0002, 0, 0.0021])
def test_margin_and_decay_rejects_every_other_number(answer):
    with pytest.raises(AssertionError, match=f"not yet: with λ = {answer}, ten times"):
        exercises.check_margin_and_decay(answer)


@pytest.mark.parametrize("answer", [None, True, "small"])
def test_margin_and_decay_wants_a_number(answer):
    with pytest.raises(AssertionError, match="not yet: new_decay needs a number, got"):
        exercises.check_margin_and_decay(answer)
