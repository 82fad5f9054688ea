"""How much boxes overlap: IoU and its relatives GIoU, DIoU and CIoU, and the losses made of them.

Boxes are rows ``(x1, y1, x2, y2)`` of corners with ``x1 <= x2`` and ``y1 <= y2``, in any unit.
``iou``, ``giou``, ``diou`` and ``ciou`` compare all pairs of two sets of boxes; the losses compare
box by box. That the corners are in order is not looked at: a network that is being trained
may predict anything.

No small number is added to a denominator. Where boxes have no area at all, a ratio 0/0 counts as
0, and gradients are finite. float16 and bfloat16 are computed and returned in float32.
"""

import math

import torch


def area(boxes: torch.Tensor) -> torch.Tensor:
    """Return the areas of boxes of shape ``(..., 4)``, of shape ``(...)``.

    Raises:
        TypeError, ValueError: if the boxes are no floating-point tensor with rows of four.

    >>> area(torch.tensor([[1.0, 2.0, 4.0, 4.0]]))
    tensor([6.])
    """
    (boxes,) = _checked(boxes)
    x1, y1, x2, y2 = boxes.unbind(-1)
    return (x2 - x1) * (y2 - y1)


def iou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return the intersection over the union of each pair of boxes.

    Args:
        boxes1: boxes of shape ``(..., n, 4)``.
        boxes2: boxes of shape ``(..., m, 4)``.

    Returns:
        Numbers from 0 to 1, of shape ``(..., n, m)``; 0 where both boxes have no area.

    Raises:
        TypeError, ValueError: if the boxes are no floating-point tensors with rows of four.

    >>> iou(torch.tensor([[0.0, 0.0, 2.0, 2.0]]), torch.tensor([[1.0, 0.0, 3.0, 2.0]]))
    tensor([[0.3333]])
    """
    return _iou(*_pairs(boxes1, boxes2))[0]


def giou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return the generalised IoU of each pair: IoU minus the empty share of the enclosing box.

    Takes and raises what :func:`iou` does; numbers above -1, at most 1.

    Source: Rezatofighi et al. (2019), arXiv:1902.09630.
    """
    return _giou(*_pairs(boxes1, boxes2))


def diou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return the distance IoU of each pair.

    IoU minus the squared distance of the centres, in squared diagonals of the enclosing box.
    Takes and raises what :func:`iou` does; numbers above -1, at most 1.

    Source: Zheng et al. (2020), arXiv:1911.08287.
    """
    return _diou(*_pairs(boxes1, boxes2))[0]


def ciou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return the complete IoU of each pair: the distance IoU minus a term for another shape.

    Takes and raises what :func:`iou` does. The weight of the shape is a constant for autograd.

    Source: Zheng et al. (2020), arXiv:1911.08287.
    """
    return _ciou(*_pairs(boxes1, boxes2))


def iou_loss(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return 1 - IoU, box by box, for two tensors of shape ``(..., 4)``; one number a box."""
    return 1 - _iou(*_checked(boxes1, boxes2))[0]


def giou_loss(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return 1 - GIoU, box by box, for two tensors of shape ``(..., 4)``; one number a box."""
    return 1 - _giou(*_checked(boxes1, boxes2))


def diou_loss(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return 1 - DIoU, box by box, for two tensors of shape ``(..., 4)``; one number a box."""
    return 1 - _diou(*_checked(boxes1, boxes2))[0]


def ciou_loss(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    """Return 1 - CIoU, box by box, for two tensors of shape ``(..., 4)``; one number a box."""
    return 1 - _ciou(*_checked(boxes1, boxes2))


def _checked(*sets: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return sets of boxes in at least float32, or say what is wrong with one."""
    for boxes in sets:
        if not isinstance(boxes, torch.Tensor):
            raise TypeError(f"boxes must be a tensor, got {type(boxes).__name__}")
        if not boxes.is_floating_point():
            raise TypeError(
                f"boxes must be floating-point, got {boxes.dtype}: call .float() first"
            )
        if boxes.ndim == 0 or boxes.shape[-1] != 4:
            raise ValueError(
                f"boxes must have four numbers a row, x1, y1, x2, y2, got shape "
                f"{tuple(boxes.shape)}; no boxes at all have shape (0, 4)"
            )
    half = (torch.float16, torch.bfloat16)
    return tuple(boxes.float() if boxes.dtype in half else boxes for boxes in sets)


def _pairs(boxes1: torch.Tensor, boxes2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return two sets of boxes in shapes that broadcast to all pairs."""
    boxes1, boxes2 = _checked(boxes1, boxes2)
    for boxes in (boxes1, boxes2):
        if boxes.ndim < 2:
            raise ValueError(f"a set of boxes has shape (n, 4), got {tuple(boxes.shape)}")
    return boxes1.unsqueeze(-2), boxes2.unsqueeze(-3)


def _planes(boxes: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return x1, y1, x2 and y2, each with its numbers side by side, for speed."""
    return tuple(plane.contiguous() for plane in boxes.unbind(-1))


def _iou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return IoU and union."""
    ax1, ay1, ax2, ay2 = _planes(boxes1)
    bx1, by1, bx2, by2 = _planes(boxes2)
    width = torch.minimum(ax2, bx2).sub_(torch.maximum(ax1, bx1)).relu_()
    height = torch.minimum(ay2, by2).sub_(torch.maximum(ay1, by1)).relu_()
    is_learned = width.requires_grad  # else memory is used again: fresh memory is slow
    intersection = width * height if is_learned else width.mul_(height)
    # The smallest number that is not 0 changes no sum but that of two boxes without an area.
    first = (ax2 - ax1) * (ay2 - ay1) + torch.finfo(boxes1.dtype).tiny
    second = (bx2 - bx1) * (by2 - by1)
    union = first + second if is_learned else torch.add(first, second, out=height)
    union.sub_(intersection)
    return intersection / union if is_learned else intersection.div_(union), union


def _enclosing(boxes1: torch.Tensor, boxes2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return width and height of the smallest box around two."""
    ax1, ay1, ax2, ay2 = _planes(boxes1)
    bx1, by1, bx2, by2 = _planes(boxes2)
    return (
        torch.maximum(ax2, bx2).sub_(torch.minimum(ax1, bx1)),
        torch.maximum(ay2, by2).sub_(torch.minimum(ay1, by1)),
    )


def _or_one(denominators: torch.Tensor) -> torch.Tensor:
    """Return denominators with 1 in place of 0, so that 0/0 is 0 and has a gradient."""
    return denominators.masked_fill(denominators == 0, 1)


def _giou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    overlap, union = _iou(boxes1, boxes2)
    width, height = _enclosing(boxes1, boxes2)
    around = width * height
    return overlap - (around - union) / _or_one(around)


def _diou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return DIoU and IoU."""
    overlap, _ = _iou(boxes1, boxes2)
    width, height = _enclosing(boxes1, boxes2)
    (right1, down1), (right2, down2) = _centre(boxes1), _centre(boxes2)
    distance = (right1 - right2).square() + (down1 - down2).square()
    diagonal = width.square() + height.square()
    return overlap - distance / _or_one(diagonal), overlap


def _centre(boxes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    x1, y1, x2, y2 = _planes(boxes)
    return (x1 + x2) / 2, (y1 + y2) / 2


def _angle(boxes: torch.Tensor) -> torch.Tensor:
    """Return arctan(width / height); ``atan2`` has a gradient at height 0 as well."""
    width, height = boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1]
    point = (width == 0) & (height == 0)
    return torch.atan2(width, height.masked_fill(point, 1))


def _ciou(boxes1: torch.Tensor, boxes2: torch.Tensor) -> torch.Tensor:
    distance, overlap = _diou(boxes1, boxes2)
    shape = 4 / math.pi**2 * (_angle(boxes1) - _angle(boxes2)).square()
    with torch.no_grad():
        weight = shape / _or_one((1 - overlap).relu() + shape)
    return distance - weight * shape
