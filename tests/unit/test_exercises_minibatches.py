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

from utils.exercises import minibatches as exercises

SLOPES = [4, 4, 2.5, math.sqrt(38 / 3), math.sqrt(38 / 3) / 2]
EPOCHS = [16, 40, 1600, 0.05, 0.1 / 64]
CLAIMS = {
    "a step against the gradient of one example lowers the loss of all": False,
    "a minibatch of twice the size has half the noise": False,
    "the mean over all pairs of examples is the full gradient": True,
    "at the minimum of the loss, each example has the gradient zero": False,
    "all orders of the same examples give the same step if b = n": True,
    "sum and mean of the losses are smallest at the same w": True,
}


def test_the_predictions_are_what_torch_finds():
    times, end = exercises.predict.questions
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(20_000, 100, generator=generator)
    ratio = drawn[:, 0].std() / drawn.mean(1).std()
    assert times["right"] == pytest.approx(ratio.item(), rel=0.03)
    x, y = torch.randn(2, 100, generator=generator, dtype=torch.float64)
    w, best, far = 0.0, (x @ y) / (x @ x), []
    for i in torch.randint(100, (4000,), generator=generator):
        w = w - 0.02 * x[i] * (x[i] * w - y[i])
        far.append(abs(w - best).item())
    late = sum(far[2000:]) / 2000
    assert 0.01 < late < 0.3
    assert 0.01 < sum(far[3000:]) / 1000 < 0.3
    assert end["right"] == "it jitters around it"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_slopes, SLOPES),
        (1, exercises.check_slopes, [round(value, 1) for value in SLOPES]),
        (1, exercises.check_slopes, torch.tensor(SLOPES)),
        (2, exercises.check_epochs, EPOCHS),
        (2, exercises.check_epochs, torch.tensor(EPOCHS, dtype=torch.float64)),
        (2, exercises.check_epochs, [np.int64(16), 40.0, 1600, Fraction(1, 20), 0.0016]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_slopes, SLOPES), (exercises.check_epochs, EPOCHS)]
)
@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", [-1, 0.5, 2, None, "6", True])
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong * answers[place] if type(wrong) in (int, float) else wrong
    message = "is not" if type(wrong) in (int, float) else "needs a number"
    with pytest.raises(AssertionError, match=f"^not yet: .*{message}"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_slopes, exercises.check_epochs])
def test_five_numbers_are_wanted(check):
    with pytest.raises(AssertionError, match="5 numbers are wanted, got 0"):
        check([])


def by_slices(loss, w, X, y, batch_size):
    total = 0
    for at in range(0, len(y), batch_size):
        part = slice(at, at + batch_size)
        total += loss(w, X[part], y[part]) * len(y[part])
    return total / len(y)


def by_split(loss, w, X, y, batch_size):
    parts = list(zip(X.split(batch_size), y.split(batch_size), strict=True))
    return sum(loss(w, *part).item() * len(part[1]) / len(y) for part in parts)


def by_one(loss, w, X, y, batch_size):
    return torch.stack([loss(w, X[i : i + 1], y[i : i + 1]) for i in range(len(y))]).mean()


def shuffled(loss, w, X, y, batch_size):
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(0))
    return by_slices(loss, w, X[order], y[order], batch_size)


@pytest.mark.parametrize("answer", [by_slices, by_split, by_one, shuffled])
def test_a_right_loss_from_minibatches_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_whole_loss, answer)


def mean_of_means(loss, w, X, y, batch_size):
    parts = zip(X.split(batch_size), y.split(batch_size), strict=True)
    return torch.stack([loss(w, *part) for part in parts]).mean()


def without_the_last(loss, w, X, y, batch_size):
    count = len(y) // batch_size * batch_size
    return by_slices(loss, w, X[:count], y[:count], batch_size) if count else loss(w, X, y)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "asked about 0 examples instead of 10"),
        (lambda loss, w, X, y, b: ((X @ w - y) ** 2).mean() / 2, "asked about 0 examples"),
        (lambda loss, w, X, y, b: loss(w, X, y), "10 examples were read at once"),
        (
            lambda loss, w, X, y, b: by_slices(loss, w, X, y, b) * len(y),
            "the loss for 10 examples",
        ),
        (lambda loss, w, X, y, b: loss(w, X[:b], y), "do not match"),
        (mean_of_means, "the loss for 10 examples and batch_size=4 is not"),
        (without_the_last, "asked about 8 examples instead of 10"),
    ],
)
def test_a_wrong_loss_from_minibatches_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_whole_loss(wrong)


def by_formula(each, error):
    return max(1, math.ceil(each.var(0, correction=0).sum().item() / error**2))


def by_counting(each, error):
    sigma = (each - each.mean(0)).norm() / math.sqrt(len(each))
    size = 1
    while sigma / math.sqrt(size) > error:
        size += 1
    return size


def as_tensor(each, error):
    return torch.tensor(by_formula(each, error))


@pytest.mark.parametrize("answer", [by_formula, by_counting, as_tensor])
def test_a_right_batch_size_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_batch_for, answer)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda each, error: None,
        lambda each, error: round(each.var(0, correction=0).sum().item() / error**2),
        lambda each, error: math.ceil(each.var(0).sum() / error**2),
        lambda each, error: math.ceil(each.std(0, correction=0).norm() / error),
        lambda each, error: math.ceil(each.square().sum(1).mean() / error**2),
        lambda each, error: by_formula(each, error) + 1,
        lambda each, error: math.floor(each.var(0, correction=0).sum().item() / error**2) + 1,
        lambda each, error: math.ceil(each.var(0, correction=0).sum().item() / error**2),
    ],
)
def test_a_wrong_batch_size_is_rejected(wrong):
    with pytest.raises(AssertionError, match="not yet: the batch size for"):
        exercises.check_batch_for(wrong)


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
    assert_leaves_the_generator_alone(lambda: exercises.check_whole_loss(by_slices))
    assert_leaves_the_generator_alone(lambda: exercises.check_batch_for(by_formula))
