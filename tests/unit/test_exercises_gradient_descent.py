import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.exercises import gradient_descent as exercises

PARABOLA = [12, 0.8, 1 / 6, 1 / 3, 0.8]
BOWL = [4, 0.25, 0.2, 0.6, 1]
CLAIMS = {
    "a step lowers the loss": True,
    "a step leads nearer to the lowest place": True,
    "a step lowers the size of each entry of the gradient": False,
    "sum and mean of the losses are smallest at the same w": True,
    "if a step lowers the loss by less than 0.001, the minimum is near": False,
    "if all curvatures are a, one step with lr = 1/a is enough": True,
}


def test_the_predictions_are_what_torch_walks_through():
    first, fate = exercises.predict.questions
    places = {}
    for lr in (0.25, 0.6):
        w = torch.ones(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=lr)
        places[lr] = []
        for _ in range(6):
            optimizer.zero_grad()
            (2 * w**2).sum().backward()
            optimizer.step()
            places[lr].append(w.item())
    assert first["right"] == places[0.25][0]
    assert [value > 0 for value in places[0.6]] == [False, True] * 3
    assert [abs(value) for value in places[0.6]] == sorted(abs(value) for value in places[0.6])
    assert fate["right"] == "it jumps from side to side, farther each time"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_parabola, PARABOLA),
        (1, exercises.check_parabola, [round(value, 2) for value in PARABOLA]),
        (1, exercises.check_parabola, tuple(map(np.float64, PARABOLA))),
        (1, exercises.check_parabola, torch.tensor(PARABOLA)),
        (1, exercises.check_parabola, [Fraction(n, 30) for n in (360, 24, 5, 10, 24)]),
        (2, exercises.check_bowl, BOWL),
        (2, exercises.check_bowl, torch.tensor(BOWL)),
        (2, exercises.check_bowl, [np.int64(4), Fraction(1, 4), 0.2, 0.6, 1.0]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_parabola, PARABOLA), (exercises.check_bowl, BOWL)]
)
@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", [-1, 0.5, 2, None, "6", True])
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong * answers[place] if type(wrong) in (int, float) else wrong
    message = "is not" if type(wrong) in (int, float) else "needs a number"
    with pytest.raises(AssertionError, match=f"^not yet: .*{message}"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_parabola, exercises.check_bowl])
def test_five_numbers_are_wanted(check):
    with pytest.raises(AssertionError, match="5 numbers are wanted, got 0"):
        check([])


def ends(loss, gradient, w, rates, steps):
    found = []
    for lr in rates:
        place = w
        for _ in range(steps):
            place = place - lr * gradient(place)
        found.append(loss(place))
    return torch.stack(found)


def by_rank(loss, gradient, w, rates, steps):
    found = ends(loss, gradient, w, rates, steps)
    return rates[found.nan_to_num(math.inf, math.inf).argmin()]


def by_filter(loss, gradient, w, rates, steps):
    pairs = zip(ends(loss, gradient, w, rates, steps).tolist(), rates, strict=True)
    return torch.tensor(min(pair for pair in pairs if math.isfinite(pair[0]))[1]).double()


def by_running_minimum(loss, gradient, w, rates, steps):
    best, lowest = None, math.inf
    for lr in rates:
        end = ends(loss, gradient, w.clone(), [lr], steps).item()
        if end < lowest:
            best, lowest = lr, end
    return best


@pytest.mark.parametrize("answer", [by_rank, by_filter, by_running_minimum])
def test_a_right_sweep_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_best_rate, answer)


def walked_in_place(loss, gradient, w, rates, steps):
    best = by_rank(loss, gradient, w, rates, steps)
    for _ in range(steps):
        w -= best * gradient(w)
    return best


def blind_to_nan(loss, gradient, w, rates, steps):
    return rates[ends(loss, gradient, w, rates, steps).argmin()]


def lowest_on_the_way(loss, gradient, w, rates, steps):
    found = torch.stack([ends(loss, gradient, w, rates, k) for k in range(steps + 1)])
    return rates[found.nan_to_num(math.inf, math.inf).amin(0).argmin()]


def shortest_gradient(loss, gradient, w, rates, steps):
    return by_rank(lambda w: gradient(w).norm(), gradient, w, rates, steps)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "needs a number"),
        (lowest_on_the_way, "is not"),
        (shortest_gradient, "is not"),
        (lambda loss, gradient, w, r, steps: by_rank(loss, gradient, w, r, steps - 1), "is not"),
        (lambda loss, gradient, w, r, steps: by_rank(loss, gradient, w, r, steps + 1), "is not"),
        (blind_to_nan, "is not"),
        (lambda loss, gradient, w, rates, steps: min(rates), "is not"),
        (lambda loss, gradient, w, rates, steps: max(rates), "is not"),
        (lambda loss, gradient, w, rates, steps: by_rank(loss, gradient, w, rates, 1), "is not"),
        (walked_in_place, "w itself must not change"),
    ],
)
def test_a_wrong_sweep_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_best_rate(wrong)


def backtracking(loss, gradient, w, lr, *, share=2, shrink=2):
    slope = gradient(w)
    while loss(w - lr * slope) > loss(w) - lr / share * (slope @ slope):
        lr /= shrink
    return w - lr * slope, lr


def by_for(loss, gradient, w, lr):
    slope = gradient(w)
    for halvings in range(100):
        rate = torch.tensor(lr, dtype=torch.float64) / 2**halvings
        step = rate * slope
        if loss(w) - loss(w - step) >= rate / 2 * slope.norm() ** 2 * (1 - 1e-12):
            return [w - step, rate]
    return None


def recursive(loss, gradient, w, lr):
    new = w - lr * gradient(w)
    enough = loss(w) - loss(new) >= lr / 2 * gradient(w).square().sum()
    return (new, lr) if enough else recursive(loss, gradient, w, lr / 2)


@pytest.mark.parametrize("answer", [backtracking, by_for, recursive])
def test_a_right_line_search_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_backtracking, answer)


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
        (lambda *given: (backtracking(*given)[0], None), "the learning rate needs a number"),
        (lambda *given: (None, backtracking(*given)[1]), "the new w is a tensor"),
        (in_place, "w itself must not change"),
        (with_rate(lambda lr: lr / 3), "halved again and again is not"),
        (with_rate(lambda lr: 0.0), "halved again and again is not 0"),
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
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "regression")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_backtracking(backtracking))
