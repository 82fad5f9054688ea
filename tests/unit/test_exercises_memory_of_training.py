import math

import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.checkpointing import peak_held
from utils.exercises import memory_of_training as exercises

CLAIMS = {
    "k = 1 has the peak of k = n": True,
    "shorter segments have a lower peak": False,
    "the peak is at least 2 times the root of n": False,
    "shorter segments cost more forward passes": False,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_step, [form(104), form(104), form(224)])
    assert_right(capsys, 2, exercises.check_segments, [form(12), form(13), form(36)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.step, exercises.check_step),
        (exercises.segments, exercises.check_segments),
    ):
        check([question["right"] for question in sheet.questions])
    assert exercises.predict.questions[0]["right"] == 25 / 5


@pytest.mark.parametrize(
    "wrong", [[80, 104, 224], [104, 208, 224], [104, 104, 220], [104, 0, 224], [104, 104, None]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the bytes"):
        exercises.check_step(wrong)


@pytest.mark.parametrize("wrong", [[37, 13, 36], [12, 4, 36], [12, 13, 30], [12, None, 36]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (peak|layers)"):
        exercises.check_segments(wrong)


def by_walking(n):
    peaks = [peak_held(n, k) for k in range(1, n + 1)]
    return [k for k, peak in enumerate(peaks, start=1) if peak == min(peaks)]


LENGTHS = {
    "list": by_walking,
    "tuple": lambda n: tuple(by_walking(n)),
    "set": lambda n: set(by_walking(n)),
    "tensor": lambda n: torch.tensor(by_walking(n)),
}
NOT_LENGTHS = {
    "one": lambda n: by_walking(n)[:1],
    "root": lambda n: [round(math.sqrt(n))],
    "real": lambda n: [k for k in range(1, n + 1) if n / k + k <= 2 * math.sqrt(n) + 1e-9],
    "turned": lambda n: by_walking(n)[::-1],
    "nothing": lambda n: None,
}


@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
def test_best_lengths_accepts(lengths, capsys):
    assert_right(capsys, 3, exercises.check_best_lengths, lengths)


@pytest.mark.parametrize("lengths", NOT_LENGTHS.values(), ids=NOT_LENGTHS)
def test_best_lengths_rejects(lengths):
    with pytest.raises(AssertionError, match="not yet: the lengths"):
        exercises.check_best_lengths(lengths)


def by_shares(gradients, sizes):
    return torch.tensor([size / sum(sizes) for size in sizes]) @ gradients


def by_loop(gradients, sizes):
    total = torch.zeros(gradients.shape[1])
    for gradient, size in zip(gradients, sizes, strict=True):
        total += gradient * size
    return total / sum(sizes)


WHOLES = {
    "shares": by_shares,
    "loop": by_loop,
    "list": lambda g, sizes: by_loop(g, sizes).tolist(),
}
NOT_WHOLES = {
    "plain": lambda g, sizes: g.mean(0),
    "sum": lambda g, sizes: g.sum(0),
    "no share": lambda g, sizes: by_loop(g, sizes) * sum(sizes),
    "turned": lambda g, sizes: by_loop(g, sizes[::-1]),
    "nothing": lambda g, sizes: None,
}


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES)
def test_whole_gradient_accepts(whole, capsys):
    assert_right(capsys, 4, exercises.check_whole_gradient, whole)


@pytest.mark.parametrize("whole", NOT_WHOLES.values(), ids=NOT_WHOLES)
def test_whole_gradient_rejects(whole):
    with pytest.raises(AssertionError, match="not yet: the gradient"):
        exercises.check_whole_gradient(whole)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "net")
    assert peak_held(7, 4) == 5 < 2 * math.sqrt(7)  # the example of the solution
    assert all(peak_held(n, 1) == n + 1 for n in range(1, 9))
