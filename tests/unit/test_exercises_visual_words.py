import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.exercises import visual_words as exercises

BY_HAND = [[0, 6], [1, 8], 20, "lower"]
SIZES = [256, 3721, 64, 256]
CLAIMS = {
    "dealing the patches out anew leaves the bag as it is": True,
    "shuffling all pixels leaves the bag as it is": False,
    "adding 0.1 to all pixels leaves the bag as it is": True,
    "halving all pixels leaves the bag as it is": False,
    "swapping two words swaps two numbers of the bag": True,
    "one more centre, before any round, does not raise L": True,
    "k-means ends with the same L from each start": False,
}


def test_the_predictions_are_what_happens():
    counts, _, ends = exercises.predict.questions
    line = torch.tensor([[1.0], [2], [4], [7]])
    assert exercises.rounds(line, line[:2], 9).flatten().tolist() == ends["right"]
    problem, *_ = exercises.problems()
    dealt = exercises.bag(exercises._dealt(problem), problem.words)
    before = exercises.bag(problem.picture, problem.words)
    assert (dealt != before).sum() == counts["right"] == 0
    assert not torch.equal(exercises._dealt(problem), problem.picture)


def test_a_centre_that_nobody_joins_stays():
    points = torch.tensor([[0.0], [2.0]])
    centres = exercises.rounds(points, torch.tensor([[0.0], [9.0]]), 5)
    assert centres.tolist() == [[1.0], [9.0]]
    assert exercises.squares(points, centres) == 2


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([0, 6]), np.array([1.0, 8]), 20.0, "lower"]),
        (1, exercises.check_by_hand, ((0, 6), (1, 8), np.int64(20), "lower")),
        (2, exercises.check_sizes, SIZES),
        (2, exercises.check_sizes, torch.tensor(SIZES)),
        (2, exercises.check_sizes, tuple(np.array(SIZES))),
    ],
)
def test_the_right_answers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, [1, 8], "the pair of centres after a round is not"),
        (0, [0], "the pair of centres after a round needs 2 numbers"),
        (1, [0, 6], "the pair of centres at the end is not"),
        (2, 8, "the sum is not 8"),
        (2, None, "the sum needs a number, got None"),
        (3, "higher", "from 0 and 11 the sum is not higher"),
        (3, "the same", "from 0 and 11 the sum is not the same"),
        (3, None, "one of lower, the same, higher is wanted, got None"),
    ],
)
def test_a_wrong_answer_by_hand_is_named(place, wrong, hint):
    answers = list(BY_HAND)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_by_hand(answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, 16, "side by side is not 16"),
        (1, 4096, "at each place is not 4096"),
        (1, 3600, "at each place is not 3600"),
        (2, 16, "numbers of four bags is not 16"),
        (3, 1024, "sum of four bags is not 1024"),
        (3, None, "sum of four bags needs a number"),
    ],
)
def test_a_wrong_size_is_named(place, wrong, hint):
    answers = list(SIZES)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_sizes(answers)


def test_too_few_answers_are_named():
    for check in (exercises.check_by_hand, exercises.check_sizes):
        with pytest.raises(AssertionError, match="^not yet: 4 .* wanted, got 3"):
            check([1, 2, 3])


def by_minimum(points, k):
    places, gaps = [0], torch.cdist(points, points[:1])[:, 0]
    while len(places) < k:
        places.append(gaps.argmax().item())
        gaps = torch.minimum(gaps, torch.cdist(points, points[places[-1:]])[:, 0])
    return points[places]


def by_table(points, k):
    table, places = torch.cdist(points, points), [0]
    for _ in range(k - 1):
        places.append(int(table[places].amin(dim=0).argmax()))
    return points[places].tolist()


def by_numpy(points, k):
    rows, places = points.numpy(), [0]
    for _ in range(k - 1):
        gaps = ((rows[:, None] - rows[places]) ** 2).sum(axis=2).min(axis=1)
        places.append(gaps.argmax())
    return rows[places]


@pytest.mark.parametrize("right", [by_minimum, by_table, by_numpy])
def test_furthest_first_accepts(right, capsys):
    assert_right(capsys, 3, exercises.check_furthest_first, right)


def from_the_mean(points, k):
    table, places = torch.cdist(points, points), [0]
    for _ in range(k - 1):
        places.append(int(table[places].mean(dim=0).argmax()))
    return points[places]


def from_the_last(points, k):
    table, places = torch.cdist(points, points), [0]
    for _ in range(k - 1):
        places.append(int(table[places[-1]].argmax()))
    return points[places]


def changes_the_points(points, k):
    found = by_minimum(points, k)
    points += 1
    return found


NOT_FURTHEST = {
    "the first": (lambda points, k: points[:k], "number 1 is not"),
    "the mean": (from_the_mean, "number 2 is not"),
    "the last": (from_the_last, "number 2 is not"),
    "one more": (lambda points, k: by_minimum(points, k + 1)[1:], "number 0 is not"),
    "changed": (changes_the_points, "the points themselves must not change"),
    "nothing": (lambda points, k: None, "3 of 5 points needs"),
}


@pytest.mark.parametrize(("wrong", "hint"), NOT_FURTHEST.values(), ids=NOT_FURTHEST)
def test_furthest_first_rejects(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_furthest_first(wrong)


def soft(pieces, words):
    table = torch.cdist(pieces, words)
    return (table.mean(dim=1, keepdim=True) - table).clamp(min=0).sum(dim=0)


def soft_in_a_loop(pieces, words):
    bag = torch.zeros(len(words), dtype=pieces.dtype)
    for piece in pieces:
        gaps = (piece - words).norm(dim=1)
        bag += torch.relu(gaps.mean() - gaps)
    return bag


def soft_numpy(pieces, words):
    gaps = np.linalg.norm(pieces.numpy()[:, None] - words.numpy(), axis=2)
    return np.maximum(0, gaps.mean(axis=1, keepdims=True) - gaps).sum(axis=0)


@pytest.mark.parametrize("right", [soft, soft_in_a_loop, soft_numpy])
def test_soft_bag_accepts(right, capsys):
    assert_right(capsys, 4, exercises.check_soft_bag, right)


def no_floor(pieces, words):
    table = torch.cdist(pieces, words)
    return (table.mean(dim=1, keepdim=True) - table).sum(dim=0)


def squared(pieces, words):
    table = torch.cdist(pieces, words) ** 2
    return (table.mean(dim=1, keepdim=True) - table).clamp(min=0).sum(dim=0)


def wrong_axis(pieces, words):
    table = torch.cdist(pieces, words)
    return (table.mean(dim=0) - table).clamp(min=0).sum(dim=0)


def l1(pieces, words):
    table = torch.cdist(pieces, words, p=1)
    return (table.mean(dim=1, keepdim=True) - table).clamp(min=0).sum(dim=0)


def hard(pieces, words):
    return torch.cdist(pieces, words).argmin(dim=1).bincount(minlength=len(words))


@pytest.mark.parametrize("wrong", [no_floor, squared, wrong_axis, l1, hard, lambda p, w: None])
def test_soft_bag_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: the bag of "):
        exercises.check_soft_bag(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_verdict_is_refuted(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "picture")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_a_claim_wants_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)
