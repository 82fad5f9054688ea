"""Checks for the exercises of the page on creating and indexing tensors."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch

from utils.exercises.feedback import expect, right, verdict

Notes = tuple[Sequence[int], Sequence[int], int]

# What exercise 2 asks about; sharing is found out by writing into the result.
_RESULTS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x[1:]": lambda x: x[1:],
    "x[[1, 2]]": lambda x: x[[1, 2]],
    "x[x > 3]": lambda x: x[x > 3],
    "x.T": lambda x: x.T,
    "x.T.reshape(12)": lambda x: x.T.reshape(12),
    "x[:, ::2].T": lambda x: x[:, ::2].T,
    "torch.from_numpy(x.numpy())": lambda x: torch.from_numpy(x.numpy()),
    "torch.tensor(x.numpy())": lambda x: torch.tensor(x.numpy()),
}


def check_notes(
    strides: Sequence[int],
    place: int,
    part_shape: Sequence[int],
    part_strides: Sequence[int],
    part_offset: int,
) -> None:
    """Check the five answers of exercise 1 against a tensor of torch."""
    x = torch.arange(24).view(2, 3, 4)
    part = x[:, 1, ::2]
    for name, answer, wanted in (
        ("strides", strides, x.stride()),
        ("part_shape", part_shape, part.shape),
        ("part_strides", part_strides, part.stride()),
    ):
        expect(
            isinstance(answer, Sequence) and len(answer) == len(wanted),
            f"{name} must hold {len(wanted)} numbers, got {answer!r}",
        )
        expect(tuple(answer) == tuple(wanted), f"{name} is not {tuple(answer)}")
    expect(place == x[1, 0, 2].item(), f"place is not {place}")
    expect(part_offset == part.storage_offset(), f"part_offset is not {part_offset}")
    right(1)


def check_shares(shares: Mapping[str, bool]) -> None:
    """Check exercise 2 by writing into each result and looking at ``x``."""
    for name, result in _RESULTS.items():
        answer = verdict(shares, name)
        x = torch.arange(12.0).view(3, 4)
        result(x).fill_(-1)
        changed = bool((x == -1).any())
        expect(answer == changed, f"{name} is not {answer}: write into it and look at x")
    right(2)


def check_diagonal(diagonal: Callable[[Sequence[int], Sequence[int], int], Notes]) -> None:
    """Check exercise 3 on matrices of many shapes and layouts against torch's diagonal."""
    x = torch.arange(63).view(7, 9)
    matrices = [x, x.T, x[1:5, 2:6], x[::2, 1::3], x.T[3:, ::2], x[:1], x[:, 4:5], x[2:2]]
    for matrix in matrices:
        notes = (tuple(matrix.shape), matrix.stride(), matrix.storage_offset())
        answer = diagonal(*notes)
        expect(
            isinstance(answer, Sequence) and len(answer) == 3,
            f"(shape, strides, offset) is wanted, got {answer!r}",
        )
        shape, strides, offset = answer
        wanted = matrix.diagonal()
        case = "for shape {}, strides {}, offset {}".format(*notes)
        expect(np.ndim(shape) == 1 and tuple(shape) == wanted.shape, f"shape {shape} {case}")
        expect(np.ndim(strides) == 1 and len(strides) == 1, f"strides {strides!r} {case}")
        expect(tuple(strides) == wanted.stride(), f"strides {strides} {case}")
        expect(offset == wanted.storage_offset(), f"offset {offset} {case}")
    right(3)
