import numpy as np
import pytest
import torch
from exercise_checks import assert_right, in_every_form

from utils.exercises import minibatch_noise as exercises

BY_HAND = [14, 7, 14 / 3, 0]
SCALE = [144, 0.5, 0.2, 1.5, 3]
CLAIMS = dict(zip(exercises.HOLDS, [True, False, True, False, True, False], strict=True))


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, form(BY_HAND))
    assert_right(capsys, 2, exercises.check_scale, form(SCALE))


@pytest.mark.parametrize(
    ("place", "wrong"), [(0, 56 / 3), (1, 3.5), (2, 3.5), (2, 7), (3, 3.5), (1, None)]
)
def test_the_variances_reject(place, wrong):
    given = [*BY_HAND]
    given[place] = wrong
    with pytest.raises(AssertionError, match="not yet: the variance"):
        exercises.check_by_hand(given)


@pytest.mark.parametrize(
    ("place", "wrong"), [(0, 48), (1, 0.4995), (2, 0.25), (3, 3), (4, 1.5), (0, None)]
)
def test_the_scale_rejects(place, wrong):
    given = [*SCALE]
    given[place] = wrong + 0.01 if place == 1 else wrong
    with pytest.raises(AssertionError, match="not yet: the"):
        exercises.check_scale(given)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_scale])
def test_missing_numbers_are_named(check):
    with pytest.raises(AssertionError, match="numbers are wanted, got 1"):
        check([14])


LAYER = {
    "broadcast": lambda x, e: e[:, :, None] * x[:, None, :],
    "einsum": lambda x, e: torch.einsum("ik,ij->ijk", x, e),
    "bmm": lambda x, e: torch.bmm(e.unsqueeze(2), x.unsqueeze(1)),
    "numpy": lambda x, e: np.einsum("ik,ij->ijk", x.numpy(), e.numpy()),
}
NOT_LAYER = {
    "turned": lambda x, e: x[:, :, None] * e[:, None, :],
    "the mean": lambda x, e: e.T @ x / len(x),
    "the sum": lambda x, e: e.T @ x,
    "divided": lambda x, e: e[:, :, None] * x[:, None, :] / len(x),
    "sign": lambda x, e: -e[:, :, None] * x[:, None, :],
    "nothing": lambda x, e: None,
}


@pytest.mark.parametrize("answer", LAYER.values(), ids=LAYER)
def test_layer_gradients_accept(answer, capsys):
    assert_right(capsys, 3, exercises.check_layer_gradients, answer)


@pytest.mark.parametrize("wrong", NOT_LAYER.values(), ids=NOT_LAYER)
def test_layer_gradients_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: the gradients of"):
        exercises.check_layer_gradients(wrong)


def scale(each, divisor=0):
    mean = each.mean(0)
    return (each.var(0, correction=divisor).sum() / mean.square().sum()).item()


def solved(each, share):
    return max(1, int(np.ceil(scale(each) * share / (1 - share) - 1e-6)))


def searched(each, share):
    b = 1
    while 1 / (1 + scale(each) / b) < share - 1e-9:
        b += 1
    return torch.tensor(b)


BATCH_FOR = {"solved": solved, "searched": searched, "array": lambda e, s: np.array(solved(e, s))}
NOT_BATCH_FOR = {
    "divisor": lambda each, share: max(
        1, int(np.ceil(scale(each, 1) * share / (1 - share) - 1e-6))
    ),
    "not rounded up": lambda each, share: max(1, int(scale(each) * share / (1 - share))),
    "no least": lambda each, share: int(np.ceil(scale(each) * share / (1 - share) - 1e-6)),
    "a fraction": lambda each, share: scale(each) * share / (1 - share),
    "turned": lambda each, share: max(1, int(np.ceil(scale(each) * (1 - share) / share - 1e-6))),
    "nothing": lambda each, share: None,
}


@pytest.mark.parametrize("answer", BATCH_FOR.values(), ids=BATCH_FOR)
def test_batch_for_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_batch_for, answer)


@pytest.mark.parametrize("wrong", NOT_BATCH_FOR.values(), ids=NOT_BATCH_FOR)
def test_batch_for_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: batch_for"):
        exercises.check_batch_for(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("turn", [lambda verdict: not verdict, lambda verdict: None])
def test_claims_reject(claim, turn):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: turn(CLAIMS[claim])})
