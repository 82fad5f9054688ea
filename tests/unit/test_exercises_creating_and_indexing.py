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

from utils.exercises import creating_and_indexing as exercises

SHAPES = [(6,), (4, 3), (2, 1), (3,)]
CLAIMS = {
    "x[1] and x[1:2] have the same shape": False,
    "x[:, 1] has one axis": True,
    "x[[0, 1], [0, 1]] has four elements": False,
    "x[x >= 0] has the shape of x": False,
    "x[3:9] raises an error": False,
    "x[9] raises an error": True,
}


@in_every_form
def test_shapes_accepts_every_form(form, capsys):
    exercises.check_shapes([form(list(shape)) for shape in SHAPES])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, (1, 6), r"the shape of x\[1\] needs"),
        (0, None, r"the shape of x\[1\] needs"),
        (1, (4, 4), r"the shape of x\[:, 2:5\] is not"),
        (2, (2,), r"the shape of x\[::2, -1:\] needs 2 numbers"),
        (3, (24,), r"the shape of x\[x > 20\] is not"),
    ],
)
def test_shapes_rejects_a_wrong_shape(position, answer, hint):
    shapes = list(SHAPES)
    shapes[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_shapes(shapes)


def test_shapes_wants_four():
    with pytest.raises(AssertionError, match="not yet: 4 shapes are wanted, got 3"):
        exercises.check_shapes(SHAPES[:3])


@pytest.mark.parametrize(
    "results",
    [
        [19, "float32", 3],
        (torch.tensor(19), "torch.float32", np.int64(3)),
        [19.0, torch.float32, torch.tensor(3)],
    ],
)
def test_results_accepts_the_right_ones(results, capsys):
    exercises.check_results(results)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("results", "hint"),
    [
        ([14, "float32", 3], "the sum is not 14"),
        ([19, "float64", 3], "the dtype is not float64"),
        ([19, None, 3], "the dtype is not None"),
        ([19, "float32", 9], "the count is not 9"),
        ([19, "float32", True], "the count needs a number"),
        ([19, "float32"], "three answers are wanted"),
    ],
)
def test_results_rejects_a_wrong_one(results, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_results(results)


def by_slices(n, dtype=torch.int64, start=0):
    board = torch.full((n, n), start, dtype=dtype)
    board[::2, 1::2] = board[1::2, ::2] = 1 - start
    return board


@pytest.mark.parametrize(
    "board",
    [
        by_slices,
        lambda n: torch.arange(n)[:, None].add(torch.arange(n)) % 2,
        lambda n: torch.tensor([[(i + j) % 2 for j in range(n)] for i in range(n)]),
    ],
)
def test_checkerboard_accepts_the_right_function(board, capsys):
    exercises.check_checkerboard(board)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("board", "hint"),
    [
        (lambda n: by_slices(n, start=1), r"square \(0, 0\) is wrong"),
        (lambda n: by_slices(n, dtype=torch.float32), "the dtype is torch.float32"),
        (lambda n: torch.arange(n * n).view(n, n) % 2, "is wrong"),
        (lambda n: torch.zeros(n, n, dtype=torch.int64), "is wrong"),
        (lambda n: by_slices(n)[None], "the shape is"),
        (lambda n: by_slices(n).tolist(), "a tensor is wanted"),
    ],
)
def test_checkerboard_rejects_a_wrong_function(board, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_checkerboard(board)


def cut(picture, top, left, size):
    return picture[:, top : top + size, left : left + size]


def margins(picture, size):
    return picture.shape[1] - size, picture.shape[2] - size


def centre(picture, size):
    top, left = margins(picture, size)
    return cut(picture, top // 2, left // 2, size)


@pytest.mark.parametrize(
    "answer",
    [
        centre,
        lambda picture, size: centre(picture, size).clone(),
        lambda picture, size: picture[
            ..., (picture.shape[1] - size) // 2 :, (picture.shape[2] - size) // 2 :
        ][:, :size, :size],
    ],
)
def test_centre_accepts_the_right_function(answer, capsys):
    exercises.check_centre(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda picture, size: cut(picture, 0, 0, size), "row 0, column 0, not row"),
        (
            lambda picture, size: cut(
                picture, *(-(-side // 2) for side in margins(picture, size)), size
            ),
            "not row",
        ),
        (lambda picture, size: cut(picture, *margins(picture, size), size), "not row"),
        (lambda picture, size: picture, "the shape is"),
        (lambda picture, size: centre(picture, size)[0], "the shape is"),
        (lambda picture, size: centre(picture, size).flip(0), "not row"),
        (lambda picture, size: None, "a tensor is wanted"),
    ],
)
def test_centre_rejects_a_wrong_function(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_centre(answer)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_rejects_each_answer_turned_round(name):
    said = turned_round(exercises.check_claims, CLAIMS, name)
    assert said == f"not yet: {name!r} is not {not CLAIMS[name]}: try it"


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_predictions_are_what_torch_gives():
    kept, bits = exercises.predict.questions
    table, many = torch.arange(24).view(4, 6), torch.ones(3)
    assert kept["right"] == table[1:3, 1:].numel()
    assert bits["right"] == str(8 * (many * 0.1).element_size())
