import math

import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import number_formats as exercises

BY_HAND = [2.5, 12, 3, 1]
HALF = [4096, "infinity", 0, "the weights stay, and S is halved"]
CLAIMS = {
    "a sum of float16 numbers can depend on their order": True,
    "a float16 times 2 and halved again is what it was": False,
    "each float16 is also a float32": True,
    "each float16 is also a bfloat16": False,
    "each bfloat16 is also a float32": True,
    "two unequal float16 numbers can have the difference 0": False,
}


def replaced(answers, place, wrong):
    return [*answers[:place], wrong, *answers[place + 1 :]]


def test_six_bits_are_those_of_the_page():
    assert len(exercises.SIX_BITS) == 28 and exercises.SIX_BITS[-1] == 14
    assert sorted(exercises.SIX_BITS) == exercises.SIX_BITS
    assert [exercises.rounded_to_six_bits(x) for x in (9, 11, 13, 8.9, 9.1)] == [8, 12, 12, 8, 10]


@in_every_form
def test_the_warm_up_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])


@in_every_form
def test_the_predictions_accept_the_right_answers(form, capsys):
    answers = [answer if isinstance(answer, str) else form(answer) for answer in HALF]
    assert_right(capsys, 2, exercises.check_half, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, 1.25, "six bits"),
        (0, None, "six bits"),
        (1, 13, "12 . 1"),
        (1, 14, "12 . 1"),
        (2, 1.5, "these bits"),
        (2, 1, "these bits"),
        (3, 2, "neighbours"),
        (3, 0.5, "neighbours"),
    ],
)
def test_wrong_numbers_by_hand_are_rejected(place, wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_by_hand(replaced(BY_HAND, place, wrong))


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, 4097, "4096"),
        (1, "65504", "largest number"),
        (1, None, "largest number"),
        (2, 2**-25, "half of the smallest"),
        (3, "the weights become nan", "the scaler"),
        (3, "the step is taken, and S is halved", "the scaler"),
    ],
)
def test_wrong_predictions_are_rejected(place, wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_half(replaced(HALF, place, wrong))


def test_answers_that_are_missing_are_asked_for():
    for check in (exercises.check_by_hand, exercises.check_half):
        with pytest.raises(AssertionError, match="4 answers are wanted"):
            check([1, 2])


def following(x):
    return (x.view(torch.int16) + 1).view(torch.float16)


def by_exponent(x):
    _, exponent = x.double().frexp()
    return torch.exp2((exponent - 11).clamp(min=-24).double())


GAPS = {
    "the next code": lambda x: following(x).double() - x.double(),
    "by exponent": by_exponent,
    "one after the other": lambda x: torch.stack(
        [following(entry.reshape(1))[0].double() - entry.double() for entry in x[:50]]
        + list((following(x[50:]).double() - x[50:].double()).unbind())
    ),
}


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
def test_gap_accepts(gap, capsys):
    assert_right(capsys, 3, exercises.check_gap, gap)


NOT_GAPS = {
    "to the smaller one": lambda x: (
        x.double() - (x.view(torch.int16) - 1).view(torch.float16).double()
    ),
    "no subnormal numbers": lambda x: torch.exp2((x.double().frexp()[1] - 11).double()),
    "relative": lambda x: torch.full(x.shape, 2.0**-10, dtype=torch.float64),
    "of bfloat16": lambda x: 8 * by_exponent(x),
    "in float16": lambda x: following(x) - x,
    "nothing": lambda x: None,
    "one number": lambda x: torch.tensor(2.0**-10, dtype=torch.float64),
}


@pytest.mark.parametrize("wrong", NOT_GAPS.values(), ids=NOT_GAPS)
def test_gap_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_gap(wrong)


def largest(gradients):
    return max(g.abs().max().item() for g in gradients)


def by_trying(gradients):
    S = 2.0**-200
    while 2 * S * largest(gradients) <= 65504:
        S *= 2
    return S


SCALES = {
    "by trying": by_trying,
    "by the logarithm": lambda gradients: 2.0 ** math.floor(math.log2(65504 / largest(gradients))),
    "a tensor": lambda gradients: torch.exp2(
        torch.floor(torch.log2(65504 / torch.cat([g.flatten() for g in gradients]).abs().max()))
    ),
    "halving from the top": lambda gradients: next(
        2.0**e for e in range(200, -200, -1) if 2.0**e * largest(gradients) <= 65504
    ),
}


@pytest.mark.parametrize("answer", SCALES.values(), ids=SCALES)
def test_largest_scale_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_scale, answer)


NOT_SCALES = {
    "the usual one": lambda gradients: 2.0**16,
    "no power": lambda gradients: 65504 / largest(gradients),
    "signs count": lambda gradients: (
        2.0 ** math.floor(math.log2(65504 / max(g.max().item() for g in gradients)))
    ),
    "the first tensor alone": lambda gradients: by_trying(gradients[:1]),
    "rounded up": lambda gradients: 2 * by_trying(gradients),
    "rounded down": lambda gradients: by_trying(gradients) / 2,
    "at least 1": lambda gradients: max(1.0, by_trying(gradients)),
    "to the nearest power": lambda gradients: 2.0 ** round(math.log2(65504 / largest(gradients))),
    "the exponent": lambda gradients: math.log2(by_trying(gradients)),
    "nothing": lambda gradients: None,
}


@pytest.mark.parametrize("wrong", NOT_SCALES.values(), ids=NOT_SCALES)
def test_largest_scale_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_scale(wrong)


def test_the_claims_accept_the_truth(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "draw of numbers")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_the_claims_want_verdicts(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)
