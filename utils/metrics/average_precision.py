"""Precision, recall, and average precision in its three definitions."""

from typing import Literal

import numpy as np
import torch

from utils.metrics.matching import numbers

Points = int | Literal["all"]


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
