import pytest
import torch
import torch.nn.functional as F

from utils.exercises import linear_classifier_svm as exercises

ANSWERS = {
    "loss if first": 1.5,
    "gradient if first": [-1, 1, 0],
    "loss if third": 8.5,
    "gradient if third": [1, 1, -2],
}


def shortfalls(scores, labels, margin):
    lacking = torch.relu(scores - scores.gather(1, labels[:, None]) + margin)
    return lacking.scatter(1, labels[:, None], 0.0)


def largest_shortfall(scores, labels, margin=1.0):
    return shortfalls(scores, labels, margin).amax(dim=1).mean()


def test_by_hand_accepts_the_right_numbers(capsys):
    exercises.check_hinge_by_hand(ANSWERS)
    exercises.check_hinge_by_hand({**ANSWERS, "gradient if third": (1.0, 1.0, -2.0)})
    assert capsys.readouterr().out == 2 * "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("loss if first", None, "the loss if first needs a number, got None"),
        ("loss if first", True, "the loss if first needs a number, got True"),
        ("loss if first", 0.5, "if the first class is true, the loss is not 0.5"),
        ("loss if first", 2.5, "if the first class is true, the loss is not 2.5"),
        ("loss if third", 4.5, "if the third class is true, the loss is not 4.5"),
        ("gradient if first", [-1, 1], "the gradient if first needs three numbers"),
        ("gradient if first", [-1, 1, None], "the gradient if first needs three numbers"),
        ("gradient if first", [1, -1, 0], "first class is true, .* of score 1 is not 1"),
        (
            "gradient if first",
            [-2, 1, 1],
            "first class is true, .* of score 1 is not -2",
        ),
        (
            "gradient if third",
            [1, 1, -1],
            "third class is true, .* of score 3 is not -1",
        ),
        ("gradient if third", 3, "the gradient if third needs three numbers, got 3"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_hinge_by_hand({**ANSWERS, name: answer})


def test_largest_shortfall_accepts_the_right_function(capsys):
    exercises.check_largest_shortfall(largest_shortfall)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda s, y, m: None, "a tensor is wanted, got None"),
        (lambda s, y, m: shortfalls(s, y, m).amax(dim=1), "shape .* is not that of one number"),
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


def test_margin_and_decay_accepts_the_right_number(capsys):
    exercises.check_margin_and_decay(0.002)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize("answer", [0.02, 0.2, 0.0002, 0, 0.0021])
def test_margin_and_decay_rejects_every_other_number(answer):
    with pytest.raises(AssertionError, match=f"not yet: with λ = {answer}, ten times"):
        exercises.check_margin_and_decay(answer)


@pytest.mark.parametrize("answer", [None, True, "small"])
def test_margin_and_decay_wants_a_number(answer):
    with pytest.raises(AssertionError, match="not yet: a number is wanted, got"):
        exercises.check_margin_and_decay(answer)
