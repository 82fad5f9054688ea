"""A photograph as a sum of layers, each one column times one row."""

import base64
import functools
import math

import torch
import torch.nn.functional as F
import traitlets

from utils.data import photos, registry
from utils.widgets.kit.base import BookWidget

SIDE = 100  # pixels; a layer is then a column and a row of 100 numbers, and its singular value
PICTURES = {"cat": ("cat", 0), "rocket": ("rocket", 0), "turned rocket": ("rocket", 30)}
INSIDE = 0.65  # of a square's side: what stays inside it however it is turned


def middle(name: str, degrees: float, side: int = SIDE) -> torch.Tensor:
    """Return the middle of a grey photograph, turned to the right.

    Args:
        name: a photograph, as in :func:`utils.data.photos.photo`.
        degrees: by how much it is turned.
        side: pixels a side.

    Returns:
        float64, ``(side, side)``, values in [0, 1].

    Raises:
        ValueError: if there is no such photograph, or ``side < 1``.
    """
    if side < 1:
        raise ValueError(f"side must be at least 1, got {side}")
    angle = math.radians(degrees)
    c, s = INSIDE * math.cos(angle), INSIDE * math.sin(angle)
    grid = F.affine_grid(
        torch.tensor([[[c, s, 0.0], [-s, c, 0.0]]]), (1, 1, side, side), align_corners=False
    )
    image = photos.photo(name, size=round(side / INSIDE))[None]
    return F.grid_sample(image, grid, align_corners=False)[0, 0].double()


@functools.cache
def grey_levels(picture: str) -> torch.Tensor:
    """Return the grey levels of one of ``PICTURES``, uint8 ``(SIDE, SIDE)``."""
    return (255 * middle(*PICTURES[picture])).round().to(torch.uint8)


def _asset(picture: str) -> dict[str, str]:
    terms = registry.photographs()[PICTURES[picture][0]]
    return {
        "pixels": base64.b64encode(grey_levels(picture).numpy().tobytes()).decode("ascii"),
        "credit": f"{terms.title}, by {terms.author}, {terms.licence}",
    }


class RankPhotograph(BookWidget):
    """The sum of the strongest layers of a photograph, beside the photograph.

    Attributes:
        picture: ``"cat"``, ``"rocket"`` or ``"turned rocket"``.
        layers: how many layers are added up, 1 to ``SIDE``.

    >>> RankPhotograph(layers=8).numbers
    1608
    """

    module = "rank_photograph/view"
    heights = 650, 679
    growth = 0.33
    phone_growth = 0.13
    summary = (
        "A grey photograph beside the sum of its strongest layers, each one column times one row, "
        "and the curve of its singular values."
    )
    assets = ("pictures",)

    picture = traitlets.Enum(tuple(PICTURES), "cat").tag(sync=True)
    layers = traitlets.Int(7, min=1, max=SIDE).tag(sync=True)
    pictures = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("pictures")
    def _pictures(self) -> dict[str, dict[str, str]]:
        return {name: _asset(name) for name in PICTURES}

    @property
    def photograph(self) -> torch.Tensor:
        """The photograph as a matrix, float64 ``(SIDE, SIDE)``, values in [0, 1]."""
        return grey_levels(self.picture).double() / 255

    @property
    def singular_values(self) -> torch.Tensor:
        """How strong each layer is, the strongest first, float64 ``(SIDE,)``."""
        return torch.linalg.svdvals(self.photograph)

    @property
    def rebuilt(self) -> torch.Tensor:
        """The sum of the layers, float64 ``(SIDE, SIDE)``, which may leave [0, 1]."""
        U, S, Vh = torch.linalg.svd(self.photograph)
        return (U[:, : self.layers] * S[: self.layers]) @ Vh[: self.layers]

    @property
    def error(self) -> float:
        """The Frobenius norm of what is left out, as a share of the photograph's."""
        left = torch.linalg.matrix_norm(self.photograph - self.rebuilt)
        return (left / torch.linalg.matrix_norm(self.photograph)).item()

    @property
    def numbers(self) -> int:
        """How many numbers the layers take: a column, a row and a singular value each."""
        return self.layers * (2 * SIDE + 1)
