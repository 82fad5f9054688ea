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

from utils.exercises import learning_rate as exercises

BY_HAND = [0.25, -0.6, 1, 0.004, [0.75, 0.5], [1.2, 1.6]]
MEMORY = [[0, -1, -1, 0, 1], 0.1, 0.91, 0.95, "it bounces"]
CLAIMS = {
    "half the rate leaves less than half of the mean square": True,
    "a cosine's rates average to more than half of the peak": True,
    "clipping by norm keeps the direction": True,
    "the sum of two clipped gradients is the clipped sum": False,
    "without clearing, a tenth of the rate brings the swing to rest": False,
    "above the limit, a clipped walk comes to rest": False,
}


def test_the_predictions_are_what_walks_find():
    left, pile = exercises.predict.questions
    whole, half = (exercises.mean_square_left(lr, 1.0, 1.0) for lr in (0.02, 0.01))
    assert left["right"] == "about a half"
    assert 0.45 < half / whole < 0.55
    one = torch.ones((), dtype=torch.float64)
    places = exercises.torch_descent(lambda w: 4 * w, one, [0.02] * 400, clear=False)
    late = torch.stack(places[300:])
    assert pile["right"] == "it swings to and fro and does not come to rest"
    assert 0.9 < late.max() < 1.1
    assert -1.1 < late.min() < -0.9


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (
            1,
            exercises.check_by_hand,
            [
                Fraction(1, 4),
                Fraction(-3, 5),
                1.0,
                np.float64(0.004),
                torch.tensor([0.75, 0.5]),
                (1.2, 1.6),
            ],
        ),
        (1, exercises.check_by_hand, [*BY_HAND[:5], torch.tensor([1.2, 1.6])]),
        (2, exercises.check_memory, MEMORY),
        (2, exercises.check_memory, [torch.tensor([0.0, -1, -1, 0, 1]), *MEMORY[1:]]),
        (2, exercises.check_memory, [(0, -1, -1, 0, 1), Fraction(1, 10), 0.91, 0.95, MEMORY[4]]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 0.125),
        (exercises.check_by_hand, BY_HAND, 0, -0.25),
        (exercises.check_by_hand, BY_HAND, 0, 0.3),
        (exercises.check_by_hand, BY_HAND, 0, None),
        (exercises.check_by_hand, BY_HAND, 1, 0.6),
        (exercises.check_by_hand, BY_HAND, 2, 0.2),
        (exercises.check_by_hand, BY_HAND, 3, 0.04),
        (exercises.check_by_hand, BY_HAND, 4, [0.5, 0]),
        (exercises.check_by_hand, BY_HAND, 5, [2, 2]),
        (exercises.check_by_hand, BY_HAND, 5, [-1.2, -1.6]),
        (exercises.check_memory, MEMORY, 0, [0] * 5),
        (exercises.check_memory, MEMORY, 0, [0, -1, 0, 1, 0]),
        (exercises.check_memory, MEMORY, 1, 0.91),
        (exercises.check_memory, MEMORY, 2, 0.9),
        (exercises.check_memory, MEMORY, 3, 0),
        (exercises.check_memory, MEMORY, 3, 0.9),
        (exercises.check_memory, MEMORY, 4, "it comes to rest"),
        (exercises.check_memory, MEMORY, 4, "it runs away"),
        (exercises.check_memory, MEMORY, 4, None),
    ],
)
def test_a_wrong_answer_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs|not )"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_memory])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def by_two_cases(t, warm):
    return (t + 1) / warm if t < warm else (warm / (t + 1)) ** 0.5


def by_torch(t, warm):
    count = torch.tensor(t + 1.0, dtype=torch.float64)
    return torch.minimum(count / warm, (warm / count).sqrt())


def by_numpy(t, warm):
    return np.minimum((t + 1) / warm, np.sqrt(warm / (t + 1)))


@pytest.mark.parametrize("answer", [by_two_cases, by_torch, by_numpy])
def test_a_right_schedule_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_inverse_root, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda t, warm: None, "needs a number"),
        (lambda t, warm: min(t / warm, (warm / max(t, 1)) ** 0.5), "at step 0 .* is not 0"),
        (lambda t, warm: max((t + 1) / warm, (warm / (t + 1)) ** 0.5), "is not"),
        (lambda t, warm: min((t + 1) / warm, warm / (t + 1)), "is not"),
        (lambda t, warm: min((t + 1) / warm, (t + 1) ** -0.5), "is not"),
        (lambda t, warm: min((t + 1) / warm, 1), "is not 1, but"),
    ],
)
def test_a_wrong_schedule_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: the share .*{hint}"):
        exercises.check_inverse_root(wrong)


def clip(g, most):
    return g * min(1.0, most / (g.norm().item() + 1e-6))


def in_place(slopes, w, rates, momentum, most):
    w, v = w.clone(), torch.zeros_like(w)
    for lr in rates:
        v.mul_(momentum).add_(clip(slopes(w), most))
        w.sub_(lr * v)
    return w


def by_optimizer(slopes, w, rates, momentum, most):
    w = w.clone().requires_grad_()
    optimizer = torch.optim.SGD([w], lr=1.0, momentum=momentum)
    for lr in rates:
        optimizer.param_groups[0]["lr"] = lr
        w.grad = slopes(w.detach())
        torch.nn.utils.clip_grad_norm_([w], most)
        optimizer.step()
    return w


def without_the_millionth(slopes, w, rates, momentum, most):
    v = 0
    for lr in rates:
        g = slopes(w)
        v = momentum * v + (g if g.norm() <= most else g / g.norm() * most)
        w = w - lr * v
    return w


@pytest.mark.parametrize("answer", [in_place, by_optimizer, without_the_millionth])
def test_a_right_descent_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_descend, answer)


def wrong_descent(kind):
    def descend(slopes, w, rates, momentum, most):
        v = torch.zeros_like(w)
        for lr in rates:
            g = slopes(w)
            if kind == "entries":
                g = g.clamp(-most, most)
            elif kind not in ("memory", "none"):
                g = clip(g, most)
            v = momentum * v + (lr * g if kind == "inside" else g)
            if kind == "averaged":
                v = v - momentum * g
            if kind == "memory":
                v = clip(v, most)
            step = v if kind == "inside" else (rates[0] if kind == "first rate" else lr) * v
            if kind == "changes w":
                w -= step
            else:
                w = w + step if kind == "up" else w - step
        return w

    return descend


KINDS = ("entries", "memory", "none", "inside", "averaged", "first rate", "up")


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_descent_is_rejected(kind):
    with pytest.raises(AssertionError, match=r"^not yet: with .*the last place is off"):
        exercises.check_descend(wrong_descent(kind))


def test_a_descent_that_changes_its_start_or_returns_no_place_is_rejected():
    with pytest.raises(AssertionError, match="w itself was changed"):
        exercises.check_descend(wrong_descent("changes w"))
    with pytest.raises(AssertionError, match="a tensor like w is wanted, got None"):
        exercises.check_descend(lambda *arguments: None)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "case")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_descend(in_place))
