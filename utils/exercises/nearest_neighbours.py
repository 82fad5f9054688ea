"""Checks for the exercises of the page on nearest neighbours."""

from collections.abc import Callable, Mapping

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, right

QUERY = torch.tensor([[0.0, 0.0]])
STORED = torch.tensor([[3.0, 0.0], [2.0, 2.0], [0.0, 5.0]])
CLASSES = "ABB"


@exercise
def check_by_hand(classes: Mapping[str, str]) -> None:
    """Check the four classes of exercise 1 by measuring with torch."""
    for p in (1, 2):
        order = torch.cdist(QUERY, STORED, p=p)[0].argsort()
        for k in (1, 3):
            name = f"L{p}, k = {k}"
            answer = classes.get(name)
            expect(answer in ("A", "B"), f"{name} needs the class A or B, got {answer!r}")
            voters = [CLASSES[index] for index in order[:k]]
            expect(
                answer == max("AB", key=voters.count),
                f"with {name} the query is not {answer}; who are the {k} nearest?",
            )
    right(1)


def _by_counting(row: list[int]) -> int:
    most = max(map(row.count, row))
    return next(label for label in row if row.count(label) == most)


@exercise
def check_fair_vote(fair_vote: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 2 on votes with and without ties, against counting in Python."""
    generator = torch.Generator().manual_seed(0)
    cases = [torch.tensor([[2, 0, 2, 0, 1]])]
    for rows, k, classes in ((1, 1, 3), (40, 2, 3), (40, 4, 2), (40, 7, 5), (0, 3, 2)):
        cases.append(torch.randint(classes, (rows, k), generator=generator))
    for labels in cases:
        given = labels.clone()
        winners = fair_vote(given)
        case = f"for labels of shape {tuple(labels.shape)}"
        expect(isinstance(winners, torch.Tensor), f"a tensor is wanted, got {winners!r} {case}")
        expect(torch.equal(given, labels), "the labels themselves were changed")
        expect(
            winners.shape == labels.shape[:1],
            f"shape {tuple(winners.shape)} is wrong {case}",
        )
        for row, winner in zip(labels.tolist(), winners.tolist(), strict=True):
            expect(winner == _by_counting(row), f"the neighbours {row} do not elect {winner}")
    right(2)


def _accuracy(distances: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    voters = labels[distances.argsort(dim=1)[:, :k]]
    predicted = torch.stack([row.bincount().argmax() for row in voters])
    return (predicted == labels).double().mean().item()


@exercise
def check_everybody_votes(counted: float, left_out: float) -> None:
    """Check exercise 3 by letting all of a hundred random examples vote."""
    labels = torch.arange(2).repeat(50)
    points = torch.randn(100, 3, generator=torch.Generator().manual_seed(0))
    distances = torch.cdist(points, points)
    wanted = {"counted": _accuracy(distances, labels, 100)}
    wanted["left_out"] = _accuracy(distances.fill_diagonal_(torch.inf), labels, 99)
    for (name, accuracy), answer in zip(wanted.items(), (counted, left_out), strict=True):
        expect_number(name, answer, accuracy)
    right(3)
