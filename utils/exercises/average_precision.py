"""The exercises of the page on average precision."""

import itertools
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.average_precision_claims import CLAIMS, draw_runs
from utils.exercises.average_precision_sheets import by_hand_sheet, hits_sheet, predict_sheet
from utils.exercises.feedback import (
    ROUNDING,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.metrics.average_precision import average_precision, precision_recall
from utils.metrics.matching import match

HITS, OBJECTS = torch.tensor([False, True, True, False, True]), 4
TABLE = torch.tensor([[0.6, 0.8], [0.7, 0.75], [0.9, 0.4]])


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with the book's metrics."""
    scores = torch.arange(len(HITS), 0, -1).double()
    precision, recall = precision_recall(scores, HITS, OBJECTS)
    had = [recall >= k / OBJECTS for k in range(1, OBJECTS + 1)]
    best = torch.stack([torch.where(there, precision, 0).max() for there in had])
    wanted = {
        "the recall": (recall, 1e-6),
        "the best precision": (best, 0.01),
        "the average precision with all points": (
            average_precision(scores, HITS, OBJECTS, points="all"),
            ROUNDING,
        ),
        "the average precision with 11 points": (
            average_precision(scores, HITS, OBJECTS, points=11),
            ROUNDING,
        ),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, (value, within)), answer in zip(wanted.items(), answers, strict=True):
        (expect_numbers if value.ndim else expect_number)(name, answer, value, within=within)
    right(1)


@exercise
def check_hits(answers: Sequence) -> None:
    """Check exercise 2 by matching the table."""
    levels = (0.5, 0.72, 0.85)
    expect(len(answers) == len(levels), f"{len(levels)} answers are wanted, got {len(answers)}")
    for level, answer in zip(levels, answers, strict=True):
        wanted = (match(TABLE, level) >= 0).int()
        expect_numbers(f"the hits at {level}", answer, wanted, within=0)
    right(2)


def _by_voc(table: torch.Tensor, threshold: float) -> list[bool]:
    taken, hits = set(), []
    for row in table:
        best = int(row.argmax()) if len(row) else -1
        hits.append(best >= 0 and bool(row[best] >= threshold) and best not in taken)
        if hits[-1]:
            taken.add(best)
    return hits


@exercise
def check_voc_hits(voc_hits: Callable) -> None:
    """Check exercise 3 on random tables of overlaps, some of them without a row or a column."""
    generator = torch.Generator().manual_seed(0)
    shapes = [(3, 2), (6, 3), (4, 1), (0, 2), (3, 0), *[(7, 4)] * 30]
    for detections, objects in shapes:
        table = torch.rand(detections, objects, generator=generator, dtype=torch.float64)
        case = f"for {detections} detections and {objects} objects"
        for threshold in (0.3, 0.6):
            before = table.clone()
            answer = voc_hits(table, threshold)
            expect(torch.equal(table, before), f"{case} your function changes the table")
            wanted = torch.tensor(_by_voc(table, threshold), dtype=torch.float64)
            given = torch.as_tensor(answer if answer is not None else [torch.nan])
            expect(
                given.shape == wanted.shape,
                f"{case} one truth value a detection is wanted, got {answer!r}",
            )
            expect(torch.equal(given.double(), wanted), f"{case} at {threshold} the hits differ")
    right(3)


@exercise
def check_best_threshold(best_threshold: Callable) -> None:
    """Check exercise 4 on random runs, whose scores come in a mixed order."""
    for run, missed in itertools.product(draw_runs(40), (0, 20)):
        objects = run.objects + missed
        mixed = torch.randperm(len(run.hits), generator=torch.Generator().manual_seed(1))
        scores, hits = run.scores[mixed], run.hits[mixed]

        def f1(least: float, scores: torch.Tensor = scores, hits: torch.Tensor = hits) -> float:
            kept = scores >= least
            return 2 * (hits & kept).sum().item() / (kept.sum().item() + objects)  # noqa: B023

        best = max(f1(score) for score in scores.tolist())
        answer = best_threshold(scores.clone(), hits.clone(), objects)
        given = torch.as_tensor(answer if answer is not None else torch.nan).double()
        is_number = given.numel() == 1 and not given.isnan().any()
        expect(is_number, f"best_threshold needs to return one number, got {answer!r}")
        # A score that went through 32 bits may lie a hair above itself.
        found = max(f1(given.item()), f1(given.item() - 1e-6))
        expect(
            found >= best - 1e-9,
            f"with {given.item():.3f} F1 is {found:.3f}, but {best:.3f} can be had",
        )
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random runs of a detector."""
    expect_tried(claims, CLAIMS, draw_runs(60), "run")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
hits = hits_sheet(check_hits)
