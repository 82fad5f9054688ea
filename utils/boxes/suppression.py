"""Non-maximum suppression of boxes (x1, y1, x2, y2): greedy, per class and soft.

``nms`` and ``batched_nms`` keep the same boxes in the same order as ``torchvision.ops`` does on
the CPU, but for one thing: ``torchvision.ops.batched_nms`` moves the boxes of each class away from
the others. Large coordinates are rounded there, and negative ones reach into the next class. Here
the classes are compared instead. On a GPU torchvision rounds the threshold to float32 and does not
promise the order of equal scores; here both are as on the CPU.
"""

import math

import torch

from utils.boxes.formats import check_boxes
from utils.boxes.overlap import iou

BLOCK = 128  # boxes settled at a time: the table of their overlaps fits a processor's cache
DECAYS = ("linear", "gaussian")


def nms(boxes: torch.Tensor, scores: torch.Tensor, iou_threshold: float) -> torch.Tensor:
    """Return the indices of the boxes that greedy non-maximum suppression keeps.

    The box with the largest score is kept, all boxes with a larger IoU with it than
    ``iou_threshold`` are removed, and so on with what is left. Of equal scores the one with the
    smaller index comes first.

    Args:
        boxes: ``(n, 4)``, floating; half precision is computed in float32.
        scores: ``(n,)``, floating.
        iou_threshold: from 0 to 1, compared as a float64 number.

    Returns:
        int64 ``(k,)``, by falling score.

    Raises:
        ValueError: if a shape, a number or the threshold is not as above.

    >>> boxes = torch.tensor([[0.0, 0, 2, 2], [0, 0, 2, 1.5], [3, 3, 5, 5]])
    >>> nms(boxes, torch.tensor([0.7, 0.9, 0.8]), 0.5)
    tensor([1, 2])
    """
    return _greedy(boxes, scores, None, iou_threshold)


def batched_nms(
    boxes: torch.Tensor, scores: torch.Tensor, classes: torch.Tensor, iou_threshold: float
) -> torch.Tensor:
    """Return what :func:`nms` keeps when a box removes boxes of its own class alone.

    Args:
        boxes: ``(n, 4)``, floating.
        scores: ``(n,)``, floating.
        classes: ``(n,)``, integers; any label of what must not remove one another.
        iou_threshold: from 0 to 1.

    Returns:
        int64 ``(k,)``, by falling score over all classes.

    Raises:
        ValueError: as :func:`nms`, or if ``classes`` is not one a box.
    """
    if classes.shape != scores.shape:
        raise ValueError(
            f"classes must be one a box, got {tuple(classes.shape)} for {tuple(scores.shape)}"
        )
    return _greedy(boxes, scores, classes, iou_threshold)


def soft_nms(
    boxes: torch.Tensor,
    scores: torch.Tensor,
    *,
    decay: str = "gaussian",
    iou_threshold: float = 0.3,
    sigma: float = 0.5,
    score_threshold: float = 0.001,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the boxes that soft suppression keeps, and their lowered scores.

    The box with the largest score is taken; the score of each box that is left is multiplied by
    1 - IoU where the IoU is above ``iou_threshold`` (linear), or by exp(-IoU² / sigma) (gaussian).
    That goes on until the largest score is below ``score_threshold``. Gradients flow to the boxes
    and the scores. Source: Bodla et al., Soft-NMS, ICCV 2017.

    Args:
        boxes: ``(n, 4)``, floating.
        scores: ``(n,)``, floating, not negative.
        decay: ``"linear"`` or ``"gaussian"``.
        iou_threshold: from 0 to 1, for the linear decay.
        sigma: above 0, for the gaussian decay.
        score_threshold: above 0.

    Returns:
        int64 ``(k,)`` by falling lowered score, and these scores ``(k,)``.

    Raises:
        ValueError: as :func:`nms`, or if another setting is not as above.
    """
    boxes = _checked(boxes, scores, iou_threshold)
    if decay not in DECAYS:
        raise ValueError(f"decay must be {' or '.join(DECAYS)}, got {decay!r}")
    if not (sigma > 0 and score_threshold > 0):
        raise ValueError(f"sigma and score_threshold must be > 0, got {sigma}, {score_threshold}")
    bound = _bound(iou_threshold, boxes)
    left, kept, final = torch.ones_like(scores, dtype=torch.bool), [], []
    while left.any():
        best = scores.detach().where(left, -math.inf).argmax()
        if scores[best] < score_threshold:
            break
        kept.append(best)
        final.append(scores[best])
        left[best] = False
        overlap = iou(boxes[best][None], boxes)[0]
        if decay == "linear":
            factor = torch.where(overlap > bound, 1 - overlap, 1)
        else:
            factor = torch.exp(-(overlap**2) / sigma)
        scores = scores * factor.to(scores.dtype)
    if not kept:
        return torch.zeros(0, dtype=torch.int64, device=boxes.device), scores[:0]
    return torch.stack(kept), torch.stack(final)


def _greedy(
    boxes: torch.Tensor, scores: torch.Tensor, classes: torch.Tensor | None, threshold: float
) -> torch.Tensor:
    """Settle the boxes block by block: first among themselves, then what they remove behind."""
    boxes = _checked(boxes, scores, threshold).detach()
    bound = _bound(threshold, boxes)
    left = scores.sort(descending=True, stable=True, dim=0).indices
    kept = [left[:0]]
    while len(left):
        head, tail = left[:BLOCK], left[BLOCK:]
        head = head[_settled(_removes(boxes, head, head, classes, bound).triu(1))]
        kept.append(head)
        left = tail[~_removes(boxes, head, tail, classes, bound).any(0)] if len(tail) else tail
    return torch.cat(kept)


def _removes(
    boxes: torch.Tensor,
    rows: torch.Tensor,
    columns: torch.Tensor,
    classes: torch.Tensor | None,
    bound: torch.Tensor,
) -> torch.Tensor:
    """Whether each box of ``rows`` would remove each of ``columns``, ``(rows, columns)``."""
    above = iou(boxes[rows], boxes[columns]) > bound
    return above if classes is None else above & (classes[rows][:, None] == classes[columns])


def _settled(removes: torch.Tensor) -> torch.Tensor:
    """Which boxes stay, from a table of who would remove whom further down.

    Keep all, then strike whom a kept one removes, and again with the kept ones of that round. The
    first box is right at once, each round settles one more at least, and what stays stays.
    """
    keep = torch.ones(len(removes), dtype=torch.bool, device=removes.device)
    while not torch.equal(keep, now := ~(removes & keep[:, None]).any(0)):
        keep = now
    return keep


def _bound(threshold: float, boxes: torch.Tensor) -> torch.Tensor:
    """The largest number of the boxes' dtype that is not above the threshold.

    An IoU is above it exactly if it is above the threshold itself; rounded to float32, 0.1 would
    have grown.
    """
    bound = torch.tensor(threshold, dtype=boxes.dtype)
    if bound.item() > threshold:
        bound = torch.nextafter(bound, torch.zeros_like(bound))
    return bound.to(boxes.device)


def _checked(boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    """Refuse what has no answer; return the boxes in float32 or float64."""
    check_boxes(boxes)
    if boxes.ndim != 2:
        raise ValueError(f"boxes must be of shape (n, 4), got {tuple(boxes.shape)}")
    if scores.shape != boxes.shape[:1] or not scores.is_floating_point():
        raise ValueError(
            "scores must be one floating point number a box, "
            f"got {tuple(scores.shape)} {scores.dtype} for {len(boxes)} boxes"
        )
    if not (boxes.isfinite().all() and scores.isfinite().all()):
        raise ValueError("boxes and scores must be finite: look for NaN or infinity in them")
    if (boxes[:, 2:] < boxes[:, :2]).any():
        raise ValueError("a box has x2 < x1 or y2 < y1: convert the boxes to (x1, y1, x2, y2)")
    if not 0 <= threshold <= 1:
        raise ValueError(f"iou_threshold must be from 0 to 1, got {threshold}")
    return boxes if boxes.dtype == torch.float64 else boxes.float()
