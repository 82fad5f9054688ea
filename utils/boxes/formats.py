"""The three usual ways to write a box as four numbers, and boxes cut at a picture's edge.

A picture's left and upper edges lie at 0. The pixel in column 3 reaches from x = 3 to x = 4,
so the whole picture is the box (0, 0, width, height). torchvision counts in this way as well.
"""

from collections.abc import Sequence

import torch

FORMATS = ("xyxy", "xywh", "cxcywh")


def check_boxes(boxes: torch.Tensor, name: str = "boxes") -> None:
    """Refuse what cannot be a batch of boxes.

    Args:
        boxes: should be floating point, with four numbers along the last axis.
        name: what the sentence of the error calls them.

    Raises:
        TypeError: if ``boxes`` is no tensor of floating point numbers. Integers are refused,
            since a centre may lie at half a pixel.
        ValueError: if the last axis has not four entries.

    >>> check_boxes(torch.zeros(0, 4))
    >>> check_boxes(torch.tensor([[1, 2, 5, 6]]))
    Traceback (most recent call last):
        ...
    TypeError: boxes must be floating point, got torch.int64: call .float() on them first
    """
    if not isinstance(boxes, torch.Tensor):
        raise TypeError(f"{name} must be a tensor, got {type(boxes).__name__}: use torch.tensor")
    if not boxes.is_floating_point():
        raise TypeError(
            f"{name} must be floating point, got {boxes.dtype}: call .float() on them first"
        )
    if boxes.ndim == 0 or boxes.shape[-1] != 4:
        raise ValueError(
            f"{name} must have four numbers along the last axis, got shape {tuple(boxes.shape)}; "
            "no boxes at all are torch.zeros(0, 4)"
        )


def convert(boxes: torch.Tensor, source: str, target: str) -> torch.Tensor:
    """Write boxes in another format, as ``torchvision.ops.box_convert`` does.

    Args:
        boxes: ``(..., 4)``, in pixels or in shares of the picture; a side may be zero or
            negative, and is kept so.
        source: the format that they are in: ``"xyxy"`` (left, top, right, bottom),
            ``"xywh"`` (left, top, width, height) or ``"cxcywh"`` (centre, width, height).
        target: the format wanted, one of the same three.

    Returns:
        A new tensor of the same shape, dtype and device. Gradients flow through it.

    Raises:
        TypeError, ValueError: see ``check_boxes``; also if a format is unknown.

    >>> convert(torch.tensor([[1.0, 2.0, 3.0, 6.0]]), "xyxy", "cxcywh")
    tensor([[2., 4., 2., 4.]])
    """
    for given in (source, target):
        if given not in FORMATS:
            raise ValueError(f"the format must be one of {', '.join(FORMATS)}, got {given!r}")
    check_boxes(boxes)
    if source == target:
        return boxes.clone()
    first, second = boxes[..., :2], boxes[..., 2:]
    size = second - first if source == "xyxy" else second
    corner = first - size / 2 if source == "cxcywh" else first
    if target == "cxcywh":  # corner + size / 2: the sum of two corners could overflow float16
        return torch.cat([corner + size / 2, size], dim=-1)
    return torch.cat([corner, corner + size if target == "xyxy" else size], dim=-1)


def clip(boxes: torch.Tensor, size: Sequence[int]) -> torch.Tensor:
    """Cut boxes at the edges of their picture, as ``torchvision.ops.clip_boxes_to_image`` does.

    A box that lies outside altogether comes back with an area of zero, on the edge.

    Args:
        boxes: ``(..., 4)`` as left, top, right, bottom, in pixels.
        size: height and width of the picture, in pixels.

    Returns:
        A new tensor of the same shape, dtype and device.

    Raises:
        TypeError, ValueError: see ``check_boxes``; also if ``size`` is not two numbers, each
            zero or more.

    >>> clip(torch.tensor([[-3.0, 1.0, 5.0, 9.0]]), (8, 10))
    tensor([[0., 1., 5., 8.]])
    """
    check_boxes(boxes)
    if len(size) != 2 or min(size) < 0:
        raise ValueError(f"size must be (height, width) in pixels, got {tuple(size)}")
    height, width = size
    x, y = boxes[..., 0::2].clamp(0, width), boxes[..., 1::2].clamp(0, height)
    return torch.stack([x, y], dim=-1).flatten(-2)
