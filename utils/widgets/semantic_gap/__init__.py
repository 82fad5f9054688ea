"""Shift the cat: how far from itself is a photograph that still shows the same?"""

import functools

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.photographs import PHOTOS, grey_levels, photo_asset

SIDE = 96  # pixels, as on the page that the demo belongs to
FAR = SIDE // 2  # the longest move
LEAST = 24  # the smallest crop
DARKEST = 0.2
# Whose distance is marked beside that of the grey card.
STRANGERS = dict(zip(PHOTOS, (*PHOTOS[1:], PHOTOS[0]), strict=True))


@functools.cache
def original(name: str) -> torch.Tensor:
    """Return a photograph, float64 of shape ``(SIDE, SIDE)``, multiples of 1/255 in [0, 1]."""
    return grey_levels(name, SIDE).double() / 255


class SemanticGap(BookWidget):
    """How far from itself is a picture, in pixels, when only its meaning stays the same?

    The changes come in a fixed order: crop, mirror, move, darken. A distance is the
    mean absolute difference of pixels in [0, 1].

    Attributes:
        photo: ``"cat"``, ``"coffee"`` or ``"camera"``.
        columns: columns moved to the right, from -48 to 48; edge pixels are repeated.
        rows: rows moved downwards, from -48 to 48; edge pixels are repeated.
        brightness: what every pixel is multiplied by, from 0.2 to 1.
        crop: pixels a side of the central square that fills the picture, from 24 to 96.
        mirrored: whether left and right change places.

    >>> demo = SemanticGap(photo="cat", columns=8)
    >>> print(f"{demo.distance:.3f}, a grey card {demo.card_distance:.3f}")
    0.102, a grey card 0.088
    >>> demo.columns = 0
    >>> demo.distance.item()
    0.0
    """

    module = "semantic_gap/view"
    summary = (
        "A photograph is moved, darkened, cropped and mirrored; its pixels soon are further from "
        "the original than those of a grey card, although it shows the same."
    )
    assets = ("photos",)
    heights = (616, 690)
    growth = 1 / 3

    photo = traitlets.Enum(PHOTOS, "cat").tag(sync=True)
    columns = traitlets.Int(8, min=-FAR, max=FAR).tag(sync=True)
    rows = traitlets.Int(0, min=-FAR, max=FAR).tag(sync=True)
    brightness = traitlets.Float(1.0, min=DARKEST, max=1.0).tag(sync=True)
    crop = traitlets.Int(SIDE, min=LEAST, max=SIDE).tag(sync=True)
    mirrored = traitlets.Bool(False).tag(sync=True)
    photos = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("photos")
    def _photos(self) -> dict[str, dict[str, object]]:
        return {
            name: photo_asset(name, SIDE) | {"stranger": stranger}
            for name, stranger in STRANGERS.items()
        }

    @traitlets.validate("brightness")
    def _number(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError("brightness must be a number, got NaN")
        return proposal["value"]

    @property
    def original(self) -> torch.Tensor:
        """The photograph as it was, float64 of shape ``(SIDE, SIDE)`` in [0, 1]."""
        return original(self.photo).clone()

    @property
    def changed(self) -> torch.Tensor:
        """The photograph after all changes, float64 of shape ``(SIDE, SIDE)`` in [0, 1]."""
        edge = (SIDE - self.crop) // 2
        middle = slice(edge, edge + self.crop)
        image = F.interpolate(self.original[None, None, middle, middle], SIDE)
        if self.mirrored:
            image = image.flip(-1)
        left, right = max(self.columns, 0), max(-self.columns, 0)
        above, below = max(self.rows, 0), max(-self.rows, 0)
        image = F.pad(image, (left, right, above, below), mode="replicate")
        image = image[0, 0, below : below + SIDE, right : right + SIDE]
        return self.brightness * image

    @property
    def distance(self) -> torch.Tensor:
        """From the original to the changed picture, float64 of shape ``()`` in [0, 1]."""
        return F.l1_loss(self.changed, self.original)

    @property
    def card_distance(self) -> torch.Tensor:
        """From the original to a card of its mean grey, float64 of shape ``()`` in [0, 1]."""
        return F.l1_loss(self.original.mean().expand(SIDE, SIDE), self.original)

    @property
    def stranger_distance(self) -> torch.Tensor:
        """From the original to another photograph, float64 of shape ``()`` in [0, 1]."""
        return F.l1_loss(original(STRANGERS[self.photo]), self.original)
