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

from utils.exercises import loss_functions as exercises

ANSWERS = {
    "mse_loss": 9.25 / 3,
    "l1_loss": 3.5 / 3,
    "huber_loss, delta 1": 2.625 / 3,
    "huber_loss, delta 2": 4.125 / 3,
    "smooth_l1_loss, beta 2": 4.125 / 6,
    "gradient of huber_loss, delta 1": [0, -0.5 / 3, -1 / 3],
}
GRADIENT = "gradient of huber_loss, delta 1"
CLAIMS = {
    "twice the residuals, twice the L1 loss": True,
    "twice the residuals, twice the Huber loss": False,
    "Huber is at most half the mean squared error": True,
    "Huber is at most the L1 loss": True,
    "raising the largest of five values moves the constant that is best for L2": True,
    "raising the largest of five values moves the constant that is best for L1": False,
    "the sum in place of the mean has another best constant": False,
}


def each(p, t, level):
    lacking = t - p
    return torch.maximum(level * lacking, (level - 1) * lacking)


def quantile_loss(p, t, level):
    return each(p, t, level).mean()


@in_every_form
def test_the_right_numbers_are_accepted_in_every_form(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


def test_the_right_numbers_are_accepted(capsys):
    exercises.check_by_hand(ANSWERS)
    rounded = {
        name: [round(x, 2) for x in value] if isinstance(value, list) else round(value, 2)
        for name, value in ANSWERS.items()
    }
    exercises.check_by_hand(rounded)
    assert capsys.readouterr().out == 2 * "Exercise 1 is right.\n"


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != GRADIENT])
@pytest.mark.parametrize("factor", [-1, 0.5, 2])
def test_a_wrong_loss_is_named(name, factor):
    wrong = factor * ANSWERS[name]
    with pytest.raises(AssertionError) as error:
        exercises.check_by_hand({**ANSWERS, name: wrong})
    assert str(error.value) == f"not yet: {name!r} is not {wrong}"


@pytest.mark.parametrize("wrong", [[0, -0.5, -1], [0, 0.5 / 3, 1 / 3], [0, -0.5 / 3, -1]])
def test_a_wrong_gradient_is_named(wrong):
    with pytest.raises(AssertionError, match="'gradient of huber_loss, delta 1' is not"):
        exercises.check_by_hand({**ANSWERS, GRADIENT: wrong})


@pytest.mark.parametrize("answer", [None, 0.5, [0, 1], [None, None, None], [0, 0, True]])
def test_a_gradient_has_three_numbers(answer):
    with pytest.raises(AssertionError, match="needs 3 numbers, got"):
        exercises.check_by_hand({**ANSWERS, GRADIENT: answer})


@pytest.mark.parametrize("answer", [None, "1", True])
def test_a_number_is_wanted(answer):
    with pytest.raises(AssertionError, match="'mse_loss' needs a number, got"):
        exercises.check_by_hand({**ANSWERS, "mse_loss": answer})


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
    assert capsys.readouterr().out == 4 * "Exercise 2 is right.\n"


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


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "draw")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_quantile_loss(quantile_loss))
