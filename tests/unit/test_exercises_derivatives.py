import numpy as np
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
HUNDRED = "100 times smaller"
DIFFERENCES = {
    "forward difference of x²": 6.5,
    "central difference of x²": 6,
    r"central difference of max\(x, 0\)": 0.5,
    "difference with the step 1e-17": 0,
}
CLAIMS = {
    "if f'(x) exists, central differences settle on it": True,
    "if central differences settle on a number, it is f'(x)": False,
    "half the step, half the error of a forward difference": False,
    "for exp, float32 needs a larger step than float64": True,
    "a gradient that passes one check is right": False,
    "torch's answer at a corner is a sub-derivative": False,
}


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def sharper(f, x, h):
    return (4 * central(f, x, h) - central(f, x, 2 * h)) / 3


@in_every_form
def test_slopes_accepts_the_right_numbers(form, capsys):
    exercises.check_slopes(list(in_form(form, SLOPES).values()))
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
        exercises.check_slopes(list({**SLOPES, name: answer}.values()))


def test_slopes_wants_six():
    with pytest.raises(AssertionError, match="not yet: six answers are wanted, got 5"):
        exercises.check_slopes(list(SLOPES.values())[:5])


@in_every_form
def test_differences_accepts_the_right_answers(form, capsys):
    exercises.check_differences([*in_form(form, DIFFERENCES).values(), HUNDRED])
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize("answer", [None, 0.54, 6.05, 6.501, 3.25])
@pytest.mark.parametrize("name", DIFFERENCES)
def test_differences_rejects_a_wrong_number(name, answer):
    given = list({**DIFFERENCES, name: answer}.values())
    with pytest.raises(AssertionError, match=f"not yet: the {name} "):
        exercises.check_differences([*given, HUNDRED])


@pytest.mark.parametrize("words", [None, 100, "10 times smaller", "20 times smaller"])
def test_differences_rejects_other_words(words):
    with pytest.raises(AssertionError, match=f"not yet: the error does not become {words!r}"):
        exercises.check_differences([*DIFFERENCES.values(), words])


def test_differences_wants_five():
    with pytest.raises(AssertionError, match="not yet: five answers are wanted, got 4"):
        exercises.check_differences(list(DIFFERENCES.values()))


def test_the_predictions_are_what_torch_gives():
    step, corner, answer = exercises.predict.questions
    x = torch.tensor(1.0, dtype=torch.float64)
    errors = {
        words: abs(((x + h).sin() - x.sin()) / h - x.cos())
        for words, h in zip(step["options"], (1e-2, 1e-8, 1e-15), strict=True)
    }
    assert step["right"] == min(errors, key=errors.get)
    zero = torch.zeros((), dtype=torch.float64, requires_grad=True)
    assert corner["right"] == (abs(1e-6) - abs(-1e-6)) / 2e-6
    (slope,) = torch.autograd.grad(zero.abs(), zero)
    assert answer["right"] == f"{slope.item():g}"


@pytest.mark.parametrize("sheet", [exercises.slopes, exercises.differences])
def test_sheets_hold_what_their_checks_want(sheet, capsys):
    right = [question["right"] for question in sheet.questions]
    sheet.answers = [
        ", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in right
    ]
    sheet.check()
    assert capsys.readouterr().out.endswith("is right.\n")


def forward_grad(f, x, eps=1e-7):
    here, gradient = f(x), torch.zeros_like(x)
    for place in np.ndindex(*x.shape):
        step = torch.zeros_like(x)
        step[place] = eps
        gradient[place] = (f(x + step) - here) / eps
    return gradient


def over_flat_entries(f, x, eps):
    here, flat = f(x), x.reshape(-1)
    rises = []
    for i in range(x.numel()):
        moved = flat.clone()
        moved[i] += eps
        rises.append((f(moved.view(x.shape)) - here) / eps)
    return torch.stack(rises).view(x.shape) if rises else torch.zeros_like(x)


def by_units(f, x, eps):
    if not x.numel():
        return torch.zeros_like(x)
    here = f(x)
    units = torch.eye(x.numel(), dtype=x.dtype).unbind()
    return torch.stack([f(x + eps * u.view(x.shape)) - here for u in units]).view(x.shape) / eps


@pytest.mark.parametrize("answer", [forward_grad, over_flat_entries, by_units])
def test_forward_grad_accepts_the_right_function(answer, capsys):
    exercises.check_forward_grad(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def twice(f, x, eps):
    gradient = torch.zeros_like(x)
    for place in np.ndindex(*x.shape):
        step = torch.zeros_like(x)
        step[place] = eps
        gradient[place] = (f(x + step) - f(x)) / eps
    return gradient


def in_place(f, x, eps):
    here, gradient = f(x), torch.zeros_like(x)
    for place in np.ndindex(*x.shape):
        x[place] += eps
        gradient[place] = (f(x) - here) / eps
    return gradient


def backward(f, x, eps):
    return forward_grad(f, x, -eps)


def by_torch(f, x, eps):
    point = x.clone().requires_grad_()
    return torch.autograd.grad(f(point), point)[0]


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x, eps: None, "a tensor is wanted, got None"),
        (lambda f, x, eps: forward_grad(f, x, eps).sum(), r"the shape is \(\)"),
        (twice, r"f is called 6 times for x of shape \(3,\), not 4"),
        (in_place, r"x itself is changed for x of shape \(3,\)"),
        (backward, "a difference is wrong .* eps = 0.001"),
        (by_torch, "f is called 1 times"),
        (lambda f, x, eps: forward_grad(f, x), "a difference is wrong .* eps = 0.001"),
        (lambda f, x, eps: 2 * forward_grad(f, x, eps), "a difference is wrong"),
    ],
)
def test_forward_grad_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_forward_grad(wrong)


def in_one_fraction(f, x, h):
    return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)


def point_by_point(f, x, h):
    return torch.stack([sharper(f, point, h) for point in x])


@pytest.mark.parametrize("answer", [sharper, in_one_fraction, point_by_point])
def test_sharper_accepts_the_right_function(answer, capsys):
    exercises.check_sharper(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


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
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_every_other_verdict(claim):
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert said.startswith(f"not yet: {claim!r} is not {not CLAIMS[claim]}: ")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_a_verdict(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
