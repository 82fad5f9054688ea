"""Cache steps: a walk through a matrix, read by read, and a small cache beside it."""

import traitlets

from utils.cache import ORDERS, accesses, count_misses, walk
from utils.widgets.kit.base import BookWidget

COLUMNS = 8
MOST_ROWS = 6
LENGTHS = 1, 2, 4, 8


class CacheSteps(BookWidget):
    """Which reads find their number in the cache, by rows and by columns?

    The matrix has 8 columns and is stored row after row. The cache forgets the line that was
    used longest ago.

    Attributes:
        order: how the matrix is read, ``"rows"`` or ``"columns"``.
        lines: how many lines the cache holds, 1 to 8.
        line_length: how many numbers a line holds: 1, 2, 4 or 8.
        rows: of the matrix, 2 to 6.
        step: how many numbers have been read, 0 to 48; fewer if there are no more.

    >>> demo = CacheSteps(order="columns", lines=3, line_length=4, rows=6)
    >>> demo.misses
    48
    """

    module = "cache_steps/view"
    summary = (
        "A matrix in main memory is read number by number, by rows or by columns. Beside it a "
        "cache of a few lines; hits and misses are counted. Two curves show the misses of whole "
        "walks through matrices with more and more rows."
    )
    heights = 627, 716
    phone_growth = 0.3

    order = traitlets.Enum(ORDERS, "columns").tag(sync=True)
    lines = traitlets.Int(3, min=1, max=8).tag(sync=True)
    line_length = traitlets.Enum(LENGTHS, 4).tag(sync=True)
    rows = traitlets.Int(6, min=2, max=MOST_ROWS).tag(sync=True)
    step = traitlets.Int(10, min=0, max=COLUMNS * MOST_ROWS).tag(sync=True)

    @property
    def hits(self) -> list[bool]:
        """For each read of the whole walk, whether it is a hit."""
        places = walk(self.rows, COLUMNS, self.order)
        return [access.hit for access in accesses(places, self.lines, self.line_length)]

    @property
    def misses(self) -> int:
        """The misses of the whole walk."""
        return count_misses(walk(self.rows, COLUMNS, self.order), self.lines, self.line_length)
