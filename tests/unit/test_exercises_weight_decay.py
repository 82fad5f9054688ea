import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from scipy.optimize import minimize_scalar
from sklearn.linear_model import ElasticNet, Ridge

from utils.exercises import weight_decay as exercises

BY_HAND = [2.0, 3.0, 0.0, 1.8]
TRANSLATE = [0.02, 10.0, 69.0]
CLAIMS = {
    "with a larger λ, the norm of ridge's weights is no larger": True,
    "with a larger λ, no weight of ridge is larger in size": False,
    "with a larger λ, the training loss of lasso is no smaller": True,
    "no weight of lasso is larger in size than that of least squares": False,
    "least squares predicts the same with a column in other units": True,
    "ridge predicts the same with a column in other units": False,
}


def test_the_predictions_are_what_torch_does():
    step, zeros = exercises.predict.questions
    assert step["right"] == pytest.approx(exercises.one_step(2.0, 0.0, lr=0.1, weight_decay=0.5))
    # ½(w − 0.3)² plus a price: the sizes give zero, the squares do not.
    places = torch.linspace(-1, 1, 2001, dtype=torch.float64)
    loss = (places - 0.3).square() / 2
    assert places[(loss + 0.5 * places.abs()).argmin()].abs() < 1e-9
    assert places[(loss + 0.5 * places.square() / 2).argmin()] == pytest.approx(0.2)
    assert zeros["right"] == "the sum of the sizes"


def test_the_answers_by_hand_are_minima():
    prices = (lambda w: w**2 / 2, abs, lambda w: 5 * abs(w))
    for price, wanted in zip(prices, BY_HAND, strict=False):
        found = minimize_scalar(lambda w, price=price: (w - 4) ** 2 / 2 + price(w))
        assert found.x == pytest.approx(wanted, abs=1e-5)


def test_the_translations_hold():
    generator = torch.Generator().manual_seed(0)
    A = torch.randn(200, 3, generator=generator, dtype=torch.float64)
    t = torch.randn(200, generator=generator, dtype=torch.float64)
    ours = exercises.Fits(A, t, 0, 0).ridge(0.05)
    theirs = Ridge(alpha=TRANSLATE[1], fit_intercept=False).fit(A.numpy(), t.numpy()).coef_
    assert ours.tolist() == pytest.approx(theirs.tolist())
    assert math.ceil(math.log(0.5) / math.log(0.99)) == TRANSLATE[2]


@in_every_form
def test_the_right_numbers_are_accepted(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, form(BY_HAND))
    assert_right(capsys, 2, exercises.check_translate, form(TRANSLATE))


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, 3),
        (exercises.check_by_hand, BY_HAND, 1, 2),
        (exercises.check_by_hand, BY_HAND, 2, -1),
        (exercises.check_by_hand, BY_HAND, 3, 1.805),
        (exercises.check_by_hand, BY_HAND, 3, None),
        (exercises.check_translate, TRANSLATE, 0, 0.01),
        (exercises.check_translate, TRANSLATE, 0, None),
        (exercises.check_translate, TRANSLATE, 1, 0.05),
        (exercises.check_translate, TRANSLATE, 1, 20),
        (exercises.check_translate, TRANSLATE, 2, 68),
        (exercises.check_translate, TRANSLATE, 2, 50),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_translate])
def test_too_few_numbers_are_named(check):
    with pytest.raises(AssertionError, match="numbers are wanted"):
        check([1.0])


def by_parts(x, l1, l2):
    return torch.where(x.abs() > l1, (x - l1 * x.sign()) / (1 + l2), 0.0)


ELASTIC = {
    "softshrink": lambda x, l1, l2: F.softshrink(x, l1) / (1 + l2),
    "by parts": by_parts,
    "array": lambda x, l1, l2: by_parts(x, l1, l2).numpy(),
    "list": lambda x, l1, l2: [max(abs(v) - l1, 0) * np.sign(v) / (1 + l2) for v in x.tolist()],
}


@pytest.mark.parametrize("elastic", ELASTIC.values(), ids=ELASTIC)
def test_elastic_accepts(elastic, capsys):
    assert_right(capsys, 3, exercises.check_elastic, elastic)


def test_elastic_is_scikit_learns_elastic_net():
    x = np.array([-3.0, -0.4, 0.5, 2.5])
    for l1, l2 in ((1.0, 0.5), (0.4, 0.1), (0.2, 3.0)):
        net = ElasticNet(l1 + l2, l1_ratio=l1 / (l1 + l2), fit_intercept=False, tol=1e-12)
        coef = net.fit(2 * np.eye(4), 2 * x).coef_
        assert coef == pytest.approx(by_parts(torch.from_numpy(x), l1, l2).numpy())


NOT_ELASTIC = {
    "hard threshold": lambda x, l1, l2: torch.where(x.abs() > l1, x, 0.0) / (1 + l2),
    "no square": lambda x, l1, l2: F.softshrink(x, l1),
    "no size": lambda x, l1, l2: x / (1 + l2),
    "shrinks first": lambda x, l1, l2: F.softshrink(x / (1 + l2), l1),
    "double": lambda x, l1, l2: F.softshrink(x, l1) / (1 + 2 * l2),
    "nearly zero": lambda x, l1, l2: F.softshrink(x, l1) / (1 + l2) + 1e-9,
    "in place": lambda x, l1, l2: x.copy_(F.softshrink(x, l1) / (1 + l2)),
    "one side": lambda x, l1, l2: F.relu(x - l1) / (1 + l2),
    "nothing": lambda x, l1, l2: None,
}


@pytest.mark.parametrize("wrong", NOT_ELASTIC.values(), ids=NOT_ELASTIC)
def test_elastic_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: (elastic|x itself)"):
        exercises.check_elastic(wrong)


def counting(errors, patience):
    best, lowest, waited = 0, math.inf, 0
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest, waited = epoch, error, 0
        else:
            waited += 1
        if waited == patience:
            break
    return [best, epoch]


STOP = {
    "counting": counting,
    "the book's": exercises.best_and_last,
    "tensor": lambda errors, patience: torch.tensor(counting(errors, patience)),
    "array": lambda errors, patience: np.array(counting(errors, patience)),
}


@pytest.mark.parametrize("stop", STOP.values(), ids=STOP)
def test_stop_early_accepts(stop, capsys):
    assert_right(capsys, 4, exercises.check_stop_early, stop)


def never_resets(errors, patience):
    best, waited = 0, 0
    for epoch, error in enumerate(errors):
        if error < errors[best]:
            best = epoch
        elif epoch:
            waited += 1
        if waited == patience:
            break
    return best, epoch


def ties_count(errors, patience):
    best = 0
    for epoch, error in enumerate(errors):
        if error <= errors[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


def one_more(errors, patience):
    best = 0
    for epoch, error in enumerate(errors):
        if error < errors[best]:
            best = epoch
        if epoch - best > patience:
            break
    return best, epoch


NOT_STOP = {
    "never resets": never_resets,
    "ties count": ties_count,
    "one more": one_more,
    "best of all": lambda errors, patience: (
        int(np.argmin(errors)),
        exercises.best_and_last(errors, patience)[1],
    ),
    "last only": lambda errors, patience: exercises.best_and_last(errors, patience)[1],
    "swapped": lambda errors, patience: exercises.best_and_last(errors, patience)[::-1],
    "nothing": lambda errors, patience: None,
}


@pytest.mark.parametrize("wrong", NOT_STOP.values(), ids=NOT_STOP)
def test_stop_early_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: stop_early"):
        exercises.check_stop_early(wrong)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "regression")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_each_claim_wants_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_translate(TRANSLATE))
