"""The scene of the demo: real digits that overlap on a photograph, and boxes found around them."""

import functools
from typing import NamedTuple

import torch
import torch.nn.functional as F

from utils.boxes.overlap import iou
from utils.data.detections import imitate_detections
from utils.data.images import load_images
from utils.data.photos import photo

WIDTH, HEIGHT = 96, 72
# A test image of the digits, and where it is put: left, top, side.
PLACES = ((37, 7, 4, 28), (34, 47, 3, 28), (5, 53, 6, 28), (21, 22, 38, 28), (31, 32, 41, 28))
SEED = 302  # with these draws both thresholds matter
COPIES = 2, 4


class Crowd(NamedTuple):
    """A picture and what was found on it; boxes are left, top, right, bottom.

    Attributes:
        picture: float32 ``(HEIGHT, WIDTH)`` in [0, 1].
        truth: float64 ``(digits, 4)``: boxes around the ink.
        boxes: float64 ``(n, 4)``, in whole pixels, best score first.
        scores: float64 ``(n,)``, two decimals, all different.
        digits: int64 ``(n,)``: the digit that a box overlaps most, -1 if by less than 0.5.
    """

    picture: torch.Tensor
    truth: torch.Tensor
    boxes: torch.Tensor
    scores: torch.Tensor
    digits: torch.Tensor


@functools.cache
def crowd() -> Crowd:
    """Return the scene, the same at each call."""
    images = load_images("digits").test_images
    picture = photo("grass", size=WIDTH, gray=True)[0, :HEIGHT] * 0.5
    truth = []
    for index, left, top, side in PLACES:
        ink = torch.zeros(HEIGHT, WIDTH)
        digit = F.interpolate(images[index][None], (side, side), mode="bilinear")[0, 0]
        ink[top : top + side, left : left + side] = digit
        around = F.max_pool2d(ink[None], 3, stride=1, padding=1)[0]
        picture = torch.maximum(picture * (1 - 0.8 * around), ink)
        rows, columns = (ink >= 0.4).nonzero(as_tuple=True)
        edges = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        truth.append([float(edge) for edge in edges])
    truth = torch.tensor(truth, dtype=torch.float64)
    return Crowd(picture, truth, *_found(truth))


def _found(truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Imitate a detector; round its boxes to pixels and its scores to two decimals."""
    generator = torch.Generator().manual_seed(SEED)
    found = imitate_detections(truth, generator, copies=COPIES, jitter=0.09, false_alarms=2)
    order = found.scores.argsort(dim=0, descending=True, stable=True)
    boxes = found.boxes[order].round()
    best = iou(boxes, truth).max(dim=1)
    digits = best.indices.where(best.values >= 0.5, -1)
    return boxes, (100 * found.scores[order]).round() / 100, digits
