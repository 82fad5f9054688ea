"""Checks for the exercises of the page on model selection."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from sklearn.model_selection import TimeSeriesSplit

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.model_selection_sheets import by_hand_sheet, predict_sheet, trust_sheet

_SIZES, _MISTAKES = (3, 3, 2, 2), (1, 0, 1, 1)  # of exercise 1


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's own parts and means."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    sizes = torch.tensor([len(part) for part in torch.arange(10).tensor_split(4)])
    expect(sizes.tolist() == list(_SIZES), "the sizes of the exercise are those of tensor_split")
    mistakes = torch.tensor(_MISTAKES)
    alone = torch.arange(50).tensor_split(50)
    expect_numbers("the list of sizes", answers[0], sizes)
    expect_numbers("the pair of counts", answers[1], [len(alone), 50 - len(alone[0])])
    expect_number("the mean of the errors", answers[2], (mistakes / sizes).mean())
    expect_number("the error over all samples", answers[3], mistakes.sum() / sizes.sum())
    right(1)


@exercise
def check_trust(answers: Sequence) -> None:
    """Check exercise 2 with the spread of a binomial, and the bound."""
    expect(len(answers) == 3, f"3 numbers are wanted, got {len(answers)}")

    def spread(n: int) -> float:
        return (torch.distributions.Binomial(n, torch.tensor(0.2)).stddev / n).item()

    expect_number("the standard error", answers[0], spread(400), within=0.0002)
    halved = next(n for n in range(400, 4000, 100) if spread(n) <= spread(400) / 2 + 1e-9)
    expect_number("the number of samples", answers[1], halved, within=0)
    expect_number("the bound", answers[2], 0.5 + math.sqrt(math.log(1000) / (2 * 500)))
    right(2)


class Drawn(NamedTuple):
    """Samples of some groups in folds, as exercises 3 and 5 draw them."""

    groups: torch.Tensor
    folds: list[torch.Tensor]
    wrong: torch.Tensor  # whether each sample is wrong when it is held out


def draw(count: int, *, equal: bool = False) -> list[Drawn]:
    """Return random folds of random groups; ``equal`` ones have one size."""
    generator = torch.Generator().manual_seed(0)

    def whole(low: int, high: int) -> int:
        return int(torch.randint(low, high, (1,), generator=generator))

    drawn = []
    for _ in range(count):
        folds = whole(2, 6)
        n = folds * whole(2, 5) + (0 if equal else whole(0, folds))
        order = torch.randperm(n, generator=generator)
        groups = torch.randint(0, whole(2, n + 1), (n,), generator=generator) * 7 - 3
        wrong = torch.rand(n, generator=generator) < 0.4
        drawn.append(Drawn(groups, list(order.tensor_split(folds)), wrong))
    return drawn


def _leaks(groups: torch.Tensor, folds: Sequence[torch.Tensor]) -> torch.Tensor:
    shares = []
    for held in folds:
        inside = torch.zeros(len(groups), dtype=torch.bool)
        inside[held] = True
        shares.append(torch.isin(groups[inside], groups[~inside]).double().mean())
    return torch.stack(shares)


@exercise
def check_leaks(leaks: Callable[..., Sequence]) -> None:
    """Check exercise 3 on folds of random groups, of groups that stay together, and of none."""
    cases = draw(20)
    together = torch.tensor([4, 4, 9, 9, 9, 2])
    cases.append(Drawn(together, [torch.tensor([0, 1, 5]), torch.tensor([2, 3, 4])], together > 4))
    cases.append(Drawn(torch.arange(6), list(torch.arange(6).split(2)), together > 4))
    for groups, folds, _ in cases:
        given = groups.clone(), [fold.clone() for fold in folds]
        case = f"leaks for {len(groups)} samples in {len(folds)} folds"
        expect_numbers(case, leaks(*given), _leaks(groups, folds), within=1e-6)
        kept = torch.equal(given[0], groups) and all(map(torch.equal, given[1], folds))
        expect(kept, "groups and folds themselves must not change")
    right(3)


@exercise
def check_forward_folds(forward_folds: Callable[[int, int], Sequence]) -> None:
    """Check exercise 4 against scikit-learn's TimeSeriesSplit."""
    for n, K in ((6, 2), (11, 3), (12, 5), (23, 4), (4, 2), (7, 6)):
        case = f"forward_folds({n}, {K})"
        answer = forward_folds(n, K)
        shaped = isinstance(answer, (list, tuple)) and all(
            isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in answer
        )
        expect(shaped, f"{case} needs a list of pairs, got {answer!r}")
        wanted = list(TimeSeriesSplit(K).split(torch.zeros(n, 1)))
        expect(len(answer) == K, f"{case} needs {K} pairs, got {len(answer)}")
        for number, (pair, parts) in enumerate(zip(answer, wanted, strict=True), start=1):
            for name, mine, theirs in zip(("train", "held"), pair, parts, strict=True):
                expect_numbers(f"{name} of pair {number} of {case}", mine, theirs, within=0)
    right(4)


def _held_once(one: Drawn) -> bool:
    return torch.cat(one.folds).sort().values.tolist() == list(range(len(one.groups)))


def _share_half(one: Drawn) -> bool:
    n, held = len(one.groups), [len(fold) for fold in one.folds]
    pairs = [(a, b) for i, a in enumerate(held) for b in held[:i]]
    return all(n - a - b > (n - a) / 2 for a, b in pairs)


def _mean_is_total(one: Drawn) -> bool:
    errors = torch.stack([one.wrong[fold].double().mean() for fold in one.folds])
    return bool((errors.mean() - one.wrong.double().mean()).abs() < 1e-9)


def _tests(one: Drawn) -> tuple[torch.Tensor, torch.Tensor]:
    """Validation and test scores of ten models that toss coins, by a seed from the draw."""
    seed = int(one.groups.sum()) % 1000 + 10 * len(one.groups)
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(2, 10, generator=generator).unbind()


def _more_look_better(one: Drawn) -> bool:
    validation, _ = _tests(one)
    return bool(validation.max() >= validation[:5].max())


def _more_are_better(one: Drawn) -> bool:
    validation, test = _tests(one)
    return bool(test[validation.argmax()] >= test[validation[:5].argmax()])


def _scaling_is_blind(one: Drawn) -> bool:
    values, held = one.groups.double(), one.folds[0]
    changed = values.clone()
    changed[held] += 1 + values[held].abs()
    kept = torch.cat(one.folds[1:])
    before, after = values - values.mean(), changed - changed.mean()
    return bool((before[kept] - after[kept]).abs().max() < 1e-9)


_CLAIMS: dict[str, Callable[[Drawn], bool]] = {
    "each sample is held out once": _held_once,
    "two training parts share more than half of their samples": _share_half,
    "the mean of the folds' errors is the error over all samples": _mean_is_total,
    "with more models, the best validation score is no lower": _more_look_better,
    "with more models, the test score of the chosen one is no lower": _more_are_better,
    "subtracting the mean of all samples tells training nothing": _scaling_is_blind,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random folds."""
    expect_tried(claims, _CLAIMS, draw(60), "set of folds")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
trust = trust_sheet(check_trust)
