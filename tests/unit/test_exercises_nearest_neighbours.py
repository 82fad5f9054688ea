from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.exercises import nearest_neighbours as exercises

BY_HAND = [[3, 4, 5], "A", "B", "B"]
EVERYBODY = [0.5, 0]
CLAIMS = {
    "moving all examples and queries by one step changes no prediction": True,
    "measuring one coordinate in another unit changes no prediction": False,
    "turning examples and queries by 30° changes no prediction by L2": True,
    "turning examples and queries by 30° changes no prediction by L1": False,
    "with k = 1 each stored example is given its own label": True,
    "one neighbour more makes no more mistakes on the stored examples": False,
    "storing each example twice, and asking 2k, changes no prediction": True,
}


def test_the_predictions_are_what_happens():
    wrong, lucky, far = exercises.predict.questions
    generator = torch.Generator().manual_seed(0)
    points = torch.rand(1000, 1000, generator=generator)
    labels = torch.randint(9, (1000,), generator=generator)
    own = torch.cdist(points[:50], points).argmin(dim=1)
    assert (labels[own] != labels[:50]).sum() == wrong["right"] == 0
    guesses = torch.randint(2, (200, 100), generator=generator).double().mean(dim=1)
    assert abs(guesses.max().item() - 0.64) < 0.05
    assert abs(lucky["right"] - 50) <= lucky["tolerance"] < 5
    table = torch.cdist(torch.rand(50, 1000, generator=generator), points)
    factor = (table.amax(dim=1) / table.amin(dim=1)).mean().item()
    assert far["right"] == f"about {factor:.1f} times as far"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([3, 4, 5]), "A", "B", "B"]),
        (1, exercises.check_by_hand, (np.array([3.0, 4, 5]), "A", "B", "B")),
        (2, exercises.check_everybody_votes, EVERYBODY),
        (2, exercises.check_everybody_votes, [Fraction(1, 2), np.float32(0)]),
        (2, exercises.check_everybody_votes, torch.tensor([0.5, 0])),
    ],
)
def test_the_right_answers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, [9, 8, 25], "the list of L1 distances is not"),
        (0, [3, 4], "the list of L1 distances needs 3 numbers"),
        (1, "B", "with L1 and k = 1 the query is not B; who are the 1 nearest?"),
        (2, "A", "with L2 and k = 1 the query is not A"),
        (3, "A", "with L2 and k = 3 the query is not A"),
        (3, None, "with L2 and k = 3 the class A or B is wanted, got None"),
        (1, "C", "with L1 and k = 1 the class A or B is wanted, got 'C'"),
    ],
)
def test_a_wrong_answer_by_hand_is_named(place, wrong, hint):
    answers = list(BY_HAND)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_by_hand(answers)


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ([1, 0], "each counted is not 1"),
        ([0.5, 0.5], "each left out is not 0.5"),
        ([0.5, 0.49], "each left out is not 0.49"),
        ([None, 0], "each counted needs a number, got None"),
        ([0.5, False], "each left out needs a number, got False"),
        ([0.5], "2 numbers are wanted, got 1"),
    ],
)
def test_a_wrong_share_is_named(answers, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_everybody_votes(answers)


def test_all_answers_by_hand_are_wanted():
    with pytest.raises(AssertionError, match="4 answers are wanted, got 0"):
        exercises.check_by_hand([])


def fair_vote(labels):
    votes = (labels[:, :, None] == labels[:, None, :]).sum(dim=2)
    return labels.gather(1, votes.argmax(dim=1, keepdim=True))[:, 0]


def by_counter(labels):
    return [Counter(row).most_common(1)[0][0] for row in labels.tolist()]


def by_first_place(labels):
    """Votes first, and of as many votes the place that comes first."""
    k = labels.shape[1]
    votes = (labels[:, :, None] == labels[:, None, :]).sum(dim=2)
    return labels.gather(1, (votes * k - torch.arange(k)).argmax(dim=1)[:, None])[:, 0]


@pytest.mark.parametrize("answer", [fair_vote, by_counter, by_first_place])
def test_a_fair_vote_is_accepted(answer, capsys):
    assert_right(capsys, 3, exercises.check_fair_vote, answer)


def lowest_vote(labels):
    return torch.nn.functional.one_hot(labels, 5).sum(dim=1).argmax(dim=1)


def furthest_vote(labels):
    votes = (labels[:, :, None] == labels[:, None, :]).sum(dim=2)
    last = votes.shape[1] - 1 - votes.flip(1).argmax(dim=1, keepdim=True)
    return labels.gather(1, last)[:, 0]


def spoiling_vote(labels):
    winners = fair_vote(labels)
    labels.zero_()
    return winners


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (
            lambda labels: None,
            r"fair_vote for labels of shape \(1, 5\) needs one number in a list",
        ),
        (lambda labels: fair_vote(labels)[:, None], "needs one number in a list"),
        (lowest_vote, r"the neighbours \[2, 0, 2, 0, 1\] do not elect 0"),
        (furthest_vote, r"the neighbours \[2, 0, 2, 0, 1\] do not elect 0"),
        (lambda labels: labels[:, 0], "do not elect"),
        (spoiling_vote, "the labels themselves must not change"),
    ],
)
def test_an_unfair_vote_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_fair_vote(wrong)


def vote(labels):
    return torch.nn.functional.one_hot(labels, 9).sum(dim=1).argmax(dim=1)


def left_out(table, labels, k):
    others = table.clone().fill_diagonal_(torch.inf)
    return vote(labels[others.argsort(dim=1, stable=True)[:, :k]])


def by_adding(table, labels, k):
    own = torch.zeros(len(table)).fill_(torch.inf)
    others = torch.where(torch.eye(len(table), dtype=torch.bool), own, table)
    return vote(labels[others.sort(dim=1, stable=True).indices[:, :k]]).tolist()


def one_by_one(table, labels, k):
    found = []
    for index in range(len(table)):
        kept = torch.arange(len(table)) != index
        order = table[index][kept].argsort(stable=True)[:k]
        found.append(vote(labels[kept][order][None])[0])
    return torch.stack(found)


@pytest.mark.parametrize("answer", [left_out, by_adding, one_by_one])
def test_leaving_out_is_accepted(answer, capsys):
    assert_right(capsys, 4, exercises.check_left_out, answer)


def everybody_counts(table, labels, k):
    return vote(labels[table.argsort(dim=1, stable=True)[:, :k]])


def without_the_first(table, labels, k):
    """Goes wrong where two examples coincide: the first of them is not always the own one."""
    return vote(labels[table.argsort(dim=1, stable=True)[:, 1 : k + 1]])


def without_zeros(table, labels, k):
    others = torch.where(table == 0, torch.inf, table)
    return vote(labels[others.argsort(dim=1, stable=True)[:, :k]])


def one_too_few(table, labels, k):
    return left_out(table, labels, max(k - 1, 1))


def last_of_equals(table, labels, k):
    others = table.clone().fill_diagonal_(torch.inf).flip(1)
    return vote(labels.flip(0)[others.argsort(dim=1, stable=True)[:, :k]])


def spoiling(table, labels, k):
    table.fill_diagonal_(torch.inf)
    return vote(labels[table.argsort(dim=1, stable=True)[:, :k]])


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (everybody_counts, "is not given"),
        (without_the_first, "is not given"),
        (without_zeros, "is not given"),
        (one_too_few, "is not given"),
        (last_of_equals, "is not given"),
        (spoiling, "the table and the labels themselves must not change"),
        (lambda *given: None, "needs 4 numbers"),
    ],
)
def test_leaving_out_wrongly_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_left_out(wrong)


def test_the_right_verdicts_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "set of examples")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_each_claim_needs_a_verdict(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_problems_have_no_ties():
    for problem in exercises.problems():
        for points in (problem.asked, problem.stored):
            table = torch.cdist(points, problem.stored).sort(dim=1).values
            assert (table.diff(dim=1) > 1e-9).all()
    assert {problem.k for problem in exercises.problems()} == {1, 2, 3, 4, 5}


def test_classify_takes_the_first_of_equals_and_the_lowest_class():
    stored = torch.tensor([[2.0, 0], [0, 0], [4, 0]])
    labels = torch.tensor([2, 1, 0])
    asked = torch.tensor([[3.0, 0]])
    assert [exercises.classify(stored, labels, asked, k).item() for k in (1, 2, 3)] == [2, 0, 0]
    diagonal = torch.tensor([[3.0, 0], [2, 2]])
    both = [exercises.classify(diagonal, torch.tensor([0, 1]), 0 * asked, 1, p) for p in (1, 2)]
    assert torch.cat(both).tolist() == [0, 1]
