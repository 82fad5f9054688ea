"""The scene of the demo: four real digits of very different sizes on a photograph."""

import functools
from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.data.images import load_images
from utils.data.photos import photo

SIDE = 64
# A test image of the digits, and where it is put: left, top, side. The largest comes first.
PLACES = ((37, 22, 21, 42), (53, 2, 3, 26), (22, 2, 38, 18), (34, 44, 3, 12))


class Scene(NamedTuple):
    """A picture and the boxes of its objects.

    Attributes:
        picture: float32 ``(SIDE, SIDE)`` in [0, 1].
        boxes: float64 ``(objects, 4)``, left, top, right, bottom in whole pixels.
    """

    picture: torch.Tensor
    boxes: torch.Tensor


@functools.cache
def scene() -> Scene:
    """Return the scene, the same at each call."""
    images = load_images("digits").test_images
    picture = photo("grass", size=SIDE, gray=True)[0] * 0.5
    boxes = []
    for index, left, top, side in PLACES:
        ink = torch.zeros(SIDE, SIDE)
        digit = F.interpolate(images[index][None], (side, side), mode="bilinear")[0, 0]
        ink[top : top + side, left : left + side] = digit
        around = F.max_pool2d(ink[None], 3, stride=1, padding=1)[0]
        picture = torch.maximum(picture * (1 - 0.8 * around), ink)
        rows, columns = (ink >= 0.4).nonzero(as_tuple=True)
        edges = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        boxes.append([float(edge) for edge in edges])
    return Scene(picture, torch.tensor(boxes, dtype=torch.float64))
