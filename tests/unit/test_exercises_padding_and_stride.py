import numpy as np
import pytest
import torch
from exercise_checks import in_every_form

from utils.exercises import padding_and_stride as exercises

LENET = [28, 14, 10, 5]


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total - total // 2, total // 2


@in_every_form
def test_lenet_accepts_the_right_sizes(form, capsys):
    exercises.check_lenet_sizes(form(LENET))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("sizes", "hint"),
    [
        ([None] * 4, "sizes needs 4 numbers, got"),
        (None, "sizes needs 4 numbers, got None"),
        ([28, 14, 10, True], "sizes needs 4 numbers, got"),
        ([24, 12, 8, 4], "the side after layer 1 is not 24"),
        ([28, 27, 23, 22], "the side after layer 2 is not 27"),
        ([28, 14, 14, 7], "the side after layer 3 is not 14"),
        ([28, 14, 10, 4], "the side after layer 4 is not 4"),
        ([28, 14, 10], r"sizes needs 4 numbers, got \[28, 14, 10\]"),
    ],
)
def test_lenet_rejects_a_wrong_size(sizes, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_lenet_sizes(sizes)


@pytest.mark.parametrize(
    "answer",
    [
        same_padding,
        lambda k, d=1: same_padding(k, d)[::-1],
        lambda k, d=1: list(same_padding(k, d)),
        lambda k, d=1: torch.tensor(same_padding(k, d)),
        lambda k, d=1: np.array(same_padding(k, d)),
    ],
    ids=["more before", "more after", "list", "tensor", "array"],
)
def test_same_padding_accepts_either_side_for_the_odd_zero(answer, capsys):
    exercises.check_same_padding(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda k, d: None, r"\(before, after\) for .* needs 2 numbers, got None"),
        (lambda k, d: k - 1, r"\(before, after\) for .* needs 2 numbers, got 0"),
        (lambda k, d: (d * (k - 1), 0), r"\(2, 0\) is lopsided for kernel_size=2, dilation=2"),
        (lambda k, d: (k // 2, k // 2), "an input of 11 becomes 12 for kernel_size=2"),
        (lambda k, d: same_padding(k), "becomes 10 for kernel_size=2, dilation=2"),
        (lambda k, d: (k - 2, k - 2), "negative padding"),
        (lambda k, d: (d * (k - 1) / 2,) * 2, r"\(0.5, 0.5\) is no count of zeros"),
    ],
)
def test_same_padding_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_same_padding(wrong)


def test_same_padding_rejects_zeros_so_few_that_no_window_fits():
    with pytest.raises(
        AssertionError, match=r"\(0, 0\) is too little for kernel_size=7, dilation=2"
    ):
        exercises.check_same_padding(
            lambda k, d: same_padding(k, d) if (k, d) != (7, 2) else (0, 0)
        )


@in_every_form
def test_unused_columns_accepts_the_right_counts(form, capsys):
    exercises.check_unused_columns(form(1), form(0))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((None, None), "the count without padding needs a number, got None"),
        ((True, False), "the count without padding needs a number, got True"),
        ((1, False), "the count with padding needs a number, got False"),
        ((0, 0), "the count without padding is not 0"),
        ((1, 1), "the count with padding is not 1"),
        ((1, None), "the count with padding needs a number, got None"),
        ((2, 0), "the count without padding is not 2"),
    ],
)
def test_unused_columns_rejects_a_wrong_count(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_unused_columns(*answers)
