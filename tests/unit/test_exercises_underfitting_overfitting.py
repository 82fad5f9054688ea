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

from utils.exercises import underfitting_overfitting as exercises
from utils.widgets.polynomial_fit import PolynomialFit

BY_HAND = [[2, 0.5, 0], [0, 9, 4]]
EXPECTED = [[0.072, 0.108], 120]
CLAIMS = {
    "one degree more does not raise the training error": True,
    "one degree more does not raise the error on new points": False,
    "with a weight for each point the training error is zero": True,
    "more training points do not raise the training error": False,
    "doubling all heights leaves the best degree as it is": True,
    "the degree that wins on validation wins on test": False,
}


def test_the_predictions_are_what_the_demo_shows():
    demo = PolynomialFit()
    zero, nearest = exercises.predict.questions
    assert len(demo.targets) == 10
    assert demo.training_errors[9] == pytest.approx(zero["right"], abs=1e-9)
    errors = {name: demo.validation_errors[int(name.split()[1])] for name in nearest["options"]}
    assert min(errors, key=errors.get) == nearest["right"]


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_expected, [form(part) for part in EXPECTED])


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [6, 1.5, 0]),
        (exercises.check_by_hand, BY_HAND, 0, [1, 0.25, 0]),
        (exercises.check_by_hand, BY_HAND, 0, None),
        (exercises.check_by_hand, BY_HAND, 1, [0, 3, 2]),
        (exercises.check_by_hand, BY_HAND, 1, [0, 9, 0]),
        (exercises.check_expected, EXPECTED, 0, [0.075, 0.105]),
        (exercises.check_expected, EXPECTED, 0, [0.108, 0.072]),
        (exercises.check_expected, EXPECTED, 0, [0.09, 0.108]),
        (exercises.check_expected, EXPECTED, 1, 60),
        (exercises.check_expected, EXPECTED, 1, 100),
        (exercises.check_expected, EXPECTED, 1, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_expected])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="2 answers are wanted, got 0"):
        check([])


def fit(x, y, degree):
    """By powers of x, as a reader would write it first."""
    powers = torch.stack([x**k for k in range(degree + 1)], dim=1)
    return torch.linalg.lstsq(powers, y[:, None]).solution[:, 0]


def error(w, x, y):
    powers = torch.stack([x**k for k in range(len(w))], dim=1)
    return (powers @ w - y).square().mean()


def errors_of(x, y, x_new, y_new, most):
    return [error(fit(x, y, degree), x_new, y_new) for degree in range(most + 1)]


def by_numpy(x, y, x_new, y_new, most):
    errors = []
    for degree in range(most + 1):
        w = np.polyfit(x.numpy(), y.numpy(), degree)
        errors.append(((np.polyval(w, x_new.numpy()) - y_new.numpy()) ** 2).mean())
    return int(np.argmin(errors))


BEST = {
    "index": lambda *given: (e := errors_of(*given)).index(min(e)),
    "argmin": lambda *given: torch.stack(errors_of(*given)).argmin(),
    "numpy": by_numpy,
}


@pytest.mark.parametrize("answer", BEST.values(), ids=BEST)
def test_the_best_degree_is_accepted(answer, capsys):
    assert_right(capsys, 3, exercises.check_best_degree, answer)


def spoils_the_data(x, y, x_new, y_new, most):
    found = by_numpy(x, y, x_new, y_new, most)
    y_new.zero_()
    return found


NOT_BEST = {
    "on old points": lambda x, y, x_new, y_new, most: by_numpy(x, y, x, y, most),
    "largest": lambda *given: torch.stack(errors_of(*given)).argmax(),
    "without the last": lambda *given: by_numpy(*given[:4], given[4] - 1),
    "weights, not degree": lambda *given: by_numpy(*given) + 1,
    "fitted to the new": lambda x, y, x_new, y_new, most: by_numpy(x_new, y_new, x, y, most),
    "spoils": spoils_the_data,
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("wrong", NOT_BEST.values(), ids=NOT_BEST)
def test_another_degree_is_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_best_degree(wrong)


def by_rows(x, y, x_new, y_new, degree, sizes):
    rows = []
    for size in sizes:
        w = fit(x[:size], y[:size], degree)
        rows.append([error(w, x[:size], y[:size]), error(w, x_new, y_new)])
    return rows


CURVES = {
    "rows": by_rows,
    "tensor": lambda *given: torch.tensor(by_rows(*given)),
    "array": lambda *given: np.array(by_rows(*given)),
}


@pytest.mark.parametrize("answer", CURVES.values(), ids=CURVES)
def test_the_learning_curve_is_accepted(answer, capsys):
    assert_right(capsys, 4, exercises.check_learning_curve, answer)


def on_all_old(x, y, x_new, y_new, degree, sizes):
    fits = [fit(x[:size], y[:size], degree) for size in sizes]
    return [[error(w, x, y), error(w, x_new, y_new)] for w in fits]


def last_points(x, y, x_new, y_new, degree, sizes):
    return by_rows(x.flip(0), y.flip(0), x_new, y_new, degree, sizes)


NO_CURVES = {
    "all old points": on_all_old,
    "last points": last_points,
    "columns turned": lambda *given: torch.tensor(by_rows(*given)).flip(1),
    "roots": lambda *given: torch.tensor(by_rows(*given)).sqrt(),
    "a degree less": lambda *given: by_rows(*given[:4], max(given[4] - 1, 0), given[5]),
    "sums": lambda *given: torch.tensor(by_rows(*given)) * torch.tensor(given[5])[:, None],
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("wrong", NO_CURVES.values(), ids=NO_CURVES)
def test_another_curve_is_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_learning_curve(wrong)


def test_the_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "data set")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_best_degree(by_numpy))
