import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    in_form,
    no_verdicts,
)

from utils.exercises import gradient_descent as exercises

ANSWERS = {
    "slope at the start": 12,
    "w after one step, lr 0.1": 0.8,
    "lr that needs one step": 1 / 6,
    "lr from which on it diverges": 1 / 3,
    "distance kept per step, lr 0.3": 0.8,
    "batch size with a tenth of the noise of 16": 1600,
}
CLAIMS = {
    "if lr < 2/a, a step against the full gradient lowers the loss": True,
    "if lr < 2/a, a step against one example's gradient lowers the loss of all": False,
    "a minibatch of twice the size has half the noise": False,
    "sum and mean of the losses have the same minimum": True,
    "if a step lowers the loss by less than 0.001, the minimum is near": False,
    "if all curvatures are a, lr = 1/a needs one step": True,
}


def backtracking(loss, gradient, w, lr, *, share=2, shrink=2):
    slope = gradient(w)
    while loss(w - lr * slope) > loss(w) - lr / share * (slope @ slope):
        lr /= shrink
    return w - lr * slope, lr


@in_every_form
def test_the_right_numbers_are_accepted_in_every_form(form, capsys):
    exercises.check_parabola(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


def test_the_right_numbers_are_accepted(capsys):
    exercises.check_parabola(ANSWERS)
    rounded = {name: round(value, 2) for name, value in ANSWERS.items()}
    exercises.check_parabola(rounded)
    assert capsys.readouterr().out == 2 * "Exercise 1 is right.\n"


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("factor", [-1, 0.5, 2])
def test_a_wrong_number_is_named(name, factor):
    wrong = factor * ANSWERS[name]
    with pytest.raises(AssertionError) as error:
        exercises.check_parabola({**ANSWERS, name: wrong})
    assert str(error.value) == f"not yet: {name!r} is not {wrong}"


@pytest.mark.parametrize("answer", [None, "6", True])
def test_a_number_is_wanted(answer):
    with pytest.raises(AssertionError, match="'slope at the start' needs a number"):
        exercises.check_parabola({**ANSWERS, "slope at the start": answer})
    with pytest.raises(AssertionError, match="'slope at the start' needs a number, got None"):
        exercises.check_parabola({})


def with_a_for(loss, gradient, w, lr):
    slope = gradient(w)
    for halvings in range(1000):
        rate = lr / 2**halvings
        if loss(w - rate * slope) <= loss(w) - rate / 2 * slope.square().sum():
            return [w - rate * slope, rate]


def with_a_tensor(loss, gradient, w, lr):
    return backtracking(loss, gradient, w, torch.tensor(lr, dtype=torch.float64))


@pytest.mark.parametrize("answer", [backtracking, with_a_for, with_a_tensor])
def test_the_right_line_search_is_accepted(answer, capsys):
    exercises.check_backtracking(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


def in_place(loss, gradient, w, lr):
    new, lr = backtracking(loss, gradient, w, lr)
    w.copy_(new)
    return w, lr


def with_rate(rate):
    return lambda loss, gradient, w, lr: (w - rate(lr) * gradient(w), rate(lr))


def climbing(loss, gradient, w, lr):
    new, lr = backtracking(loss, gradient, w, lr)
    return 2 * w - new, lr


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "the new w and its learning rate are wanted, got None"),
        (lambda *given: backtracking(*given)[0], "the new w and its learning rate are wanted"),
        (in_place, "w itself must not change"),
        (with_rate(lambda lr: lr / 3), "halved again and again is never"),
        (lambda *given: backtracking(*given, shrink=4), "is halved too often"),
        (lambda *given: backtracking(*given, share=1.5), "is halved too often"),
        (lambda *given: backtracking(*given, share=1e9), "the loss falls too little"),
        (with_rate(lambda lr: lr), "the loss falls too little"),
        (climbing, "w is not one step away"),
    ],
)
def test_a_wrong_line_search_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_backtracking(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "regression")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_backtracking(backtracking))
