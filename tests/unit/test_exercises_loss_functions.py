import math
from fractions import Fraction

import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.exercises import loss_functions as exercises

BY_HAND = [37 / 12, 7 / 6, 0.875, 0.6875, -1 / 3]
CONSTANTS = [10, 6, 5, 5]
CLAIMS = {
    "twice the residuals, twice the L1 loss": True,
    "twice the residuals, twice the Huber loss": False,
    "Huber is at most half the mean squared error": True,
    "raising the largest of five values moves the constant that is best for L2": True,
    "raising the largest of five values moves the constant that is best for L1": False,
    "the sum in place of the mean has another best constant": False,
    "Huber's best constant lies between the median and the mean": False,
}


def test_the_predictions_are_what_torch_finds():
    squares, sizes, first, second = (question["right"] for question in exercises.predict.questions)
    waits = torch.tensor([1.0, 2, 3, 4, 40])
    later = torch.tensor([1.0, 2, 3, 4, 400])
    assert (squares, sizes) == (waits.mean().item(), waits.median().item())
    assert first == later.mean().item() - squares
    assert second == later.median().item() - sizes


@pytest.mark.parametrize(
    ("sheet", "answers"), [(exercises.by_hand, BY_HAND), (exercises.constants, CONSTANTS)]
)
def test_the_sheets_know_the_answers_that_the_checks_accept(sheet, answers):
    for question, answer in zip(sheet.questions, answers, strict=True):
        assert question["right"] == pytest.approx(answer)
        for wrong, _ in question["wrong"]:
            assert abs(wrong - answer) > 2 * question["tolerance"]


@pytest.mark.parametrize(
    "answers",
    [BY_HAND, torch.tensor(BY_HAND), [3.08, 1.17, Fraction(7, 8), 0.69, -0.33]],
)
def test_the_numbers_by_hand_are_accepted(capsys, answers):
    assert_right(capsys, 1, exercises.check_by_hand, answers)


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", [-1, 0.5, 2, None, "1", True])
def test_a_wrong_number_is_named(place, wrong):
    answers = list(BY_HAND)
    answers[place] = wrong * answers[place] if type(wrong) in (int, float) else wrong
    with pytest.raises(
        AssertionError, match=r"^not yet: .*(loss|derivative) (is not|needs a num)"
    ):
        exercises.check_by_hand(answers)


@pytest.mark.parametrize(
    "answers", [CONSTANTS, tuple(map(float, CONSTANTS)), torch.tensor(CONSTANTS)]
)
def test_the_constants_are_accepted(capsys, answers):
    assert_right(capsys, 2, exercises.check_constants, answers)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [4, 8, 71.2, None])
def test_a_wrong_constant_is_named(place, wrong):
    answers = list(CONSTANTS)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the constant .*(is not|needs a number)"):
        exercises.check_constants(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_constants])
def test_an_answer_that_is_missing_is_asked_for(check):
    with pytest.raises(AssertionError, match=r"^not yet: \d numbers are wanted, got 3"):
        check([1, 2, 3])


def each(p, t, level):
    lacking = t - p
    return torch.maximum(level * lacking, (level - 1) * lacking)


def quantile_loss(p, t, level):
    return each(p, t, level).mean()


def koenker(p, t, level):
    """As the inventor writes it; a number of Python times a truth value is a float32."""
    r = t - p
    return (r * (level - (r < 0) * 1)).mean()


def test_the_right_quantile_loss_is_accepted(capsys):
    exercises.check_quantile_loss(quantile_loss)
    exercises.check_quantile_loss(
        lambda p, t, q: torch.where(p < t, q * (t - p), (1 - q) * (p - t)).mean()
    )
    exercises.check_quantile_loss(koenker)
    exercises.check_quantile_loss(
        lambda p, t, q: ((t - p).abs() / 2 + (q - 0.5) * (t - p)).mean(),
    )
    assert capsys.readouterr().out == 4 * "Exercise 3 is right.\n"


def by_hand_only(p, t, level):
    """Right for one example, and a sum for more."""
    return each(p, t, level).sum()


def without_graph(p, t, level):
    return quantile_loss(p.detach(), t, level)


def other_slope(p, t, level):
    value = quantile_loss(p, t, level)
    return value.detach() + (p - p.detach()).sum()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "one mean is wanted, a scalar tensor, got None"),
        (each, "one mean is wanted"),
        (lambda p, t, q: quantile_loss(t, p, q), "2.7 should be 0.3 for prediction 0, target 3"),
        (
            lambda p, t, q: quantile_loss(p, t, 1 - q),
            "2.7 should be 0.3 for prediction 0, target 3",
        ),
        (
            lambda p, t, q: 2 * quantile_loss(p, t, q),
            "0.6 should be 0.3 for prediction 0, target 3",
        ),
        (lambda p, t, q: (q * (t - p)).mean(), "-0.3 should be 2.7 for prediction 3, target 0"),
        (by_hand_only, "at level 0.5 the mean over 101 examples must be half the L1 loss"),
        (without_graph, "autograd must be able to follow"),
        (other_slope, "the gradient is not that of the formula"),
    ],
)
def test_a_wrong_quantile_loss_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_quantile_loss(wrong)


def test_a_loss_with_another_best_constant_is_rejected():
    def favours_zero(p, t, level):
        is_constant = bool((p == p[0]).all()) and len(p) > 1
        return quantile_loss(p, t, level) + (p.abs().mean() if is_constant else 0)

    with pytest.raises(AssertionError, match="not yet: the best constant is no 0.1 quantile"):
        exercises.check_quantile_loss(favours_zero)


def cauchy_loss(p, t):
    return torch.log1p((p - t) ** 2).mean()


def by_density(p, t):
    return (-torch.distributions.Cauchy(p, 1.0).log_prob(t) - math.log(math.pi)).mean()


def by_arithmetic(p, t):
    return (1 + (t - p) * (t - p)).log().sum() / p.numel()


@pytest.mark.parametrize("answer", [cauchy_loss, by_density, by_arithmetic])
def test_the_right_cauchy_loss_is_accepted(capsys, answer):
    exercises.check_cauchy_loss(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda p, t: None, "the loss .* needs a number, got None"),
        (lambda p, t: torch.log1p((p - t) ** 2).sum(), "should be"),
        (lambda p, t: torch.log1p((p - t).abs()).mean(), "should be"),
        (lambda p, t: torch.log1p((p - t) ** 2 / 2).mean(), "should be"),
        (lambda p, t: cauchy_loss(p, t) + math.log(math.pi), "should be"),
        (lambda p, t: cauchy_loss(p, t).item(), "autograd must be able to follow"),
        (lambda p, t: cauchy_loss(p.detach(), t), "autograd must be able to follow"),
        (lambda p, t: cauchy_loss(p.detach(), t) + (p - p.detach()).sum(), "the gradient is not"),
    ],
)
def test_a_wrong_cauchy_loss_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_cauchy_loss(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "draw")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_quantile_loss(quantile_loss))
