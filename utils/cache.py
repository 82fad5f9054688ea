"""A simulated cache: which reads find their number there, and which go to main memory.

The cache is *fully associative* and forgets the line that was used longest ago. Caches of real
processors look for a place among a few (8, for instance), and fetch ahead what they guess.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

ORDERS = ("rows", "columns")


class Access(NamedTuple):
    """One read.

    Attributes:
        address: the place of the number in memory, from 0.
        line: the number of its line, which is the address over the width, rounded down.
        hit: whether the line was in the cache.
        evicted: the line that had to leave for it, or None.
    """

    address: int
    line: int
    hit: bool
    evicted: int | None


def walk(rows: int, columns: int, order: str = "rows", stored: str = "rows") -> list[int]:
    """Return the addresses of a matrix in the order in which a walk reads them.

    >>> walk(2, 3)
    [0, 1, 2, 3, 4, 5]
    >>> walk(2, 3, order="columns")
    [0, 3, 1, 4, 2, 5]

    Args:
        rows: of the matrix, 0 or more.
        columns: of the matrix, 0 or more.
        order: ``"rows"`` reads row after row, ``"columns"`` column after column.
        stored: how the matrix lies in memory, row after row or column after column.

    Raises:
        ValueError: if a size is negative, or an order unknown.
    """
    if min(rows, columns) < 0:
        raise ValueError(f"sizes must be 0 or more, got {rows} rows and {columns} columns")
    for name, value in (("order", order), ("stored", stored)):
        if value not in ORDERS:
            raise ValueError(f"{name} must be 'rows' or 'columns', got {value!r}")
    down, right = (columns, 1) if stored == "rows" else (1, rows)
    if order == "rows":
        return [i * down + j * right for i in range(rows) for j in range(columns)]
    return [i * down + j * right for j in range(columns) for i in range(rows)]


def accesses(addresses: Iterable[int], lines: int, width: int) -> Iterator[Access]:
    """Yield what happens at each read; the cache is empty at first.

    Args:
        addresses: places in memory, whole numbers from 0.
        lines: how many lines the cache holds, 1 or more.
        width: how many numbers a line holds, 1 or more.

    Raises:
        ValueError: if the cache holds nothing.
    """
    if min(lines, width) < 1:
        raise ValueError(f"a cache needs a line and a number, got {lines} lines of {width}")
    return _accesses(addresses, lines, width)


def _accesses(addresses: Iterable[int], lines: int, width: int) -> Iterator[Access]:
    held = OrderedDict()  # the line that was used longest ago comes first
    for address in addresses:
        line, evicted = address // width, None
        hit = line in held
        if hit:
            held.move_to_end(line)
        else:
            if len(held) == lines:
                evicted, _ = held.popitem(last=False)
            held[line] = None
        yield Access(address, line, hit, evicted)


def count_misses(addresses: Iterable[int], lines: int, width: int) -> int:
    """Return how many reads went to main memory; arguments as for :func:`accesses`.

    >>> count_misses(walk(4, 4), lines=2, width=4)
    4
    >>> count_misses(walk(4, 4, order="columns"), lines=2, width=4)
    16
    """
    return sum(not access.hit for access in accesses(addresses, lines, width))
