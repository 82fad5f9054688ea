"""Pooling shifts: a digit moves over a grid, and the pooled outputs move, or change."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.small_digits import examples

ROWS, COLUMNS = 12, 24  # pixels of the picture
TOP, LEFT = 2, 1  # where the digit stands before a shift
FARTHEST = 12  # the largest shift; no window that sees the digit is dropped then
POOLS = {"max": F.max_pool2d, "average": F.avg_pool2d}


def moved(output: torch.Tensor, cells: int) -> torch.Tensor:
    """Return ``(rows, columns)`` moved by so many cells to the right, with zeros behind it."""
    return F.pad(output, (cells, -cells))


class PoolingShifts(BookWidget):
    """When does pooling forgive a shift, and when does it not?

    A digit of 8×8 pixels stands on a black picture of 12×24 and moves to the right. Windows lie
    side by side, or overlap by one row and column.

    Attributes:
        digit: the name of a class, ``"0"`` to ``"9"``.
        shift: pixels by which the digit has moved, 0 to 12.
        window: rows and columns of a window, 2 to 4.
        overlap: whether the stride is ``window - 1`` instead of ``window``.

    >>> demo = PoolingShifts(window=3, overlap=True, shift=4)
    >>> demo.stride, demo.change("max"), demo.change("average")
    (2, 0.0, 0.0)
    """

    module = "pooling_shifts/view"
    heights = 666, 730
    growth = 0.475
    phone_growth = 0.1
    summary = (
        "A digit moves over a grid pixel by pixel. Max and average pooling move their outputs by "
        "whole cells when the shift is a multiple of the stride, and change them otherwise."
    )
    assets = ("digits",)

    digit = traitlets.Enum([str(name) for name in range(10)], "0").tag(sync=True)
    shift = traitlets.Int(1, min=0, max=FARTHEST).tag(sync=True)
    window = traitlets.Int(2, min=2, max=4).tag(sync=True)
    overlap = traitlets.Bool(False).tag(sync=True)
    digits = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("digits")
    def _digits(self) -> dict[str, tuple[tuple[float, ...], ...]]:
        return examples()

    @property
    def stride(self) -> int:
        """Pixels from one window to the next."""
        return self.window - self.overlap

    def picture(self, shift: int | None = None) -> torch.Tensor:
        """Return the picture after a shift, by default the one that is set.

        Float64 ``(12, 24)``, 0 to 16.
        """
        picture = torch.zeros(ROWS, COLUMNS, dtype=torch.float64)
        ink = torch.tensor(self.digits[self.digit], dtype=torch.float64)
        left = LEFT + (self.shift if shift is None else shift)
        picture[TOP : TOP + len(ink), left : left + len(ink)] = ink
        return picture

    def pooled(self, kind: str, shift: int | None = None) -> torch.Tensor:
        """Return the output of ``"max"`` or ``"average"`` pooling, float64 ``(rows, columns)``.

        Args:
            kind: a key of ``POOLS``.
            shift: as in :meth:`picture`.
        """
        return POOLS[kind](self.picture(shift)[None, None], self.window, self.stride)[0, 0]

    def change(self, kind: str, shift: int | None = None) -> float:
        """Return what no move by whole cells undoes, as a share of the first output's size.

        The output after the shift is compared with the output before it, moved by the two whole
        numbers of cells next to ``shift / stride``; the smaller distance counts.
        """
        shift = self.shift if shift is None else shift
        first, now = self.pooled(kind, 0), self.pooled(kind, shift)
        cells = (shift // self.stride, -(-shift // self.stride))
        gaps = [torch.linalg.vector_norm(now - moved(first, count)) for count in cells]
        return (min(gaps) / torch.linalg.vector_norm(first)).item()
