import numpy as np
import pytest
import torch
from exercise_checks import assert_right, assert_wants_true_or_false, no_verdicts, turned_round

from utils.exercises import creating_and_indexing as exercises

NOTES = ((12, 4, 1), 14, (2, 2), (12, 2), 4)
SHARES = {
    "x[1:]": True,
    "x[[1, 2]]": False,
    "x[x > 3]": False,
    "x.T": True,
    "x.T.reshape(12)": False,
    "x[:, ::2].T": True,
    "torch.from_numpy(x.numpy())": True,
    "torch.tensor(x.numpy())": False,
}


def diagonal(shape, strides, offset):
    return (min(shape),), (sum(strides),), offset


@pytest.mark.parametrize(
    "answers",
    [NOTES, ([12, 4, 1], 14, [2, 2], [12, 2], 4), (*NOTES[:2], torch.Size((2, 2)), *NOTES[3:])],
)
def test_notes_accepts_the_right_numbers(answers, capsys):
    exercises.check_notes(*answers)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, None, "strides must hold 3 numbers, got None"),
        (0, (1, 2, 6), r"strides is not \(1, 2, 6\)"),
        (0, (4, 1), "strides must hold 3 numbers"),
        (1, None, "place is not None"),
        (1, 20, "place is not 20"),
        (2, (2, 1, 2), "part_shape must hold 2 numbers"),
        (2, 4, "part_shape must hold 2 numbers, got 4"),
        (2, (2, 3), r"part_shape is not \(2, 3\)"),
        (3, (12, 1), r"part_strides is not \(12, 1\)"),
        (4, 1, "part_offset is not 1"),
    ],
)
def test_notes_rejects_a_wrong_number(position, answer, hint):
    answers = list(NOTES)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_notes(*answers)


def test_shares_accepts_the_right_answers(capsys):
    assert_right(capsys, 2, exercises.check_shares, SHARES)


@pytest.mark.parametrize("name", SHARES)
def test_shares_rejects_each_answer_turned_round(name):
    said = turned_round(exercises.check_shares, SHARES, name)
    assert said.startswith(f"not yet: {name} is not {not SHARES[name]}")


@pytest.mark.parametrize("shares", no_verdicts(SHARES))
def test_shares_wants_true_or_false(shares):
    assert_wants_true_or_false(exercises.check_shares, shares)


@pytest.mark.parametrize(
    "answer",
    [
        diagonal,
        lambda *notes: [list(part) if np.ndim(part) else part for part in diagonal(*notes)],
    ],
    ids=["tuples", "lists"],
)
def test_diagonal_accepts_the_right_function(answer, capsys):
    exercises.check_diagonal(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda shape, strides, offset: None, "is wanted, got None"),
        (lambda shape, strides, offset: ((min(shape),), (sum(strides),)), "is wanted"),
        (lambda shape, strides, offset: (min(shape), (sum(strides),), offset), "shape 7 for"),
        (lambda shape, strides, offset: ((shape[0],), (sum(strides),), offset), r"shape \(9,\)"),
        (lambda shape, strides, offset: ((min(shape),), sum(strides), offset), "strides 10 for"),
        (lambda shape, strides, offset: ((min(shape),), strides, offset), r"strides \(9, 1\)"),
        (lambda shape, strides, offset: ((min(shape),), (shape[1] + 1,), offset), "strides"),
        (lambda shape, strides, offset: ((min(shape),), (sum(strides),), 0), "offset 0"),
    ],
)
def test_diagonal_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_diagonal(wrong)
