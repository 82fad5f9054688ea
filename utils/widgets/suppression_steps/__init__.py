"""Suppression steps: boxes by falling score; each one that is kept removes what overlaps it."""

import torch
import traitlets

from utils.boxes.suppression import nms
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.ink import as_text
from utils.widgets.suppression_steps.crowd import HEIGHT, WIDTH, crowd

BOXES = 14  # on the scene
LEAST, MOST = 0.05, 0.95  # of both thresholds


class SuppressionSteps(BookWidget):
    """Which of many boxes does non-maximum suppression keep, and what removes the others?

    The scene has five digits and fourteen boxes, which are numbered from 1 by falling score.

    Attributes:
        iou_threshold: a box is removed if its IoU with a kept one is above it, 0.05 to 0.95.
        score_threshold: boxes with a smaller score take no part, 0.05 to 0.95.
        step: how many boxes have been kept so far, 0 to 14; fewer if none is left.

    >>> demo = SuppressionSteps(iou_threshold=0.5, score_threshold=0.35)
    >>> demo.kept.tolist()
    [1, 2, 3, 6, 8]
    """

    module = "suppression_steps/view"
    summary = (
        "A scene of five digits with fourteen boxes and their scores. Step by step the best box "
        "is kept and the boxes that overlap it too much are removed."
    )
    assets = ("scene",)
    heights = 569, 669

    iou_threshold = traitlets.Float(0.6, min=LEAST, max=MOST).tag(sync=True)
    score_threshold = traitlets.Float(0.1, min=LEAST, max=MOST).tag(sync=True)
    step = traitlets.Int(2, min=0, max=BOXES).tag(sync=True)
    scene = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("scene")
    def _scene(self) -> dict[str, object]:
        found = crowd()
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "pixels": as_text(found.picture),
            "boxes": found.boxes.tolist(),
            "scores": found.scores.tolist(),
            "digits": found.digits.tolist(),
            "count": len(found.truth),
        }

    @property
    def kept(self) -> torch.Tensor:
        """The numbers of the boxes that are kept at the end, int64 ``(k,)``, from 1."""
        found = crowd()
        high = (found.scores >= self.score_threshold).nonzero()[:, 0]
        return high[nms(found.boxes[high], found.scores[high], self.iou_threshold)] + 1
