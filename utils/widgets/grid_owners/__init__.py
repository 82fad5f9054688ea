"""Grid owners: a picture cut into cells, and the cell that answers for each object."""

import base64
import functools

import torch
import torch.nn.functional as F
import traitlets

from utils.data.images import load_images
from utils.data.photos import photo
from utils.detection.grid import owners
from utils.widgets.kit.base import BookWidget

SIZE = 64  # of the picture in pixels
DIGITS = (3, 7, 5, 2)  # the first comes first in the list of objects
SIDES = (20, 19, 18, 16)  # of their images in pixels
CENTRES = (36.5, 18.0, 46.5, 29.0, 14.0, 45.0, 52.0, 52.0)
LEAST, MOST = 2, 10  # cells a side


def _bytes(levels: torch.Tensor) -> str:
    ink = (255 * levels).round().to(torch.uint8)
    return base64.b64encode(ink.numpy().tobytes()).decode("ascii")


@functools.cache
def scene() -> dict[str, object]:
    """Return the background and the objects, cut tightly; width and height are in pixels."""
    images, labels = load_images("digits").test
    objects = []
    for digit, side in zip(DIGITS, SIDES, strict=True):
        image = images[labels == digit][:1]
        ink = F.interpolate(image, (side, side), mode="bilinear").clamp(0, 1)[0, 0]
        rows, columns = (ink >= 0.4).nonzero(as_tuple=True)
        cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        height, width = cut.shape
        objects.append({"digit": digit, "width": width, "height": height, "ink": _bytes(cut)})
    background = photo("gravel", size=SIZE, gray=True)[0] * 0.55
    return {"size": SIZE, "pixels": _bytes(background), "objects": objects}


class GridOwners(BookWidget):
    """Which cell answers for which of four objects, and which object is lost?

    Attributes:
        side: cells in a row and in a column, 2 to 10.
        centres: x and y of the centre of each object in turn, in pixels of a picture of 64.
        chosen: the object whose cell is shown large, 0 to 3.

    >>> GridOwners(side=4).kept
    [True, False, True, True]
    """

    module = "grid_owners/view"
    summary = (
        "A picture with four digits is cut into cells. The cell that holds the centre of a digit "
        "owns it; of two centres in one cell, one is lost."
    )
    assets = ("scene",)
    heights = 618, 697
    growth = 25 / 49

    side = traitlets.Int(4, min=LEAST, max=MOST).tag(sync=True)
    centres = traitlets.List(traitlets.Float(), list(CENTRES)).tag(sync=True)
    chosen = traitlets.Int(0, min=0, max=len(DIGITS) - 1).tag(sync=True)
    scene = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("scene")
    def _scene(self) -> dict[str, object]:
        return scene()

    @traitlets.validate("centres")
    def _check_centres(self, proposal: dict) -> list[float]:
        """Refuse what would put an object beyond the picture."""
        values = proposal["value"]
        if len(values) != 2 * len(DIGITS):
            raise traitlets.TraitError(
                f"centres must be x and y of {len(DIGITS)} objects, got {len(values)} numbers"
            )
        for place, value in enumerate(values):
            what = scene()["objects"][place // 2]
            half = what["height" if place % 2 else "width"] / 2
            if not half <= value <= SIZE - half:
                raise traitlets.TraitError(
                    f"object {place // 2} must lie in the picture: coordinate {place % 2} of its "
                    f"centre from {half} to {SIZE - half}, got {value}"
                )
        return values

    @property
    def boxes(self) -> torch.Tensor:
        """The boxes of the objects, corners in pixels, float64 ``(4, 4)``."""
        centre = torch.tensor(self.centres, dtype=torch.float64).view(-1, 2)
        sizes = [(each["width"], each["height"]) for each in scene()["objects"]]
        half = torch.tensor(sizes, dtype=torch.float64) / 2
        return torch.cat([centre - half, centre + half], dim=1)

    @property
    def kept(self) -> list[bool]:
        """For each object, whether its cell answers for it."""
        names = torch.tensor([DIGITS])
        return owners(self.boxes[None], names, size=SIZE, side=self.side).kept[0].tolist()
