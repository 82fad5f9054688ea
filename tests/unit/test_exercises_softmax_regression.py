import math

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_leaves_the_generator_alone, in_every_form

from utils.exercises import softmax_regression as exercises


def smoothed(logits, labels, label_smoothing):
    """The right answer to exercise 2, in another form than the page's."""
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


@in_every_form
def test_loss_by_hand_accepts_every_form(form, capsys):
    exercises.check_loss_by_hand(form(math.log(8)), form([0.25, -0.875, 0.625]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (math.log(8), [0.25, -0.875, 0.625]),
        (2.08, (0.25, -0.88, 0.63)),
        (2.08, (0.25, -0.87, 0.62)),
    ],
)
def test_loss_by_hand_accepts_the_answer_also_rounded(loss, gradient, capsys):
    exercises.check_loss_by_hand(loss, gradient)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("loss", "gradient", "hint"),
    [
        (None, [None, None, None], r"the loss \(natural logarithm\) needs a number, got None"),
        (True, [0.25, -0.875, 0.625], "the loss .* needs a number, got True"),
        (math.log(8), None, "gradient needs a list, got None"),
        (math.log(8), [None, None, None], "the gradient needs 3 numbers"),
        (math.log(8), [0.25, -0.875], "the gradient needs 3 numbers"),
        (3.0, [0.25, -0.875, 0.625], r"the loss \(natural logarithm\) is not 3.0"),
        (-math.log(8), [0.25, -0.875, 0.625], "the loss .* is not -2.07"),
        (math.nan, [0.25, -0.875, 0.625], "the loss .* is not nan"),
        (math.log(8), [0.25, 0.125, 0.625], "entry 2 of the gradient is not 0.125"),
        (math.log(8), [-0.25, 0.875, -0.625], "entry 1 of the gradient is not -0.25"),
        (math.log(8), [0.25, -0.875, -0.375], "entry 3 of the gradient is not -0.375"),
    ],
)
def test_loss_by_hand_rejects(loss, gradient, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_loss_by_hand(loss, gradient)


def two_sums(logits, labels, label_smoothing):
    surprise = -logits.log_softmax(dim=1)
    of_true_class = surprise.gather(1, labels[:, None]).mean()
    return (1 - label_smoothing) * of_true_class + label_smoothing * surprise.mean()


def ready_made(logits, labels, label_smoothing):
    return F.cross_entropy(logits, labels, label_smoothing=label_smoothing)


@pytest.mark.parametrize("answer", [smoothed, two_sums, ready_made])
def test_smoothed_cross_entropy_accepts_the_answer(answer, capsys):
    exercises.check_smoothed_cross_entropy(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


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


@in_every_form
@pytest.mark.parametrize("bound", [math.log(1 + 9 / math.e), 1.46])
def test_lower_bound_accepts_the_answer_also_rounded(bound, form, capsys):
    exercises.check_lower_bound(form(bound))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("bound", "hint"),
    [
        (None, "the lower bound needs a number, got None"),
        (True, "the lower bound needs a number, got True"),
        (0, "cannot come down to 0"),
        (0.55, "cannot come down to 0.55"),  # three classes
        (1.0, "cannot come down to 1.0"),
        (1.45, "cannot come down to 1.45"),
        (1.47, "a loss below 1.47 can be reached"),
        (math.log(10), "a loss below 2.30"),
        (math.nan, "a loss below nan"),
    ],
)
def test_lower_bound_rejects(bound, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_lower_bound(bound)


def test_a_check_leaves_the_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_smoothed_cross_entropy(smoothed))
