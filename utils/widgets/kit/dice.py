"""Random places of the points that demos show."""

import math

from utils.widgets.kit.random import mulberry32


class Dice:
    """Uniform and normal numbers that do not depend on any library's version."""

    def __init__(self, seed: int) -> None:
        self._integers = mulberry32(seed)

    def uniform(self) -> float:
        """Return a number from 0 to 1, without 1."""
        return next(self._integers) / 2**32

    def normal(self) -> float:
        """Return a normal number, by Box and Muller's transform."""
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())
