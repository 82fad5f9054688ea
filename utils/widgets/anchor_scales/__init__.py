"""Anchor scales: which of a detector's maps has anchors that fit the objects of a scene?"""

import torch
import traitlets

from utils.boxes.anchors import anchors
from utils.boxes.overlap import iou
from utils.widgets.anchor_scales.scene import SIDE, scene
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.ink import as_text

GRIDS = 16, 8, 4, 2  # cells along a side, map by map
VIEWS = 23, 55, 119, 247  # receptive fields of the 3×3 heads on the book's backbone, in pixels
MATCH = 0.5
SMALLEST, LARGEST = 4, 56  # of the sizes, in pixels
NARROWEST, WIDEST = 0.4, 2.0  # of the ratio


class AnchorScales(BookWidget):
    """Anchors of one shape on each of four maps, and what they find.

    Attributes:
        stage: the map that is looked at: 0 has 16×16 cells, 1 has 8×8, 2 has 4×4, 3 has 2×2.
        sizes: the root of an anchor's area on each map, in pixels, 4 to 56.
        ratio: width over height of all anchors, 0.4 to 2.
        cell: row and column of the cell that is looked at.

    >>> demo = AnchorScales(sizes=[10, 20, 20, 36], ratio=0.65)
    >>> tuple(demo.overlaps.shape), demo.found
    ((4, 4), 4)
    """

    module = "anchor_scales/view"
    summary = (
        "A scene of four digits under the cells of a feature map: the anchor of one cell, what "
        "the network sees from there, and small pictures of each digit with the best anchor of "
        "each map drawn on it."
    )
    assets = ("scene",)
    heights = 577, 731

    stage = traitlets.Int(1, min=0, max=len(GRIDS) - 1).tag(sync=True)
    sizes = traitlets.List(traitlets.Float(min=SMALLEST, max=LARGEST), [6, 16, 30, 56])
    sizes = sizes.tag(sync=True)
    ratio = traitlets.Float(1.0, min=NARROWEST, max=WIDEST).tag(sync=True)
    cell = traitlets.List(traitlets.Int(), [5, 1]).tag(sync=True)
    scene = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("scene")
    def _scene(self) -> dict[str, object]:
        found = scene()
        return {"pixels": as_text(found.picture), "boxes": found.boxes.tolist()}

    @traitlets.validate("sizes")
    def _check_sizes(self, proposal: dict) -> list[float]:
        if len(proposal["value"]) != len(GRIDS):
            raise traitlets.TraitError(
                f"sizes needs {len(GRIDS)} numbers, one a map, got {proposal['value']}"
            )
        return proposal["value"]

    @traitlets.validate("cell")
    def _check_cell(self, proposal: dict) -> list[int]:
        """Refuse what is no cell of the finest map; coarser maps take their last one."""
        cell = proposal["value"]
        if len(cell) != 2 or not all(0 <= part < GRIDS[0] for part in cell):
            raise traitlets.TraitError(
                f"cell needs a row and a column from 0 to {GRIDS[0] - 1}, got {cell}"
            )
        return cell

    @property
    def overlaps(self) -> torch.Tensor:
        """The largest IoU of each object with an anchor of each map, ``(objects, maps)``."""
        boxes = scene().boxes
        best = [
            iou(boxes, anchors((g, g), (SIDE, SIDE), (s,), (self.ratio,), dtype=boxes.dtype))
            for g, s in zip(GRIDS, self.sizes, strict=True)
        ]
        return torch.stack([part.amax(1) for part in best], dim=1)

    @property
    def found(self) -> int:
        """How many objects have an anchor with an IoU of at least 0.5."""
        return int((self.overlaps.amax(1) >= MATCH).sum())
