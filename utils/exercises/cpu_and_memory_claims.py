"""The claims of exercise 5 of the page on CPUs and caches, and memories to try them on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from utils.cache import count_misses, walk


@dataclass
class Memory:
    """A cache of ``lines`` lines of ``width`` numbers, a matrix, and reads at random."""

    lines: int
    width: int
    rows: int
    columns: int
    reads: Sequence[int]

    def misses(self, order: str, stored: str = "rows") -> int:
        """Return the misses of a walk through the matrix."""
        return count_misses(walk(self.rows, self.columns, order, stored), self.lines, self.width)


def draw_memories(count: int) -> list[Memory]:
    """Return memories with small caches; every second one reads in random order."""
    draw = torch.Generator().manual_seed(0)
    found = []
    for index in range(count):
        lines, width, rows, columns = (
            int(torch.randint(1, most, (1,), generator=draw)) for most in (7, 6, 8, 8)
        )
        reads = walk(rows, columns, "columns")
        if index % 2:
            reads = torch.randint(50, (60,), generator=draw).tolist()
        found.append(Memory(lines, width, rows, columns, reads))
    return found


def _no_more(memory: Memory, lines: int, width: int) -> bool:
    now = count_misses(memory.reads, memory.lines, memory.width)
    return count_misses(memory.reads, lines, width) <= now


CLAIMS: dict[str, Callable[[Memory], bool]] = {
    "one line more: no more misses": lambda memory: _no_more(
        memory, memory.lines + 1, memory.width
    ),
    "lines twice as long, as many of them: no more misses": lambda memory: _no_more(
        memory, memory.lines, 2 * memory.width
    ),
    "lines twice as long, half as many: no more misses": lambda memory: (
        memory.lines < 2 or _no_more(memory, memory.lines // 2, 2 * memory.width)
    ),
    "stored and read by rows: the number of lines makes no difference": lambda memory: (
        memory.misses("rows") == -(-memory.rows * memory.columns // memory.width)
    ),
    "stored by rows: reading by columns misses more often": lambda memory: (
        memory.misses("columns") > memory.misses("rows")
    ),
    "stored by columns: reading by rows misses no less often": lambda memory: (
        memory.misses("rows", "columns") >= memory.misses("columns", "columns")
    ),
}
