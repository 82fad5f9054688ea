"""Checks for the exercises of the page on creating and indexing tensors."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, right, verdict
from utils.widgets.answers import Answers, choice, number, numbers

# What exercise 1 asks about.
_PARTS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x[1]": lambda x: x[1],
    "x[:, 2:5]": lambda x: x[:, 2:5],
    "x[::2, -1:]": lambda x: x[::2, -1:],
    "x[x > 20]": lambda x: x[x > 20],
}


def _claims() -> dict[str, bool]:
    """What exercise 5 asks about, found out by trying."""
    x = torch.arange(24).view(4, 6)

    def fails(index: object) -> bool:
        try:
            x[index]
        except IndexError:
            return True
        return False

    return {
        "x[1] and x[1:2] have the same shape": x[1].shape == x[1:2].shape,
        "x[:, 1] has one axis": x[:, 1].ndim == 1,
        "x[[0, 1], [0, 1]] has four elements": x[[0, 1], [0, 1]].numel() == 4,
        "x[x >= 0] has the shape of x": x[x >= 0].shape == x.shape,
        "x[3:9] raises an error": fails(slice(3, 9)),
        "x[9] raises an error": fails(9),
    }


@exercise
def check_shapes(shapes: Sequence[Sequence[int]]) -> None:
    """Check the four shapes of exercise 1 against torch."""
    expect(len(shapes) == len(_PARTS), f"{len(_PARTS)} shapes are wanted, got {len(shapes)}")
    x = torch.arange(24).view(4, 6)
    for (name, part), answer in zip(_PARTS.items(), shapes, strict=True):
        expect_numbers(f"the shape of {name}", answer, part(x).shape, within=0)
    right(1)


@exercise
def check_results(results: Sequence) -> None:
    """Check the three answers of exercise 2: a sum, the name of a dtype, a count."""
    expect(len(results) == 3, f"three answers are wanted, got {len(results)}")
    total, dtype, count = results
    a, b = torch.tensor([5, 7, 9]), torch.tensor([[1, 2], [3, 4]])
    expect_number("the sum", total, a[[0, 0, 2]].sum(), within=0)
    wanted = str((a / 2).dtype).removeprefix("torch.")
    name = str(dtype).removeprefix("torch.")
    expect(name == wanted, f"the dtype is not {name}")
    expect_number("the count", count, (b > 1).sum(), within=0)
    right(2)


@exercise
def check_checkerboard(checkerboard: Callable[[int], torch.Tensor]) -> None:
    """Check exercise 3 on boards of several sizes."""
    for n in (1, 2, 3, 8):
        board = checkerboard(n)
        expect(isinstance(board, torch.Tensor), f"a tensor is wanted for n={n}, got {board!r}")
        places = torch.arange(n)
        wanted = (places[:, None] + places) % 2
        expect(board.shape == wanted.shape, f"for n={n} the shape is {tuple(board.shape)}")
        expect(board.dtype == wanted.dtype, f"the dtype is {board.dtype}, not {wanted.dtype}")
        wrong = (board.cpu() != wanted).nonzero().tolist()
        expect(not wrong, f"for n={n} the square {tuple(wrong[0]) if wrong else ()} is wrong")
    right(3)


@exercise
def check_centre(centre: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 on pictures with even and odd margins, and without one."""
    for height, width, size in ((6, 8, 2), (7, 5, 2), (4, 9, 4), (5, 5, 5), (9, 6, 3)):
        picture = torch.arange(3 * height * width).view(3, height, width)
        cut = centre(picture.clone(), size)
        case = f"for {height} by {width} pixels and size {size}"
        expect(isinstance(cut, torch.Tensor), f"a tensor is wanted {case}, got {cut!r}")
        shape = tuple(cut.shape)
        expect(shape == (3, size, size), f"{case} the shape is {shape}, not {(3, size, size)}")
        top, left = (height - size) // 2, (width - size) // 2
        wanted = picture.narrow(1, top, size).narrow(2, left, size)
        first = cut[0, 0, 0].item()
        where = f"the first pixel is row {first // width}, column {first % width}"
        expect(torch.equal(cut, wanted), f"{case} {where}, not row {top}, column {left}")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim."""
    for claim, holds in _claims().items():
        answer = verdict(claims, claim)
        expect(answer == holds, f"{claim!r} is not {answer}: try it")
    right(5)


predict = Answers(
    "creating-and-indexing/predict",
    number(
        "A table has 4 rows and 6 columns. Both are counted from 0: the rows are 0, 1, 2, 3. You "
        "keep the rows 1 and 2, and in them the columns from 1 on. How many numbers do you keep?",
        10,
        hint="How many of the six columns are left when column 0 goes?",
        because="2 rows of 5 numbers: the columns 1, 2, 3, 4 and 5.",
        wrong=[
            (12, "Those are two whole rows: column 0 is not kept."),
            (8, "The columns from 1 on are five: the last one is column 5."),
            (15, "The rows 1 and 2 are two rows, not three."),
            (18, "The rows 1 and 2 are two rows, and column 0 is not kept."),
        ],
    ),
    choice(
        "A computer keeps a decimal number in 32 or in 64 bits (a bit is a 0 or a 1). PyTorch "
        "holds a million numbers of 32 bits each, and you multiply all of them by Python's `0.1`, "
        "which has 64 bits. How many bits has each result?",
        ["32", "64"],
        "32",
        hint="Would you want each `0.1` in a program to double the memory of its result?",
        because="One single number does not widen the million that it meets.",
        wrong=[("64", "Then a single 0.1 would double the memory that a million numbers need.")],
    ),
)

shapes = Answers(
    "creating-and-indexing/shapes",
    numbers(
        "Which shape has `x[1]`?",
        (6,),
        hint="A number picks one row, and the axis is gone.",
        because="One row of six is left.",
        wrong=[
            ((1, 6), "The axis of a number is gone."),
            ((4,), "That is a column."),
            ((4, 6), "That is the whole of `x`; the 1 picks one row."),
        ],
    ),
    numbers(
        "Which shape has `x[:, 2:5]`?",
        (4, 3),
        hint="The stop, 5, is not included.",
        because="All four rows, and the columns 2, 3 and 4.",
        wrong=[
            ((4, 4), "The stop is not included."),
            ((3, 4), "Rows come first."),
            ((12,), "A shape has one number for each axis, and two slices keep two axes."),
        ],
    ),
    numbers(
        "Which shape has `x[::2, -1:]`?",
        (2, 1),
        hint="`-1:` is a slice, and a slice keeps its axis.",
        because="Rows 0 and 2, and one column that stays an axis.",
        wrong=[
            ((2,), "`-1:` is a slice: the axis stays."),
            ((2, 6), "`-1:` begins at the last one."),
            ((2, 5), "`:-1` would leave the last column out; `-1:` begins with it."),
        ],
    ),
    numbers(
        "Which shape has `x[x > 20]`?",
        (3,),
        hint="Which numbers from 0 to 23 are larger than 20?",
        because="21, 22 and 23, laid out in one row.",
        wrong=[
            ((4, 6), "The mask itself has that shape."),
            ((1, 3), "A mask gives one axis."),
            ((4,), "20 is not larger than 20."),
        ],
    ),
    check=check_shapes,
)

results = Answers(
    "creating-and-indexing/results",
    number(
        "`a` is `torch.tensor([5, 7, 9])`. What is `a[[0, 0, 2]].sum()`?",
        19,
        hint="The list names place 0 twice.",
        because="5 + 5 + 9.",
        wrong=[(14, "Place 0 is picked twice."), (21, "Place 1 is not picked.")],
    ),
    choice(
        "Which dtype has `a / 2`?",
        ["int64", "float32", "float64"],
        "float32",
        hint="Halves of whole numbers need not be whole.",
        because="`/` gives floats, and PyTorch's usual float has 32 bits.",
        wrong=[
            ("int64", "5 / 2 is no whole number."),
            ("float64", "That is the usual float of NumPy."),
        ],
    ),
    number(
        "`b` is `torch.tensor([[1, 2], [3, 4]])`. What is `(b > 1).sum()`?",
        3,
        hint="`True` counts as 1.",
        because="2, 3 and 4 are larger than 1.",
        wrong=[(9, "The mask is summed, not the numbers that it picks.")],
    ),
    check=check_results,
)
