from collections import Counter

import pytest
import torch
from exercise_checks import in_every_form

from utils.exercises import nearest_neighbours as exercises

CLASSES = {"L1, k = 1": "A", "L2, k = 1": "B", "L1, k = 3": "B", "L2, k = 3": "B"}


def fair_vote(labels):
    votes = (labels[:, :, None] == labels[:, None, :]).sum(dim=2)
    return labels.gather(1, votes.argmax(dim=1, keepdim=True))[:, 0]


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


def test_by_hand_accepts_the_right_classes(capsys):
    exercises.check_by_hand(CLASSES)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize("name", CLASSES)
def test_by_hand_rejects_every_other_class(name):
    other = {"A": "B", "B": "A"}[CLASSES[name]]
    with pytest.raises(AssertionError, match=f"not yet: with {name} the query is not {other}"):
        exercises.check_by_hand({**CLASSES, name: other})
    for missing in (None, "C", 1):
        with pytest.raises(AssertionError, match=f"{name} needs the class A or B, got"):
            exercises.check_by_hand({**CLASSES, name: missing})


def by_counter(labels):
    rows = [Counter(row).most_common(1)[0][0] for row in labels.tolist()]
    return torch.tensor(rows, dtype=labels.dtype)


def by_first_place(labels):
    """Votes first, and of as many votes the place that comes first."""
    k = labels.shape[1]
    votes = (labels[:, :, None] == labels[:, None, :]).sum(dim=2)
    return labels.gather(1, (votes * k - torch.arange(k)).argmax(dim=1)[:, None])[:, 0]


@pytest.mark.parametrize("answer", [fair_vote, by_counter, by_first_place])
def test_fair_vote_accepts_the_right_function(answer, capsys):
    exercises.check_fair_vote(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda labels: None, "a tensor is wanted, got None"),
        (lambda labels: fair_vote(labels)[:, None], r"shape \(1, 1\) is wrong"),
        (lowest_vote, r"the neighbours \[2, 0, 2, 0, 1\] do not elect 0"),
        (furthest_vote, r"the neighbours \[2, 0, 2, 0, 1\] do not elect 0"),
        (lambda labels: labels[:, 0], r"do not elect"),
        (spoiling_vote, "the labels themselves were changed"),
    ],
)
def test_fair_vote_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_fair_vote(wrong)


@in_every_form
def test_everybody_votes_accepts_the_right_numbers(form, capsys):
    exercises.check_everybody_votes(form(0.5), form(0))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("counted", "left_out", "hint"),
    [
        (1, 0, "counted is not 1"),
        (0.5, 0.5, "left_out is not 0.5"),
        (0.5, 0.49, "left_out is not 0.49"),
        (None, 0, "counted needs a number, got None"),
        (0.5, False, "left_out needs a number, got False"),
    ],
)
def test_everybody_votes_rejects_a_wrong_number(counted, left_out, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_everybody_votes(counted, left_out)
