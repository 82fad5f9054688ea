"""Checks for the exercises of the page on the VC dimension."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_tried,
    right,
)
from utils.exercises.vc_dimension_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.widgets.shattering import labellings, separator


def count_lines(points: torch.Tensor) -> int:
    """Return for how many labellings of points ``(n, 2)`` a line separates the two labels.

    >>> count_lines(torch.tensor([[0.0, 0], [1, 0], [0, 1]]).double())
    8
    """
    return sum(separator(points, labels) is not None for labels in labellings(len(points)))


def count_steps(n: int, *, both: bool) -> int:
    """Return how many labellings of n numbers a threshold makes, with 1 above it or on one side.

    >>> count_steps(3, both=False), count_steps(3, both=True)
    (4, 6)
    """
    steps = {tuple(-1 if i < cut else 1 for i in range(n)) for cut in range(n + 1)}
    turned = {tuple(-label for label in labels) for labels in steps} if both else set()
    return len(steps | turned)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by making all labellings that a threshold can make."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    for both, place in ((False, 0), (True, 2)):
        dimension = max(n for n in range(1, 9) if count_steps(n, both=both) == 2**n)
        kind = "with both sides" if both else "with 1 above"
        wanted = count_steps(5, both=both)
        expect_number(f"the count {kind}", answers[place], wanted, within=0)
        expect_number(f"the VC dimension {kind}", answers[place + 1], dimension, within=0)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 by looking for the line of each labelling."""
    sets = {
        "the triangle with a point inside": [[0, 3], [-3, -2], [3, -2], [0, 0]],
        "four in a row": [[0, 0], [1, 1], [2, 2], [3, 3]],
        "three in a row and one beside them": [[0, 0], [1, 1], [2, 2], [0, 3]],
    }
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    for (name, points), answer in zip(sets.items(), list(answers)[:3], strict=True):
        wanted = count_lines(torch.tensor(points, dtype=torch.float64))
        expect_number(f"the count for {name}", answer, wanted, within=0)
    expect_number("the VC dimension for 784 inputs", answers[3], 784 + 1, within=0)
    right(2)


@exercise
def check_unreachable(unreachable: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3: labels for which positive multiples of all signed points add up to 0."""
    generator = torch.Generator().manual_seed(0)
    for d in (1, 2, 2, 2, 3, 5, 8):
        X = torch.randn(d + 2, d, generator=generator, dtype=torch.float64)
        given = X.clone()
        labels = ask_numbers("unreachable(X)", unreachable(X), (d + 2,))
        expect(torch.equal(X, given), "X itself must not change")
        case = f"for {d + 2} points with {d} coordinates"
        expect(bool((labels.abs() == 1).all()), f"the labels {case} are not all 1 or -1")
        # Points are shared out by the one way, up to a factor, in which they cancel.
        ones = torch.cat([X.T, torch.ones(1, d + 2, dtype=torch.float64)])
        shares = torch.linalg.svd(ones).Vh[-1] * labels
        met = bool((shares > 0).all() or (shares < 0).all())
        expect(met, f"the labels {case} are those of some line or hyperplane")
    right(3)


def _shattered_by_rectangles(X: torch.Tensor) -> bool:
    for labels in labellings(len(X)):
        inside, outside = X[labels > 0], X[labels < 0]
        if len(inside) and len(outside):
            low, high = inside.amin(0), inside.amax(0)
            if ((outside >= low) & (outside <= high)).all(1).any():
                return False
    return True


def rectangle_cases() -> list[torch.Tensor]:
    """Return sets of 1 to 6 points on a small grid, with ties, shattered by rectangles or not."""
    generator = torch.Generator().manual_seed(1)
    cases = [torch.tensor([[0.0, 1], [1, 0], [0, -1], [-1, 0]])]
    cases.append(torch.cat([cases[0], torch.zeros(1, 2)]))
    while len(cases) < 60:
        n = len(cases) % 6 + 1
        X = torch.randint(-3, 4, (n, 2), generator=generator).float()
        if len(X.unique(dim=0)) == n:
            cases.append(X)
    return cases


@exercise
def check_rectangles(shattered_by_rectangles: Callable[[torch.Tensor], bool]) -> None:
    """Check exercise 4 by drawing the smallest rectangle around each part of the points."""
    for X in rectangle_cases():
        answer = shattered_by_rectangles(X.clone())
        case = f"of {X.tolist()}"
        is_verdict = isinstance(answer, bool) or getattr(answer, "dtype", None) in (
            torch.bool,
            "bool",
        )
        expect(is_verdict, f"the verdict {case} must be True or False, got {answer!r}")
        wanted = _shattered_by_rectangles(X)
        words = "can" if wanted else "cannot"
        expect(bool(answer) == wanted, f"the points {X.tolist()} {words} be shattered")
    right(4)


def _subsets_too(X: torch.Tensor) -> bool:
    if count_lines(X) < 2 ** len(X):
        return True
    parts = [X[torch.arange(len(X)) != left] for left in range(len(X))]
    return all(count_lines(part) == 2 ** len(part) for part in parts)


def _opposites_alike(X: torch.Tensor) -> bool:
    found = [separator(X, labels) is not None for labels in labellings(len(X))]
    return found == found[::-1]  # counted backwards, each labelling is turned round


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "three different points are shattered": lambda X: count_lines(X[:3]) == 8,
    "a shattered set stays shattered without one of its points": _subsets_too,
    "a labelling and its opposite both have a line, or neither has": _opposites_alike,
    "four different points have a line for 14 labellings": lambda X: count_lines(X[:4]) == 14,
    "stretching one axis changes no count": lambda X: (
        count_lines(X) == count_lines(X * torch.tensor([4.0, 1.0]).to(X))
    ),
    "one more point doubles the count": lambda X: count_lines(X) == 2 * count_lines(X[:-1]),
}


def claim_cases() -> list[torch.Tensor]:
    """Return sets of four or five different points on a grid, float64 ``(n, 2)``."""
    generator = torch.Generator().manual_seed(2)
    cases = [torch.tensor([[-1.0, 0], [0, 0], [1, 0], [0, 1]]).double()]
    while len(cases) < 12:
        n = 5 if len(cases) % 4 == 3 else 4
        X = torch.randint(-2, 3, (n, 2), generator=generator).double()
        if len(X.unique(dim=0)) == n:
            cases.append(X)
    return cases


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on sets of points."""
    expect_tried(claims, _CLAIMS, claim_cases(), "set")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
