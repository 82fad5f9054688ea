"""Two boxes: how much they overlap, by four scores, and what each score teaches."""

import torch
import traitlets

from utils.boxes import overlap
from utils.widgets.kit.base import BookWidget

SCORES = ("IoU", "GIoU", "DIoU", "CIoU")
WIDE, HIGH = 16, 10  # of the picture, in units of its grid
LEAST = 0.5  # side of a box


class BoxOverlap(BookWidget):
    """How well does a predicted box fit the true one?

    ``predicted`` and ``true`` are corners (x1, y1, x2, y2) in a picture of 16 by 10 units,
    ``score`` is the one that is looked at and that Play improves.

    >>> demo = BoxOverlap(predicted=[0, 0, 4, 4], true=[2, 0, 6, 4])
    >>> round(demo.scores["IoU"], 3), round(demo.scores["GIoU"], 3)
    (0.333, 0.333)
    """

    module = "box_overlap/view"
    heights = 561, 641
    phone_growth = 0.27
    summary = (
        "A predicted box and a true box: what they share, what they cover, the box around both; "
        "IoU, GIoU, DIoU and CIoU as bars, and the way that each of them leads."
    )

    predicted = traitlets.List(traitlets.Float(), [2, 1.5, 8, 6]).tag(sync=True)
    true = traitlets.List(traitlets.Float(), [6, 4, 13, 8.5]).tag(sync=True)
    score = traitlets.Enum(SCORES, default_value="GIoU").tag(sync=True)

    @traitlets.validate("predicted", "true")
    def _check_box(self, proposal: dict) -> list[float]:
        """Refuse what is no box within the picture."""
        name, box = proposal["trait"].name, proposal["value"]
        if len(box) != 4:
            raise traitlets.TraitError(f"{name} needs four corners x1, y1, x2, y2, got {box}")
        x1, y1, x2, y2 = box
        inside = x1 >= 0 and y1 >= 0 and x2 <= WIDE and y2 <= HIGH
        if not (inside and x2 - x1 >= LEAST - 1e-9 and y2 - y1 >= LEAST - 1e-9):
            raise traitlets.TraitError(
                f"{name} must lie in the picture of {WIDE} by {HIGH} and have sides of at least "
                f"{LEAST}, got {box}"
            )
        return box

    @property
    def scores(self) -> dict[str, float]:
        """IoU, GIoU, DIoU and CIoU of the two boxes."""
        pair = [torch.tensor([box], dtype=torch.float64) for box in (self.predicted, self.true)]
        found = overlap.iou, overlap.giou, overlap.diou, overlap.ciou
        return {name: f(*pair).item() for name, f in zip(SCORES, found, strict=True)}
