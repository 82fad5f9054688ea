"""The scene of the demo: two digits of one class and another one, with their true masks."""

import functools
from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.data.images import load_images
from utils.data.photos import photo

WIDTH, HEIGHT = 52, 36
# A test image of the digits, and where it is put: left, top, side.
PLACES = ((0, 2, 8, 24), (9, 27, 2, 22), (7, 20, 19, 16))
TWINS = 2  # the first ones are of one class
INK = 0.4  # from which on a pixel belongs to a digit


class Scene(NamedTuple):
    """A picture and its objects.

    Attributes:
        picture: float32 ``(HEIGHT, WIDTH)`` in [0, 1].
        instances: int64 ``(HEIGHT, WIDTH)``: 1, 2, 3 for the digits, 0 for the background.
        digits: the class of each object.
    """

    picture: torch.Tensor
    instances: torch.Tensor
    digits: list[int]


@functools.cache
def scene() -> Scene:
    """Return the scene, the same at each call."""
    images, labels = load_images("digits").test
    picture = photo("gravel", size=WIDTH, gray=True)[0, :HEIGHT] * 0.55
    instances = torch.zeros(HEIGHT, WIDTH, dtype=torch.int64)
    for number, (index, left, top, side) in enumerate(PLACES, start=1):
        ink = torch.zeros(HEIGHT, WIDTH)
        digit = F.interpolate(images[index][None], (side, side), mode="bilinear")[0, 0]
        ink[top : top + side, left : left + side] = digit
        around = F.max_pool2d(ink[None], 3, stride=1, padding=1)[0]
        picture = torch.maximum(picture * (1 - 0.8 * around), ink)
        instances = torch.where(ink >= INK, number, instances)
    return Scene(picture, instances, [int(labels[index]) for index, *_ in PLACES])
