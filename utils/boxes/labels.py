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


def batched_targets(
    anchors: torch.Tensor, boxes: torch.Tensor, classes: torch.Tensor, threshold: float = 0.5
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what :func:`targets` gives for each of many images, computed at once.

    Args:
        anchors: boxes of shape ``(n, 4)``, the same for all images.
        boxes: the objects, of shape ``(images, most, 4)``, padded with any finite rows.
        classes: int64 of shape ``(images, most)``, from 0 on, and -1 where a row is padding; as
            ``Scenes.padded`` gives both.
        threshold: see :func:`assign`.

    Returns:
        Labels of shape ``(images, n)`` and offsets of shape ``(images, n, 4)``.
    """
    found = _assigned(iou(boxes, anchors).masked_fill_((classes < 0)[..., None], -1), threshold)
    labels, offsets = torch.zeros_like(found), anchors.new_zeros(*found.shape, 4)
    image, anchor = torch.where(found >= 0)
    mine = found[image, anchor]
    labels[image, anchor] = classes[image, mine] + 1
    offsets[image, anchor] = encode(anchors[anchor], boxes[image, mine])
    return labels, offsets


def _assigned(overlaps: torch.Tensor, threshold: float) -> torch.Tensor:
    """Return :func:`assign` for a table ``(images, objects, anchors)``, which is used up.

    In each round every image settles its best pair that is left.
    """
    images, objects, count = overlaps.shape
    if not overlaps.numel():
        return torch.full((images, count), -1, device=overlaps.device)
    best, found = overlaps.max(dim=1)
    found.masked_fill_(best < threshold, -1)
    rows, every = torch.arange(objects, device=overlaps.device), torch.arange(images)
    every = every.to(overlaps.device)
    for _ in range(objects):
        best, where = overlaps.max(dim=2)
        top = best.amax(dim=1, keepdim=True)
        # Of equal pairs the first anchor counts, then the first object.
        box = (where * objects + rows).masked_fill(best < top, objects * count).argmin(dim=1)
        place, here = where[every, box], top[:, 0] > 0
        found[every[here], place[here]] = box[here]
        overlaps[every, box] = -1
        overlaps[every, :, place] = -1
    return found
