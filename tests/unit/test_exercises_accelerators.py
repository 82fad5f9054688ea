import pytest
import torch
from exercise_checks import assert_refuted, assert_right, assert_wants_true_or_false, in_every_form

from utils import systolic
from utils.exercises import accelerators as exercises

CLAIMS = {
    "a larger size never lowers the utilisation": False,
    "one product more never lowers the utilisation": True,
    "a larger array never takes more cycles": False,
    "a size of one tile needs size + 2 * array - 2 cycles": True,
}


def test_the_predictions_are_what_the_array_does():
    once, ten = (systolic.count_cycles(3, 3, 3, products=count) for count in (1, 10))
    assert [question["right"] for question in exercises.predict.questions] == [once, ten]


def test_the_sheets_know_the_answers_of_the_checks():
    sums, cycles = (question["right"] for question in exercises.by_hand.questions)
    exercises.check_by_hand([sums, cycles])
    exercises.check_shares([question["right"] for question in exercises.shares.questions])


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form([4, 8, 0, 0]), form(4)])
    assert_right(capsys, 2, exercises.check_shares, [form(354), form(0.1724)])


@pytest.mark.parametrize(
    "wrong",
    [
        [[4, 9, 6, 3], 4],
        [[2, 0, 0, 0], 4],
        [[4, 8, 0], 4],
        [[4, 8, 0, 0], 3],
        [[4, 8, 0, 0], None],
        [None, 4],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[298, 0.17], [382, 0.17], [354, 0.61], [354, 17], [354, None]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (number of cycles|utilisation)"):
        exercises.check_shares(wrong)


def by_split(x, weight, array, product):
    columns = []
    for part in weight.split(array[1], dim=1):
        pairs = zip(x.split(array[0], dim=1), part.split(array[0]), strict=True)
        columns.append(sum(product(*pair) for pair in pairs))
    return torch.cat(columns, dim=1)


def by_loops(x, weight, array, product, *, skip=False, swap=False, add=True):
    high, wide = array[::-1] if swap else array
    result = torch.zeros(len(x), weight.shape[1], dtype=x.dtype)
    for top in range(0, len(weight) - (skip and len(weight) % high), high):
        for left in range(0, weight.shape[1], wide):
            block = weight[top : top + high, left : left + wide]
            part = product(x[:, top : top + high], block)
            if not add:
                result[:, left : left + wide] = 0
            result[:, left : left + wide] += part
    return result


def single_cells(x, weight, array, product):
    return by_split(x, weight, (1, 1), product)


BLOCKED = {
    "split": by_split,
    "loops": by_loops,
    "single cells": single_cells,
    "a list": lambda *given: by_split(*given).tolist(),
}
NOT_BLOCKED = {
    "the rest is left out": lambda *given: by_loops(*given, skip=True),
    "sides swapped": lambda *given: by_loops(*given, swap=True),
    "not added": lambda *given: by_loops(*given, add=False),
    "at once": lambda x, weight, array, product: product(x, weight),
    "without product": lambda x, weight, array, product: x @ weight,
    "all of x": lambda x, weight, array, product: product(x, weight[: array[0], : array[1]]),
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("blocked", BLOCKED.values(), ids=BLOCKED)
def test_blocked_accepts(blocked, capsys):
    assert_right(capsys, 3, exercises.check_blocked, blocked)


@pytest.mark.parametrize("wrong", NOT_BLOCKED.values(), ids=NOT_BLOCKED)
def test_blocked_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_blocked(wrong)


def quantising(largest=127, *, dtype=torch.int32, rounding=torch.round, scale_back=True, size=abs):
    def quantised(a, b):
        scales = [size(x).max() / largest for x in (a, b)]
        pairs = zip((a, b), scales, strict=True)
        left, top = (rounding(x / scale).to(dtype) for x, scale in pairs)
        sums = systolic.matmul(left, top)
        return sums * scales[0] * scales[1] if scale_back else sums

    return quantised


def by_int8(a, b):
    """Store int8, and widen for the sums."""
    steps = a.abs().max() / 127, b.abs().max() / 127
    small = [torch.round(x / step).to(torch.int8) for x, step in zip((a, b), steps, strict=True)]
    return (small[0].int() @ small[1].int()).double() * steps[0] * steps[1]


QUANTISED = {
    "array": quantising(),
    "int8, then int32": by_int8,
    "float32": lambda a, b: quantising()(a, b).float(),
}
NOT_QUANTISED = {
    "not rounded": lambda a, b: a @ b,
    "short sums": quantising(dtype=torch.int16),
    "cut off": quantising(rounding=torch.trunc),
    "of 255": quantising(255),
    "largest instead of largest by size": quantising(size=lambda x: x),
    "not scaled back": quantising(scale_back=False),
    "nothing": lambda a, b: None,
}


@pytest.mark.parametrize("quantised", QUANTISED.values(), ids=QUANTISED)
def test_quantised_accepts(quantised, capsys):
    assert_right(capsys, 4, exercises.check_quantised, quantised)


@pytest.mark.parametrize("wrong", NOT_QUANTISED.values(), ids=NOT_QUANTISED)
def test_quantised_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_quantised(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "pair of sizes")
    assert_wants_true_or_false(exercises.check_claims, {**CLAIMS, claim: None})
