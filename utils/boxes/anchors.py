"""Anchor boxes: where they lie, which object each stands for, and the offsets between the two.

Anchors and boxes are rows ``(x1, y1, x2, y2)`` in pixels. An offset says how a box lies to its
anchor: ``(x - x_a) / w_a`` and ``(y - y_a) / h_a`` for the centres, ``log(w / w_a)`` and
``log(h / h_a)`` for the sides, each divided by its entry of ``SCALES``, as SSD's authors do.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import torch
from torchvision.ops import batched_nms

from utils.boxes.overlap import iou

SCALES = (0.1, 0.1, 0.2, 0.2)
LARGEST = math.log(1000 / 16)  # of log(w / w_a); torchvision's BoxCoder stops there as well


def anchors(
    grid: tuple[int, int],
    image: tuple[int, int],
    sizes: Sequence[float],
    ratios: Sequence[float],
    *,
    device: torch.device | str | None = None,
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """Return the anchors around the centres of the cells of a grid that is laid over an image.

    With n sizes and m ratios a cell has n + m - 1 anchors: each size with the first ratio, then
    the first size with each other ratio.

    Args:
        grid: rows and columns of cells, the height and width of a feature map.
        image: height and width of the image in pixels.
        sizes: the root of an anchor's area, in pixels.
        ratios: width over height.
        device: where the anchors are made.
        dtype: a floating-point type.

    Returns:
        Boxes of shape ``(rows * columns * (n + m - 1), 4)``: row by row of the grid, cell by cell.
        They may reach beyond the image.

    Raises:
        ValueError: if a number is not positive, or there is no size or no ratio.

    Source: Liu et al. (2016), arXiv:1512.02325; the order is that of d2l's ``multibox_prior``.

    >>> anchors((1, 2), (8, 16), [4], [1.0])
    tensor([[ 2.,  2.,  6.,  6.],
            [10.,  2., 14.,  6.]])
    """
    if not sizes or not ratios or min(*grid, *image, *sizes, *ratios) <= 0:
        raise ValueError(
            "anchors need a grid, an image, sizes and ratios of positive numbers, got "
            f"{grid=}, {image=}, {sizes=}, {ratios=}"
        )
    laid = _laid(tuple(grid), tuple(image), tuple(sizes), tuple(ratios), device, dtype)
    return laid.clone()


@lru_cache(maxsize=64)
def _laid(grid, image, sizes, ratios, device, dtype) -> torch.Tensor:
    """Return the anchors of a grid: a detector asks for the same ones at each step."""
    shapes = [(size, ratios[0]) for size in sizes] + [(sizes[0], ratio) for ratio in ratios[1:]]
    halves = (
        [size * math.sqrt(ratio) / 2 for size, ratio in shapes],
        [size / math.sqrt(ratio) / 2 for size, ratio in shapes],
    )
    found = torch.empty((*grid, len(shapes), 4), device=device, dtype=dtype)
    for axis in (0, 1):  # x, then y
        cells, pixels = grid[1 - axis], image[1 - axis]
        centres = (torch.arange(cells, device=device, dtype=dtype) + 0.5) * (pixels / cells)
        half = torch.tensor(halves[axis], device=device, dtype=dtype)
        shape = (1, cells, len(shapes)) if axis == 0 else (cells, 1, len(shapes))
        found[..., axis] = (centres[:, None] - half).view(shape)
        found[..., axis + 2] = (centres[:, None] + half).view(shape)
    return found.view(-1, 4)


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
    found[near] = overlaps[:, near].argmax(dim=0)
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
    (x_a, y_a, w_a, h_a), (x, y, w, h) = _centred(anchors), _centred(boxes)
    parts = ((x - x_a) / w_a, (y - y_a) / h_a, (w / w_a).log(), (h / h_a).log())
    return torch.stack([part / scale for part, scale in zip(parts, scales, strict=True)], -1)


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
    x_a, y_a, w_a, h_a = _centred(anchors)
    right, down, wide, high = (
        part * scale for part, scale in zip(offsets.unbind(-1), scales, strict=True)
    )
    x, y = x_a + right * w_a, y_a + down * h_a
    w = wide.clamp(max=LARGEST).exp() * w_a / 2
    h = high.clamp(max=LARGEST).exp() * h_a / 2
    return torch.stack((x - w, y - h, x + w, y + h), -1)


def _centred(boxes: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return centre x, centre y, width and height."""
    x1, y1, x2, y2 = boxes.unbind(-1)
    return (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1


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
