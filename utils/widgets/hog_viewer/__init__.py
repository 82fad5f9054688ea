"""What is left of a photograph when only its edge directions are counted? The Python side."""

import math

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.photographs import PHOTOS, SIDE, grey_levels, photo_asset

HAIR = 1e-6  # of a bin; rounding must not push an angle on a bin's edge below it
FULL = 0.99  # the quantile of all numbers from which on a line is drawn at full strength
SMALLEST, LARGEST = 4, 32  # pixels a side of a cell


class HogViewer(BookWidget):
    """Which edge directions does every cell of a photograph have, and how strong are they?

    Every pixel votes for the direction of its gradient, as loudly as the gradient is long; a
    cell's histogram is the mean over its pixels. Directions are unsigned, modulo 180°: 0° is a
    gradient along the columns, so a vertical edge, and angles grow from there towards the rows.
    Pixels that fill no cell are left out.

    Attributes:
        photo: ``"cat"``, ``"coffee"`` or ``"camera"``, 100×100 pixels.
        cell: pixels a side of a cell, from 4 to 32.
        orientations: number of bins of equal width, from 2 to 18.
        contrast: from 0.2 to 1; all grey levels are multiplied by it.
        chosen: (row, column) of the cell whose histogram is shown; outside of fewer cells it
            stands for the last row or column.
        opacity: how much of the photograph is seen under the strokes, from 0 to 1.

    Source: Dalal and Triggs (2005), doi:10.1109/CVPR.2005.177, sections 6.2 and 6.3, with the
    votes of scikit-image: each whole vote goes to one bin of one cell.

    >>> demo = HogViewer(photo="camera", cell=10, orientations=4)
    >>> demo.cells.shape
    torch.Size([10, 10, 4])
    >>> demo.chosen = (4, 6)
    >>> torch.equal(demo.histogram, demo.cells[4, 6])
    True
    """

    module = "hog_viewer/view"
    summary = (
        "The edge directions of a photograph's cells as strokes over the photograph, which can be "
        "faded; beside it one cell's pixels and its histogram."
    )
    assets = ("photos",)
    heights = (655, 704)
    growth = 0.515

    photo = traitlets.Enum(PHOTOS, "cat").tag(sync=True)
    cell = traitlets.Int(8, min=SMALLEST, max=LARGEST).tag(sync=True)
    orientations = traitlets.Int(9, min=2, max=18).tag(sync=True)
    contrast = traitlets.Float(1.0, min=0.2, max=1.0).tag(sync=True)
    chosen = Pair((5, 2), min=0, max=SIDE // SMALLEST - 1)
    opacity = traitlets.Float(0.6, min=0.0, max=1.0).tag(sync=True)
    photos = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("photos")
    def _photos(self) -> dict[str, dict[str, object]]:
        return {name: photo_asset(name) for name in PHOTOS}

    @traitlets.validate("contrast", "opacity")
    def _is_number(self, proposal: dict) -> float:
        # The bounds let NaN pass, because every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    @property
    def image(self) -> torch.Tensor:
        """The brightness that is analysed, in [0, 1], float64 ``(100, 100)``."""
        return self.contrast * (grey_levels(self.photo).double() / 255)

    @property
    def cells(self) -> torch.Tensor:
        """The votes of every bin in every cell, float64 ``(rows, columns, orientations)``."""
        image = self.image
        row, col = torch.zeros_like(image), torch.zeros_like(image)
        row[1:-1] = image[2:] - image[:-2]
        col[:, 1:-1] = image[:, 2:] - image[:, :-2]
        angle = torch.atan2(row, col).rad2deg().remainder(180)
        # Rounding can turn an angle just below 0 into 180, which is bin 0 again.
        index = (angle * self.orientations / 180 + HAIR).long() % self.orientations
        votes = F.one_hot(index, self.orientations) * row.hypot(col)[..., None]
        return F.avg_pool2d(votes.permute(2, 0, 1), self.cell).permute(1, 2, 0)

    @property
    def histogram(self) -> torch.Tensor:
        """The votes of the chosen cell, float64 ``(orientations,)``."""
        last = SIDE // self.cell - 1
        row, column = (min(place, last) for place in self.chosen)
        return self.cells[row, column]

    @property
    def strength(self) -> torch.Tensor:
        """How strong the line of every bin is drawn, 0 to 1, in the shape of ``cells``.

        One in a hundred has full strength: 1 is the 0.99 quantile of all numbers.
        """
        cells = self.cells
        return (cells / cells.quantile(FULL)).clamp(max=1)
