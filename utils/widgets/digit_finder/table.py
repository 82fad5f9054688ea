"""What the reader puts into the scene: digits of the test set, drawn as the book's scenes are."""

import functools

import torch
import traitlets

from utils.data.images import load_images
from utils.data.painting import paint, sprites_of

SIZE = 64  # of the scene in pixels
LEAST, MOST = 12, 28  # sides of a digit's image in pixels, as in the scenes of the training
COUNT = 4  # digits in a scene, likewise
LIGHT = 0.5  # how bright the ink is, in the middle of what the training had
LEVELS = 16  # of ink in the embedded digits


@functools.cache
def shelf() -> tuple[torch.Tensor, ...]:
    """Return the first image of each class among the test digits: float64 ``(8, 8)`` in [0, 1]."""
    images, labels = load_images("digits").test
    return tuple(images[labels == digit][0, 0].double() for digit in range(10))


def shelf_levels() -> list[list[int]]:
    """Return the ink of these images as whole numbers from 0 to 16, row by row."""
    return [(LEVELS * image).round().int().flatten().tolist() for image in shelf()]


@functools.cache
def sprite(digit: int, side: int) -> tuple[torch.Tensor, tuple[int, ...]]:
    """Return a digit at its side in the corner of an empty square, and its ink's tight box."""
    square, box = sprites_of(shelf()[digit], torch.tensor(float(side)), SIZE)
    return square, tuple(box.tolist())


def extent(digit: int, side: int) -> tuple[int, int]:
    """Return width and height of a digit's ink in pixels."""
    _, (left, top, right, bottom) = sprite(digit, side)
    return right - left, bottom - top


def painted(ground: torch.Tensor, objects: list) -> tuple[torch.Tensor, torch.Tensor]:
    """Paint objects on a background, the largest first; of equal ones, the first in the list.

    Args:
        ground: float64, ``(64, 64)`` in [0, 1].
        objects: rows of digit, side of its image, and left and top of its ink's tight box.

    Returns:
        Pixels, float64 ``(64, 64)``, rounded to bytes; and instances, int64 ``(64, 64)``: 1 plus
        the row of the object that a pixel belongs to, 0 for background.
    """
    order = sorted(range(len(objects)), key=lambda row: -objects[row][1])
    parts = [sprite(*objects[row][:2]) for row in order]
    squares = torch.stack([square for square, _ in parts] or [torch.zeros(1, 1).double()])
    corners = [
        [objects[row][2] - box[0], objects[row][3] - box[1]]
        for row, (_, box) in zip(order, parts, strict=True)
    ]
    count = len(squares)
    pixels, instances = paint(
        ground[None],
        squares[None],
        torch.tensor(corners or [[0, 0]])[None],
        torch.full((1, count), LIGHT, dtype=torch.float64),
        torch.full((1, count), bool(objects)),
    )
    row_of = torch.tensor([0, *(row + 1 for row in order)])
    return (pixels[0] * 255).round() / 255, row_of[instances[0]]


class ObjectsTrait(traitlets.TraitType):
    """Up to four rows ``[digit, side, left, top]`` of whole numbers, within the scene."""

    def validate(self, obj: object, value: object) -> list[list[int]]:
        """Return rows as lists of integers, or raise a TraitError that gives the bounds."""
        rows = [list(row) for row in value] if isinstance(value, (list, tuple)) else None
        if rows is None or len(rows) > COUNT or not all(map(_fits, rows)):
            raise traitlets.TraitError(
                f"{self.name} must be at most {COUNT} rows of a digit from 0 to 9, a side from "
                f"{LEAST} to {MOST}, and left and top of its ink within {SIZE} pixels, got {value}"
            )
        return rows


def _fits(row: list) -> bool:
    if len(row) != 4 or any(isinstance(n, bool) or not isinstance(n, int) for n in row):
        return False
    digit, side, *corner = row
    if not (0 <= digit <= 9 and LEAST <= side <= MOST):
        return False
    pairs = zip(corner, extent(digit, side), strict=True)
    return all(0 <= place <= SIZE - length for place, length in pairs)
