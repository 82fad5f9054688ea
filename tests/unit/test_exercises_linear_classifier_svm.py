from fractions import Fraction

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_right

from utils.exercises import linear_classifier_svm as exercises

BY_HAND = [1.5, [-1, 1, 0], 8.5, [1, 1, -2]]
STREET = [4, 0.4, 3, 99]


def shortfalls(scores, labels, margin):
    lacking = torch.relu(scores - scores.gather(1, labels[:, None]) + margin)
    return lacking.scatter(1, labels[:, None], 0.0)


def largest_shortfall(scores, labels, margin=1.0):
    return shortfalls(scores, labels, margin).amax(dim=1).mean()


def test_the_predictions_are_what_torch_charges():
    first = torch.tensor([0])
    for question, scores in zip(
        exercises.predict.questions,
        (torch.tensor([[5.0, 1, 0]]), torch.zeros(1, 10)),
        strict=True,
    ):
        charge = scores.shape[1] * F.multi_margin_loss(scores, first)
        assert question["right"] == pytest.approx(charge.item())


@pytest.mark.parametrize(
    "answers",
    [
        BY_HAND,
        [torch.tensor(1.5), torch.tensor([-1, 1, 0]), Fraction(17, 2), (1.0, 1.0, -2.0)],
        (np.float64(1.5), np.array([-1, 1, 0]), 8.5, [1, 1, -2]),
    ],
)
def test_by_hand_accepts_the_right_numbers(answers, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, answers)


@pytest.mark.parametrize(
    ("place", "answer", "hint"),
    [
        (0, None, "the loss if the first class is true needs a number, got None"),
        (0, True, "the loss if the first class is true needs a number, got True"),
        (0, 0.5, "the loss if the first class is true is not 0.5"),
        (0, 2.5, "the loss if the first class is true is not 2.5"),
        (2, 4.5, "the loss if the third class is true is not 4.5"),
        (1, [-1, 1], "the gradient if the first class is true needs 3 numbers"),
        (1, [-1, 1, None], "the gradient if the first class is true needs 3 numbers"),
        (1, [1, -1, 0], "score 1 if the first class is true is not 1"),
        (1, [-2, 1, 1], "score 1 if the first class is true is not -2"),
        (3, [1, 1, -1], "score 3 if the third class is true is not -1"),
        (3, 3, "the gradient if the third class is true needs 3 numbers, got 3"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(place, answer, hint):
    answers = list(BY_HAND)
    answers[place] = answer
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_by_hand(answers)


@pytest.mark.parametrize(
    "check", [exercises.check_by_hand, exercises.check_street], ids=["by hand", "street"]
)
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match=r"^not yet: .* are wanted, got 3"):
        check([1, 2, 3])


@pytest.mark.parametrize(
    "answers", [STREET, torch.tensor(STREET), (4.0, Fraction(2, 5), np.float64(3), 99)]
)
def test_the_street_is_accepted(answers, capsys):
    assert_right(capsys, 2, exercises.check_street, answers)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [(0, 20), (0, 5), (1, 0.2), (1, 5), (2, 0), (2, 2), (3, 100), (3, 0.99), (3, None)],
)
def test_a_wrong_street_is_named(place, wrong):
    answers = list(STREET)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs a number)"):
        exercises.check_street(answers)


def by_mask(scores, labels, margin=1.0):
    true = F.one_hot(labels, scores.shape[1]).bool()
    wrong = scores.masked_fill(true, -torch.inf).amax(dim=1)
    return torch.relu(wrong - scores[true] + margin).mean()


def by_loop(scores, labels, margin=1.0):
    losses = []
    for row, label in zip(scores, labels, strict=True):
        others = [row[j] - row[label] + margin for j in range(len(row)) if j != label]
        losses.append(max([row.new_zeros(()), *others]))
    return torch.stack(losses).mean()


@pytest.mark.parametrize("answer", [largest_shortfall, by_mask, by_loop])
def test_largest_shortfall_accepts_the_right_function(answer, capsys):
    assert_right(capsys, 3, exercises.check_largest_shortfall, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda s, y, m: None, "needs a number, got None"),
        (lambda s, y, m: shortfalls(s, y, m).amax(dim=1), "needs a number, got tensor"),
        (lambda s, y, m: shortfalls(s, y, m).sum(dim=1).mean(), "is wrong for 6 examples"),
        (lambda s, y, m: shortfalls(s, y, m).amax(dim=1).sum(), "is wrong for 6 examples"),
        (lambda s, y, m: largest_shortfall(s, y), "and the margin 0.5, it should be"),
        (lambda s, y, m: F.multi_margin_loss(s, y, margin=m), "is wrong for 6 examples"),
        (
            # The true class left in.
            lambda s, y, m: torch.relu(s - s.gather(1, y[:, None]) + m).amax(dim=1).mean(),
            "is wrong for",
        ),
    ],
)
def test_largest_shortfall_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_largest_shortfall(wrong)


def by_sums(weight, bias):
    total = sum(weight[1:], start=weight[0])
    return [
        [(w - t / len(weight)).item() for w, t in zip(row, total, strict=True)] for row in weight
    ], bias.tolist()


@pytest.mark.parametrize(
    "answer",
    [
        lambda w, b: (w - w.mean(dim=0), b),
        lambda w, b: [w - w.mean(dim=0, keepdim=True), b - b.mean()],
        by_sums,
    ],
)
def test_smallest_accepts_the_right_function(answer, capsys):
    assert_right(capsys, 4, exercises.check_smallest, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda w, b: None, "a pair of weights and biases is wanted"),
        (lambda w, b: w - w.mean(dim=0), "a pair of weights and biases is wanted"),
        (lambda w, b: (w, b), "smaller weights have the same leads"),
        (lambda w, b: (w - w[0], b), "smaller weights have the same leads"),
        (lambda w, b: (w - w.mean(), b), "smaller weights have the same leads"),
        (lambda w, b: (w - w.mean(dim=1, keepdim=True), b), "the weights change a lead"),
        (lambda w, b: (0 * w, b), "the weights change a lead"),
        (lambda w, b: (w - w.mean(dim=0), 0 * b), "the biases change a lead"),
        (lambda w, b: (w[:1], b), "the weights for 3 classes and 4 features needs numbers"),
    ],
)
def test_smallest_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_smallest(wrong)


@pytest.mark.parametrize(
    "answer", [0.002, 0.02 / 10, torch.tensor(0.002), np.float64(0.002), Fraction(1, 500)]
)
def test_margin_and_decay_accepts_the_right_number(answer, capsys):
    assert_right(capsys, 5, exercises.check_margin_and_decay, answer)


@pytest.mark.parametrize("answer", [0.02, 0.2, 0.0002, 0, 0.0021])
def test_margin_and_decay_rejects_every_other_number(answer):
    with pytest.raises(AssertionError, match=f"not yet: with λ = {answer}, ten times"):
        exercises.check_margin_and_decay(answer)


@pytest.mark.parametrize("answer", [None, True, "small"])
def test_margin_and_decay_wants_a_number(answer):
    with pytest.raises(AssertionError, match="not yet: new_decay needs a number, got"):
        exercises.check_margin_and_decay(answer)
