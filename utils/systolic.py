"""Systolic arrays, simulated cycle by cycle: a grid of cells that multiply, add and pass on.

Source: H. T. Kung, Why systolic architectures?, Computer 15 (1), 1982.
"""

from collections.abc import Iterator
from typing import NamedTuple

import torch
import torch.nn.functional as F


class Moment(NamedTuple):
    """What the cells of an array hold after one cycle, each of shape ``(rows, columns)``.

    ``across`` are the numbers that move right, ``down`` those that stand in or move down,
    ``sums`` the sums so far, and ``busy`` says which cells did useful work in this cycle.
    """

    across: torch.Tensor
    down: torch.Tensor
    sums: torch.Tensor
    busy: torch.Tensor


def skew(lanes: torch.Tensor, cycles: int) -> torch.Tensor:
    """Return ``lanes (count, length)`` with lane i delayed by i cycles, ``(count, cycles)``.

    >>> skew(torch.ones(2, 2), 4)
    tensor([[1., 1., 0., 0.],
            [0., 1., 1., 0.]])
    """
    length = lanes.shape[1]
    rows = [F.pad(lane, (i, cycles - length - i)) for i, lane in enumerate(lanes)]
    return torch.stack(rows)


def count_cycles(rows: int, depth: int, columns: int, *, products: int = 1) -> int:
    """Return the cycles of ``products`` products, one behind the other, on an array of their size.

    >>> count_cycles(3, 3, 3), count_cycles(3, 3, 3, products=10)
    (7, 34)
    """
    if min(rows, depth, columns, products) < 1:
        sides = f"{rows}, {depth}, {columns} and {products}"
        raise ValueError(f"sides and products must be at least 1, got {sides}")
    return products * depth + rows + columns - 2


def utilisation(
    rows: int, depth: int, columns: int, array: tuple[int, int], *, products: int = 1
) -> float:
    """Return the share of cell cycles that serve a product of ``rows × depth × columns``.

    Tiles of the array's size follow each other, as in :func:`tiled`.

    >>> utilisation(5, 8, 4, (4, 4))  # 160 products of numbers; 16 cells for 22 cycles
    0.45454545454545453
    """
    high, wide = _sides(array)
    tiles = products * -(-rows // high) * -(-columns // wide)
    cycles = count_cycles(high, depth, wide, products=tiles)
    return products * rows * depth * columns / (high * wide * cycles)


def output_stationary(a: torch.Tensor, b: torch.Tensor) -> Iterator[Moment]:
    """Yield each cycle of the products ``a @ b``: sums stay in their cells, both inputs move.

    Args:
        a: ``(rows, depth)``, or ``(products, rows, depth)``, which follow each other.
        b: ``(depth, columns)`` or ``(products, depth, columns)``.

    Raises:
        ValueError: if the shapes do not fit, or a side is 0.
    """
    a, b = _stacks(a, b)
    products, rows, depth = a.shape
    columns = b.shape[2]
    cycles = count_cycles(rows, depth, columns, products=products)
    left = skew(a.transpose(0, 1).flatten(1), cycles)
    top = skew(b.permute(2, 0, 1).flatten(1), cycles)
    # With its numbers each lane gets a mark: 1 is a number, 2 the first one of a product.
    mark = torch.ones(products, depth, dtype=torch.int64, device=a.device)
    mark[:, 0] = 2
    marks = skew(mark.flatten().expand(rows, -1), cycles)
    across = down = sums = a.new_zeros(rows, columns)
    moved = marks.new_zeros(rows, columns)
    for cycle in range(cycles):
        across = _pushed(left[:, cycle], across, dim=1)
        moved = _pushed(marks[:, cycle], moved, dim=1)
        down = _pushed(top[:, cycle], down, dim=0)
        sums = torch.where(moved == 2, 0, sums) + across * down
        yield Moment(across, down, sums, moved > 0)


def weight_stationary(x: torch.Tensor, weight: torch.Tensor) -> Iterator[Moment]:
    """Yield each cycle of ``x @ weight``: weights stay, inputs move right and sums down.

    The array has the shape of ``weight (depth, columns)``; it is loaded before the first cycle.
    The rows of ``x (rows, depth)`` enter one after the other.

    Raises:
        ValueError: if the shapes do not fit, or a side is 0.
    """
    (x,), (weight,) = _stacks(x, weight)
    rows, depth = x.shape
    cycles = count_cycles(rows, depth, weight.shape[1])
    left = skew(x.T, cycles)
    marks = skew(torch.ones(depth, rows, dtype=torch.bool, device=x.device), cycles)
    across, sums, busy = torch.zeros_like(weight), torch.zeros_like(weight), weight != weight
    for cycle in range(cycles):
        across = _pushed(left[:, cycle], across, dim=1)
        busy = _pushed(marks[:, cycle], busy, dim=1)
        sums = _pushed(sums.new_zeros(weight.shape[1]), sums, dim=0) + across * weight
        yield Moment(across, weight, sums, busy)


def matmul(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return ``a @ b``, one product or a stack of them, from :func:`output_stationary`.

    >>> matmul(torch.tensor([[1.0, 2], [3, 4]]), torch.eye(2))
    tensor([[1., 2.],
            [3., 4.]])
    """
    moments = torch.stack([moment.sums for moment in output_stationary(a, b)])
    rows, columns = (torch.arange(side, device=a.device) for side in moments.shape[1:])
    # Cell (i, j) is done with a product i + j cycles after the cell in the corner.
    ends = torch.arange(a.shape[-1] - 1, len(moments), a.shape[-1], device=a.device)
    ends = ends[: len(a) if a.dim() == 3 else 1, None, None]
    found = moments[ends + rows[:, None] + columns, rows[:, None], columns]
    return found if a.dim() == 3 else found[0]


def stream(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return ``x @ weight`` from :func:`weight_stationary`: what leaves the bottom row."""
    bottom = torch.stack([moment.sums[-1] for moment in weight_stationary(x, weight)])
    rows = torch.arange(len(x), device=x.device)[:, None]
    columns = torch.arange(weight.shape[1], device=x.device)
    return bottom[rows + len(weight) - 1 + columns, columns]


def tiled(a: torch.Tensor, b: torch.Tensor, array: tuple[int, int]) -> torch.Tensor:
    """Return ``a @ b`` for matrices of any size on an array of ``(rows, columns)`` cells.

    Rows of ``a`` and columns of ``b`` are padded with zeros to whole tiles; what the zeros make
    is cut off. The tiles of the result follow each other through the array.
    """
    (a,), (b,) = _stacks(a, b)
    (rows, depth), columns = a.shape, b.shape[1]
    high, wide = _sides(array)
    up = F.pad(a, (0, 0, 0, -rows % high)).reshape(-1, 1, high, depth)
    along = F.pad(b, (0, -columns % wide)).reshape(depth, -1, wide).transpose(0, 1)[None]
    count = up.shape[0], along.shape[1]
    pairs = [side.expand(*count, -1, -1).flatten(0, 1) for side in (up, along)]
    tiles = matmul(*pairs).unflatten(0, count)
    return tiles.transpose(1, 2).flatten(2).flatten(0, 1)[:rows, :columns]


def _sides(array: tuple[int, int]) -> tuple[int, int]:
    if min(array) < 1:
        raise ValueError(f"an array has at least one cell along each side, got {array}")
    return array


def _pushed(entering: torch.Tensor, held: torch.Tensor, *, dim: int) -> torch.Tensor:
    """Return what cells hold when all numbers move on by one cell and new ones enter."""
    count = held.shape[dim] - 1
    return torch.cat([entering.unsqueeze(dim), held.narrow(dim, 0, count)], dim=dim)


def _stacks(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    fits = a.dim() == b.dim() and a.dim() in (2, 3) and a.shape[-1] == b.shape[-2]
    if not fits or a.shape[:-2] != b.shape[:-2] or not (a.numel() and b.numel()):
        raise ValueError(
            "an array multiplies (rows, depth) by (depth, columns), or stacks of them, with sides "
            f"of at least 1; got {tuple(a.shape)} and {tuple(b.shape)}"
        )
    return a.reshape(-1, *a.shape[-2:]), b.reshape(-1, *b.shape[-2:])
