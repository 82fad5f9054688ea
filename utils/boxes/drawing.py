"""Boxes drawn over a picture by matplotlib."""

from collections.abc import Sequence

import torch
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from utils.boxes.formats import convert
from utils.plots import COLOURS


def draw_boxes(
    axes: Axes,
    boxes: torch.Tensor,
    labels: Sequence[object] | None = None,
    *,
    source: str = "xyxy",
    colours: str | Sequence[str] | None = None,
    linewidth: float = 2,
) -> Axes:
    """Draw boxes over the picture that ``axes.imshow`` has drawn, and return the Axes.

    matplotlib puts the *middle* of the first pixel at 0, a box counts from its left and upper
    *edge*: the difference of half a pixel is taken care of here. Boxes may reach beyond the
    picture, which keeps its size.

    Args:
        axes: where to draw, with the picture on it; on axes without one, boxes are drawn in
            their own numbers.
        boxes: ``(n, 4)``, in pixels.
        labels: one text (or number) a box, written at its upper left corner.
        source: the format of the boxes, as in ``utils.boxes.formats.convert``.
        colours: one for all boxes, or one a box; by default the book's colours in turn.
        linewidth: in points.

    Raises:
        TypeError, ValueError: as ``convert`` does; also if ``boxes`` has not two axes, a box is
            not finite or ends before it begins, or labels or colours are not as many as boxes.
    """
    corners = convert(boxes.detach(), source, "xyxy").cpu().double()
    if corners.ndim != 2:
        raise ValueError(f"boxes must be (n, 4), got shape {tuple(corners.shape)}")
    if not corners.isfinite().all():
        raise ValueError("boxes holds NaN or infinity: look at the numbers before drawing them")
    if (corners[:, 2:] < corners[:, :2]).any():
        raise ValueError(f"a box ends before it begins: is its format really {source}?")
    if colours is None:
        colours = [COLOURS[index % len(COLOURS)] for index in range(len(corners))]
    elif isinstance(colours, str):
        colours = [colours] * len(corners)
    for name, given in (("labels", labels), ("colours", colours)):
        if given is not None and len(given) != len(corners):
            raise ValueError(f"{name} must be one a box: {len(given)} for {len(corners)} boxes")
    left, top, across, down = _frame(axes)
    halo = [patheffects.withStroke(linewidth=linewidth + 1.5, foreground="white")]
    for index, (x1, y1, x2, y2) in enumerate(corners.tolist()):
        x, y = left + across * x1, top + down * y1
        size = across * (x2 - x1), down * (y2 - y1)
        style = {"fill": False, "edgecolor": colours[index], "linewidth": linewidth}
        axes.add_patch(Rectangle((x, y), *size, path_effects=halo, zorder=3, **style))
        if labels is not None:
            _write(axes, x, y, str(labels[index]), colours[index])
    return axes


def drawn_boxes(axes: Axes) -> torch.Tensor:
    """Return the boxes that :func:`draw_boxes` has drawn, ``(n, 4)`` corners in pixels, float64.

    A page checks its figures with it: what is read off is compared with what should be there.
    """
    left, top, across, down = _frame(axes)
    rows = [(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in axes.patches]
    x, y, wide, high = torch.tensor(rows, dtype=torch.float64).reshape(-1, 4).unbind(1)
    x, y = (x - left) / across, (y - top) / down
    return torch.stack([x, y, x + wide / across, y + high / down], dim=1)


def drawn_picture(axes: Axes) -> torch.Tensor:
    """Return the numbers of the picture on axes, as ``imshow`` was given them."""
    return torch.tensor(axes.images[-1].get_array().tolist())


def _frame(axes: Axes) -> tuple[float, float, float, float]:
    """Return where a picture's upper left corner lies on the axes, and the sides of a pixel."""
    if not axes.images:
        return 0, 0, 1, 1
    picture = axes.images[-1]
    left, right, bottom, top = picture.get_extent()
    height, width = picture.get_array().shape[:2]
    return left, top, (right - left) / width, (bottom - top) / height


def _write(axes: Axes, x: float, y: float, label: str, colour: str) -> None:
    red, green, blue = to_rgb(colour)
    is_light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.55
    axes.annotate(
        label,
        (x, y),
        xytext=(1, 1),
        textcoords="offset points",
        va="top",
        fontsize=9,
        color="black" if is_light else "white",
        bbox={"facecolor": colour, "edgecolor": "none", "pad": 1},
        zorder=4,
    )
