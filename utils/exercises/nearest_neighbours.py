"""Checks for the exercises of the page on nearest neighbours."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.nearest_neighbours_sheets import by_hand_sheet, everybody_sheet, predict_sheet

STORED = torch.tensor([[3.0, 0.0], [2.0, 2.0], [0.0, 5.0]])
CLASSES = "ABB"


def classify(
    stored: torch.Tensor, labels: torch.Tensor, asked: torch.Tensor, k: int, p: int = 2
) -> torch.Tensor:
    """Return the vote of the k nearest: of equals the first stored, then the lowest class.

    >>> stored, labels = torch.tensor([[0.0], [2], [3]]), torch.tensor([0, 1, 1])
    >>> classify(stored, labels, torch.tensor([[1.0]]), 1)
    tensor([0])
    """
    gaps = (asked[:, None] - stored[None]).abs()
    order = (gaps**p).sum(dim=2).argsort(dim=1, stable=True)[:, :k]
    return torch.nn.functional.one_hot(labels[order]).sum(dim=1).argmax(dim=1)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by measuring with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    measured, *classes = answers
    expect_numbers("the list of L1 distances", measured, STORED.abs().sum(dim=1), within=0)
    labels, asked = torch.tensor([0, 1, 1]), torch.zeros(1, 2)
    for answer, (p, k) in zip(classes, ((1, 1), (2, 1), (2, 3)), strict=True):
        wanted = "AB"[classify(STORED, labels, asked, k, p).item()]
        case = f"with L{p} and k = {k}"
        expect(answer in ("A", "B"), f"{case} the class A or B is wanted, got {answer!r}")
        expect(answer == wanted, f"{case} the query is not {answer}; who are the {k} nearest?")
    right(1)


def _accuracy(distances: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    voters = labels[distances.argsort(dim=1)[:, :k]]
    predicted = torch.stack([row.bincount().argmax() for row in voters])
    return (predicted == labels).double().mean().item()


@exercise
def check_everybody_votes(answers: Sequence) -> None:
    """Check exercise 2 by letting all of a hundred random examples vote."""
    expect(len(answers) == 2, f"2 numbers are wanted, got {len(answers)}")
    labels = torch.arange(2).repeat(50)
    points = torch.randn(100, 3, generator=torch.Generator().manual_seed(0))
    distances = torch.cdist(points, points)
    wanted = {"the accuracy with each counted": _accuracy(distances, labels, 100)}
    distances.fill_diagonal_(torch.inf)
    wanted["the accuracy with each left out"] = _accuracy(distances, labels, 99)
    for (name, accuracy), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, accuracy)
    right(2)


def _by_counting(row: list[int]) -> int:
    most = max(map(row.count, row))
    return next(label for label in row if row.count(label) == most)


@exercise
def check_fair_vote(fair_vote: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on votes with and without ties, against counting in Python."""
    generator = torch.Generator().manual_seed(0)
    cases = [torch.tensor([[2, 0, 2, 0, 1]])]
    for rows, k, classes in ((1, 1, 3), (40, 2, 3), (40, 4, 2), (40, 7, 5)):
        cases.append(torch.randint(classes, (rows, k), generator=generator))
    for labels in cases:
        given = labels.clone()
        case = f"fair_vote for labels of shape {tuple(labels.shape)}"
        winners = ask_numbers(case, fair_vote(given), labels.shape[:1])
        expect(torch.equal(given, labels), "the labels themselves must not change")
        for row, winner in zip(labels.tolist(), winners.tolist(), strict=True):
            expect(winner == _by_counting(row), f"the neighbours {row} do not elect {winner:g}")
    right(3)


@exercise
def check_left_out(left_out: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 by sorting and counting in Python, also where two examples coincide."""
    generator = torch.Generator().manual_seed(0)
    for n, k, classes in ((4, 1, 2), (12, 1, 2), (12, 3, 3), (30, 4, 3), (30, 29, 2), (2, 1, 2)):
        # On a grid of 5 × 5 places many examples coincide, and many are equally far.
        places = torch.randint(5, (n, 2), generator=generator).double()
        labels = torch.randint(classes, (n,), generator=generator)
        table = torch.cdist(places, places, compute_mode="donot_use_mm_for_euclid_dist")
        given = table.clone(), labels.clone()
        case = f"left_out for {n} examples and k = {k}"
        answer = ask_numbers(case, left_out(*given, k), (n,))
        kept = torch.equal(given[0], table) and torch.equal(given[1], labels)
        expect(kept, "the table and the labels themselves must not change")
        for index, row in enumerate(table.tolist()):
            others = [other for other in range(n) if other != index]
            voters = [labels[o].item() for o in sorted(others, key=row.__getitem__)[:k]]
            winner = max(sorted(set(voters)), key=voters.count)
            said = f"example {index}, whose neighbours are {voters}"
            expect(answer[index] == winner, f"{case}: {said}, is not given {answer[index]:g}")
    right(4)


class Problem(NamedTuple):
    """Stored examples ``(n, 2)`` with labels ``(n,)``, queries ``(m, 2)``, and k; no two tie."""

    stored: torch.Tensor
    labels: torch.Tensor
    asked: torch.Tensor
    k: int


def problems(count: int = 40) -> list[Problem]:
    """Return random problems, the same ones for each call."""
    generator = torch.Generator().manual_seed(0)
    drawn = []
    for index in range(count):
        stored, asked = torch.randn(2, 20, 2, generator=generator).double()
        labels = torch.randint(3, (20,), generator=generator)
        drawn.append(Problem(stored, labels, asked, index % 5 + 1))
    return drawn


def _unchanged_by(change: Callable[[torch.Tensor], torch.Tensor], p: int = 2) -> Callable:
    def holds(problem: Problem) -> bool:
        stored, labels, asked, k = problem
        before = classify(stored, labels, asked, k, p)
        return torch.equal(before, classify(change(stored), labels, change(asked), k, p))

    return holds


def _turned(points: torch.Tensor) -> torch.Tensor:
    return points @ torch.tensor([[3**0.5, -1], [1, 3**0.5]]).double().T / 2


def _own_label(problem: Problem) -> bool:
    stored, labels, _, _ = problem
    return torch.equal(classify(stored, labels, stored, 1), labels)


def _mistakes_fall(problem: Problem) -> bool:
    stored, labels, _, k = problem
    few, many = ((classify(stored, labels, stored, n) != labels).sum() for n in (k, k + 1))
    return bool(many <= few)


def _doubled(problem: Problem) -> bool:
    stored, labels, asked, k = problem
    twice = classify(stored.repeat(2, 1), labels.repeat(2), asked, 2 * k)
    return torch.equal(twice, classify(stored, labels, asked, k))


_CLAIMS: dict[str, Callable[[Problem], bool]] = {
    "moving all examples and queries by one step changes no prediction": _unchanged_by(
        lambda points: points + 3
    ),
    "measuring one coordinate in another unit changes no prediction": _unchanged_by(
        lambda points: points * torch.tensor([10, 1])
    ),
    "turning examples and queries by 30° changes no prediction by L2": _unchanged_by(_turned),
    "turning examples and queries by 30° changes no prediction by L1": _unchanged_by(_turned, p=1),
    "with k = 1 each stored example is given its own label": _own_label,
    "one neighbour more makes no more mistakes on the stored examples": _mistakes_fall,
    "storing each example twice, and asking 2k, changes no prediction": _doubled,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random examples of which no two coincide."""
    expect_tried(claims, _CLAIMS, problems(), "set of examples")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
everybody = everybody_sheet(check_everybody_votes)
