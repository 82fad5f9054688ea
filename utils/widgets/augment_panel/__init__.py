"""Augment panel: a photograph is flipped, cropped, turned, sheared or tinted, with its boxes."""

import base64
import functools
import io
import math

import torch
import traitlets
from PIL import Image

from utils.augment import affine, crop, flip, move_boxes, move_points
from utils.boxes.overlap import iou
from utils.data import registry
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.photographs import color_levels

SIDE = 400  # places are counted in 400ths of the picture's side
SIZE = SIDE, SIDE
DOTS = 320  # of the photograph that the browser gets
QUALITY = 78  # of its JPEG
KINDS = "flip", "crop", "turn", "shear", "hue"

# Drawn by hand around the cup and the spoon of the photograph, in 400ths of its side.
OUTLINES = {
    "cup": (
        *((74, 108), (77, 78), (92, 50), (126, 27), (172, 18), (220, 22), (262, 40), (294, 72)),
        *((308, 112), (306, 150), (297, 192), (276, 232), (240, 262), (205, 281), (168, 283)),
        *((157, 270), (148, 290), (130, 305), (112, 308), (98, 297), (96, 280), (106, 256)),
        *((118, 236), (96, 210), (80, 170)),
    ),
    "spoon": (
        *((299, 70), (318, 67), (325, 77), (321, 98), (309, 138), (297, 185), (287, 237)),
        *((302, 258), (306, 280), (297, 308), (273, 325), (248, 322), (230, 305), (226, 282)),
        *((234, 262), (256, 246), (271, 236), (280, 205), (299, 165), (308, 112), (300, 84)),
    ),
}
MOST = {"turn": 45, "shear": 30, "hue": 0.5}  # degrees, degrees, share of the circle of colours
# The smallest crop: left, top, right, bottom. It cuts the cup, but not where the cup is widest:
# the box of what is left is the cut-off box.
WINDOW = 100, 50, 400, 400


@functools.cache
def photo_url() -> str:
    """Return the photograph as a JPEG in a data address."""
    pixels, file = color_levels("coffee", DOTS).permute(1, 2, 0).numpy(), io.BytesIO()
    Image.fromarray(pixels).save(file, "jpeg", quality=QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def outline(name: str) -> torch.Tensor:
    """Return the corners of an outline, float64 ``(n, 2)``."""
    return torch.tensor(OUTLINES[name], dtype=torch.float64)


def around(points: torch.Tensor) -> torch.Tensor:
    """Return the box around points, ``(4,)``, cut off at the picture's edges."""
    return torch.cat([points.amin(-2), points.amax(-2)], -1).clamp(0, SIDE)


class AugmentPanel(BookWidget):
    """What do the boxes of a picture do when the picture is augmented?

    Attributes:
        kind: ``"flip"``, ``"crop"``, ``"turn"``, ``"shear"`` or ``"hue"``.
        strength: from 0 (nothing) to 100; a flip happens from 50 on.
        follow: whether the boxes move with the picture.

    >>> demo = AugmentPanel(kind="flip", strength=100, follow=True)
    >>> demo.boxes[1].tolist()
    [75.0, 67.0, 174.0, 325.0]
    >>> AugmentPanel(kind="crop", strength=100, follow=True).boxes[0].tolist()
    [0.0, 0.0, 277.3333333333333, 294.8571428571429]
    """

    module = "augment_panel/view"
    heights = 636, 580
    growth = 0.06
    phone_growth = 0.58
    summary = (
        "A photograph of a cup and a spoon is flipped, cropped, turned, sheared or tinted. Two "
        "boxes follow it, or stay where they were, and the share that fits is measured."
    )
    assets = ("photo", "outlines", "credit")

    kind = traitlets.Enum(KINDS, "flip").tag(sync=True)
    strength = traitlets.Int(100, min=0, max=100).tag(sync=True)
    follow = traitlets.Bool(False).tag(sync=True)
    photo = traitlets.Unicode(read_only=True).tag(sync=True)
    outlines = traitlets.Dict(read_only=True).tag(sync=True)
    credit = traitlets.Unicode(read_only=True).tag(sync=True)

    @traitlets.default("photo")
    def _photo(self) -> str:
        return photo_url()

    @traitlets.default("outlines")
    def _outlines(self) -> dict[str, list]:
        return {name: [list(point) for point in points] for name, points in OUTLINES.items()}

    @traitlets.default("credit")
    def _credit(self) -> str:
        terms = registry.photographs()["coffee"]
        return f"{terms.title}, by {terms.author}, {terms.licence}"

    @property
    def move(self) -> torch.Tensor:
        """Where places of the picture go, float64 ``(3, 3)``."""
        share = self.strength / 100
        if self.kind == "flip" and self.strength >= 50:
            return flip(SIZE)
        if self.kind == "crop":
            ends = zip((0, 0, SIDE, SIDE), WINDOW, strict=True)
            # Whole numbers, which torchvision wants, rounded as the browser does.
            window = [math.floor(a + (b - a) * self.strength / 100 + 0.5) for a, b in ends]
            return crop(tuple(window), SIZE)
        if self.kind in ("turn", "shear"):
            return affine(SIZE, **{self.kind: share * MOST[self.kind]})
        return torch.eye(3, dtype=torch.float64)

    @property
    def boxes(self) -> torch.Tensor:
        """The boxes of cup and spoon as they are drawn, float64 ``(2, 4)``."""
        old = torch.stack([around(outline(name)) for name in OUTLINES])
        return move_boxes(old, self.move, size=SIZE) if self.follow else old

    @property
    def tight(self) -> torch.Tensor:
        """The tightest boxes around the moved outlines, float64 ``(2, 4)``."""
        return torch.stack([around(move_points(outline(name), self.move)) for name in OUTLINES])

    @property
    def fits(self) -> torch.Tensor:
        """What a box and the tightest one share, of all that the two cover, float64 ``(2,)``."""
        return iou(self.boxes, self.tight).diagonal()
