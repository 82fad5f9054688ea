"""Average precision of many images: its mean over classes and thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from utils.metrics.average_precision import Points, average_precision
from utils.metrics.grouping import Columns, hits_of
from utils.metrics.matching import COCO_THRESHOLDS, numbers

Record = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class MeanAveragePrecision:
    """Average precision of each class at each threshold.

    Attributes:
        classes: int64 ``(classes,)``: all that occur, in truths or detections, in order.
        thresholds: float64 ``(thresholds,)``.
        table: float64 ``(classes, thresholds)``; NaN in the row of a class without an object.
    """

    classes: torch.Tensor
    thresholds: torch.Tensor
    table: torch.Tensor

    @property
    def mean(self) -> float:
        """The mean over thresholds and over the classes that have an object; NaN if none has."""
        return self.table.nanmean().item()

    def at(self, threshold: float) -> float:
        """Return the mean over the classes at one of the thresholds."""
        near = (self.thresholds - threshold).abs() < 1e-6
        if not near.any():
            raise ValueError(f"{threshold} is none of the thresholds {self.thresholds.tolist()}")
        return self.table[:, near].nanmean().item()


def mean_average_precision(
    detections: Sequence[Record],
    truths: Sequence[Record],
    *,
    thresholds: Sequence[float] = COCO_THRESHOLDS,
    points: Points = 101,
    max_detections: int = 100,
    area_range: tuple[float, float] | None = None,
) -> MeanAveragePrecision:
    """Score the detections of many images, as COCO does.

    Args:
        detections: one record an image, as torchvision's detectors return them: ``boxes``
            ``(n, 4)``, corners x1, y1, x2, y2; ``scores`` ``(n,)``; ``labels`` ``(n,)``.
        truths: one record an image: ``boxes`` and ``labels``, and where some boxes are crowds
            ``iscrowd`` ``(n,)``.
        thresholds: the IoU from which on an object counts as found.
        points: the marks of recall, as in ``average_precision``.
        max_detections: of an image *and class*, those with the highest scores that count.
        area_range: least and most area. Objects outside are ignored, and detections outside that
            find none.

    Raises:
        ValueError: if the two lists differ in length, a shape does not fit, or a number is NaN.

    >>> truth = {"boxes": torch.tensor([[0., 0, 10, 10]]), "labels": torch.tensor([3])}
    >>> seen = {"boxes": torch.tensor([[0., 0, 10, 8]]), "labels": torch.tensor([3])}
    >>> round(mean_average_precision([{**seen, "scores": torch.tensor([0.9])}], [truth]).mean, 4)
    0.7
    """
    if isinstance(max_detections, bool) or max_detections < 1:
        raise ValueError(f"max_detections must be 1 or more, got {max_detections}")
    if len(detections) != len(truths):
        raise ValueError(
            f"detections and truths must have one record an image, got {len(detections)} and "
            f"{len(truths)}"
        )
    seen = Columns.of(detections, "detections", most=max_detections)
    real = Columns.of(truths, "truths")
    levels = numbers(thresholds)
    hits, ignored, counts = hits_of(seen, real, levels, area_range)
    classes = np.union1d(seen.labels, real.labels)
    table = np.empty((len(classes), len(levels)))
    for row, label in enumerate(classes):
        here = seen.labels == label
        objects = int((counts & (real.labels == label)).sum())
        counted = {"points": points, "ignored": ignored[:, here]}
        table[row] = average_precision(seen.scores[here], hits[:, here], objects, **counted)
    return MeanAveragePrecision(*map(torch.from_numpy, (classes, levels, table)))
