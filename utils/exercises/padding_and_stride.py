"""Checks for the exercises of the page on padding and stride, and its answer fields."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, right
from utils.exercises.forbidden import (
    MATRIX_PRODUCTS,
    expect_in_torch,
    expect_same_effort,
    watch,
)
from utils.widgets.answers import Answers, choice, number, numbers

SIDE, GOAL, MOST_LAYERS = 96, 12, 4
READY_MADE = {
    *MATRIX_PRODUCTS,
    *("conv3d", "convolution", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
    *("unfold", "im2col", "as_strided", "fft_fft2", "fft_rfft2", "fft_fftn", "fft_rfftn"),
}


@exercise
def check_lenet_sizes(sizes: Sequence[int]) -> None:
    """Check the four sides of exercise 1 against the shapes that torch's layers give."""
    sides = ask_numbers("sizes", sizes, (4,)).tolist()
    layers = (nn.Conv2d(1, 1, 5, padding=2), nn.AvgPool2d(2), nn.Conv2d(1, 1, 5), nn.AvgPool2d(2))
    x = torch.zeros(1, 1, 28, 28)
    for count, (layer, size) in enumerate(zip(layers, sides, strict=True), start=1):
        x = layer(x)
        expect(size == x.shape[-1], f"the side after layer {count} is not {size:g}")
    right(1)


@exercise
def check_unused_columns(without: int, with_padding: int) -> None:
    """Check exercise 2 by letting the gradient count the uses of ten columns."""
    for name, padding, answer in (("without", 0, without), ("with", 1, with_padding)):
        unused = (_uses(10, [(3, padding, 3)])[0] == 0).sum()
        expect_number(f"the count {name} padding", answer, unused, within=0)
    right(2)


@exercise
def check_same_padding(same_padding: Callable[[int, int], Sequence[int]]) -> None:
    """Check exercise 3 by padding and convolving with torch, for many kernels."""
    x = torch.zeros(1, 1, 11)
    for kernel_size in range(1, 8):
        for dilation in (1, 2, 3):
            case = f"kernel_size={kernel_size}, dilation={dilation}"
            given = same_padding(kernel_size, dilation)
            sides = ask_numbers(f"(before, after) for {case}", given, (2,)).tolist()
            answer = before, after = tuple(round(side) for side in sides)
            expect(list(answer) == sides, f"{given} is no count of zeros for {case}")
            expect(min(answer) >= 0, f"negative padding {answer} for {case}")
            expect(abs(before - after) <= 1, f"{answer} is lopsided for {case}")
            padded = F.pad(x, answer)
            expect(
                padded.shape[-1] > dilation * (kernel_size - 1),
                f"{answer} is too little for {case}: no window fits",
            )
            size = nn.Conv1d(1, 1, kernel_size, dilation=dilation)(padded).shape[-1]
            expect(size == 11, f"with {answer} an input of 11 becomes {size} for {case}")
    right(3)


@exercise
def check_shifts(convolve: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against torch; neither a window loop nor a ready-made sum is allowed."""
    generator = torch.Generator().manual_seed(4)
    for height, width in ((1, 1), (3, 3), (2, 4), (5, 2)):
        runs = []
        for rows, columns in ((5, 4), (9, 12)):
            kernel = torch.randn(height, width, generator=generator, dtype=torch.float64)
            x = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
            case = f"for an image of {rows}×{columns} and a kernel of {height}×{width} your answer"
            run = watch(convolve, x.clone(), kernel.clone())
            for name in READY_MADE:
                expect(name not in run.torch_calls, f"{case} uses `{name}`, not allowed here")
            wanted = F.conv2d(x[None, None], kernel[None, None])[0, 0]
            result = run.result
            expect(isinstance(result, torch.Tensor), f"{case} must be a tensor, got {result!r}")
            expect_in_torch(run, case, most=kernel.numel())  # weights may become Python's numbers
            expect(
                result.shape == wanted.shape,
                f"{case} has shape {tuple(result.shape)}, not {tuple(wanted.shape)}",
            )
            is_same = torch.allclose(result.double(), wanted, rtol=1e-4, atol=1e-4)
            flipped = F.conv2d(x[None, None], kernel.flip(0, 1)[None, None])[0, 0]
            is_flipped = torch.allclose(result.double(), flipped, rtol=1e-4, atol=1e-4)
            expect(is_same or not is_flipped, f"{case} flips the kernel")
            expect(is_same, f"{case} holds wrong numbers")
            runs.append(run)
        expect_same_effort(*runs, "your answer")
    right(4)


@exercise
def check_design(layers: Sequence[Sequence[int]]) -> None:
    """Check the layers of exercise 5, each (kernel size, padding, stride), with torch."""
    count = len(layers)
    expect(1 <= count <= MOST_LAYERS, f"one to {MOST_LAYERS} layers are wanted, got {layers!r}")
    given = ask_numbers("layers", layers, (count, 3))
    expect(bool((given == given.round()).all()), f"{layers} holds a number that is not whole")
    triples = given.long().tolist()
    for place, (kernel, padding, stride) in enumerate(triples, start=1):
        expect(kernel % 2 == 1 and kernel > 0, f"the kernel of layer {place} is not odd")
        expect(padding >= 0, f"the padding of layer {place} is negative")
        expect(1 <= stride < kernel, f"the windows of layer {place} do not overlap")
    uses, size = _uses(SIDE, triples)
    expect(size == GOAL, f"a side of {SIDE} becomes {size}, not {GOAL}")
    unused = (uses == 0).sum().item()
    expect(not unused, f"{unused} of the {SIDE} columns are never used")
    right(5)


def _uses(side: int, layers: Sequence[Sequence[int]]) -> tuple[torch.Tensor, int]:
    """Return on how many ways each of ``side`` columns reaches the output, and its length."""
    x = torch.zeros(1, 1, side, requires_grad=True, dtype=torch.float64)
    y = x
    for place, (kernel, padding, stride) in enumerate(layers, start=1):
        room = y.shape[-1] + 2 * padding
        expect(
            kernel <= room, f"the kernel of layer {place} is wider than its padded input, {room}"
        )
        weight = torch.ones(1, 1, kernel, dtype=x.dtype)
        y = F.conv1d(y, weight, padding=padding, stride=stride)
    (uses,) = torch.autograd.grad(y.sum(), x)
    return uses[0, 0], y.shape[-1]


predict = Answers(
    "padding-and-stride/predict",
    number(
        "How many rows of numbers come out?",
        3,
        hint="In which rows can the top of the window lie? Begin with row 0.",
        because="The top of the window lies in rows 0, 2 and 4.",
        wrong=[
            (4, "A window that begins in row 6 would need row 8, and there is none."),
            (6, "That would be right if the window moved by one pixel."),
            (8, "The window has to stay inside."),
        ],
    ),
    choice(
        "Is each pixel of the picture used?",
        ["yes", "no"],
        "no",
        hint="Which is the last row that the lowest window covers?",
        because="The lowest window covers rows 4, 5 and 6: row 7 is left out, and so is column 7.",
        wrong=[("yes", "Look at the last row.")],
    ),
)

sizes = Answers(
    "padding-and-stride/sizes",
    numbers(
        "Which side has the image after layer 1, 2, 3 and 4?",
        [28, 14, 10, 5],
        hint="For each layer: add the padding, subtract the kernel, divide, round down, add one.",
        because="28 + 4 − 5 + 1 = 28, then 28 / 2 = 14, then 14 − 5 + 1 = 10, then 10 / 2 = 5.",
        wrong=[
            ([24, 12, 8, 4], "The first layer pads with 2 on each side."),
            ([28, 14, 14, 7], "The third layer does not pad."),
            ([28, 27, 23, 22], "The windows of 2×2 move by 2."),
        ],
    ),
    check=lambda sheet: check_lenet_sizes(sheet[0]),
)

unused = Answers(
    "padding-and-stride/unused",
    number(
        "How many columns are never used without padding?",
        1,
        hint="The windows begin at columns 0, 3 and 6.",
        because="The last window covers columns 6 to 8; column 9 is left over.",
        wrong=[
            (0, "Look where the last window ends."),
            (3, "A window that begins at column 6 fits."),
        ],
    ),
    number(
        "How many columns are never used with `padding=1`?",
        0,
        hint="The row is 12 cells long now, zeros included.",
        because="12 is 4 · 3: four windows, side by side, cover all of it.",
        wrong=[(1, "One more window fits now."), (2, "Zeros are no columns of the image.")],
    ),
    check=lambda sheet: check_unused_columns(*sheet),
)
