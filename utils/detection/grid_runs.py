"""The scores that ``python -m tools.train_grid`` found for two ways to train a grid detector."""

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from utils.detection.yolo import FirstYolo, LaterYolo

FILE = Path(__file__).with_name("grid_runs.json")
KINDS = {"first": FirstYolo(), "later": LaterYolo()}
RATES = {"first": (0.01, 0.02, 0.04, 0.08), "later": (0.005, 0.01, 0.02, 0.04)}
SEEDS = 0, 1, 2
SCENES = 1000, 250, 250  # to learn from, to choose the rate by, to score on


class Run(NamedTuple):
    """One training.

    Attributes:
        kind: ``"first"`` or ``"later"``.
        lr: the largest rate of its cycle.
        seed: of its weights and the order of the scenes.
        validation: mAP@0.5 on the validation scenes.
        test: mAP@0.5 on the test scenes.
        strict: mAP over the ten thresholds, on the test scenes.
    """

    kind: str
    lr: float
    seed: int
    validation: float
    test: float
    strict: float


@functools.cache
def runs() -> tuple[Run, ...]:
    """Return all runs that are kept."""
    return tuple(Run(**each) for each in json.loads(FILE.read_text(encoding="ascii")))


def stored(kind: str) -> Callable[..., tuple[float, float]]:
    """Return a run for ``utils.experiment.compare`` that looks its scores up.

    It takes a seed and ``lr``, and returns the validation and the test score, both mAP@0.5.
    """

    def look_up(seed: int, lr: float) -> tuple[float, float]:
        (found,) = (each for each in runs() if each[:3] == (kind, lr, seed))
        return found.validation, found.test

    return look_up
