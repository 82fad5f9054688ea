"""Average precision in its three definitions, and its mean over classes and thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch

from utils.metrics.grouping import Columns, hits_of
from utils.metrics.matching import COCO_THRESHOLDS, numbers

Points = int | Literal["all"]
Record = Mapping[str, torch.Tensor]


def marks(points: Points, objects: int) -> np.ndarray:
    """Return the recalls at which precision is read.

    ``points`` evenly spaced ones from 0 to 1 as NumPy rounds them, which is how pycocotools has
    them, or with "all" those of one object found, two, … up to all ``objects``.
    """
    if points == "all":
        return np.arange(1, objects + 1) / max(objects, 1)
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise ValueError(f'points must be a whole number from 2 on, or "all", got {points!r}')
    return np.linspace(0, 1, points)


def _curve(
    scores: np.ndarray, hits: np.ndarray, ignored: np.ndarray, objects: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return precision and recall ``(…, detections)`` by falling score."""
    order = np.argsort(-scores, kind="stable")
    counted = ~ignored[..., order]
    found = (hits[..., order] & counted).cumsum(-1)
    shown = counted.cumsum(-1)
    return found / np.maximum(shown, 1), found / max(objects, 1)


def precision_recall(
    scores: torch.Tensor, hits: torch.Tensor, objects: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return precision and recall after each detection, by falling score.

    Detections of equal score stay in the order in which they come.

    Args:
        scores: ``(detections,)``.
        hits: which of them found an object, ``(…, detections)`` bool.
        objects: how many objects there are, found or not.

    Returns:
        Two float64 tensors of the shape of ``hits``, on the CPU.

    >>> hits = torch.tensor([True, False])
    >>> precision, recall = precision_recall(torch.tensor([0.9, 0.8]), hits, 4)
    >>> precision.tolist(), recall.tolist()
    ([1.0, 0.5], [0.25, 0.25])
    """
    scores, hits = numbers(scores), numbers(hits, bool)
    _check(scores, hits, objects)
    curve = _curve(scores, hits, np.zeros_like(hits), objects)
    return torch.from_numpy(curve[0]), torch.from_numpy(curve[1])


def _check(scores: np.ndarray, hits: np.ndarray, objects: int) -> None:
    if scores.ndim != 1 or hits.shape[-1:] != scores.shape:
        raise ValueError(
            f"scores must be (detections,) and hits (…, detections), got {scores.shape} and "
            f"{hits.shape}"
        )
    if np.isnan(scores).any():
        raise ValueError("a score is NaN: detections cannot be put in order")
    if objects < 0:
        raise ValueError(f"objects must be 0 or more, got {objects}")


def average_precision(
    scores: torch.Tensor,
    hits: torch.Tensor,
    objects: int,
    *,
    points: Points = 101,
    ignored: torch.Tensor | None = None,
) -> torch.Tensor:
    """Return the mean, over marks of recall, of the best precision at that recall or beyond.

    The marks are 101 from 0 to 1 (COCO), 11 (Pascal VOC until 2009), or with "all" one for each
    object: then it is the area under the curve (Pascal VOC from 2010 on).

    Args:
        scores: ``(detections,)``, of all images together.
        hits: which of them found an object, ``(…, detections)`` bool.
        objects: how many objects count, found or not.
        points: how many marks, or "all".
        ignored: which detections do not count, of the shape of ``hits``.

    Returns:
        float64 of the shape of ``hits`` without its last axis; NaN if there is no object.

    Raises:
        ValueError: if shapes do not fit, a score is NaN, or ``points`` is none of these.

    Source: ``COCOeval.accumulate`` of pycocotools; M. Everingham and others, The Pascal visual
    object classes challenge, IJCV 2010.

    >>> hits = torch.tensor([True, False, True, False])
    >>> average_precision(torch.tensor([0.9, 0.8, 0.7, 0.6]), hits, 2, points="all")
    tensor(0.8333, dtype=torch.float64)
    """
    scores, hits = numbers(scores), numbers(hits, bool)
    _check(scores, hits, objects)
    ignored = np.zeros_like(hits) if ignored is None else numbers(ignored, bool)
    if ignored.shape != hits.shape:
        raise ValueError(f"ignored must have the shape {hits.shape}, got {ignored.shape}")
    return torch.from_numpy(np.asarray(_average(scores, hits, ignored, objects, points)))


def _average(
    scores: np.ndarray, hits: np.ndarray, ignored: np.ndarray, objects: int, points: Points
) -> np.ndarray:
    """Average precision on arrays that fit."""
    wanted, shape = marks(points, objects), hits.shape[:-1]
    if not objects:
        return np.full(shape, np.nan)
    precision, recall = _curve(scores, hits, ignored, objects)
    best = np.maximum.accumulate(precision[..., ::-1], -1)[..., ::-1]
    # A recall that is not reached has the precision 0.
    best = np.concatenate([best, np.zeros((*shape, 1))], -1).reshape(-1, len(scores) + 1)
    recall = np.concatenate([recall, np.full((*shape, 1), np.inf)], -1).reshape(best.shape)
    rows = zip(best, recall, strict=True)
    means = [row[np.searchsorted(reached, wanted)].mean() for row, reached in rows]
    return np.array(means).reshape(shape)


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

    @property
    def per_class(self) -> torch.Tensor:
        """The mean over the thresholds, ``(classes,)``."""
        return self.table.mean(1)

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
        table[row] = _average(seen.scores[here], hits[:, here], ignored[:, here], objects, points)
    return MeanAveragePrecision(*map(torch.from_numpy, (classes, levels, table)))
