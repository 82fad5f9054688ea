"""Figures of classifiers that live in the plane: regions, and points of several classes."""

from collections.abc import Callable

import torch
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from utils.plots import COLOURS, MARKERS

PIXELS = 240  # along each side of the picture of the regions


def grid(limits: tuple[float, float, float, float], count: int = PIXELS) -> torch.Tensor:
    """Return the middles of ``count`` times ``count`` cells, row by row from the lowest.

    Args:
        limits: left, right, lower and upper end.
        count: cells along each side.

    Returns:
        ``(count * count, 2)``, float32, on the CPU.

    >>> grid((0, 4, 0, 2), 2).tolist()
    [[1.0, 0.5], [3.0, 0.5], [1.0, 1.5], [3.0, 1.5]]
    """
    left, right, lower, upper = limits
    if not (left < right and lower < upper):
        raise ValueError(f"limits must be (left, right, lower, upper), got {limits}")
    steps = (torch.arange(count) + 0.5) / count
    xs, ys = left + (right - left) * steps, lower + (upper - lower) * steps
    return torch.stack([xs.repeat(count), ys.repeat_interleave(count)], dim=1)


@torch.no_grad()
def plot_regions(
    ax: Axes,
    classify: Callable[[torch.Tensor], torch.Tensor],
    limits: tuple[float, float, float, float],
    *,
    like: torch.Tensor,
) -> Axes:
    """Tint every place of the plane in the colour of the class that is predicted there.

    Args:
        ax: where to draw.
        classify: maps ``(n, 2)`` points to ``(n, classes)`` scores, at most six classes.
        limits: left, right, lower and upper end.
        like: a tensor of the dtype and on the device that ``classify`` works with.

    Raises:
        ValueError: if the scores are not ``(n, classes)`` or hold NaN.
    """
    points = grid(limits).to(like)
    scores = classify(points)
    if scores.ndim != 2 or len(scores) != len(points) or scores.shape[1] > len(COLOURS):
        raise ValueError(
            f"classify must give (points, classes) with at most {len(COLOURS)} classes, got "
            f"{tuple(scores.shape)} for {len(points)} points"
        )
    if scores.isnan().any():
        raise ValueError("the scores hold NaN: the largest of them has no meaning")
    tints = 1 - 0.38 * (1 - torch.tensor([to_rgb(colour) for colour in COLOURS]))
    picture = tints[scores.argmax(1).cpu()].reshape(PIXELS, PIXELS, 3)
    ax.imshow(picture.numpy(), origin="lower", extent=limits, interpolation="bilinear", zorder=0)
    ax.grid(visible=False)
    return ax


def plot_points(ax: Axes, points: torch.Tensor, classes: torch.Tensor, *, size: float = 4) -> Axes:
    """Draw points, with a colour and a marker for each class.

    Args:
        ax: where to draw.
        points: ``(n, 2)``.
        classes: ``(n,)`` class indices below six.
        size: of the markers, in points.

    Raises:
        ValueError: if the shapes do not fit, or a class has no colour.
    """
    if points.ndim != 2 or points.shape[1] != 2 or classes.shape != points.shape[:1]:
        raise ValueError(
            "points must be (n, 2) and classes (n,), "
            f"got {tuple(points.shape)} and {tuple(classes.shape)}"
        )
    points, classes = points.detach().cpu(), classes.cpu()
    for index in classes.unique().tolist():
        if not 0 <= index < len(COLOURS):
            raise ValueError(f"classes must lie between 0 and {len(COLOURS) - 1}, got {index}")
        own = points[classes == index]
        ax.plot(
            *own.T.numpy(),
            MARKERS[index],
            color=COLOURS[index],
            markersize=size,
            markeredgecolor="white",
            markeredgewidth=0.12 * size,
        )
    return ax
