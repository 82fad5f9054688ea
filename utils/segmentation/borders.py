"""Pixels near the border of an object, and apart from them all others."""

import torch
import torch.nn.functional as F

from utils.data.annotated import UNDECIDED
from utils.segmentation.training import Score, score


def border(masks: torch.Tensor, width: int = 1) -> torch.Tensor:
    """Return which pixels have a pixel of another class within ``width`` rows and columns.

    Args:
        masks: ``(scenes, height, width)``, class indices.
        width: at least 1.

    Returns:
        bool, of the same shape.

    >>> border(torch.tensor([[[0, 0, 0, 5, 5, 5]]]))[0, 0].int().tolist()
    [0, 0, 1, 1, 0, 0]
    """
    if width < 1:
        raise ValueError(f"width must be at least 1, got {width}")
    floats, window = masks.float()[:, None], 2 * width + 1
    highest, lowest = (
        F.max_pool2d(part, window, stride=1, padding=width) for part in (floats, -floats)
    )
    return (highest != -lowest)[:, 0]


def border_and_inside(
    predicted: torch.Tensor, masks: torch.Tensor, *, width: int = 1, classes: int = 11
) -> tuple[Score, Score]:
    """Return the scores on the pixels near a border of the truth, and on all others.

    Args:
        predicted: ``(scenes, height, width)``, class indices.
        masks: the truth, of the same shape.
        width: as in :func:`border`.
        classes: how many there are, background included.
    """
    near = border(masks, width)
    parts = (masks.masked_fill(hidden, UNDECIDED) for hidden in (~near, near))
    band, inside = (score(predicted, part, classes=classes) for part in parts)
    return band, inside
