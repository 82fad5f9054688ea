"""Which detection finds which object: COCO's greedy matching, at many thresholds at once."""

import numpy as np
import torch

from utils.boxes.overlap import area, iou

COCO_THRESHOLDS = tuple(np.linspace(0.5, 0.95, 10).tolist())  # as pycocotools rounds them
_MOST = 1 - 1e-10  # pycocotools: at a threshold of 1 a rounding error below it still counts


def numbers(values: object, dtype: type = np.float64) -> np.ndarray:
    """Return a tensor of any device and type, or a sequence, as a NumPy array."""
    if isinstance(values, torch.Tensor):
        values = values.detach().cpu()
        values = (values.double() if values.is_floating_point() else values).numpy()
    return np.asarray(values, dtype=dtype)


def overlaps(
    boxes: torch.Tensor, truths: torch.Tensor, crowd: torch.Tensor | None = None
) -> torch.Tensor:
    """Return how far detections cover objects: IoU, or for a crowd the share inside of it.

    A crowd is one box around many objects. A detection of one of them can fill a small part of
    that box only, so the union is replaced by the area of the detection.

    Args:
        boxes: detections ``(…, detections, 4)``, corners x1, y1, x2, y2.
        truths: objects ``(…, objects, 4)``.
        crowd: which objects are crowds, ``(…, objects)`` bool.

    Returns:
        ``(…, detections, objects)``, 0 where two boxes do not overlap or have no area.

    >>> overlaps(torch.tensor([[0.0, 0, 2, 2]]), torch.tensor([[0.0, 0, 8, 1]])).item()
    0.20000000298023224
    """
    found = iou(boxes, truths)
    if crowd is None or not crowd.any():
        return found
    one, two = boxes[..., :, None, :], truths[..., None, :, :]
    start = torch.maximum(one[..., :2], two[..., :2])
    end = torch.minimum(one[..., 2:], two[..., 2:]).maximum(start)
    inside = area(torch.cat([start, end], -1)) / area(one)
    return torch.where(crowd[..., None, :], inside.nan_to_num(0.0), found)


def _last_best(values: np.ndarray) -> np.ndarray:
    """Return the place of the largest value along the last axis, the last one if some tie."""
    return values.shape[-1] - 1 - values[..., ::-1].argmax(-1)


def match(
    overlap: torch.Tensor,
    thresholds: object = COCO_THRESHOLDS,
    *,
    ignored: torch.Tensor | None = None,
    crowd: torch.Tensor | None = None,
) -> torch.Tensor:
    """Give each detection the object that it finds, or none: COCO's rule.

    The detections choose in their order. Each takes the object with the largest overlap that
    reaches the threshold and is still free; of equal ones the last. Objects that are ignored are
    taken only where no other is left. A crowd may be taken again and again.

    Args:
        overlap: IoU ``(…, detections, objects)``, the detections of an image by falling score.
            Entries below 0 are padding.
        thresholds: one threshold or several, above 0 and up to 1.
        ignored: which objects do not count, ``(…, objects)`` bool; crowds are ignored as well.
        crowd: which objects are crowds, ``(…, objects)`` bool.

    Returns:
        int64 ``(…, thresholds, detections)``: the index of the object, -1 for none; without the
        axis of thresholds if one number is given.

    Raises:
        ValueError: if a threshold is not above 0 and at most 1, or a shape does not fit.

    Source: ``COCOeval.evaluateImg`` of pycocotools.

    >>> match(torch.tensor([[0.8, 0.7], [0.9, 0.6], [0.4, 0.5]]), 0.5).tolist()
    [0, 1, -1]
    """
    overlap, levels = numbers(overlap), numbers(thresholds)
    if levels.ndim > 1 or not ((levels > 0) & (levels <= 1)).all():
        raise ValueError(f"thresholds must be numbers above 0 and at most 1, got {thresholds!r}")
    if overlap.ndim < 2:
        raise ValueError(f"overlap must be (…, detections, objects), got {overlap.shape}")
    flags = []
    for name, flag in (("ignored", ignored), ("crowd", crowd)):
        shape = (*overlap.shape[:-2], overlap.shape[-1])
        flags.append(np.zeros(shape, bool) if flag is None else numbers(flag, bool))
        if flags[-1].shape != shape:
            raise ValueError(f"{name} must have the shape {shape}, got {flags[-1].shape}")
    found = _match(overlap, np.atleast_1d(levels), flags[0] | flags[1], flags[1])
    return torch.from_numpy(found if levels.ndim else found[..., 0, :])


def _match(
    overlap: np.ndarray, thresholds: np.ndarray, ignored: np.ndarray, crowd: np.ndarray
) -> np.ndarray:
    """Match as ``match`` does, on arrays that fit."""
    *batch, detections, objects = overlap.shape
    found = np.full((*batch, len(thresholds), detections), -1, dtype=np.int64)
    if not objects:
        return found
    least = np.minimum(thresholds, _MOST)[:, None]
    free = np.ones((*batch, len(thresholds), objects), dtype=bool)
    ignored, crowd = ignored[..., None, :], crowd[..., None, :]
    for rank in range(detections):
        here = overlap[..., None, rank, :]
        reached = (here >= least) & free
        counted = reached & ~ignored
        # Where none that counts is reached, one that is ignored will do.
        allowed = np.where(counted.any(-1, keepdims=True), counted, reached)
        place = _last_best(np.where(allowed, here, -1.0))
        taken = np.where(allowed.any(-1), place, -1)
        found[..., rank] = taken
        free &= (np.arange(objects) != taken[..., None]) | crowd
    return found
