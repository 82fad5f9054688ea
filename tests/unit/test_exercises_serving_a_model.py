import itertools

import numpy as np
import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import serving_a_model as exercises

CLAIMS = {
    "of two PNG files the one with fewer bytes has no more pixels": False,
    "two files joined give their two texts in base64 joined": False,
    "base64 makes a file at least a third longer": True,
    "a batch of n takes less time than n passes": True,
    "in a batch an answer comes sooner than alone": False,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_sizes, [form(72), form(188), form(12)])
    assert_right(capsys, 2, exercises.check_passes, [form(200), form(800), form(1000)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.sizes, exercises.check_sizes),
        (exercises.passes, exercises.check_passes),
    ):
        check([question["right"] for question in sheet.questions])
    right = [question["right"] for question in exercises.predict.questions]
    assert right == [120 / 3 * 4, 10_000**2 * 4 / 1e6, 32 * 5]


@pytest.mark.parametrize(
    "wrong", [[64, 188, 12], [72, 187, 12], [72, 186, 12], [72, 188, 3], [72, 188, None]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (bytes|signs|million)"):
        exercises.check_sizes(wrong)


@pytest.mark.parametrize(
    "wrong", [[250, 800, 1000], [200, 3200, 1000], [200, 800, 250], [200, 800, None]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (answers|number)"):
        exercises.check_passes(wrong)


def by_loop(row):
    left, found = 0, []
    for stored in row:
        left = (left + stored) % 256
        found.append(left)
    return found


UNFILTERED = {
    "loop": by_loop,
    "accumulate": lambda row: [total % 256 for total in itertools.accumulate(row)],
    "torch": lambda row: torch.tensor(row).cumsum(0) % 256,
    "bytes": lambda row: np.cumsum(np.array(row, dtype=np.uint8), dtype=np.uint8),
}
NOT_UNFILTERED = {
    "as stored": lambda row: row,
    "no wrap": lambda row: list(itertools.accumulate(row)),
    "255": lambda row: [total % 255 for total in itertools.accumulate(row)],
    "differences": lambda row: [(b - a) % 256 for a, b in zip([0, *row[:-1]], row, strict=True)],
    "nothing": lambda row: None,
}


@pytest.mark.parametrize("unfiltered", UNFILTERED.values(), ids=UNFILTERED)
def test_unfiltered_accepts(unfiltered, capsys):
    assert_right(capsys, 3, exercises.check_unfiltered, unfiltered)


@pytest.mark.parametrize("unfiltered", NOT_UNFILTERED.values(), ids=NOT_UNFILTERED)
def test_unfiltered_rejects(unfiltered):
    with pytest.raises(AssertionError, match="not yet: the row"):
        exercises.check_unfiltered(unfiltered)


def simulated(arrivals, seconds, most, *, strict=False, bounded=True, idle=True):
    waiting, free, sizes = list(arrivals), 0, []
    while waiting:
        start = max(free, waiting[0]) if idle else free
        here = [at for at in waiting if (at < start if strict and sizes else at <= start)]
        size = len(here[:most] if bounded else here) or 1
        sizes.append(size)
        waiting = waiting[size:]
        free = start + seconds
    return sizes


SIZES = {
    "list": simulated,
    "tuple": lambda *given: tuple(simulated(*given)),
    "tensor": lambda *given: torch.tensor(simulated(*given)),
}
NOT_SIZES = {
    "ones": lambda arrivals, seconds, most: [1] * len(arrivals),
    "no bound": lambda *given: simulated(*given, bounded=False),
    "those that just came are left out": lambda *given: simulated(*given, strict=True),
    "never idle": lambda *given: simulated(*given, idle=False),
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_batch_sizes_accepts(sizes, capsys):
    assert_right(capsys, 4, exercises.check_batch_sizes, sizes)


@pytest.mark.parametrize("sizes", NOT_SIZES.values(), ids=NOT_SIZES)
def test_batch_sizes_rejects(sizes):
    with pytest.raises(AssertionError, match="not yet: the batches"):
        exercises.check_batch_sizes(sizes)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "pair of files or passes")
