"""The claims of exercise 5 of the page on average precision, and runs to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from utils.metrics.average_precision import Points, average_precision


@dataclass
class Run:
    """What a detector reports: scores from 0 to 1, no two alike, falling; hits; all objects."""

    scores: torch.Tensor
    hits: torch.Tensor
    objects: int

    def ap(
        self,
        scores: torch.Tensor | None = None,
        hits: torch.Tensor | None = None,
        points: Points = "all",
    ) -> float:
        """Return the average precision, with other scores or hits if given."""
        scores = self.scores if scores is None else scores
        hits = self.hits if hits is None else hits
        return average_precision(scores, hits, self.objects, points=points).item()


def draw_runs(count: int) -> list[Run]:
    """Return runs of 4 to 11 detections, at least one hit and one false alarm among them."""
    generator = torch.Generator().manual_seed(0)
    runs = []
    while len(runs) < count:
        detections = 4 + len(runs) % 8
        scores = torch.rand(detections, generator=generator, dtype=torch.float64)
        hits = torch.rand(detections, generator=generator) < 0.6
        missed = int(torch.randint(4, (), generator=generator))
        if hits.any() and not hits.all():
            runs.append(Run(scores.sort(descending=True).values, hits, int(hits.sum()) + missed))
    return runs


def _with_one(run: Run, score: float) -> float:
    one = torch.tensor([score], dtype=torch.float64)
    hits = torch.cat([run.hits, torch.tensor([False])])
    return run.ap(torch.cat([run.scores, one]), hits)


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9


def _swapped(run: Run) -> bool:
    """Whether a hit that changes places with the false alarm behind it never helps."""
    for place in range(len(run.hits) - 1):
        if run.hits[place] and not run.hits[place + 1]:
            hits = run.hits.clone()
            hits[place : place + 2] = hits[place : place + 2].flip(0)
            if run.ap(hits=hits) > run.ap() + 1e-9:
                return False
    return True


def _twice(run: Run) -> bool:
    scores = run.scores.repeat_interleave(2)
    hits = torch.stack([run.hits, torch.zeros_like(run.hits)], 1).flatten()
    return _same(run.ap(scores, hits), run.ap())


def _recall(run: Run) -> float:
    return run.hits.sum().item() / run.objects


def _precision(run: Run) -> float:
    return run.hits.double().mean().item()


CLAIMS: dict[str, Callable[[Run], bool]] = {
    "all scores squared: AP stays": lambda run: _same(run.ap(run.scores**2), run.ap()),
    "a false alarm with the lowest score: AP stays": lambda run: _same(
        _with_one(run, -1.0), run.ap()
    ),
    "a false alarm with the highest score: AP falls": lambda run: (
        _with_one(run, 2.0) < run.ap() - 1e-9
    ),
    "a hit changes places with a false alarm right behind it: AP does not rise": _swapped,
    "each box comes twice, both with its score: AP stays": _twice,
    "AP is at most the recall after the last box": lambda run: run.ap() <= _recall(run) + 1e-9,
    "AP is at most the precision after the last box": lambda run: (
        run.ap() <= _precision(run) + 1e-9
    ),
    "with 11 points AP is the same": lambda run: _same(run.ap(points=11), run.ap()),
}
