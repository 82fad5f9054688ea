import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import strides_and_views as exercises

NOTES = ((12, 4, 1), 14, (2, 2), (12, 2), 4)
SHARES = {
    "x[1:]": True,
    "x[[1, 2]]": False,
    "x[x > 3]": False,
    "x.T": True,
    "x.T.reshape(12)": False,
    "x.T.reshape(2, 2, 3)": True,
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
    exercises.check_notes(answers)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@in_every_form
def test_notes_accepts_every_form(form, capsys):
    exercises.check_notes([form(list(x) if isinstance(x, tuple) else x) for x in NOTES])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, None, "the strides of x needs 3 numbers, got None"),
        (0, (1, 2, 6), r"the strides of x is not \(1, 2, 6\)"),
        (0, (4, 1), "the strides of x needs 3 numbers"),
        (1, None, r"the place of x\[1, 0, 2\] needs a number, got None"),
        (1, 20, r"the place of x\[1, 0, 2\] is not 20"),
        (2, (2, 1, 2), "the shape of the part needs 2 numbers"),
        (2, 4, "the shape of the part needs 2 numbers, got 4"),
        (2, (2, 3), r"the shape of the part is not \(2, 3\)"),
        (3, (12, 1), r"the strides of the part is not \(12, 1\)"),
        (4, 1, "the offset of the part is not 1"),
    ],
)
def test_notes_rejects_a_wrong_number(position, answer, hint):
    answers = list(NOTES)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_notes(answers)


def test_shares_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_shares, SHARES)


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
        lambda *notes: tuple(map(torch.tensor, diagonal(*notes))),
        lambda *notes: tuple(map(np.array, diagonal(*notes))),
    ],
    ids=["tuples", "lists", "tensors", "arrays"],
)
def test_diagonal_accepts_the_right_function(answer, capsys):
    exercises.check_diagonal(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda shape, strides, offset: None, "is wanted, got None"),
        (lambda shape, strides, offset: ((min(shape),), (sum(strides),)), "is wanted"),
        (
            lambda shape, strides, offset: (min(shape), (sum(strides),), offset),
            "the shape .* needs one number in a list, got 7",
        ),
        (
            lambda shape, strides, offset: ((shape[0],), (sum(strides),), offset),
            r"the shape .* is not \(9,\)",
        ),
        (
            lambda shape, strides, offset: ((min(shape),), sum(strides), offset),
            "the strides .* needs one number in a list, got 10",
        ),
        (
            lambda shape, strides, offset: ((min(shape),), strides, offset),
            r"the strides .* needs one number in a list, got \(9, 1\)",
        ),
        (lambda shape, strides, offset: ((min(shape),), (shape[1] + 1,), offset), "strides"),
        (
            lambda shape, strides, offset: ((min(shape),), (sum(strides),), 0),
            "the offset .* is not 0",
        ),
    ],
)
def test_diagonal_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_diagonal(wrong)


@pytest.mark.parametrize("count", [4, 6])
def test_notes_wants_five_answers(count):
    with pytest.raises(AssertionError, match="not yet: five answers"):
        exercises.check_notes([1] * count)


@in_every_form
def test_writes_accepts_every_form(form, capsys):
    exercises.check_writes(form([50, 0, 7]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        ([3, 0, 7], "number 1 is not 3"),
        ([50, 9, 7], "number 2 is not 9"),
        ([50, 0, 5], "number 3 is not 5"),
        ([50, 0, None], "number 3 needs a number"),
        ([50, 0], "3 numbers are wanted, got 2"),
    ],
)
def test_writes_rejects_a_wrong_number(values, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_writes(values)


def split(picture, size):
    height, width = picture.shape
    return picture.view(height // size, size, width // size, size)


@pytest.mark.parametrize(
    "tiles",
    [
        lambda picture, size: split(picture, size).transpose(1, 2),
        lambda picture, size: split(picture, size).permute(0, 2, 1, 3),
        lambda picture, size: picture.unfold(0, size, size).unfold(1, size, size),
        lambda picture, size: picture.as_strided(
            (picture.shape[0] // size, picture.shape[1] // size, size, size),
            (size * picture.shape[1], size, picture.shape[1], 1),
        ),
    ],
)
def test_tiles_accepts_the_right_function(tiles, capsys):
    exercises.check_tiles(tiles)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("tiles", "hint"),
    [
        (lambda picture, size: None, "a tensor is wanted .* got None"),
        (lambda picture, size: split(picture, size), "shape .* not"),
        (lambda picture, size: split(picture, size).transpose(1, 2).clone(), "a copy"),
        (lambda picture, size: split(picture, size).transpose(1, 2).mT, "other pixels"),
        (
            lambda picture, size: picture.view(-1, picture.shape[1] // size, size, size),
            "other pixels",
        ),
        (lambda picture, size: picture, "shape .* not"),
    ],
)
def test_tiles_rejects_a_wrong_function(tiles, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_tiles(tiles)


def test_the_predictions_are_what_torch_does():
    written, moved = exercises.predict.questions
    x = torch.arange(12).view(3, 4)
    y, z = x[:, 1], x[:, [1]]
    y[0], z[0] = 100, 200
    assert written["right"] == x[0, 1]
    same = x.T.data_ptr() == x.data_ptr() and x.T.tolist() == [
        list(row) for row in zip(*x.tolist(), strict=True)
    ]
    assert (moved["right"] == 0) == same
