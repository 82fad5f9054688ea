"""Digit finder: a trained detector looks on while the reader composes a scene."""

import torch
import traitlets

from utils.boxes.overlap import iou
from utils.data.painting import tight
from utils.metrics.mean_average_precision import Record
from utils.widgets.digit_finder.network import Packed, cells_of, grounds, packed, reports
from utils.widgets.digit_finder.table import COUNT, ObjectsTrait, painted, shelf_levels
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.ink import as_picture

OPENING = [[7, 15, 25, 4], [0, 22, 6, 24], [9, 25, 30, 36]]


class DigitFinder(BookWidget):
    """What does a trained grid detector find in a scene, and what does it miss?

    Attributes:
        objects: up to four rows of digit, side of its image in pixels (12 to 28), and left and
            top of its ink in a scene of 64×64 pixels.
        ground: which of four backgrounds, 0 to 3.
        threshold: reports with a smaller score are left out, 0.05 to 0.95.
        chosen: the object that the buttons change, a row of ``objects``.
        cells: whether the grid is in sight, and which cells answer.
        truth: whether the true boxes are in sight.
        suppressed: whether non-maximum suppression ends it.

    >>> demo = DigitFinder(objects=[[3, 20, 20, 20]])
    >>> demo.record["labels"].tolist()
    [3]
    """

    module = "digit_finder/view"
    heights = 617, 666
    growth = 25 / 49
    summary = (
        "Digits are dragged into a scene of 64 by 64 pixels, and a small trained detector draws "
        "its boxes around what it finds, with class and score."
    )
    assets = ("net", "grounds", "digits")

    objects = ObjectsTrait().tag(sync=True)
    ground = traitlets.Int(0, min=0, max=3).tag(sync=True)
    threshold = traitlets.Float(0.5, min=0.05, max=0.95).tag(sync=True)
    chosen = traitlets.Int(0, min=0, max=COUNT - 1).tag(sync=True)
    cells = traitlets.Bool(True).tag(sync=True)
    truth = traitlets.Bool(False).tag(sync=True)
    suppressed = traitlets.Bool(True).tag(sync=True)
    net = traitlets.List(read_only=True).tag(sync=True)
    grounds = traitlets.List(read_only=True).tag(sync=True)
    digits = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("objects")
    def _opening(self) -> list[list[int]]:
        return [list(row) for row in OPENING]

    @traitlets.default("net")
    def _net(self) -> Packed:
        return packed()

    @traitlets.default("grounds")
    def _grounds(self) -> list[str]:
        return grounds()

    @traitlets.default("digits")
    def _digits(self) -> list[list[int]]:
        return shelf_levels()

    def _painted(self) -> tuple[torch.Tensor, torch.Tensor]:
        return painted(as_picture(grounds()[self.ground]), self.objects)

    @property
    def picture(self) -> torch.Tensor:
        """The scene, float64 ``(64, 64)`` in [0, 1]."""
        return self._painted()[0]

    @property
    def boxes(self) -> torch.Tensor:
        """The true boxes, float64 ``(objects, 4)``, tight around what is not covered."""
        instances = self._painted()[1]
        ids = torch.arange(1, len(self.objects) + 1)
        return tight(instances == ids[:, None, None]).double()

    @property
    def in_sight(self) -> torch.Tensor:
        """For each object, the share of its ink's pixels that is not covered, float64."""
        instances = self._painted()[1]
        ground = as_picture(grounds()[self.ground])
        shares = [
            (instances == row + 1).sum() / (painted(ground, [each])[1] == 1).sum()
            for row, each in enumerate(self.objects)
        ]
        return torch.tensor(shares, dtype=torch.float64)

    @property
    def cell_numbers(self) -> torch.Tensor:
        """What the network says, float64 ``(8, 8, 15)``."""
        return cells_of(self.picture[None, None])[0]

    @property
    def record(self) -> Record:
        """What is reported at the threshold, by falling score."""
        (found,) = reports(self.cell_numbers[None], suppressed=self.suppressed)
        shown = found["scores"] >= self.threshold
        return {name: part[shown] for name, part in found.items()}

    @property
    def overlaps(self) -> torch.Tensor:
        """The IoU of each object with each report, float64 ``(objects, reports)``."""
        return iou(self.boxes, self.record["boxes"])
