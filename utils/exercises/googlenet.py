"""Checks for the exercises of the page on GoogLeNet."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.counting import count_parameters
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.googlenet_sheets import by_hand_sheet, changes_sheet, predict_sheet

IN_3B, BLOCK_3B = 256, (128, 128, 192, 32, 96, 64)
# What exercise 5 asks for.
INPUTS, OUTPUTS, LEAST, BUDGET = 192, 256, 24, 110_000
MOST_CHANNELS = 1024
# Channels in and out, and the side of the kernel; in the third, nine channels save nothing.
SIZES = ((192, 32, 5), (9, 1, 3), (18, 2, 3), (64, 64, 3), (256, 96, 5), (8, 8, 7))


def _paths(c_in: int, widths: Sequence[int]) -> list[nn.Sequential]:
    """Return the convolutions of the four paths, without biases."""
    one, into3, three, into5, five, pool = widths
    sizes = (
        ((c_in, one, 1),),
        ((c_in, into3, 1), (into3, three, 3)),
        ((c_in, into5, 1), (into5, five, 5)),
        ((c_in, pool, 1),),
    )
    return [
        nn.Sequential(*(nn.Conv2d(i, o, k, padding=k // 2, bias=False) for i, o, k in path))
        for path in sizes
    ]


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the channels and weights of exercise 1 with the layers of torch."""
    with torch.device("meta"):
        paths = _paths(IN_3B, BLOCK_3B)
        out = torch.cat([path(torch.empty(1, IN_3B, 8, 8)) for path in paths], dim=1)
        plain = nn.Conv2d(IN_3B, BLOCK_3B[4], 5, bias=False)
    given = ask_numbers("answers", answers, (3,))
    expect_number("the count of channels", given[0], out.shape[1], within=0)
    expect_number("the weights of the path", given[1], count_parameters(paths[2]), within=0)
    expect_number("the weights without 1×1", given[2], count_parameters(plain), within=0)
    right(1)


@exercise
def check_changes(answers: Sequence[float]) -> None:
    """Check exercise 2: a block twice as wide, one without a projection, and a sum of losses."""
    with torch.device("meta"):
        usual, double = (
            sum(map(count_parameters, _paths(n * IN_3B, [n * width for width in BLOCK_3B])))
            for n in (1, 2)
        )
    one, _, three, _, five, _ = BLOCK_3B
    given = ask_numbers("answers", answers, (3,))
    expect_number("the factor of the weights", given[0], double / usual, within=0)
    expect_number("the count of channels", given[1], one + three + five + IN_3B, within=0)
    expect_number("the whole loss", given[2], 2 + 0.3 * (3 + 4), within=1e-6)
    right(2)


@exercise
def check_widest(widest: Callable[[int, int, int], int]) -> None:
    """Check exercise 3 by counting the weights of all widths that could save some."""
    for c_in, c_out, k in SIZES:
        plain = k * k * c_in * c_out
        saving = [r for r in range(1, plain) if r * c_in + k * k * r * c_out < plain]
        answer = widest(c_in, c_out, k)
        expect_number(f"widest({c_in}, {c_out}, {k})", answer, max(saving), within=0)
    right(3)


@exercise
def check_merged(merged: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4: one kernel must give what the two layers give after each other."""
    draw = torch.Generator().manual_seed(4)
    for c_in, inside, c_out, k in ((5, 2, 3, 3), (1, 1, 1, 1), (4, 6, 2, 5), (3, 2, 4, 1)):
        first = torch.randn(inside, c_in, 1, 1, generator=draw)
        second = torch.randn(c_out, inside, k, k, generator=draw)
        case = f"for {c_in} → {inside} → {c_out} channels and {k}×{k}"
        kernel = merged(first, second)
        expect(isinstance(kernel, torch.Tensor), f"{case} a tensor is wanted")
        wanted = (c_out, c_in, k, k)
        shape = tuple(kernel.shape)
        expect(shape == wanted, f"{case} the kernel must be {wanted}, got {shape}")
        x = torch.randn(2, c_in, 7, 6, generator=draw)
        both = F.conv2d(F.conv2d(x, first), second, padding=k // 2)
        ours = F.conv2d(x, kernel, padding=k // 2)
        expect_numbers(f"the output {case}", ours, both, within=1e-3)
    right(4)


@exercise
def check_design(widths: Sequence[int]) -> None:
    """Check the block of exercise 5: six numbers, in the order of the page."""
    given = ask_numbers("widths", widths, (6,))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"{widths} must hold whole numbers from 1 up")
    expect(bool((given <= MOST_CHANNELS).all()), f"at most {MOST_CHANNELS} channels are tried")
    numbers = [int(value) for value in given.tolist()]
    with torch.device("meta"):
        paths = _paths(INPUTS, numbers)
        outs = [path(torch.empty(1, INPUTS, 8, 8)).shape[1] for path in paths]
        total = sum(map(count_parameters, paths))
    expect(sum(outs) == OUTPUTS, f"{OUTPUTS} channels are wanted, got {sum(outs)}")
    expect(min(outs) >= LEAST, f"each path makes at least {LEAST} channels, got {outs}")
    expect(outs[1] >= OUTPUTS // 4, f"the 3×3 path makes a quarter of them, got {outs[1]}")
    expect(total <= BUDGET, f"{total:,} weights are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
changes = changes_sheet(check_changes)
