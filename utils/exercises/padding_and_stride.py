"""Checks for the exercises of the page on padding and stride."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

from utils.exercises.feedback import ask_numbers, expect, expect_number, right


def check_lenet_sizes(sizes: Sequence[int]) -> None:
    """Check the four sides of exercise 1 against the shapes that torch's layers give."""
    sides = ask_numbers("sizes", sizes, (4,)).tolist()
    layers = (nn.Conv2d(1, 1, 5, padding=2), nn.AvgPool2d(2), nn.Conv2d(1, 1, 5), nn.AvgPool2d(2))
    x = torch.zeros(1, 1, 28, 28)
    for number, (layer, size) in enumerate(zip(layers, sides, strict=True), start=1):
        x = layer(x)
        expect(size == x.shape[-1], f"the side after layer {number} is not {size:g}")
    right(1)


def check_same_padding(same_padding: Callable[[int, int], tuple[int, int]]) -> None:
    """Check exercise 2 by padding and convolving with torch, for many kernels."""
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
            padded = nn.functional.pad(x, answer)
            expect(
                padded.shape[-1] > dilation * (kernel_size - 1),
                f"{answer} is too little for {case}: no window fits",
            )
            size = nn.Conv1d(1, 1, kernel_size, dilation=dilation)(padded).shape[-1]
            expect(size == 11, f"with {answer} an input of 11 becomes {size} for {case}")
    right(2)


def check_unused_columns(without: int, with_padding: int) -> None:
    """Check exercise 3 by letting the gradient count the uses of ten columns."""
    for name, padding, answer in (("without", 0, without), ("with", 1, with_padding)):
        x = torch.zeros(1, 1, 10, requires_grad=True)
        weight = torch.ones(1, 1, 3)
        nn.functional.conv1d(x, weight, stride=3, padding=padding).sum().backward()
        expect_number(f"the count {name} padding", answer, (x.grad == 0).sum(), within=0)
    right(3)
