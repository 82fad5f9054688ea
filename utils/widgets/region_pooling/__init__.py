"""A region on a feature map: its parts, and what RoI pooling and RoI align make of them."""

import torch
import traitlets

from utils.boxes.regions import roi_align, roi_pool
from utils.widgets.kit.base import BookWidget

WIDE, HIGH = 12, 8  # cells of the map
LEAST = 0.5  # side of a region, in cells
MOST = 4  # parts along an axis
# A photograph of a cup of coffee in 12 by 8 cells: the mean light of each, from 0 to 9.
MAP = (
    (4, 3, 8, 6, 6, 6, 7, 8, 9, 7, 5, 5),
    (3, 3, 8, 5, 3, 4, 4, 5, 8, 6, 5, 5),
    (3, 3, 5, 6, 6, 6, 6, 6, 8, 3, 5, 5),
    (2, 3, 2, 5, 8, 7, 8, 8, 4, 3, 3, 5),
    (3, 3, 2, 2, 1, 3, 3, 2, 3, 3, 3, 4),
    (3, 2, 1, 2, 1, 0, 1, 3, 1, 3, 3, 4),
    (2, 1, 0, 2, 0, 0, 1, 6, 2, 3, 3, 3),
    (1, 2, 1, 0, 0, 0, 0, 3, 1, 3, 2, 3),
)


class RegionPooling(BookWidget):
    """What does a network see of a region?

    ``region`` holds the corners (x1, y1, x2, y2) in cells of a map of 12 by 8 numbers, ``method``
    is ``"pool"`` or ``"align"``, and ``parts`` says into how many parts each side is cut.

    >>> RegionPooling(region=[0, 0, 4, 2], method="align", parts=1).output.shape
    torch.Size([1, 1])
    """

    module = "region_pooling/view"
    heights = 619, 694
    growth = 0.515
    phone_growth = 0.9
    summary = (
        "A map of numbers with a region on it, cut into parts; the border that was asked for and "
        "the one that is used. Two tables: the largest number of each part, and the mean of four "
        "places in it; under each, the course of its upper left number along the region's row."
    )

    region = traitlets.List(traitlets.Float(), [0.2, 2.8, 3.8, 6.8]).tag(sync=True)
    method = traitlets.Enum(("pool", "align"), default_value="pool").tag(sync=True)
    parts = traitlets.Int(2, min=1, max=MOST).tag(sync=True)

    @traitlets.validate("region")
    def _check_region(self, proposal: dict) -> list[float]:
        """Refuse what is no region within the map."""
        region = proposal["value"]
        if len(region) != 4:
            raise traitlets.TraitError(f"region needs four corners x1, y1, x2, y2, got {region}")
        x1, y1, x2, y2 = region
        inside = x1 >= 0 and y1 >= 0 and x2 <= WIDE and y2 <= HIGH
        if not (inside and x2 - x1 >= LEAST - 1e-9 and y2 - y1 >= LEAST - 1e-9):
            raise traitlets.TraitError(
                f"region must lie in the map of {WIDE} by {HIGH} cells and have sides of at least "
                f"{LEAST}, got {region}"
            )
        return region

    @property
    def output(self) -> torch.Tensor:
        """The numbers of the parts, float64 ``(parts, parts)``."""
        cells = torch.tensor(MAP, dtype=torch.float64)[None, None]
        box = torch.tensor([[0, *self.region]], dtype=torch.float64)
        size = self.parts, self.parts
        if self.method == "pool":
            return roi_pool(cells, box, size)[0, 0]
        return roi_align(cells, box, size, 1.0, 2, True)[0, 0]
