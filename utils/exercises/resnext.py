"""Checks for the exercises of the page on ResNeXt and grouped convolution."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.counting import count_parameters, layer_costs
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.resnext_sheets import by_hand_sheet, heard_sheet, predict_sheet

CHANNELS, BUDGET, INSIDE, NARROWEST = 256, 70_144, 130, 2  # what exercise 5 asks for
MOST = 1024  # of paths, and of channels in one
# Channels out, channels in, groups, and the sides of a kernel.
LAYERS = ((2, 2, 1, 1, 1), (4, 4, 2, 3, 3), (3, 3, 3, 3, 3), (6, 4, 2, 2, 3), (12, 6, 3, 1, 2))


def _heard(channels: int, groups: int, *, shuffled: bool) -> int:
    """Count the inputs that reach the first output of two grouped layers, by a gradient."""
    x = torch.zeros(1, channels, 1, 1, requires_grad=True)
    W = torch.ones(channels, channels // groups, 1, 1)
    y = F.conv2d(x, W, groups=groups)
    if shuffled:
        y = F.channel_shuffle(y, groups)
    (slopes,) = torch.autograd.grad(F.conv2d(y, W, groups=groups)[0, 0, 0, 0], x)
    return int((slopes > 0).sum())


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the counts of exercise 1 with torch's layer."""
    with torch.device("meta"):
        layer = nn.Conv2d(12, 24, 3, padding=1, groups=4, bias=False)
        (row,) = layer_costs([layer], torch.empty(1, 12, 10, 10))
    given = ask_numbers("answers", answers, (3,))
    expect_number("the count of channels", given[0], layer.weight.shape[1], within=0)
    expect_number("the count of weights", given[1], row.parameters, within=0)
    expect_number("the count of multiply-adds", given[2], row.multiply_adds, within=0)
    right(1)


@exercise
def check_heard(answers: Sequence[float]) -> None:
    """Check the inputs of exercise 2 by gradients."""
    apart, shuffled = (_heard(64, 16, shuffled=each) for each in (False, True))
    divisors = [g for g in range(1, 65) if 64 % g == 0]
    most = max(g for g in divisors if _heard(64, g, shuffled=True) == 64)
    given = ask_numbers("answers", answers, (3,))
    expect_number("the count without a shuffle", given[0], apart, within=0)
    expect_number("the count with a shuffle", given[1], shuffled, within=0)
    expect_number("the largest number of groups", given[2], most, within=0)
    right(2)


@exercise
def check_as_dense(as_dense: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 3: the weights of an ordinary layer, and what it makes of images."""
    draw = torch.Generator().manual_seed(3)
    for c_out, c_in, groups, high, wide in LAYERS:
        W = torch.randn(c_out, c_in // groups, high, wide, generator=draw)
        x = torch.randn(2, c_in, 4, 5, generator=draw)
        case = f"for {c_in} channels in, {c_out} out and {groups} groups"
        wanted = (c_out, c_in, high, wide)
        dense = ask_numbers(f"as_dense(weight, groups) {case}", as_dense(W, groups), wanted)
        grouped = F.conv2d(x.double(), W.double(), groups=groups)
        expect_numbers(f"the output {case}", F.conv2d(x.double(), dense), grouped, within=1e-4)
    right(3)


@exercise
def check_unshuffle(unshuffle: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 on images of several shapes."""
    draw = torch.Generator().manual_seed(4)
    for channels, groups in ((1, 1), (6, 2), (6, 3), (12, 4), (12, 2), (4, 4)):
        x = torch.randn(2, channels, 2, 3, generator=draw)
        answer = unshuffle(F.channel_shuffle(x, groups), groups)
        name = f"what comes back for {channels} channels in {groups} groups"
        expect_numbers(name, answer, x, within=1e-6)
    right(4)


@exercise
def check_design(design: Sequence[int]) -> None:
    """Check the block of exercise 5, given by the count of its paths and their width."""
    given = ask_numbers("the design", design, (2,))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"paths and width must be whole numbers from 1 up, got {design}")
    paths, width = given.long().tolist()
    expect(max(paths, width) <= MOST, f"at most {MOST} paths of {MOST} channels are tried")
    expect(width >= NARROWEST, f"a path must be at least {NARROWEST} wide, got {width}")
    inside = paths * width
    expect(inside >= INSIDE, f"the block is {inside} wide inside, not {INSIDE}")
    with torch.device("meta"):
        layers = (
            nn.Conv2d(CHANNELS, inside, 1, bias=False),
            nn.Conv2d(inside, inside, 3, padding=1, groups=paths, bias=False),
            nn.Conv2d(inside, CHANNELS, 1, bias=False),
        )
    total = sum(map(count_parameters, layers))
    expect(total <= BUDGET, f"{total:,} weights are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
heard = heard_sheet(check_heard)
