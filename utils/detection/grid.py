"""A picture as a grid of cells: the cell that holds an object's centre answers for the object.

Objects come padded, as ``Scenes.padded`` gives them: boxes ``(scenes, most, 4)``, corners in
pixels, and classes ``(scenes, most)`` with -1 where a scene has fewer objects.

Source: J. Redmon, S. Divvala, R. Girshick, A. Farhadi, https://arxiv.org/abs/1506.02640.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.boxes.formats import check_boxes, convert
from utils.boxes.suppression import batched_nms
from utils.metrics.mean_average_precision import Record


class Owners(NamedTuple):
    """Which cell answers for which object.

    Attributes:
        cell: int64 ``(scenes, most, 2)``: column and row of the cell with the object's centre.
        place: ``(scenes, most, 2)``: where in that cell the centre lies, from 0 to 1.
        kept: bool ``(scenes, most)``: real objects that are the first in their cell. A cell
            answers for one object, so the others are lost.
    """

    cell: torch.Tensor
    place: torch.Tensor
    kept: torch.Tensor


def owners(boxes: torch.Tensor, classes: torch.Tensor, *, size: int, side: int) -> Owners:
    """Find the cell of each object.

    A centre on the line between two cells belongs to the cell on its right, or below. One on the
    far edge of the picture, or beyond it, belongs to the last cell; its place is then 1, or more.

    Args:
        boxes: padded, see above.
        classes: padded, see above.
        size: height and width of the picture in pixels.
        side: cells in a row and in a column.

    Raises:
        TypeError, ValueError: if the boxes are no floating boxes, classes and boxes do not fit,
            or ``size`` or ``side`` is not positive.

    >>> box = torch.tensor([[[30.0, 10.0, 50.0, 30.0]]])
    >>> owners(box, torch.tensor([[3]]), size=64, side=4).cell
    tensor([[[2, 1]]])
    """
    _check(boxes, classes, size, side)
    centres = convert(boxes, "xyxy", "cxcywh")[..., :2] * (side / size)
    cell = centres.detach().floor().clamp(0, side - 1)
    number = cell[..., 1] * side + cell[..., 0]
    real = classes >= 0
    twins = (number[:, :, None] == number[:, None]) & real[:, None]
    lost = twins.tril(-1).any(-1)  # an object before it in the list has the cell
    return Owners(cell.long(), centres - cell, real & ~lost)


def grid_targets(
    boxes: torch.Tensor,
    classes: torch.Tensor,
    *,
    size: int,
    side: int,
    num_classes: int,
    copies: int = 1,
) -> torch.Tensor:
    """Return what the cells should say: ``(scenes, side, side, 5 copies + num_classes)``.

    A cell with an object holds ``copies`` times x and y in the cell, width and height as shares
    of the picture and the confidence 1, then a 1 at its class. Other cells hold zeros.

    Args:
        boxes: padded, see above.
        classes: padded, see above, smaller than ``num_classes``.
        size: height and width of the picture in pixels.
        side: cells in a row and in a column.
        num_classes: how many classes there are.
        copies: boxes that a cell predicts.

    Raises:
        TypeError, ValueError: as for :func:`owners`; also if a class is too large, or there is
            no class or no copy.
    """
    if num_classes < 1 or copies < 1:
        raise ValueError(f"need one class and one copy at least, got {num_classes} and {copies}")
    if classes.numel() and classes.max() >= num_classes:
        raise ValueError(
            f"classes go from 0 to num_classes - 1 = {num_classes - 1}, got {classes.max()}"
        )
    cell, place, kept = owners(boxes, classes, size=size, side=side)
    sizes = (boxes[..., 2:] - boxes[..., :2]) / size
    five = torch.cat([place, sizes, torch.ones_like(place[..., :1])], dim=-1)
    names = F.one_hot(classes.clamp(min=0), num_classes).to(five)
    rows = torch.cat([five.repeat(1, 1, copies), names], dim=-1)
    target = rows.new_zeros(len(boxes), side, side, rows.shape[-1])
    scene = kept.nonzero()[:, 0]
    column, row = cell[kept].unbind(-1)
    return target.index_put((scene, row, column), rows[kept])


def cell_corners(side: int, device: torch.device | str = "cpu") -> torch.Tensor:
    """Return column and row of each cell, ``(side, side, 2)``: its upper left corner, in cells."""
    line = torch.arange(side, device=device)
    return torch.stack(torch.meshgrid(line, line, indexing="xy"), dim=-1)


def boxes_of(places: torch.Tensor, sizes: torch.Tensor, *, size: int) -> torch.Tensor:
    """Return the boxes that cells speak of, ``(…, side, side, 4)``, corners in pixels.

    Args:
        places: ``(…, side, side, 2)``, the centre's x and y in its cell, from 0 to 1.
        sizes: of the same shape, width and height as shares of the picture.
        size: height and width of the picture in pixels.
    """
    side = places.shape[-2]
    centres = (places + cell_corners(side, places.device)) * (size / side)
    half = sizes * size / 2
    return torch.cat([centres - half, centres + half], dim=-1)


def records_of(
    boxes: torch.Tensor, scores: torch.Tensor, *, least: float = 0.02, iou_threshold: float = 0.5
) -> list[Record]:
    """Turn boxes with a score for each class into what a detector reports.

    Args:
        boxes: ``(scenes, boxes, 4)``, corners.
        scores: ``(scenes, boxes, classes)``.
        least: pairs of box and class with a smaller score are left out.
        iou_threshold: of the suppression among the boxes of one class.

    Returns:
        One record a scene, by falling score.
    """
    found = []
    for places, table in zip(boxes, scores, strict=True):
        row, label = (table >= least).nonzero(as_tuple=True)
        score = table[row, label]
        kept = batched_nms(places[row], score, label, iou_threshold)
        found.append({"boxes": places[row[kept]], "scores": score[kept], "labels": label[kept]})
    return found


def _check(boxes: torch.Tensor, classes: torch.Tensor, size: int, side: int) -> None:
    check_boxes(boxes)
    if boxes.ndim != 3 or classes.shape != boxes.shape[:2]:
        raise ValueError(
            "boxes must be (scenes, most, 4) and classes (scenes, most), as Scenes.padded gives "
            f"them, got {tuple(boxes.shape)} and {tuple(classes.shape)}"
        )
    if size <= 0 or side < 1:
        raise ValueError(f"size and side must be positive, got {size} and {side}")
