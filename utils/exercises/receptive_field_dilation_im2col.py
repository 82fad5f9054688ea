"""Checks for the exercises of the page on receptive fields and im2col, and its answer fields."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.widgets.answers import Answers, number, numbers

LENET = ((5, 1, 1, 0), (2, 2, 1, 0), (5, 1, 1, 0), (2, 2, 1, 0))
WIDEST = 81  # four layers of kernel 3, each as far apart as the field before it is wide


def ways(layers: Sequence[Sequence[int]], width: int, index: int) -> torch.Tensor:
    """Return on how many ways each pixel of a row reaches output ``index``.

    Args:
        layers: ``(kernel, stride, dilation, padding)`` each.
        width: pixels of the row.
        index: which output number, counted from 0.
    """
    x = torch.zeros(1, 1, width, dtype=torch.float64, requires_grad=True)
    y = x
    for kernel, stride, dilation, padding in layers:
        ones = torch.ones(1, 1, kernel, dtype=x.dtype)
        y = F.conv1d(y, ones, stride=stride, dilation=dilation, padding=padding)
    return torch.autograd.grad(y[0, 0, index], x)[0][0, 0]


def field(layers: Sequence[Sequence[int]], width: int, index: int) -> tuple[int, int]:
    """Return the first and the last pixel of a row that output ``index`` depends on."""
    seen = ways(layers, width, index).nonzero()
    return seen.min().item(), seen.max().item()


def fields_by_gradient() -> list[int]:
    """Return the widths of the fields after each layer of LeNet's front, found by gradients."""
    bounds = (field(LENET[:depth], 32, 1) for depth in range(1, 5))
    return [last - first + 1 for first, last in bounds]


@exercise
def check_lenet_fields(fields: Sequence[int]) -> None:
    """Check the four widths of exercise 1 against gradients."""
    given = ask_numbers("fields", fields, (4,)).tolist()
    pairs = zip(given, fields_by_gradient(), strict=True)
    for layer, (answer, wanted) in enumerate(pairs, start=1):
        expect(answer == wanted, f"the field after layer {layer} is not {answer:g}")
    right(1)


@exercise
def check_column_sizes(rows: int, windows: int, times: float) -> None:
    """Check exercise 2 against ``F.unfold``."""
    x = torch.zeros(1, 3, 32, 32)
    columns = F.unfold(x, 5, padding=2)
    expect_number("the number of rows", rows, columns.shape[1], within=0)
    expect_number("the number of columns", windows, columns.shape[2], within=0)
    expect_number("how many times as many", times, columns.numel() / x.numel(), within=0)
    right(2)


@exercise
def check_bounds(field_bounds: Callable[[list, int], Sequence[int]]) -> None:
    """Check exercise 3 by gradients on rows that are wide enough for the whole field."""
    stacks = (
        ([(3, 1, 1, 0)], 4),
        ([(3, 1, 1, 1)], 2),
        ([(5, 2, 1, 2)], 3),
        ([(2, 2, 3, 0), (3, 1, 1, 1)], 5),
        ([(3, 2, 1, 1), (3, 1, 2, 2), (2, 3, 1, 0)], 4),
    )
    for layers, index in stacks:
        wanted = field(layers, 100, index)
        _expect_bounds(field_bounds, layers, index, wanted)
    # At the border a part lies in the padding, where no gradient arrives.
    _expect_bounds(field_bounds, [(3, 1, 1, 1), (3, 1, 1, 1)], 0, (-2, 2))
    _expect_bounds(field_bounds, [(5, 2, 1, 2), (3, 2, 1, 1)], 0, (-4, 4))
    right(3)


def _expect_bounds(field_bounds: Callable, layers: list, index: int, wanted: tuple) -> None:
    case = f"(first, last) of output {index} for {layers}"
    expect_numbers(case, field_bounds(list(layers), index), wanted, within=0)


@exercise
def check_windows(windows: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4: the numbers, and that they are the picture's own."""
    source = torch.Generator().manual_seed(4)
    whole = torch.randn(9, 12, generator=source, dtype=torch.float64)
    pictures = {"a picture": whole[:5, :7].clone(), "a part of a picture": whole[2:8, 3:]}
    pictures["a transposed picture"] = whole.T
    for name, x in pictures.items():
        for k in (1, 2, 3):
            case = f"for {name} of {x.shape[0]}×{x.shape[1]} and k = {k} your answer"
            given = windows(x, k)
            expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
            wanted = x.unfold(0, k, 1).unfold(1, k, 1)
            expect(
                given.shape == wanted.shape,
                f"{case} has shape {tuple(given.shape)}, not {tuple(wanted.shape)}",
            )
            expect(torch.equal(given, wanted), f"{case} holds wrong numbers")
            shares = given.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
            expect(shares, f"{case} is a copy; it must share its memory with the picture")
    right(4)


@exercise
def check_dilations(dilations: Sequence[int]) -> None:
    """Check the four dilations of exercise 5 by a gradient."""
    given = ask_numbers("dilations", dilations, (4,))
    whole = bool((given == given.round()).all() and given.min() >= 1)
    expect(whole, f"{dilations!r} holds a dilation that is not 1 or more")
    expect(bool(given.max() <= 200), "a dilation above 200 leaves holes; go lower")
    spacings = given.long().tolist()
    width = 1 + 2 * sum(spacings)
    holes = (ways([(3, 1, d, 0) for d in spacings], width, 0) == 0).sum().item()
    expect(not holes, f"{holes} of the {width} pixels are holes")
    expect(width == WIDEST, f"no hole, but the field of {width} can be wider")
    right(5)


predict = Answers(
    "receptive-field-dilation-im2col/predict",
    number(
        "How many pixels of the row can change one number of the third layer?",
        7,
        hint="The third layer sees 3 numbers of the second. How many of the first do these see?",
        because="Each layer adds one pixel on each side: 3, then 5, then 7.",
        wrong=[
            (9, "Neighbouring windows overlap."),
            (27, "That counts ways; many lead to the same pixel."),
        ],
    ),
    number(
        "And how many pixels of the row, if all three layers have dilation 2?",
        7,
        hint="Each layer moves by −2, 0 or 2 pixels. Which sums can come out?",
        because="They are spread over 13 pixels, but every second one has no way up.",
        wrong=[(13, "That is how far they are spread; not each of the 13 can be reached.")],
    ),
)

lenet_fields = Answers(
    "receptive-field-dilation-im2col/lenet-fields",
    numbers(
        "How many pixels wide is the field after layer 1, 2, 3 and 4?",
        [5, 6, 14, 16],
        hint="Add (kernel − 1) · jump for each layer. The jump doubles after each stride of 2.",
        because="1 + 4 · 1 = 5, then 5 + 1 · 1 = 6, then 6 + 4 · 2 = 14, then 14 + 1 · 2 = 16.",
        wrong=[
            ([5, 7, 15, 19], "A stride counts for the layers above it, not for its own window."),
            ([5, 6, 10, 11], "After the stride of 2 a step is two pixels."),
        ],
    ),
    check=lambda sheet: check_lenet_fields(sheet[0]),
)

column_sizes = Answers(
    "receptive-field-dilation-im2col/column-sizes",
    number(
        "How many numbers has a column?",
        75,
        hint="A column holds a window, of all channels.",
        because="3 channels of 5 · 5 pixels.",
        wrong=[
            (25, "All channels go into a column."),
            (1600, "The filters are the other matrix."),
        ],
    ),
    number(
        "How many columns are there?",
        1024,
        hint="One for each window, and padding 2 keeps the size.",
        because="32 · 32 windows.",
        wrong=[(784, "Padding adds 2 on each side."), (65536, "All filters share the columns.")],
    ),
    number(
        "How many times as many numbers as the picture has the matrix?",
        25,
        hint="75 · 1024 against 3 · 32 · 32.",
        because="75 · 1024 / (3 · 1024) = 25: as many as a window has pixels.",
        wrong=[(75, "The picture has three channels, too.")],
    ),
    check=lambda sheet: check_column_sizes(*sheet),
)
