"""Offsets from anchors to boxes, and the boxes that a detector makes of them.

Anchors and boxes are rows ``(x1, y1, x2, y2)`` in pixels. An offset says how a box lies to its
anchor: ``(x - x_a) / w_a`` and ``(y - y_a) / h_a`` for the centres, ``log(w / w_a)`` and
``log(h / h_a)`` for the sides, each divided by its entry of ``SCALES``, as SSD's authors do.
"""

import math
from collections.abc import Sequence

import torch
from torchvision.ops import batched_nms

SCALES = (0.1, 0.1, 0.2, 0.2)
LARGEST = math.log(1000 / 16)  # of log(w / w_a); torchvision's BoxCoder stops there as well


def encode(
    anchors: torch.Tensor, boxes: torch.Tensor, scales: Sequence[float] = SCALES
) -> torch.Tensor:
    """Return the offsets from anchors to boxes, row by row.

    Args:
        anchors: boxes of shape ``(..., 4)`` with an area.
        boxes: boxes of the same shape; a side of length 0 gives minus infinity.
        scales: what the four offsets are divided by.

    Returns:
        Offsets of shape ``(..., 4)``, without a unit.
    """
    (place, side), (middle, sides) = _centred(anchors), _centred(boxes)
    parts = torch.cat(((middle - place) / side, (sides / side).log()), -1)
    return parts / torch.tensor(scales, device=parts.device, dtype=parts.dtype)


def decode(
    anchors: torch.Tensor, offsets: torch.Tensor, scales: Sequence[float] = SCALES
) -> torch.Tensor:
    """Return the boxes that offsets from anchors stand for: :func:`encode` undone.

    Args:
        anchors: boxes of shape ``(..., 4)``.
        offsets: numbers of the same shape, as predicted.
        scales: what the four offsets were divided by.

    Returns:
        Boxes of shape ``(..., 4)``. No side is longer than 62.5 times that of the anchor, so that
        the exponential of a wild prediction does not overflow.
    """
    place, side = _centred(anchors)
    parts = offsets * torch.tensor(scales, device=offsets.device, dtype=offsets.dtype)
    middle = place + parts[..., :2] * side
    half = parts[..., 2:].clamp(max=LARGEST).exp() * side / 2
    return torch.cat((middle - half, middle + half), -1)


def _centred(boxes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return centres (x, y) and sides (width, height)."""
    start, end = boxes[..., :2], boxes[..., 2:]
    return (start + end) / 2, end - start


def detections(
    anchors: torch.Tensor,
    probabilities: torch.Tensor,
    offsets: torch.Tensor,
    *,
    score: float = 0.01,
    overlap: float = 0.5,
    per_class: bool = True,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the boxes that a detector sees in one image, best first.

    Args:
        anchors: boxes of shape ``(n, 4)``.
        probabilities: of shape ``(n, 1 + classes)``; column 0 is the background.
        offsets: of shape ``(n, 4)``.
        score: predictions below this probability are left out.
        overlap: of two predictions with a larger IoU the better one stays.
        per_class: whether predictions of different classes leave each other alone.

    Returns:
        Boxes of shape ``(k, 4)``, scores and classes (from 0 on) of shape ``(k,)``.
    """
    scores, classes = probabilities[:, 1:].max(dim=1)
    (seen,) = torch.where(scores >= score)
    scores, classes = scores[seen], classes[seen]
    boxes = decode(anchors[seen], offsets[seen])
    groups = classes if per_class else torch.zeros_like(classes)
    keep = batched_nms(boxes, scores, groups, overlap)
    return boxes[keep], scores[keep], classes[keep]
