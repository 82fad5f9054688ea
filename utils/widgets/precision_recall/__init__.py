"""Precision and recall: a detector's boxes by falling score, and the curve that they draw."""

import base64
import functools

import torch
import traitlets

from utils.boxes.overlap import iou
from utils.data.scenes import load_scenes
from utils.metrics.average_precision import average_precision, precision_recall
from utils.metrics.matching import match
from utils.widgets.kit.base import BookWidget

SIZE, SEED, OBJECTS = 96, 0, 6
# Score, object, and how far left, upper, right and lower edge are off, in sides of the object.
_AROUND = (
    (0.97, 0, (-0.12, -0.10, 0.10, 0.12)),
    (0.93, 1, (0.02, -0.02, 0.02, 0.02)),
    (0.88, 2, (-0.05, 0.00, 0.05, 0.06)),
    (0.81, 1, (0.14, 0.14, 0.02, 0.00)),
    (0.74, 3, (0.05, -0.10, -0.05, 0.00)),
    (0.58, 0, (0.03, 0.00, 0.00, 0.04)),
    (0.49, 4, (-0.25, -0.10, 0.10, 0.10)),
    (0.28, 3, (0.30, 0.10, 0.10, 0.10)),
    (0.20, 4, (0.00, 0.04, 0.04, 0.04)),
)
_NOWHERE = ((0.66, (22.0, 19.0)), (0.37, (16.0, 24.0)))  # score, width and height in pixels


def _empty_place(taken: torch.Tensor, size: torch.Tensor) -> torch.Tensor:
    """Return the box of a size that is furthest from all others, of a grid of places."""
    steps = torch.arange(4.0, SIZE - 28, 4)
    corners = torch.cartesian_prod(steps, steps).double()
    boxes = torch.cat([corners, corners + size], dim=1)
    apart = torch.maximum(boxes[:, None, :2] - taken[:, 2:], taken[:, :2] - boxes[:, None, 2:])
    return boxes[apart.amax(2).amin(1).argmax()]


@functools.cache
def scene() -> dict[str, object]:
    """Return the picture, its true boxes, and the detections by falling score."""
    drawn = load_scenes(1, split="test", seed=SEED, size=SIZE, objects=(OBJECTS, OBJECTS))
    truths = drawn.boxes[0].double()
    sides = (truths[:, 2:] - truths[:, :2]).repeat(1, 2)
    found = [
        (score, truths[which] + sides[which] * torch.tensor(off, dtype=torch.float64))
        for score, which, off in _AROUND
    ]
    taken = truths
    for score, size in _NOWHERE:
        box = _empty_place(taken, torch.tensor(size, dtype=torch.float64))
        taken = torch.cat([taken, box[None]])
        found.append((score, box))
    found.sort(key=lambda pair: -pair[0])
    levels = (255 * drawn.images[0, 0]).round().to(torch.uint8)
    return {
        "size": SIZE,
        "pixels": base64.b64encode(levels.numpy().tobytes()).decode("ascii"),
        "truths": truths.tolist(),
        "scores": [score for score, _ in found],
        "boxes": [[round(edge, 3) for edge in box.tolist()] for _, box in found],
    }


COUNT = len(_AROUND) + len(_NOWHERE)


class PrecisionRecall(BookWidget):
    """What does each box do to precision and recall, and what is the area under the curve?

    Attributes:
        threshold: the IoU from which on a box finds an object, 0.5 to 0.95.
        shown: how many boxes have come, by falling score, 0 to 11.

    >>> demo = PrecisionRecall(shown=4)
    >>> demo.hits.tolist()
    [True, True, True, False]
    >>> demo.average_precision
    0.5
    """

    module = "precision_recall/view"
    heights = 591, 686
    growth = 0.4
    phone_growth = 0.64
    summary = (
        "The boxes of a detector on a scene come by falling score. Each one is a hit or a false "
        "alarm, and moves a point on the curve of precision against recall."
    )
    assets = ("scene",)

    threshold = traitlets.Float(0.5, min=0.5, max=0.95).tag(sync=True)
    shown = traitlets.Int(4, min=0, max=COUNT).tag(sync=True)
    scene = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("scene")
    def _scene(self) -> dict[str, object]:
        return scene()

    @property
    def scores(self) -> torch.Tensor:
        """The scores of the boxes that have come, float64 ``(shown,)``."""
        return torch.tensor(self.scene["scores"][: self.shown], dtype=torch.float64)

    @property
    def hits(self) -> torch.Tensor:
        """Which of the boxes that have come found an object, bool ``(shown,)``."""
        boxes, truths = (
            torch.tensor(self.scene[name], dtype=torch.float64) for name in ("boxes", "truths")
        )
        return (match(iou(boxes, truths), self.threshold) >= 0)[: self.shown]

    @property
    def curve(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Precision and recall after each of these boxes, float64 ``(shown,)``."""
        return precision_recall(self.scores, self.hits, OBJECTS)

    @property
    def average_precision(self) -> float:
        """The area under the curve so far, with all points."""
        return average_precision(self.scores, self.hits, OBJECTS, points="all").item()
