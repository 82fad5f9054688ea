"""Labels of anchors: which object each stands for, and what a detector shall say about it.

Anchors and boxes are rows ``(x1, y1, x2, y2)`` in pixels.
"""

import torch

from utils.boxes.offsets import encode
from utils.boxes.overlap import iou


def assign(anchors: torch.Tensor, boxes: torch.Tensor, threshold: float = 0.5) -> torch.Tensor:
    """Return for each anchor the number of the object that it stands for, or -1 for background.

    An anchor stands for the object that it overlaps most if their IoU is at least ``threshold``.
    Before that each object gets an anchor of its own, however small the IoU: the pair with the
    largest IoU of all first, then the largest among the anchors and objects left, and so on.
    An object that touches no anchor gets none. Of equal pairs the first anchor counts.

    Args:
        anchors: boxes of shape ``(n, 4)``.
        boxes: the objects, of shape ``(k, 4)``; k may be 0.
        threshold: an IoU from 0 to 1.

    Returns:
        int64 numbers from -1 to k - 1, of shape ``(n,)``.

    Raises:
        TypeError, ValueError: as :func:`utils.boxes.overlap.iou`.

    >>> assign(torch.tensor([[0.0, 0, 4, 4], [9, 9, 12, 12]]), torch.tensor([[0.0, 0, 4, 3]]))
    tensor([ 0, -1])
    """
    overlaps = iou(boxes, anchors)  # a row for each object: its anchors lie side by side
    found = torch.full((len(anchors),), -1, device=anchors.device)
    if not overlaps.numel():
        return found
    (near,) = torch.where(overlaps.amax(dim=0) >= threshold)  # which object: asked for these alone
    found[near] = overlaps.index_select(1, near).argmax(dim=0)
    pairs = _own(overlaps)
    if pairs:
        boxes_, anchors_ = torch.tensor(pairs, device=anchors.device).unbind(1)
        found[anchors_] = boxes_
    return found


def _own(overlaps: torch.Tensor) -> list[tuple[int, int]]:
    """Return the greedy pairs (object, anchor) of a matrix with a row for each object.

    A row's largest entry changes only when its anchor is taken by another, so only such rows are
    searched again.
    """
    best, where = (part.tolist() for part in overlaps.max(dim=1))
    left, taken, pairs = set(range(len(best))), [], []
    while left:
        box = max(left, key=lambda row: (best[row], -where[row], -row))
        left.remove(box)
        if best[box] <= 0:
            break
        pairs.append((box, where[box]))
        taken.append(where[box])
        for row in left:
            if where[row] == where[box]:
                value, place = (
                    overlaps[row].index_fill(0, overlaps.new_tensor(taken).long(), -1).max(0)
                )
                best[row], where[row] = value.item(), place.item()
    return pairs


def targets(
    anchors: torch.Tensor, boxes: torch.Tensor, classes: torch.Tensor, threshold: float = 0.5
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what a detector shall say about each anchor of one image.

    Args:
        anchors: boxes of shape ``(n, 4)``.
        boxes: the objects, of shape ``(k, 4)``.
        classes: int64 of shape ``(k,)``, from 0 on.
        threshold: see :func:`assign`.

    Returns:
        Labels of shape ``(n,)``: 0 for background, 1 + class for an object; offsets of shape
        ``(n, 4)``, zero where the label is background.
    """
    found = assign(anchors, boxes, threshold)
    labels = torch.zeros_like(found)
    offsets = torch.zeros_like(anchors)
    (mine,) = torch.where(found >= 0)
    labels[mine] = classes[found[mine]] + 1
    offsets[mine] = encode(anchors[mine], boxes[found[mine]])
    return labels, offsets
