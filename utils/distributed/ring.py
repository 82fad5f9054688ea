"""Ring all-reduce, step by step: which worker sends which chunk, and what all hold afterwards."""

from collections.abc import Sequence
from typing import NamedTuple


class Moment(NamedTuple):
    """A moment of a ring all-reduce among n workers with n chunks each.

    Attributes:
        phase: ``"start"``, ``"add"`` or ``"copy"``.
        held: what each worker holds, ``held[worker][chunk]``.
        parts: how many workers' numbers are in each of these sums.
        sends: the transfers that led here, ``(from, to, chunk)``.
    """

    phase: str
    held: list[list[float]]
    parts: list[list[int]]
    sends: list[tuple[int, int, int]]


def chunk_to_send(step: int, rank: int, world: int) -> int:
    """Return which chunk a worker sends to its right neighbour in a step, from 0.

    The first ``world - 1`` steps add, the other ``world - 1`` copy.

    >>> [chunk_to_send(step, 0, 3) for step in range(4)]
    [0, 2, 1, 0]
    """
    return (rank - step) % world


def ring_moments(values: Sequence[Sequence[float]]) -> list[Moment]:
    """Walk through a ring all-reduce.

    Args:
        values: ``values[worker][chunk]``, as many chunks as workers, 2 workers or more.

    Raises:
        ValueError: if it is not such a square.
    """
    world = len(values)
    if world < 2 or any(len(row) != world for row in values):
        raise ValueError(
            "values must have as many chunks as workers, 2 or more, got "
            f"{[len(row) for row in values]} chunks for {world} workers"
        )
    held, parts = [list(row) for row in values], [[1] * world for _ in values]
    moments = [Moment("start", held, parts, [])]
    for step in range(2 * (world - 1)):
        phase = "add" if step < world - 1 else "copy"
        sends = [
            (rank, (rank + 1) % world, chunk_to_send(step, rank, world)) for rank in range(world)
        ]
        before, counts = held, parts
        held, parts = [list(row) for row in before], [list(row) for row in counts]
        for source, target, chunk in sends:
            adds = phase == "add"
            held[target][chunk] = before[source][chunk] + (before[target][chunk] if adds else 0)
            parts[target][chunk] = counts[source][chunk] + (counts[target][chunk] if adds else 0)
        moments.append(Moment(phase, held, parts, sends))
    return moments
