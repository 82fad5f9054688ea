"""Box formats: one box on pixels, in three notations and in two ways of counting."""

import base64
import functools

import torch
import traitlets

from utils.boxes.formats import FORMATS, convert
from utils.data.images import load_images, resize
from utils.data.photos import photo
from utils.widgets.kit.base import BookWidget

ROWS, COLUMNS = 12, 16
COUNTS = "edges", "pixels"
INK = 0.45  # an original pixel that is at least as bright belongs to the digit
GROUND = 0.5  # how much of its light the photograph keeps
BRIGHT = 0.97
# Which training image, and where its upper left corner lies: row and column.
DIGITS = ((222, 3, 1), (433, 1, 8))

# What is taken off a box in edges when its numbers name the first and the last pixel.
SHIFTS = {"xyxy": (0, 0, 1, 1), "xywh": (0, 0, 0, 0), "cxcywh": (0.5, 0.5, 0, 0)}


@functools.cache
def scene() -> tuple[torch.Tensor, torch.Tensor]:
    """Return colours, uint8 ``(12, 16, 3)``, and the mask of each digit, ``(2, 12, 16)``."""
    digits = load_images("digits")
    ground = photo("coffee", gray=False)[None, :, :, :]
    picture = GROUND * resize(ground, (ROWS, COLUMNS))[0].permute(1, 2, 0)
    masks = torch.zeros(len(DIGITS), ROWS, COLUMNS, dtype=torch.bool)
    for mask, (index, row, column) in zip(masks, DIGITS, strict=True):
        digit = digits.train_images[index, 0] > INK
        mask[row : row + 8, column : column + 8] = digit
        picture[mask] = BRIGHT
    return (255 * picture).round().to(torch.uint8), masks


@functools.cache
def truths() -> dict[str, list[int]]:
    """Return the tight box of each digit in edges, by the digit's name."""
    digits, (_, masks) = load_images("digits"), scene()
    boxes = {}
    for mask, (index, _, _) in zip(masks, DIGITS, strict=True):
        rows, columns = mask.any(1).nonzero()[:, 0], mask.any(0).nonzero()[:, 0]
        ends = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        boxes[digits.class_names[digits.train_labels[index]]] = [int(end) for end in ends]
    return boxes


class BoxFormats(BookWidget):
    """Which four numbers say where a box is?

    Attributes:
        box: left, top, right and bottom edge, in pixels from the upper left corner.
        notation: which of the three is shown on the picture: ``"xyxy"``, ``"xywh"`` or
            ``"cxcywh"``.
        count: what the numbers count: ``"edges"`` between the pixels, or the ``"pixels"``
            themselves, of which the last one is included.

    >>> demo = BoxFormats(box=(3, 2, 7, 8))
    >>> demo.numbers("cxcywh").tolist()
    [5.0, 5.0, 4.0, 6.0]
    >>> demo.count = "pixels"
    >>> demo.numbers("xyxy").tolist()
    [3.0, 2.0, 6.0, 7.0]
    """

    module = "box_formats/view"
    heights = 643, 660
    growth = 0.77
    phone_growth = 0.77
    summary = (
        "A box lies on a picture of 16 by 12 pixels. Its four numbers are written as two corners, "
        "as a corner and the size, and as the middle and the size."
    )
    assets = ("pixels", "truths")

    box = traitlets.Tuple(*[traitlets.Int()] * 4, default_value=(2, 3, 7, 11)).tag(sync=True)
    notation = traitlets.Enum(FORMATS, "cxcywh").tag(sync=True)
    count = traitlets.Enum(COUNTS, "edges").tag(sync=True)
    pixels = traitlets.Unicode(read_only=True).tag(sync=True)
    truths = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("pixels")
    def _pixels(self) -> str:
        return base64.b64encode(scene()[0].numpy().tobytes()).decode("ascii")

    @traitlets.default("truths")
    def _truths(self) -> dict[str, list[int]]:
        return truths()

    @traitlets.validate("box")
    def _validate_box(self, proposal: dict) -> tuple[int, ...]:
        left, top, right, bottom = proposal["value"]
        if not (0 <= left < right <= COLUMNS and 0 <= top < bottom <= ROWS):
            raise traitlets.TraitError(
                f"box must be (left, top, right, bottom) inside a picture of width {COLUMNS} and "
                f"height {ROWS}, at least one pixel a side, got {proposal['value']}"
            )
        return proposal["value"]

    def numbers(self, notation: str) -> torch.Tensor:
        """Return the four numbers in a notation, as the demo shows them, float64 ``(4,)``."""
        edges = convert(torch.tensor(self.box, dtype=torch.float64), "xyxy", notation)
        return edges - edges.new_tensor(SHIFTS[notation]) * (self.count == "pixels")
