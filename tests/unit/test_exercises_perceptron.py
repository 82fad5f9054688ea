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

from utils.exercises import perceptron as exercises
from utils.exercises.perceptron_runs import Problem, bound, draw, mistakes, run
from utils.widgets.perceptron_steps import PerceptronSteps

BY_HAND = [[1, 2, 1], [-1, 1, 0], [1, -1]]
BOUNDS = [10 / 9, 4, 19]
CLAIMS = {
    "after its update, the sample that was used is on its right side": False,
    "an update raises label times score of the sample that was used": True,
    "an update lowers the number of mistakes on all samples": False,
    "updates ten times as long use the same samples": True,
    "another order of the samples takes as many updates": False,
    "the bias at the end is a whole number": True,
}


def test_the_predictions_are_what_the_rule_does():
    weights, fate = exercises.predict.questions
    first = run(torch.tensor([[2.0, 1]]), torch.tensor([1.0]), 1)[1]
    assert weights["right"] == first.tolist()
    square = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    path = run(square, torch.tensor([-1.0, 1, 1, -1]), 6)
    assert len({tuple(u.tolist()) for u in path}) < len(path) - 12
    assert fate["right"] == "they come back to values that they had"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([1, 2, 1]), np.array([-1, 1, 0]), (1.0, -1.0)]),
        (1, exercises.check_by_hand, [tuple(map(Fraction, part)) for part in BY_HAND]),
        (2, exercises.check_bounds, BOUNDS),
        (2, exercises.check_bounds, [1.11, 4.0, 19.0]),
        (2, exercises.check_bounds, [Fraction(10, 9), np.int64(4), torch.tensor(19)]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [0, 0, 0]),
        (exercises.check_by_hand, BY_HAND, 0, [1, 2]),
        (exercises.check_by_hand, BY_HAND, 1, [3, 3, 2]),
        (exercises.check_by_hand, BY_HAND, 1, None),
        (exercises.check_by_hand, BY_HAND, 2, [1, 1]),
        (exercises.check_by_hand, BY_HAND, 2, [-1, 1]),
        (exercises.check_bounds, BOUNDS, 0, 1),
        (exercises.check_bounds, BOUNDS, 1, 2),
        (exercises.check_bounds, BOUNDS, 1, None),
        (exercises.check_bounds, BOUNDS, 2, 190),
        (exercises.check_bounds, BOUNDS, 2, 19.001),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_bounds])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="3 .* are wanted, got 0"):
        check([])


def by_floor(X, y, w, b):
    m = y * (X @ w + b)
    return torch.where(m > 0, 0, torch.floor(-m / ((X**2).sum(1) + 1)) + 1)


def by_clamp(X, y, w, b):
    m = y * (X @ w + b)
    return (torch.floor(-m / (X.square().sum(1) + 1)) + 1).clamp(min=0).long()


def in_numpy(X, y, w, b):
    X, y, w, b = X.numpy(), y.numpy(), w.numpy(), b.numpy()
    m = y * (X @ w + b)
    return np.where(m > 0, 0, np.floor_divide(-m, np.sum(X * X, axis=1) + 1) + 1)


@pytest.mark.parametrize("answer", [by_floor, by_clamp, in_numpy])
def test_the_number_of_mistakes_left_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_mistakes_left, answer)


def rounded_up(X, y, w, b):
    m = y * (X @ w + b)
    return torch.where(m > 0, 0, torch.ceil(-m / ((X**2).sum(1) + 1)))


def without_the_one(X, y, w, b):
    m = y * (X @ w + b)
    return torch.where(m > 0, 0, torch.floor(-m / (X**2).sum(1).clamp(min=0.5)) + 1)


def zero_is_right(X, y, w, b):
    return torch.where(y * (X @ w + b) >= 0, 0, by_floor(X, y, w, b))


def right_ones_too(X, y, w, b):
    return torch.floor(-y * (X @ w + b) / ((X**2).sum(1) + 1)) + 1


def labels_forgotten(X, y, w, b):
    return by_floor(X, torch.ones_like(y), w, b)


def by_a_loop(X, y, w, b):
    return torch.tensor([float(by_floor(x[None], y[i], w, b)) for i, x in enumerate(X)])


def in_place(X, y, w, b):
    result = by_floor(X, y, w, b)
    w += 1
    return result


@pytest.mark.parametrize(
    "answer",
    [
        rounded_up,
        without_the_one,
        zero_is_right,
        right_ones_too,
        labels_forgotten,
        by_a_loop,
        in_place,
        lambda X, y, w, b: None,
    ],
)
def test_a_wrong_number_of_mistakes_left_is_rejected(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_mistakes_left(answer)


def pocket(X, y, passes, *, last=False, ties=False, label=1, after=True):
    u, wrong = torch.zeros(X.shape[1] + 1).double(), len(X)
    kept = u
    for _ in range(passes):
        for x, sign in zip(X, y, strict=True):
            z = torch.cat([x, x.new_ones(1)])
            if sign * (z @ u) <= 0:
                u = u + label * sign * z
                left = mistakes(X, y, u)
                if left < wrong or (ties and left == wrong):
                    kept, wrong = u, left
        if not after and mistakes(X, y, u) < wrong:
            kept, wrong = u, mistakes(X, y, u)
    return (u[:-1], u[-1]) if last else (kept[:-1], kept[-1])


def the_latest_of_equals(X, y, passes):
    return pocket(X, y, passes, ties=True)


def in_lists(X, y, passes):
    w, b = pocket(X, y, passes)
    return w.tolist(), b.item()


@pytest.mark.parametrize("answer", [pocket, the_latest_of_equals, in_lists])
def test_a_right_pocket_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_pocket, answer)


def last_weights(X, y, passes):
    return pocket(X, y, passes, last=True)


def one_pass_alone(X, y, passes):
    return pocket(X, y, 1)


def zeros(X, y, passes):
    return torch.zeros(X.shape[1]), 0.0


def other_length(X, y, passes):
    w, b = pocket(X, y, passes)
    return 3 * w, 3 * b


def bias_forgotten(X, y, passes):
    return pocket(X, y, passes)[0]


@pytest.mark.parametrize(
    "answer",
    [last_weights, one_pass_alone, zeros, other_length, bias_forgotten, lambda X, y, passes: None],
)
def test_a_wrong_pocket_is_rejected(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_pocket(answer)


def test_the_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "data set")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_checks_leave_the_global_generator_alone(capsys):
    assert_leaves_the_generator_alone(lambda: exercises.check_mistakes_left(by_floor))
    assert_leaves_the_generator_alone(lambda: exercises.check_pocket(pocket))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))


def test_runs_are_those_of_the_demo():
    for preset in ("narrow gap", "wide gap"):
        demo = PerceptronSteps(preset=preset)
        table = torch.tensor(demo.points, dtype=torch.float64)
        X, y = table[:, :2], table[:, 2]
        assert run(X, y, 99, indices=True) == demo.run.used
        path = run(X, y, 99)
        assert torch.equal(torch.stack(path), demo.run.weights)
        assert mistakes(X, y, path[-1]) == 0
        assert bound(X, y, path[-1]) >= demo.bound - 1e-9


def test_drawn_problems_are_separable_or_not():
    for problem in draw(10, separable=True):
        assert mistakes(*problem, run(*problem, 500)[-1]) == 0
    hard = [mistakes(*problem, run(*problem, 200)[-1]) for problem in draw(10, separable=False)]
    assert sum(left > 0 for left in hard) > 5
    assert all(
        math.isfinite(value) for problem in draw(3, separable=False) for value in problem.X.sum(1)
    )
    assert isinstance(draw(1, separable=True)[0], Problem)
