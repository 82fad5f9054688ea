"""Checks for the exercises of the page on logistic regression."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from sklearn.metrics import precision_score, recall_score, roc_auc_score

from utils.cases import vectors
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.logistic_regression_sheets import (
    by_hand_sheet,
    groups_sheet,
    predict_sheet,
)

# Of exercise 2: what a model says of ten people, and who of them is ill.
SCORES = (0.9, 0.7, 0.6, 0.4, 0.35, 0.3, 0.25, 0.2, 0.1, 0.05)
ILL = (1, 0, 1, 0, 1, 0, 0, 1, 0, 0)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's sigmoid and its cross-entropy."""
    likelihood = F.binary_cross_entropy(
        torch.tensor([0.5, 0.8, 0.2]), torch.tensor([1.0, 1.0, 0.0]), reduction="sum"
    )
    wanted = {
        "the probability": (torch.sigmoid(torch.tensor(4.0).log()), 1e-3),
        "the score": (torch.logit(torch.tensor(0.8)), 0.006),
        "the second probability": (torch.sigmoid(torch.tensor(0.0)), 1e-3),
        "the likelihood": (torch.exp(-likelihood), 1e-3),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, (value, within)), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=within)
    right(1)


@exercise
def check_groups(answers: Sequence) -> None:
    """Check exercise 2 with scikit-learn's metrics."""
    expect(len(answers) == 3, f"two pairs and a number are wanted, got {len(answers)} answers")
    for cut, answer in zip((0.5, 0.15), answers, strict=False):
        called = [score >= cut for score in SCORES]
        pair = [precision_score(ILL, called), recall_score(ILL, called)]
        expect_numbers(f"precision and recall at {cut}", answer, pair, within=0.006)
    expect_number("the area", answers[2], roc_auc_score(ILL, SCORES), within=0.006)
    right(2)


@exercise
def check_weighted(weighted: Callable[..., torch.Tensor | float]) -> None:
    """Check exercise 3 against torch's ``pos_weight``, scores of a million included."""
    for (z,) in vectors(dtype=torch.float64, device="cpu"):
        for weight in (1, 5, 0.25):
            if not z.numel():
                continue
            y = (torch.arange(len(z)) % 2).double()
            given = z / 1000 if z.abs().max() > 1e3 else z
            wanted = F.binary_cross_entropy_with_logits(
                given, y, pos_weight=torch.tensor(weight, dtype=torch.float64)
            )
            name = f"the loss of {given.tolist()} with weight {weight}"
            answer = weighted(given.clone(), y.clone(), weight)
            expect_number(name, answer, wanted, within=1e-6)
    right(3)


def _cost(cut: float, scores: torch.Tensor, labels: torch.Tensor, miss: float, alarm: float):
    called = scores >= cut
    return miss * (labels[~called] == 1).sum().item() + alarm * (labels[called] == 0).sum().item()


@exercise
def check_best_cut(best_cut: Callable[..., float]) -> None:
    """Check exercise 4 on random people: no other cut may cost less, with ties as well."""
    draw = torch.Generator().manual_seed(0)
    for prices in ((1, 1), (20, 1), (1, 5), (1, 1000), (1000, 1)):
        for coarse in (100, 3):
            labels = torch.randint(2, (25,), generator=draw)
            noise = torch.randn(25, generator=draw, dtype=torch.float64)
            scores = ((labels + noise) * coarse).round() / coarse
            cut = ask_number("the cut", best_cut(scores.clone(), labels.clone(), *prices))
            expect(not math.isnan(cut), "the cut is not a number")
            candidates = [*scores.tolist(), math.inf]
            least = min(_cost(each, scores, labels, *prices) for each in candidates)
            cost = _cost(cut, scores, labels, *prices)
            expect(
                cost == least,
                f"with prices {prices} the cut {cut:.4g} costs {cost}, and another {least}",
            )
    right(4)


Draw = tuple[torch.Tensor, torch.Tensor]


def _entropy(scores: torch.Tensor, labels: torch.Tensor) -> float:
    return F.binary_cross_entropy_with_logits(scores, labels).item()


def _area_survives_shift(draw: Draw) -> bool:
    scores, labels = draw
    return roc_auc_score(labels, scores + 3) == roc_auc_score(labels, scores)


def _doubling_keeps_the_entropy(draw: Draw) -> bool:
    scores, labels = draw
    return math.isclose(_entropy(2 * scores, labels), _entropy(scores, labels))


def _along_cuts(draw: Draw) -> tuple[list[float], list[float]]:
    """Return recall and precision at each score as the cut, from the lowest."""
    scores, labels = draw
    called = (scores >= scores.sort().values[:, None]).double()
    found = called @ labels
    return (found / labels.sum()).tolist(), (found / called.sum(1)).tolist()


def _recall_falls(draw: Draw) -> bool:
    recalls, _ = _along_cuts(draw)
    return recalls == sorted(recalls, reverse=True)


def _precision_rises(draw: Draw) -> bool:
    _, precisions = _along_cuts(draw)
    return precisions == sorted(precisions)


def _turning_both_keeps_the_entropy(draw: Draw) -> bool:
    scores, labels = draw
    return math.isclose(_entropy(-scores, 1 - labels), _entropy(scores, labels))


_CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "adding 3 to all scores leaves the area under the ROC as it is": _area_survives_shift,
    "doubling all scores leaves the cross-entropy as it is": _doubling_keeps_the_entropy,
    "a higher cut does not raise the recall": _recall_falls,
    "a higher cut does not lower the precision": _precision_rises,
    "turning all labels and the signs of all scores leaves the cross-entropy as it is": (
        _turning_both_keeps_the_entropy
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random scores and labels."""
    draw = torch.Generator().manual_seed(0)
    draws = []
    for _ in range(50):
        labels = torch.arange(12).remainder(2).double()
        draws.append((torch.randn(12, generator=draw, dtype=torch.float64), labels))
    expect_tried(claims, _CLAIMS, draws, "batch")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
groups = groups_sheet(check_groups)
