"""Edge cases that several pages check with: each function returns a list for ``agree``.

A case is a tuple of positional arguments, with a dict of keyword arguments at its end where
there are any. Random entries come from a seed and are drawn on the CPU in float64, so that all
dtypes and devices see the same numbers. What a function cannot take, a page leaves out in sight:
``[case for case in vectors() if case[0].numel()]``.
"""

from utils.cases.boxes import boxes
from utils.cases.detections import detections
from utils.cases.images import (
    CONVOLUTIONS,
    GROUPS,
    POOLS,
    TRANSPOSED,
    convolutions,
    pools,
    transposed_convolutions,
)
from utils.cases.regions import regions
from utils.cases.regressions import regressions
from utils.cases.residuals import residuals
from utils.cases.tables import NETWORKS, logits, matrices, networks, vectors

__all__ = [
    "CONVOLUTIONS",
    "GROUPS",
    "NETWORKS",
    "POOLS",
    "TRANSPOSED",
    "boxes",
    "convolutions",
    "detections",
    "logits",
    "matrices",
    "networks",
    "pools",
    "regions",
    "regressions",
    "residuals",
    "transposed_convolutions",
    "vectors",
]
