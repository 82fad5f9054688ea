"""Checks for the exercises of the page on visual words."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.visual_words_sheets import LOWER, by_hand_sheet, predict_sheet, sizes_sheet

POINTS = (0.0, 2.0, 5.0, 11.0)
SIDE = 4  # of a patch, in the claims
DOUBLE = {"dtype": torch.float64}


def rounds(points: torch.Tensor, centres: torch.Tensor, count: int) -> torch.Tensor:
    """Return the centres after some rounds of k-means; one that nobody joins stays.

    >>> line = torch.tensor([[1.0], [2], [4], [7]])
    >>> rounds(line, line[:2], 9).flatten().tolist()
    [1.5, 5.5]
    """
    for _ in range(count):
        member = F.one_hot(torch.cdist(points, centres).argmin(dim=1), len(centres)).to(points)
        sizes = member.sum(dim=0)[:, None]
        centres = torch.where(sizes > 0, member.T @ points / sizes.clamp(min=1), centres)
    return centres


def squares(points: torch.Tensor, centres: torch.Tensor) -> float:
    """Return the sum of squared distances to the nearest centre."""
    return torch.cdist(points, centres).amin(dim=1).square().sum().item()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by running k-means."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    points = torch.tensor(POINTS, **DOUBLE)[:, None]
    first, end = (rounds(points, points[:2], count) for count in (1, 20))
    expect_numbers("the pair of centres after a round", answers[0], first[:, 0])
    expect_numbers("the pair of centres at the end", answers[1], end[:, 0])
    sums = squares(points, end), squares(points, rounds(points, points[[0, 3]], 20))
    expect_number("the sum", answers[2], sums[0])
    expect(answers[3] in LOWER, f"one of {', '.join(LOWER)} is wanted, got {answers[3]!r}")
    wanted = LOWER[1 + (sums[1] > sums[0]) - (sums[1] < sums[0])]
    expect(answers[3] == wanted, f"from 0 and 11 the sum is not {answers[3]}; who joins 0?")
    right(1)


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 2 by cutting a picture with torch."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    picture = torch.zeros(1, 1, 64, 64)
    apart, everywhere = (F.unfold(picture, 4, stride=s).shape[2] for s in (4, 1))
    names = "side by side", "at each place", "numbers of four bags", "sum of four bags"
    wanted = apart, everywhere, 4 * 16, apart
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value)
    right(2)


@exercise
def check_furthest_first(furthest_first: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 3 by a search in Python, with twins and with as many centres as points."""
    generator = torch.Generator().manual_seed(0)
    line = torch.tensor([[0.0], [4], [10], [5], [10]], **DOUBLE)
    cases = [(line, 3), (line, 1)]
    for n, k, d in ((6, 2, 2), (30, 5, 3), (12, 12, 2), (1, 1, 4)):
        cases.append((torch.randn(n, d, generator=generator, **DOUBLE), k))
    for points, k in cases:
        given, n = points.clone(), len(points)
        answer = ask_numbers(f"{k} of {n} points", furthest_first(given, k), (k, points.shape[1]))
        expect(torch.equal(given, points), "the points themselves must not change")
        places = [0]
        while len(places) < k:
            gaps = [min((p - points[c]).square().sum().item() for c in places) for p in points]
            places.append(gaps.index(max(gaps)))
        for number, (ours, theirs) in enumerate(zip(answer, points[places], strict=True)):
            same = torch.allclose(ours, theirs.double())
            expect(same, f"of {k} centres for {n} points, number {number} is not {ours.tolist()}")
    right(3)


@exercise
def check_soft_bag(soft_bag: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 patch by patch in Python."""
    generator = torch.Generator().manual_seed(0)
    for n, k, d in ((1, 2, 1), (20, 5, 9), (7, 3, 4), (3, 1, 2)):
        pieces, words = (torch.randn(m, d, generator=generator, **DOUBLE) for m in (n, k))
        bag = [0.0] * k
        for piece in pieces:
            gaps = [(piece - word).square().sum().sqrt().item() for word in words]
            for place, gap in enumerate(gaps):
                bag[place] += max(0.0, sum(gaps) / k - gap)
        answer = soft_bag(pieces.clone(), words.clone())
        expect_numbers(f"the bag of {n} patches and {k} words", answer, bag, within=1e-5)
    right(4)


class Problem(NamedTuple):
    """A picture ``(16, 16)``, five words ``(5, 16)``, and a generator for what is drawn."""

    picture: torch.Tensor
    words: torch.Tensor
    order: torch.Tensor


def problems(count: int = 20) -> list[Problem]:
    """Return random problems, the same ones for each call."""
    generator = torch.Generator().manual_seed(0)
    drawn = []
    for _ in range(count):
        picture = torch.rand(16, 16, generator=generator, **DOUBLE)
        words = 0.2 * torch.randn(5, SIDE**2, generator=generator, **DOUBLE)
        drawn.append(Problem(picture, words, torch.randperm(256, generator=generator)))
    return drawn


def pieces(picture: torch.Tensor) -> torch.Tensor:
    """Return the patches of a picture, each less its mean, ``(16, 16)``."""
    cut = F.unfold(picture[None, None], SIDE, stride=SIDE)[0].T
    return cut - cut.mean(dim=1, keepdim=True)


def bag(picture: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
    """Return how often each word is the nearest of a patch."""
    return torch.cdist(pieces(picture), words).argmin(dim=1).bincount(minlength=len(words))


def _kept_by(change: Callable[[Problem], torch.Tensor]) -> Callable[[Problem], bool]:
    return lambda p: torch.equal(bag(p.picture, p.words), bag(change(p), p.words))


def _dealt(problem: Problem) -> torch.Tensor:
    cut = F.unfold(problem.picture[None, None], SIDE, stride=SIDE)
    order = problem.order[problem.order < cut.shape[2]]
    return F.fold(cut[:, :, order], 16, SIDE, stride=SIDE)[0, 0]


def _swapped(problem: Problem) -> bool:
    order = [1, 0, 2, 3, 4]
    before = bag(problem.picture, problem.words)
    return torch.equal(bag(problem.picture, problem.words[order]), before[order])


def _one_more(problem: Problem) -> bool:
    cut = pieces(problem.picture)
    return squares(cut, problem.words) <= squares(cut, problem.words[:-1])


def _one_end(problem: Problem) -> bool:
    cut = pieces(problem.picture)
    one, other = (squares(cut, rounds(cut, cut[s : s + 3], 50)) for s in (0, 3))
    return abs(one - other) < 1e-9


_CLAIMS: dict[str, Callable[[Problem], bool]] = {
    "dealing the patches out anew leaves the bag as it is": _kept_by(_dealt),
    "shuffling all pixels leaves the bag as it is": _kept_by(
        lambda p: p.picture.flatten()[p.order].view(16, 16)
    ),
    "adding 0.1 to all pixels leaves the bag as it is": _kept_by(lambda p: p.picture + 0.1),
    "halving all pixels leaves the bag as it is": _kept_by(lambda p: p.picture / 2),
    "swapping two words swaps two numbers of the bag": _swapped,
    "one more centre, before any round, does not raise L": _one_more,
    "k-means ends with the same L from each start": _one_end,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random pictures and vocabularies."""
    expect_tried(claims, _CLAIMS, problems(), "picture")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
sizes = sizes_sheet(check_sizes)
