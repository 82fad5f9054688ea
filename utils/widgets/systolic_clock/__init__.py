"""Systolic clock: two streams of numbers meet in a grid of cells, cycle by cycle."""

import torch
import traitlets

from utils import systolic
from utils.widgets.kit.base import BookWidget

CELLS = 2, 5  # along a side of the array
SIZES = 1, 10  # of the matrices
PRODUCTS = 1, 8


def factors(size: int, products: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the matrices of the demo, small whole numbers, ``(products, size, size)`` each."""
    p, i, j = torch.meshgrid(
        torch.arange(products), torch.arange(size), torch.arange(size), indexing="ij"
    )
    return 1 + (3 * i + 5 * j + i * j + p) % 4, 1 + (2 * i + 3 * j + i * j + p) % 4


class SystolicClock(BookWidget):
    """How many cells of a systolic array have work in each cycle of its clock?

    Square matrices are multiplied on a square array. Matrices that are larger are cut into tiles,
    and what a tile lacks is filled up with zeros.

    Attributes:
        array: cells along a side of the array, 2 to 5.
        size: rows and columns of the matrices, 1 to 10.
        products: how many products follow each other, 1 to 8.
        cycle: ticks of the clock so far; at most ``cycles`` of them count.

    >>> demo = SystolicClock(array=3, size=3)
    >>> demo.cycles, round(demo.utilisation, 2)
    (7, 0.43)
    """

    module = "systolic_clock/view"
    heights = 647, 700
    summary = (
        "Numbers of one matrix move right and those of another move down through a grid of "
        "cells. Each cell multiplies and adds what meets in it; a chart counts the cells at work."
    )

    array = traitlets.Int(3, min=CELLS[0], max=CELLS[1]).tag(sync=True)
    size = traitlets.Int(5, min=SIZES[0], max=SIZES[1]).tag(sync=True)
    products = traitlets.Int(1, min=PRODUCTS[0], max=PRODUCTS[1]).tag(sync=True)
    cycle = traitlets.Int(8, min=0).tag(sync=True)

    @property
    def tiles(self) -> int:
        """How many tiles pass through the array."""
        return self.products * (-(-self.size // self.array)) ** 2

    @property
    def cycles(self) -> int:
        """Cycles from the first multiplication to the last one."""
        return systolic.count_cycles(self.array, self.size, self.array, products=self.tiles)

    @property
    def utilisation(self) -> float:
        """The share of all cell cycles that work on numbers of the matrices."""
        sides = self.size, self.size, self.size
        return systolic.utilisation(*sides, (self.array, self.array), products=self.products)

    @property
    def product(self) -> torch.Tensor:
        """The products, int64 ``(products, size, size)``."""
        a, b = factors(self.size, self.products)
        return torch.stack(
            [systolic.tiled(x, y, (self.array,) * 2) for x, y in zip(a, b, strict=True)]
        )
