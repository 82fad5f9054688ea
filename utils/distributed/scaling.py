"""How long a step takes on several workers: computing, a link, and how far they overlap."""

from collections.abc import Sequence
from typing import NamedTuple

import torch


class Link(NamedTuple):
    """A link between two workers.

    Attributes:
        latency: seconds that a message takes however short it is.
        bandwidth: bytes a second.
    """

    latency: float
    bandwidth: float

    def seconds(self, world: int, size: float) -> float:
        """Return how long a ring all-reduce of ``size`` bytes takes among ``world`` workers."""
        return ring_steps(world) * self.latency + ring_bytes(world, size) / self.bandwidth


def ring_steps(world: int) -> int:
    """Return how many messages a worker sends in a ring all-reduce, one after another."""
    _check_world(world)
    return 2 * (world - 1)


def ring_bytes(world: int, size: float) -> float:
    """Return how many of ``size`` bytes a worker of a ring all-reduce sends.

    >>> ring_bytes(4, 100.0)
    150.0
    """
    return ring_steps(world) * size / world


def star_bytes(world: int, size: float) -> float:
    """Return what the worker in the middle of a star sends: all of it, to each of the others."""
    _check_world(world)
    return (world - 1) * size


def step_seconds(compute: float, transfer: float, *, overlap: bool) -> float:
    """Return the time of a step: the longer of both if they overlap, else their sum."""
    return max(compute, transfer) if overlap else compute + transfer


def fit_link(worlds: Sequence[int], sizes: Sequence[float], seconds: Sequence[float]) -> Link:
    """Fit a link to measured all-reduces, so that relative errors are small.

    Args:
        worlds: the workers of each measurement.
        sizes: the bytes of each.
        seconds: how long each took.

    Raises:
        ValueError: if there are fewer than two, or they cannot tell latency from bandwidth.
    """
    rows = [(ring_steps(n), ring_bytes(n, size)) for n, size in zip(worlds, sizes, strict=True)]
    times = torch.tensor(list(seconds), dtype=torch.float64)
    scale = torch.tensor([1.0, 1e6], dtype=torch.float64)  # bytes count in millions
    table = torch.tensor(rows, dtype=torch.float64).reshape(-1, 2) / scale / times[:, None]
    if len(table) < 2 or torch.linalg.matrix_rank(table) < 2:
        raise ValueError("measure at least two sizes: one cannot tell latency from bandwidth")
    ones = torch.ones(len(table), 1, dtype=torch.float64)
    latency, per_byte = (torch.linalg.lstsq(table, ones).solution[:, 0] / scale).tolist()
    # A measurement may be disturbed so that the best line starts below zero, or falls.
    return Link(max(latency, 0.0), 1 / max(per_byte, 1e-15))


def _check_world(world: int) -> None:
    if world < 1:
        raise ValueError(f"world must be a number of workers of at least 1, got {world}")
