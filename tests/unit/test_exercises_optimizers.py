import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import optimizers as exercises

BY_HAND = [0.5, 0.08, 0.2, 0.1]
FORESEE = [0.01, 1.0, 0.045, 2.0]
CLAIMS = {
    "with gradients ten times as large, Adam takes the same steps": True,
    "with gradients ten times as large, momentum takes the same steps": False,
    "no step of Adagrad moves a weight by more than lr": True,
    "no step of Adam moves a weight by more than lr": False,
    "with momentum, a weight whose gradient is 0 stays where it is": False,
    "if all gradients are turned, so are the steps of momentum": True,
    "if all gradients are turned, so are the steps of Adam": False,
}


def test_the_predictions_are_what_torch_does():
    velocity, step = exercises.predict.questions
    moved = exercises.steps_of_torch(torch.optim.SGD, [1.0] * 400, 1.0, momentum=0.9)
    assert velocity["right"] == pytest.approx(-moved[-1].item())
    moved = exercises.steps_of_torch(torch.optim.Adam, [0.001], 0.1)
    assert step["right"] == pytest.approx(-moved[0].item(), rel=1e-4)


def test_a_loss_times_a_hundred_wants_the_factors_of_exercise_2():
    slopes = torch.tensor([1.0, -2.0, 0.5, 3.0], dtype=torch.float64)
    for kind, factor in ((torch.optim.SGD, FORESEE[0]), (torch.optim.Adam, FORESEE[1])):
        plain = exercises.steps_of_torch(kind, slopes, 0.1)
        large = exercises.steps_of_torch(kind, 100 * slopes, 0.1 * factor)
        assert torch.allclose(plain, large)


def test_the_walk_of_torch_takes_each_rate_and_leaves_the_weights():
    w = torch.ones(2, dtype=torch.float64)
    walk = exercises.walk_of_torch(torch.optim.SGD, w, lambda w: 4 * w, [0.1, 0.25])
    assert walk.tolist() == [[0.6, 0.6], [0.0, 0.0]]
    assert w.tolist() == [1, 1]


@in_every_form
def test_the_right_numbers_are_accepted(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, form(BY_HAND))
    assert_right(capsys, 2, exercises.check_foresee, form(FORESEE))


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 0.6),
        (exercises.check_by_hand, BY_HAND, 1, 0.1),
        (exercises.check_by_hand, BY_HAND, 1, 0.016),
        (exercises.check_by_hand, BY_HAND, 2, 0.1),
        (exercises.check_by_hand, BY_HAND, 2, 0.4),
        (exercises.check_by_hand, BY_HAND, 3, -0.1),
        (exercises.check_by_hand, BY_HAND, 3, 0.075),
        (exercises.check_by_hand, BY_HAND, 3, None),
        (exercises.check_foresee, FORESEE, 0, 100),
        (exercises.check_foresee, FORESEE, 1, 0.01),
        (exercises.check_foresee, FORESEE, 2, 0.45),
        (exercises.check_foresee, FORESEE, 2, 0.05),
        (exercises.check_foresee, FORESEE, 3, 1),
        (exercises.check_foresee, FORESEE, 3, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_foresee])
def test_too_few_numbers_are_named(check):
    with pytest.raises(AssertionError, match="numbers are wanted"):
        check([1.0])


def moving(numbers, beta):
    mean = 0.0
    for number in numbers:
        mean = beta * mean + (1 - beta) * number
    return mean / (1 - beta ** len(numbers))


def by_weights(numbers, beta):
    weights = beta ** torch.arange(len(numbers) - 1, -1, -1, dtype=torch.float64)
    return (weights * torch.tensor(numbers)).sum() / weights.sum()


MEANS = {
    "moving": moving,
    "weights": by_weights,
    "NumPy": lambda numbers, beta: np.average(
        numbers, weights=[beta**k for k in range(len(numbers))][::-1]
    ),
}


@pytest.mark.parametrize("mean", MEANS.values(), ids=MEANS)
def test_corrected_mean_accepts(mean, capsys):
    assert_right(capsys, 3, exercises.check_corrected_mean, mean)


def from_the_first(numbers, beta):
    mean = numbers[0]
    for number in numbers[1:]:
        mean = beta * mean + (1 - beta) * number
    return mean


NOT_MEANS = {
    "not corrected": lambda numbers, beta: moving(numbers, beta) * (1 - beta ** len(numbers)),
    "one too many": lambda numbers, beta: (
        moving(numbers, beta) * (1 - beta ** len(numbers)) / (1 - beta ** (len(numbers) + 1))
    ),
    "from the first": from_the_first,
    "the wrong way": lambda numbers, beta: moving(numbers[::-1], beta),
    "plain": lambda numbers, beta: sum(numbers) / len(numbers),
    "swapped": lambda numbers, beta: moving(numbers, 1 - beta) if beta else numbers[-1],
    "nothing": lambda numbers, beta: None,
}


@pytest.mark.parametrize("wrong", NOT_MEANS.values(), ids=NOT_MEANS)
def test_corrected_mean_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: corrected_mean"):
        exercises.check_corrected_mean(wrong)


def amsgrad(w, slope, rates, *, largest_of="raw", keep=False, eps=1e-8, in_place=False):
    m = v = top = torch.zeros_like(w)
    for t, lr in enumerate(rates, start=1):
        g = slope(w)
        m, v = 0.9 * m + 0.1 * g, 0.999 * (top if keep else v) + 0.001 * g**2
        square = v / (1 - 0.999**t) if largest_of == "corrected" else v
        top = v if largest_of == "none" else torch.maximum(top, square)
        root = (top if largest_of == "corrected" else top / (1 - 0.999**t)).sqrt() + eps
        step = lr * m / (1 - 0.9**t) / root
        w = w.sub_(step) if in_place else w - step
        yield w


class Torch:
    """Also right: torch's own optimiser, as an iterator."""

    def __init__(self, w, slope, rates):
        self.walk = exercises.walk_of_torch(torch.optim.Adam, w, slope, rates, amsgrad=True)

    def __iter__(self):
        return iter(self.walk)


RIGHT = {
    "generator": amsgrad,
    "list": lambda w, slope, rates: list(amsgrad(w, slope, rates)),
    "lists of numbers": lambda w, slope, rates: [p.tolist() for p in amsgrad(w, slope, rates)],
    "tensor": lambda w, slope, rates: torch.stack([*amsgrad(w, slope, rates)]),
    "torch's": Torch,
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_amsgrad_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_amsgrad, answer)


def changed(**settings):
    return lambda w, slope, rates: amsgrad(w, slope, rates, **settings)


NOT_RIGHT = {
    "Adam": changed(largest_of="none"),
    "largest of the corrected": changed(largest_of="corrected"),
    "the average goes on with the largest": changed(keep=True),
    "a large epsilon": changed(eps=1e-3),
    "in place": changed(in_place=True),
    "one rate": lambda w, slope, rates: amsgrad(w, slope, rates[:1] * 60),
    "the last place": lambda w, slope, rates: [[*amsgrad(w, slope, rates)][-1]],
    "nothing": lambda w, slope, rates: None,
}


@pytest.mark.parametrize("wrong", NOT_RIGHT.values(), ids=NOT_RIGHT)
def test_amsgrad_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_amsgrad(wrong)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "record of gradients")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_each_claim_wants_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
