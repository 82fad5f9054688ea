"""Masks in colours, alone or over their picture, with a legend."""

from collections.abc import Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch

from utils.data.annotated import UNDECIDED
from utils.plots import COLOURS

# Okabe and Ito's colours, then four of Paul Tol's "muted" ones.
# Source: https://personal.sron.nl/~pault/
PALETTE = (*COLOURS, "#882255", "#DDCC77", "#332288", "#999933")
BACKGROUND, IGNORED = "#1b1f24", "#f6f0dc"


def in_colour(mask: torch.Tensor) -> torch.Tensor:
    """Return a picture of a mask: a colour for each number.

    Args:
        mask: integers ``(…, height, width)``: 0 for background (dark), 255 for ignored (pale),
            other numbers in the colours of :data:`PALETTE`, which begin again after ten.

    Returns:
        float32 ``(…, 3, height, width)``, values in [0, 1], on the mask's device.

    Raises:
        ValueError: if the mask is not of integers, or a number is not between 0 and 255.

    >>> (in_colour(torch.tensor([[0, 1]]))[:, 0, 1] * 255).tolist()  # of the first class, #0072B2
    [0.0, 114.0, 178.0]
    """
    if mask.is_floating_point() or mask.ndim < 2:
        raise ValueError(
            f"mask must hold integers, (…, height, width), got {mask.dtype} of shape "
            f"{tuple(mask.shape)}"
        )
    if mask.numel() and (mask.min() < 0 or mask.max() > UNDECIDED):
        raise ValueError(
            f"a mask's numbers go from 0 to {UNDECIDED}, got {mask.unique().tolist()}"
        )
    table = torch.tensor([to_rgb(colour_of(number)) for number in range(UNDECIDED + 1)])
    return table.to(mask.device)[mask.long()].movedim(-1, -3)


def colour_of(number: int) -> str:
    """Return the colour of a number in a mask, as matplotlib takes it.

    >>> colour_of(1), colour_of(11), colour_of(0)
    ('#0072B2', '#0072B2', '#1b1f24')
    """
    if number == UNDECIDED:
        return IGNORED
    return PALETTE[(number - 1) % len(PALETTE)] if number else BACKGROUND


def overlay(image: torch.Tensor, mask: torch.Tensor, *, strength: float = 0.6) -> torch.Tensor:
    """Return the picture with the mask laid over it; the background stays as it is.

    Args:
        image: floats in [0, 1], ``(…, 1 or 3, height, width)`` or ``(height, width)``.
        mask: as in :func:`in_colour`, of the same height and width.
        strength: 0 shows the picture alone, 1 the mask alone.

    Returns:
        float32 ``(…, 3, height, width)``, as ``utils.plots.plot_image`` takes it.

    Raises:
        ValueError: as :func:`in_colour` does; also if sizes differ, or ``strength`` is not
            between 0 and 1.
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must be between 0 and 1, got {strength}")
    if image.shape[-2:] != mask.shape[-2:]:
        raise ValueError(
            f"image and mask must have one size, got {tuple(image.shape[-2:])} and "
            f"{tuple(mask.shape[-2:])}"
        )
    image = image[None] if image.ndim == 2 else image
    colours, share = in_colour(mask), strength * (mask != 0).float().unsqueeze(-3)
    return image.float() * (1 - share) + colours * share


def legend(axes: Axes, names: Sequence[str], numbers: Sequence[int], **settings: object) -> Axes:
    """Name the colours of classes beside a picture, and return the Axes.

    Args:
        axes: where the legend goes, right of the Axes unless ``settings`` say otherwise.
        names: one name for each class, the background not among them.
        numbers: which numbers of the mask to name; 0 is the background, 255 the ignored pixels.
        **settings: for ``Axes.legend``.

    Raises:
        ValueError: if a number has no name.

    >>> from utils.plots import new_axes
    >>> drawn = legend(new_axes(), ["ball", "cat"], [0, 2, 255]).get_legend()
    >>> [text.get_text() for text in drawn.get_texts()]
    ['background', 'cat', 'ignored']
    """
    known = {0: "background", UNDECIDED: "ignored"}
    known |= {number: str(name) for number, name in enumerate(names, start=1)}
    unknown = [number for number in numbers if int(number) not in known]
    if unknown:
        raise ValueError(f"there is no name for number {unknown[0]}: {len(names)} names")
    handles = [
        Patch(facecolor=colour_of(int(n)), edgecolor="#57606a", label=known[int(n)])
        for n in numbers
    ]
    place = {"loc": "center left", "bbox_to_anchor": (1.0, 0.5), "fontsize": 9}
    axes.legend(handles=handles, **{**place, **settings})
    return axes
