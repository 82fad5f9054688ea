"""Answers of every natural type mean the same; what means nothing is asked for again."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import in_every_form

from utils.exercises.answers import as_number, as_numbers, as_verdict
from utils.exercises.feedback import (
    ask_numbers,
    expect_number,
    expect_numbers,
    expect_tried,
    verdict,
)

HALVES = [
    0.5,
    Fraction(1, 2),
    Decimal("0.5"),
    np.float32(0.5),
    np.array(0.5),
    torch.tensor(0.5),
    torch.tensor(0.5, requires_grad=True),
    torch.tensor(0.5, dtype=torch.float16),
]
NO_NUMBERS = [
    None,
    True,
    np.True_,
    torch.tensor(True),
    "0.5",
    0.5j,
    [0.5],
    torch.tensor([0.5]),
    np.array([0.5]),
    {0.5},
]


@pytest.mark.parametrize("half", HALVES)
def test_a_number_may_have_any_type(half):
    assert as_number(half) == 0.5
    assert isinstance(as_number(half), float)
    expect_number("the half", half, 0.5, within=0)


@pytest.mark.parametrize("answer", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_asked_for_again(answer):
    assert as_number(answer) is None
    with pytest.raises(AssertionError, match="not yet: the half needs a number, got "):
        expect_number("the half", answer, 0.5)


def test_rounding_is_forgiven_and_no_more():
    for rounded in (0.333, 0.33, 0.34 - 0.002):
        expect_number("a third", rounded, 1 / 3)
    for wrong in (0.3, 0.34, -1 / 3, math.nan, math.inf):
        with pytest.raises(AssertionError, match="not yet: a third is not "):
            expect_number("a third", wrong, 1 / 3)
    with pytest.raises(AssertionError, match="not yet: a third is not 0.33"):
        expect_number("a third", 0.33, 1 / 3, within=0)


def test_infinity_is_a_number_and_nan_never_right():
    expect_number("all lines", torch.tensor(math.inf), math.inf)
    for wrong in (1e300, -math.inf, math.nan):
        with pytest.raises(AssertionError):
            expect_number("all lines", wrong, math.inf)
    with pytest.raises(AssertionError):
        expect_number("nothing", math.nan, math.nan)


MATRIX = [[1, 2], [3, 4], [5, 6]]


@in_every_form
def test_numbers_may_come_in_every_form(form):
    expect_numbers("a matrix", form(MATRIX), MATRIX, within=0)
    expect_numbers("a row", form([1.5, 2]), torch.tensor([1.5, 2]), within=0)
    found = as_numbers(form(MATRIX), (3, 2))
    assert found.dtype == torch.float64 and found.tolist() == MATRIX


def test_numbers_may_be_empty_a_range_or_mixed():
    assert as_numbers([], (0,)).shape == (0,)
    assert as_numbers(range(3), (3,)).tolist() == [0, 1, 2]
    assert as_numbers([Fraction(1, 2), torch.tensor(2.0), np.int8(3)], (3,)).tolist() == [
        0.5,
        2,
        3,
    ]
    assert as_numbers(np.array([Fraction(1, 2), 1], dtype=object), (2,)).tolist() == [0.5, 1]
    assert as_numbers([torch.tensor([1, 2]), (3, 4)], (2, 2)).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        1,
        "12",
        [1],
        [1, None],
        [1, True],
        [[1], [2]],
        [1, 2, 3],
        [[1, 2], [3]],
        {1, 2},
        torch.tensor([True, False]),
        torch.ones(1, 2),
    ],
    ids=repr,
)
def test_what_is_no_pair_is_asked_for_again(answer):
    with pytest.raises(AssertionError, match="not yet: the pair needs 2 numbers, got "):
        ask_numbers("the pair", answer, (2,))
    with pytest.raises(AssertionError, match=r"needs numbers in the shape \(3, 2\), got "):
        expect_numbers("the matrix", answer, MATRIX)


def test_one_wrong_entry_is_enough():
    for wrong in ([1, 2.1], [math.nan, 2], [2, 1]):
        with pytest.raises(AssertionError, match="not yet: the pair is not "):
            expect_numbers("the pair", wrong, [1, 2])
    with pytest.raises(AssertionError):
        expect_numbers("the pair", [1, 2.004], [1, 2], within=0)


@pytest.mark.parametrize("yes", [True, np.True_, torch.tensor(True), torch.ones(2).gt(0).all()])
def test_a_verdict_may_have_any_type(yes):
    assert as_verdict(yes) is True
    assert verdict({"it rains": yes}, "it rains") is True
    expect_tried({"all fall": yes}, {"all fall": lambda draw: draw < 2}, [0, 1], "draw")


@pytest.mark.parametrize("answer", [None, 1, 0, "yes", [True], torch.tensor(1), 1.0])
def test_what_is_no_verdict_is_asked_for_again(answer):
    assert as_verdict(answer) is None
    with pytest.raises(AssertionError, match="'it rains' needs True or False, got "):
        verdict({"it rains": answer}, "it rains")
