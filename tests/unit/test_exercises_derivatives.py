import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    in_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import derivatives as exercises

SLOPES = {
    "x³ − 2x at 2": 10,
    "x exp x at 0": 1,
    "log(3x) at 2": 0.5,
    "sin(x²) at 0": 0,
    "1 / x at −2": -0.25,
    "max(2x, −x) at 0": (-1, 2),
}
CLAIMS = {
    "if f'(x) exists, central differences settle on it": True,
    "if central differences settle on a number, it is f'(x)": False,
    "half the step, half the error of a forward difference": False,
    "float32 needs a larger step than float64": True,
    "a gradient that passes one check is right": False,
    "torch's answer at a corner is a sub-derivative": False,
}


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def sharper(f, x, h):
    return (4 * central(f, x, h) - central(f, x, 2 * h)) / 3


@in_every_form
def test_slopes_accepts_the_right_numbers(form, capsys):
    exercises.check_slopes(in_form(form, SLOPES))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("x³ − 2x at 2", None, "the slope of x³ − 2x at 2 needs a number, got None"),
        ("x³ − 2x at 2", 12, "the slope of x³ − 2x at 2 is not 12"),
        ("x³ − 2x at 2", True, "the slope of x³ − 2x at 2 needs a number, got True"),
        ("x exp x at 0", 0, "the slope of x exp x at 0 is not 0"),
        ("log(3x) at 2", 1 / 6, r"the slope of log\(3x\) at 2 is not 0.1666"),
        ("sin(x²) at 0", 1, r"the slope of sin\(x²\) at 0 is not 1"),
        ("1 / x at −2", 0.25, "the slope of 1 / x at −2 is not 0.25"),
        ("max(2x, −x) at 0", 0, r"the pair of slopes of max\(2x, −x\) at 0 needs 2 numbers"),
        (
            "max(2x, −x) at 0",
            (None, 2),
            r"the pair of slopes of max\(2x, −x\) at 0 needs .* got \(None, 2\)",
        ),
        ("max(2x, −x) at 0", (0, 2), r"the smallest slope of max\(2x, −x\) at 0 is not 0"),
        ("max(2x, −x) at 0", (-1, 1), r"the largest slope of max\(2x, −x\) at 0 is not 1"),
        ("max(2x, −x) at 0", (2, -1), r"the smallest slope of max\(2x, −x\) at 0 is not 2"),
    ],
)
def test_slopes_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_slopes({**SLOPES, name: answer})


def in_one_fraction(f, x, h):
    return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)


def point_by_point(f, x, h):
    return torch.stack([sharper(f, point, h) for point in x])


@pytest.mark.parametrize("answer", [sharper, in_one_fraction, point_by_point])
def test_sharper_accepts_the_right_function(answer, capsys):
    exercises.check_sharper(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x, h: None, "a tensor is wanted, got None for x to the power 0"),
        (lambda f, x, h: sharper(f, x, h).sum(), r"shape \(\) is wrong for x to the power 0"),
        (lambda f, x, h: (f(x + h) - f(x)) / h, "for x to the power 2 the slope is wrong"),
        (central, "for x to the power 3 the slope is wrong"),
        (lambda f, x, h: 3 * sharper(f, x, h), "for x to the power 1 the slope is wrong"),
        (lambda f, x, h: central(f, x, 1e-4), "for x to the power 3 the slope is wrong"),
        (lambda f, x, h: sharper(f, x, 0.25), "for exp the error is of order 0.0"),
    ],
)
def test_sharper_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_sharper(wrong)


def test_sharper_rejects_a_torch_answer():
    def cheating(f, x, h):
        point = x.clone().requires_grad_()
        return torch.autograd.grad(f(point).sum(), point)[0]

    with pytest.raises(AssertionError, match="not yet: exp has an error of order 4"):
        exercises.check_sharper(cheating)


def test_claims_accepts_the_right_verdicts(capsys):
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_every_other_verdict(claim):
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert said.startswith(f"not yet: {claim!r} is not {not CLAIMS[claim]}: ")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_a_verdict(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
