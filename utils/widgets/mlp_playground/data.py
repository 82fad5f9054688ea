"""The points of the playground: four patterns that no straight line separates."""

import math
from collections.abc import Callable

import torch

from utils.widgets.kit.dice import Dice

Point = tuple[float, float, int]

BOUND = 2.4  # the picture shows as much on either side of 0


def _xor(dice: Dice, index: int) -> tuple[float, float, int, float]:
    right, up = index // 2 % 2, index % 2
    return 2.4 * right - 1.2, 2.4 * up - 1.2, right ^ up, 0.26


def _rings(dice: Dice, index: int) -> tuple[float, float, int, float]:
    label = index % 2
    radius = 1.8 if label else 0.85 * math.sqrt(dice.uniform())  # evenly over the disc's area
    angle = 2 * math.pi * dice.uniform()
    return radius * math.cos(angle), radius * math.sin(angle), label, 0.11


def _spirals(dice: Dice, index: int) -> tuple[float, float, int, float]:
    label = index % 2
    along = math.sqrt((index // 2 + 0.5) / 60)  # as dense outside as inside
    angle = 2 * math.pi * along + math.pi * label
    radius = 0.15 + 1.9 * along
    return radius * math.cos(angle), radius * math.sin(angle), label, 0.06


def _moons(dice: Dice, index: int) -> tuple[float, float, int, float]:
    label = index % 2
    angle = math.pi * dice.uniform()
    across, up = math.cos(angle), math.sin(angle)
    if label:
        across, up = 1 - across, 0.5 - up
    return 1.35 * (across - 0.5), 1.35 * (up - 0.25), label, 0.13


def _drawn(place: Callable, count: int, seed: int) -> tuple[Point, ...]:
    dice, points = Dice(seed), []
    for index in range(count):
        x, y, label, noise = place(dice, index)
        shaken = (round(side + noise * dice.normal(), 3) for side in (x, y))
        points.append((*shaken, label))
    return tuple(points)


# x, y and class, 0 or 1, of each point; half of them are of each class.
PRESETS = {
    "XOR": _drawn(_xor, 80, seed=1),
    "rings": _drawn(_rings, 100, seed=2),
    "spirals": _drawn(_spirals, 120, seed=3),
    "two moons": _drawn(_moons, 100, seed=4),
}


def points_of(preset: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the points of a preset, float64 ``(n, 2)``, and their classes, int64 ``(n,)``.

    >>> X, y = points_of("XOR")
    >>> X.shape, y.bincount().tolist()
    (torch.Size([80, 2]), [40, 40])
    """
    places = torch.tensor([point[:2] for point in PRESETS[preset]], dtype=torch.float64)
    return places, torch.tensor([point[2] for point in PRESETS[preset]])
