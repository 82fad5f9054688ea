"""Checks for the exercises of the page on VGG."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

from utils.counting import count_parameters
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.vgg_sheets import by_hand_sheet, larger_sheet, predict_sheet

SIDE, CLASSES = 32, 10
LAYERS, FIELD, BUDGET = 6, SIDE, 20_000  # what exercise 5 asks for
MOST_CHANNELS, MOST_LAYERS = 1024, 50
ARCHITECTURES = (((1, 4),), ((3, 4),), ((1, 4), (1, 8)), ((2, 4), (1, 4), (3, 2)), ((4, 1),) * 2)


def _block(n: int, c_in: int, c_out: int) -> list[nn.Module]:
    channels = [c_in, *[c_out] * n]
    pairs = zip(channels, channels[1:], strict=False)
    layers = [layer for i, o in pairs for layer in (nn.Conv2d(i, o, 3, padding=1), nn.ReLU())]
    return [*layers, nn.MaxPool2d(2)]


def _field(architecture: Sequence[Sequence[int]]) -> int:
    """Count the pixels of a row that can move a number of the last block, by a gradient."""
    side = 2 ** len(architecture) * (4 * sum(n for n, _ in architecture) + 3)
    x = torch.zeros(1, 1, side, 1, dtype=torch.float64, requires_grad=True)
    y = x
    # Averages let each pixel of a window through, where a maximum would pick one.
    for n, _ in architecture:
        for _ in range(n):
            y = nn.functional.avg_pool2d(y, (3, 1), 1, (1, 0))
        y = nn.functional.avg_pool2d(y, (2, 1), (2, 1))
    (slopes,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, 0], x)
    return int((slopes > 0).sum())


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the size and the parameters of exercise 1 with the layers of torch."""
    with torch.device("meta"):
        block = nn.Sequential(*_block(3, 16, 32))
        out = block(torch.empty(1, 16, 28, 28))
    given = ask_numbers("answers", answers, (3,))
    expect_number("the count of channels", given[0], out.shape[1], within=0)
    expect_number("the side", given[1], out.shape[2], within=0)
    expect_number("the count of parameters", given[2], count_parameters(block), within=0)
    right(1)


@exercise
def check_larger(answers: Sequence[float]) -> None:
    """Check the factors of exercise 2 with a convolution and the first dense layer of VGG-16."""
    conv = nn.Conv2d(3, 64, 3, padding=1, device="meta")
    places = [conv(torch.empty(1, 3, n, n, device="meta"))[0, 0].numel() for n in (224, 448)]
    weights = [512 * (n // 32) ** 2 * 4096 for n in (224, 448)]
    given = ask_numbers("answers", answers, (3,))
    names = "weights of the convolutions", "multiply-adds", "weights of the dense layer"
    factors = 1, places[1] / places[0], weights[1] / weights[0]
    for name, answer, factor in zip(names, given.tolist(), factors, strict=True):
        expect_number(f"the factor of the {name}", answer, factor, within=0)
    right(2)


@exercise
def check_field(field: Callable[[Sequence], int]) -> None:
    """Check exercise 3 on several architectures, by the pixels that have a gradient."""
    for architecture in ARCHITECTURES:
        answer = field(architecture)
        expect_number(f"field({architecture})", answer, _field(architecture), within=0)
    right(3)


@exercise
def check_as_convolution(as_convolution: Callable[..., nn.Module]) -> None:
    """Check exercise 4: the same numbers on the old size, and a map on larger images."""
    draw = torch.Generator().manual_seed(4)
    for channels, side, units in ((1, 1, 3), (3, 2, 4), (5, 7, 2)):
        linear = nn.Linear(channels * side * side, units)
        conv = as_convolution(linear, channels, side)
        case = f"for {channels} channels of {side}×{side} and {units} units"
        expect(isinstance(conv, nn.Conv2d), f"{case} a Conv2d is wanted")
        x = torch.randn(2, channels, side, side, generator=draw)
        wanted = linear(x.flatten(1))[:, :, None, None].detach()
        with torch.no_grad():
            expect_numbers(f"the output {case}", conv(x), wanted, within=1e-4)
            larger = torch.randn(1, channels, side + 2, side + 1, generator=draw)
            answer = conv(larger)
        corner = larger[:, :, 2:, 1:].flatten(1)
        expect(
            tuple(answer.shape) == (1, units, 3, 2),
            f"{case} a larger image must give a map, got {tuple(answer.shape)}",
        )
        wanted = linear(corner)[0].detach()
        expect_numbers(f"a corner of the map {case}", answer[0, :, 2, 1], wanted, within=1e-4)
    right(4)


@exercise
def check_design(architecture: Sequence[Sequence[int]]) -> None:
    """Check the network of exercise 5, a list of (convolutions, channels)."""
    count = len(architecture)
    expect(1 <= count <= 5, f"{SIDE} pixels can be halved 1 to 5 times, got {count} blocks")
    given = ask_numbers("architecture", architecture, (count, 2))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"{architecture} must hold whole numbers from 1 up")
    blocks = [tuple(pair) for pair in given.long().tolist()]
    layers = sum(n for n, _ in blocks)
    small = layers <= MOST_LAYERS and max(c for _, c in blocks) <= MOST_CHANNELS
    expect(small, f"at most {MOST_LAYERS} convolutions of {MOST_CHANNELS} channels are tried")
    expect(layers >= LAYERS, f"at least {LAYERS} convolutions are wanted, got {layers}")
    field = _field(blocks)
    expect(field >= FIELD, f"a number of the last block sees {field} pixels, not {FIELD}")
    c_in, parts = 3, []
    with torch.device("meta"):
        for n, c_out in blocks:
            parts += _block(n, c_in, c_out)
            c_in = c_out
        parts += [nn.Flatten(), nn.Linear(c_in * (SIDE // 2**count) ** 2, CLASSES)]
        total = count_parameters(nn.Sequential(*parts))
    expect(total <= BUDGET, f"{total:,} parameters are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
larger = larger_sheet(check_larger)
