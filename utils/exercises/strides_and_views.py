"""Checks for the exercises of the page on views, strides and reshaping."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, right, verdict
from utils.widgets.answers import Answers, number, numbers

Notes = tuple[Sequence[int], Sequence[int], int]

# What exercise 5 asks about; sharing is found out by writing into the result.
_RESULTS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x[1:]": lambda x: x[1:],
    "x[[1, 2]]": lambda x: x[[1, 2]],
    "x[x > 3]": lambda x: x[x > 3],
    "x.T": lambda x: x.T,
    "x.T.reshape(12)": lambda x: x.T.reshape(12),
    "x.T.reshape(2, 2, 3)": lambda x: x.T.reshape(2, 2, 3),
    "x[:, ::2].T": lambda x: x[:, ::2].T,
    "torch.from_numpy(x.numpy())": lambda x: torch.from_numpy(x.numpy()),
    "torch.tensor(x.numpy())": lambda x: torch.tensor(x.numpy()),
}


def _through_a_transpose(x: torch.Tensor) -> torch.Tensor:
    x.T[0, 1] = 50
    return x[1, 0]


def _through_a_reshape(x: torch.Tensor) -> torch.Tensor:
    x.T.reshape(6)[0] = 9
    return x[0, 0]


def _through_a_slice(x: torch.Tensor) -> torch.Tensor:
    x[1:][0, 2] = 7
    return x[1, 2]


# What exercise 2 asks about, each on a fresh 0 to 5 in 2 rows of 3.
WRITES = (_through_a_transpose, _through_a_reshape, _through_a_slice)


@exercise
def check_notes(notes: Sequence) -> None:
    """Check the five answers of exercise 1 against a tensor of torch.

    Args:
        notes: the strides of ``x``, the place of ``x[1, 0, 2]``, and shape, strides and offset
            of ``x[:, 1, ::2]``.
    """
    expect(len(notes) == 5, f"five answers are wanted, got {len(notes)}")
    strides, place, part_shape, part_strides, part_offset = notes
    x = torch.arange(24).view(2, 3, 4)
    part = x[:, 1, ::2]
    expect_numbers("the strides of x", strides, x.stride(), within=0)
    expect_number("the place of x[1, 0, 2]", place, x[1, 0, 2], within=0)
    expect_numbers("the shape of the part", part_shape, part.shape, within=0)
    expect_numbers("the strides of the part", part_strides, part.stride(), within=0)
    expect_number("the offset of the part", part_offset, part.storage_offset(), within=0)
    right(1)


@exercise
def check_writes(values: Sequence[float]) -> None:
    """Check exercise 2 by writing."""
    expect(len(values) == len(WRITES), f"{len(WRITES)} numbers are wanted, got {len(values)}")
    for index, (write, answer) in enumerate(zip(WRITES, values, strict=True), 1):
        expect_number(f"number {index}", answer, write(torch.arange(6).view(2, 3)), within=0)
    right(2)


@exercise
def check_tiles(tiles: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 3 on pictures of several shapes: the tiles, and that they are a view."""
    for height, width, size in ((4, 6, 2), (6, 3, 3), (8, 8, 4), (5, 5, 1), (4, 4, 4)):
        picture = torch.arange(height * width).view(height, width)
        case = f"for {height} by {width} pixels and size {size}"
        answer = tiles(picture.clone(), size)
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted {case}, got {answer!r}")
        wanted = picture.unfold(0, size, size).unfold(1, size, size)
        shape = tuple(wanted.shape)
        expect(answer.shape == wanted.shape, f"shape {tuple(answer.shape)}, not {shape}, {case}")
        wrong = (answer != wanted).nonzero()
        expect(
            len(wrong) == 0, f"{case} the tiles hold other pixels, from {wrong[:1].tolist()} on"
        )
        tiles(picture, size).fill_(-1)
        expect(bool((picture == -1).all()), f"{case} the tiles are a copy, not a view")
    right(3)


@exercise
def check_diagonal(diagonal: Callable[[Sequence[int], Sequence[int], int], Notes]) -> None:
    """Check exercise 4 on matrices of many shapes and layouts against torch's diagonal."""
    x = torch.arange(63).view(7, 9)
    matrices = [x, x.T, x[1:5, 2:6], x[::2, 1::3], x.T[3:, ::2], x[:1], x[:, 4:5], x[2:2]]
    for matrix in matrices:
        notes = (tuple(matrix.shape), matrix.stride(), matrix.storage_offset())
        answer = diagonal(*notes)
        is_triple = isinstance(answer, (tuple, list)) and len(answer) == 3
        expect(is_triple, f"(shape, strides, offset) is wanted, got {answer!r}")
        shape, strides, offset = answer
        wanted = matrix.diagonal()
        case = "for shape {}, strides {}, offset {}".format(*notes)
        expect_numbers(f"the shape {case}", shape, wanted.shape, within=0)
        expect_numbers(f"the strides {case}", strides, wanted.stride(), within=0)
        expect_number(f"the offset {case}", offset, wanted.storage_offset(), within=0)
    right(4)


@exercise
def check_shares(shares: Mapping[str, bool]) -> None:
    """Check exercise 5 by writing into each result and looking at ``x``."""
    for name, result in _RESULTS.items():
        answer = verdict(shares, name)
        x = torch.arange(12.0).view(3, 4)
        result(x).fill_(-1)
        changed = bool((x == -1).any())
        expect(answer == changed, f"{name} is not {answer}: write into it and look at x")
    right(5)


predict = Answers(
    "strides-and-views/predict",
    number(
        "`x` has 3 rows of 4 and holds 0, 1, 2, … 11. You take its second column twice: "
        "`y = x[:, 1]` and `z = x[:, [1]]`. You write `y[0] = 100`, and then `z[0] = 200`. "
        "What is `x[0, 1]` now?",
        100,
        hint="Do `y` and `z` hold numbers of their own, or do they look at those of `x`?",
        because="`y` looks at the numbers of `x`; `z` is a copy.",
        wrong=[
            (1, "One of the two writes reaches `x`."),
            (200, "A list of places, `[1]`, copies what it picks."),
        ],
    ),
    number(
        "A table of a million numbers is turned on its side, rows into columns. How many "
        "numbers must move in memory?",
        0,
        hint="Could one read the same memory in another order instead?",
        because="It is enough to read the same memory with other steps.",
        wrong=[
            (10**6, "They could all stay where they are, if only they are read differently."),
            (500_000, "They could all stay where they are, if only they are read differently."),
        ],
    ),
)

notes = Answers(
    "strides-and-views/notes",
    numbers(
        "Which strides has `x`?",
        (12, 4, 1),
        hint="One step along an axis skips all that the axes to its right hold.",
        because="3 · 4, then 4, then 1.",
        wrong=[
            ((1, 2, 6), "That counts from the wrong side."),
            ((2, 3, 4), "That is the shape."),
            ((24, 12, 4), "The size of the axis itself does not count, only those to its right."),
        ],
    ),
    number(
        "At which place of the storage does `x[1, 0, 2]` lie?",
        14,
        hint="Index times stride, summed over the axes.",
        because="1 · 12 + 0 · 4 + 2 · 1 is 14.",
        wrong=[
            (3, "That adds the indices; each has its own stride."),
            (12, "That is the first step alone; 2 more along the last axis."),
            (20, "0 steps along the axis of stride 4, and 2 along the last, of stride 1."),
        ],
    ),
    numbers(
        "Which shape has `x[:, 1, ::2]`?",
        (2, 2),
        hint="The number drops its axis; the slice keeps every second of four.",
        because="Both places of the first axis, and two of the last.",
        wrong=[
            ((2, 1, 2), "The axis of a number is gone."),
            ((2, 4), "`::2` keeps every second column."),
        ],
    ),
    numbers(
        "Which strides has `x[:, 1, ::2]`?",
        (12, 2),
        hint="How far apart in memory are every second number of the last axis?",
        because="The first stays, the second is gone, the last is doubled.",
        wrong=[
            ((12, 1), "Every second place is two places apart."),
            ((12, 4, 2), "The number drops its axis, and with it the stride 4."),
            ((24, 2), "The step of 2 belongs to the last axis alone."),
        ],
    ),
    number(
        "Which offset has `x[:, 1, ::2]`?",
        4,
        hint="The slices begin at place 0. Which entry does not?",
        because="One step along the axis of stride 4.",
        wrong=[(1, "One step along that axis is more than one place.")],
    ),
    check=check_notes,
)

writes = Answers(
    "strides-and-views/writes",
    number(
        "Somebody writes `y = x.T` and `y[0, 1] = 50`. What is `x[1, 0]`?",
        50,
        hint="A transpose exchanges two strides. Does it copy?",
        because="`y` is a view, and its row 0, column 1 is row 1, column 0 of `x`.",
        wrong=[(3, "A transpose is a view: the write reaches `x`.")],
    ),
    number(
        "Somebody writes `z = x.T.reshape(6)` and `z[0] = 9`. What is `x[0, 0]`?",
        0,
        hint="In which order do the numbers of `x.T` lie in memory?",
        because="The places 0, 3, 1, 4, 2, 5 have no single stride, so `reshape` copies.",
        wrong=[(9, "`reshape` has to copy here.")],
    ),
    number(
        "Somebody writes `part = x[1:]` and `part[0, 2] = 7`. What is `x[1, 2]`?",
        7,
        hint="Is a slice a view?",
        because="A slice is a view, and its row 0 is row 1 of `x`.",
        wrong=[(5, "A slice is a view: the write reaches `x`.")],
    ),
    check=check_writes,
)
