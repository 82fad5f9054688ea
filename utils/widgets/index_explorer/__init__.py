"""Index explorer: what a slice or an integer picks, and where it lies in memory."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Pair

SIZES = (6, 8)  # rows and columns of the demo's table
FARTHEST = 12  # positions and steps go this far on either side of 0

Entry = int | tuple[int | None, int | None, int | None]


class IndexEntry(traitlets.TraitType):
    """What the brackets hold for one axis: an integer or a slice.

    A slice may be written as ``slice(1, 5, 2)`` or as ``(1, 5, 2)``, with None
    for what is left out; it is kept as a tuple.
    """

    info_text = (
        f"an integer from -{FARTHEST} to {FARTHEST} or a slice (start, stop, step) of such "
        "integers and None"
    )

    def __init__(self, default: Entry) -> None:
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> Entry:
        """Return ``value`` as an integer or a tuple; a TraitError gives the bounds."""
        parts = (value.start, value.stop, value.step) if isinstance(value, slice) else value
        if isinstance(parts, (list, tuple)):
            if len(parts) == 3 and all(part is None or _is_near(part) for part in parts):
                return tuple(parts)
        elif _is_near(parts):
            return parts
        raise traitlets.TraitError(f"{self.name} must be {self.info_text}, got {value!r}")


def _is_near(part: object) -> bool:
    return isinstance(part, int) and not isinstance(part, bool) and abs(part) <= FARTHEST


class IndexExplorer(BookWidget):
    """Which numbers of a table does an index pick, and what does the view note down?

    The table x has 6 rows and 8 columns and holds 0 to 47, so that each number
    is its own place in memory. ``rows`` and ``columns`` are the entries of the
    brackets. ``position`` is the selected number of the result as (row, column),
    with 0 for an axis that is gone; where the result is too small for it, its
    nearest number counts. With ``memory`` the demo shows the line of memory and
    the notes of the view, strides and offset, in place of the view's numbers.
    What torch refuses raises torch's own error.

    >>> demo = IndexExplorer(rows=slice(1, 5, 2))
    >>> demo.columns = slice(None, None, 3)
    >>> demo.expression, demo.shape, demo.strides, demo.offset
    ('x[1:5:2, ::3]', (2, 3), (16, 3), 8)
    """

    module = "index_explorer/view"
    summary = (
        "An index picks cells of a table of 6 rows and 8 columns: what comes out, and where it "
        "lies in memory."
    )

    rows = IndexEntry((1, 3, None))
    columns = IndexEntry((2, 5, None))
    position = Pair((1, 2), min=0, max=max(SIZES) - 1)
    memory = traitlets.Bool(False).tag(sync=True)

    @property
    def heights(self) -> tuple[int, int]:
        """The pixels that the website keeps free for the demo, on a desk and on a phone."""
        return (616, 690) if self.memory else (527, 702)

    @property
    def index(self) -> tuple[int | slice, int | slice]:
        """The index as Python takes it, such as ``(slice(1, 5, 2), 3)``; ``np.s_`` makes one."""
        return tuple(
            slice(*entry) if isinstance(entry, tuple) else entry
            for entry in (self.rows, self.columns)
        )

    @index.setter
    def index(self, value: tuple[int | slice, int | slice]) -> None:
        rows, columns = value
        with self.hold_sync():
            self.rows, self.columns = rows, columns

    @property
    def expression(self) -> str:
        """The index as it is written, such as ``x[1:5:2, ::3]``."""
        return f"x[{_written(self.rows)}, {_written(self.columns)}]"

    @property
    def picked(self) -> torch.Tensor:
        """The view of x that the index picks, int64 with up to two axes."""
        return torch.arange(SIZES[0] * SIZES[1]).view(SIZES)[self.index]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the view; an axis that takes an integer is gone."""
        return tuple(self.picked.shape)

    @property
    def strides(self) -> tuple[int, ...]:
        """The places in memory from one number to the next, for each axis of the view."""
        return self.picked.stride()

    @property
    def offset(self) -> int:
        """The place in memory of the view's first number."""
        return self.picked.storage_offset()

    @property
    def value(self) -> int:
        """The selected number of the view; a ValueError says that there is none."""
        picked = self.picked
        if not picked.numel():
            raise ValueError(f"{self.expression} picks nothing; choose slices that are not empty")
        kept = [
            at
            for at, entry in zip(self.position, self.index, strict=True)
            if isinstance(entry, slice)
        ]
        return int(picked[tuple(map(min, kept, (size - 1 for size in picked.shape)))])


def _written(entry: Entry) -> str:
    if not isinstance(entry, tuple):
        return str(entry)
    start, stop, step = ("" if part is None else str(part) for part in entry)
    return f"{start}:{stop}" + (f":{step}" if step else "")
