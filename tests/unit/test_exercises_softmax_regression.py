import math

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

from utils.exercises import softmax_regression as exercises
from utils.exercises.softmax_regression_sheets import STAY


def smoothed(logits, labels, label_smoothing):
    """The right answer to exercise 3, in another form than the page's."""
    classes = logits.shape[1]
    targets = (1 - label_smoothing) * F.one_hot(labels, classes) + label_smoothing / classes
    return -(targets * logits.log_softmax(dim=1)).sum(dim=1).mean()


def spread_over_the_wrong_classes(logits, labels, label_smoothing):
    classes = logits.shape[1]
    share = label_smoothing / max(classes - 1, 1)
    targets = torch.full_like(logits, share).scatter(1, labels[:, None], 1 - label_smoothing)
    return -(targets * logits.log_softmax(dim=1)).sum(dim=1).mean()


def naive(logits, labels, label_smoothing):
    classes = logits.shape[1]
    targets = (1 - label_smoothing) * F.one_hot(labels, classes) + label_smoothing / classes
    exponentials = logits.exp()
    log_probabilities = (exponentials / exponentials.sum(dim=1, keepdim=True)).log()
    return -(targets * log_probabilities).sum(dim=1).mean()


BY_HAND = [math.log(8), [0.25, -0.875, 0.625]]
MEASURES = [1 / math.log(4), math.log(16 / 3) / 2, math.log(1 + 4 / math.e)]
CLAIMS = {
    "adding 3 to all logits of an example leaves its loss as it is": True,
    "doubling all logits of a wrongly predicted example raises its loss": False,
    "the gradient with respect to the logits of an example sums to 0": True,
    "the true class has the largest entry of that gradient in size": True,
    "a rightly predicted example has a loss below log 2": False,
}


def test_the_predictions_are_what_torch_finds():
    shifted, untrained = exercises.predict.questions
    logits = torch.tensor([2.0, 1.0, 0.0], dtype=torch.float64)
    assert torch.allclose(logits.softmax(0), (logits + 1000).softmax(0))
    assert shifted["right"] == STAY
    loss = F.cross_entropy(torch.zeros(4, 10), torch.arange(4))
    assert untrained["right"] == pytest.approx(loss.item())


@pytest.mark.parametrize(
    ("sheet", "answers"), [("by_hand", BY_HAND), ("measures", MEASURES)], ids=["1", "2"]
)
def test_the_fields_hold_what_the_check_wants(sheet, answers):
    questions = getattr(exercises, sheet).questions
    assert len(questions) == len(answers)
    for question, answer in zip(questions, answers, strict=True):
        assert question["right"] == pytest.approx(answer)


@in_every_form
def test_loss_by_hand_accepts_every_form(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])


@pytest.mark.parametrize(
    "answers",
    [(2.08, (0.25, -0.88, 0.63)), [2.08, [0.25, -0.87, 0.62]], (math.log(8), BY_HAND[1])],
)
def test_loss_by_hand_accepts_the_answer_also_rounded(answers, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, answers)


@pytest.mark.parametrize(
    ("loss", "gradient", "hint"),
    [
        (None, [None, None, None], r"the loss \(natural logarithm\) needs a number, got None"),
        (True, BY_HAND[1], "the loss .* needs a number, got True"),
        (math.log(8), None, "gradient needs 3 numbers, got None"),
        (math.log(8), [0.25, -0.875], "the gradient needs 3 numbers"),
        (3.0, BY_HAND[1], r"the loss \(natural logarithm\) is not 3.0"),
        (-math.log(8), BY_HAND[1], "the loss .* is not -2.07"),
        (math.nan, BY_HAND[1], "the loss .* is not nan"),
        (math.log(8), [0.25, 0.125, 0.625], "the gradient"),
        (math.log(8), [-0.25, 0.875, -0.625], "the gradient"),
        (math.log(8), [0.25, -0.875, -0.375], "the gradient"),
    ],
)
def test_loss_by_hand_rejects(loss, gradient, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_by_hand([loss, gradient])


def test_a_missing_part_is_asked_for():
    with pytest.raises(AssertionError, match="not yet: a loss and a gradient are wanted, got 1"):
        exercises.check_by_hand([math.log(8)])
    with pytest.raises(AssertionError, match="not yet: three numbers are wanted, got 2"):
        exercises.check_measures(MEASURES[:2])


@pytest.mark.parametrize("answers", [MEASURES, (0.72, 0.84, 0.9), torch.tensor(MEASURES)])
def test_measures_accepts(answers, capsys):
    assert_right(capsys, 2, exercises.check_measures, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, math.log(4), "the temperature is not 1.386"),
        (0, -1 / math.log(4), "the temperature is not -0.72"),
        (0, 0.25, "the temperature is not 0.25"),
        (1, math.log(2), "the cross-entropy is not 0.69"),
        (1, 1.2075, "the cross-entropy is not 1.2075"),  # in bits
        (1, None, "the cross-entropy needs a number, got None"),
        (2, 0, "the bound is not 0"),
        (2, 0.55, "the bound is not 0.55"),  # three classes
        (2, 0.89, "the bound is not 0.89"),
        (2, 0.92, "the bound is not 0.92"),
        (2, math.log(5), "the bound is not 1.609"),
        (2, math.log(1 + 9 / math.e), "the bound is not 1.461"),
        (2, math.nan, "the bound is not nan"),
    ],
)
def test_measures_rejects(place, wrong, hint):
    answers = list(MEASURES)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_measures(answers)


def two_sums(logits, labels, label_smoothing):
    surprise = -logits.log_softmax(dim=1)
    of_true_class = surprise.gather(1, labels[:, None]).mean()
    return (1 - label_smoothing) * of_true_class + label_smoothing * surprise.mean()


def ready_made(logits, labels, label_smoothing):
    return F.cross_entropy(logits, labels, label_smoothing=label_smoothing)


@pytest.mark.parametrize("answer", [smoothed, two_sums, ready_made])
def test_smoothed_cross_entropy_accepts_the_answer(answer, capsys):
    assert_right(capsys, 3, exercises.check_smoothed_cross_entropy, answer)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda o, y, s: None, "a tensor is wanted, got None"),
        (lambda o, y, s: F.cross_entropy(o, y, reduction="none"), r"one number .* shape \(6,\)"),
        (lambda o, y, s: F.cross_entropy(o, y), "should be .* smoothing 0.1"),
        (lambda o, y, s: F.cross_entropy(o, y, reduction="sum"), "should be .* smoothing 0.0"),
        (lambda o, y, s: smoothed(o, y, 1 - s), "should be .* smoothing 0.0"),
        (spread_over_the_wrong_classes, "should be .* smoothing 0.1"),
        (naive, "the loss is nan for .* as large as 1000"),
        (lambda o, y, s: smoothed(o, y, s).detach(), "must be computed from the logits"),
        (
            lambda o, y, s: smoothed(o, y, s).detach() + 0 * o.sum(),
            "the gradient is wrong for logits of shape",
        ),
    ],
)
def test_smoothed_cross_entropy_rejects(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_smoothed_cross_entropy(answer)


def by_sorting(logits, labels, k):
    best = logits.argsort(dim=1, descending=True)[:, :k]
    return (best == labels[:, None]).any(1).double().mean()


def by_counting(logits, labels, k):
    own = logits.gather(1, labels[:, None])
    return ((logits > own).sum(1) < k).float().mean().item()


def by_loop(logits, labels, k):
    hits = [label in row.topk(k).indices for row, label in zip(logits, labels, strict=True)]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("answer", [by_sorting, by_counting, by_loop])
def test_top_k_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_top_k, answer)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda o, y, k: by_sorting(o, y, 1),
        lambda o, y, k: by_sorting(-o, y, k),
        lambda o, y, k: by_counting(o, y, k + 1),
        lambda o, y, k: by_counting(o, y, k) * len(y),
        lambda o, y, k: 1 - by_counting(o, y, k),
        lambda o, y, k: None,
    ],
)
def test_top_k_rejects(wrong):
    with pytest.raises(AssertionError, match=r"not yet: the accuracy of .* (is not|needs)"):
        exercises.check_top_k(wrong)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_claim_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "batch")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_a_check_leaves_the_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_smoothed_cross_entropy(smoothed))
