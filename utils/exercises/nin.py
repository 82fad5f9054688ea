"""Checks for the exercises of the page on network in network."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

from utils.counting import count_parameters
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.nin_sheets import by_hand_sheet, larger_sheet, predict_sheet

SIDE, CLASSES, FIELD, BUDGET = 32, 10, 22, 15_000  # what exercise 5 asks for
MOST_BLOCKS, MOST_CHANNELS = 5, 1024

# Channels in, between and out, and window, stride and padding of the convolution in exercise 3.
MELTED = ((1, 1, 1, 1, 1, 0), (3, 5, 4, 3, 1, 1), (2, 4, 6, 5, 2, 2), (4, 3, 2, 2, 3, 1))


def _block(c_in: int, c_out: int, k: int, padding: int) -> list[nn.Module]:
    ones = [nn.Conv2d(c_out, c_out, 1), nn.ReLU(), nn.Conv2d(c_out, c_out, 1), nn.ReLU()]
    return [nn.Conv2d(c_in, c_out, k, padding=padding), nn.ReLU(), *ones]


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the parameters and the size of exercise 1 with the layers of torch."""
    with torch.device("meta"):
        conv, _, *ones = _block(96, 256, 5, 2)
        side = conv(torch.empty(1, 96, 26, 26)).shape[-1]
    given = ask_numbers("answers", answers, (3,))
    expect_number("the count for the convolution", given[0], count_parameters(conv), within=0)
    both = count_parameters(nn.Sequential(*ones))
    expect_number("the count for the 1×1 layers", given[1], both, within=0)
    expect_number("the side", given[2], side, within=0)
    right(1)


@exercise
def check_larger(answers: Sequence[float]) -> None:
    """Check exercise 2 with the layers that change the size."""
    pools = [nn.MaxPool2d(3, 2) for _ in range(3)]
    with torch.device("meta"):
        body = nn.Sequential(nn.Conv2d(3, 1, 11, 4), *pools)
        maps = body(torch.empty(1, 3, 448, 448))
    given = ask_numbers("answers", answers, (3,))
    expect_number("the side of the class maps", given[0], maps.shape[-1], within=0)
    expect_number("the factor of the parameters", given[1], 1, within=0)
    expect_number("the count of numbers in the mean", given[2], maps[0, 0].numel(), within=0)
    right(2)


@exercise
def check_melt(melt: Callable[[nn.Conv2d, nn.Conv2d], nn.Conv2d]) -> None:
    """Check exercise 3: one convolution, and the numbers of two."""
    draw = torch.Generator().manual_seed(3)
    for c_in, between, c_out, *window in MELTED:
        conv, one = nn.Conv2d(c_in, between, *window), nn.Conv2d(between, c_out, 1)
        x = torch.randn(2, c_in, 9, 8, generator=draw)
        with torch.no_grad():
            wanted = one(conv(x))
            new = melt(conv, one)
            k, stride, padding = window
            case = f"for a window of {k}, stride {stride} and padding {padding}"
            expect(isinstance(new, nn.Conv2d), f"{case} a Conv2d is wanted")
            count = c_out * (c_in * k * k + 1)
            expect(
                count_parameters(new) == count,
                f"{case} it must have {count} parameters, got {count_parameters(new)}",
            )
            expect_numbers(f"the output {case}", new(x), wanted, within=1e-4)
    right(3)


@exercise
def check_class_maps(class_maps: Callable[[nn.Linear, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4: the maps themselves, and so their means."""
    draw = torch.Generator().manual_seed(4)
    for n, channels, classes, height, width in ((1, 1, 2, 1, 1), (2, 3, 4, 5, 2), (3, 6, 2, 4, 4)):
        linear = nn.Linear(channels, classes)
        features = torch.randn(n, channels, height, width, generator=draw)
        with torch.no_grad():
            maps = torch.as_tensor(class_maps(linear, features))
            wanted = linear(features.movedim(1, -1)).movedim(-1, 1)
            scores = linear(features.mean((2, 3)))
        shape = (n, classes, height, width)
        expect(tuple(maps.shape) == shape, f"maps of {shape} are wanted, got {tuple(maps.shape)}")
        expect_numbers("the means of the maps", maps.mean((2, 3)), scores, within=1e-4)
        expect_numbers("the maps", maps, wanted, within=1e-4)
    right(4)


def _field(blocks: Sequence[tuple[int, int]]) -> int:
    """Count the pixels of a row that can move a number of the class maps, by a gradient."""
    side = 2 ** len(blocks) * (sum(k for _, k in blocks) + 3)
    x = torch.zeros(1, 1, side, 1, dtype=torch.float64, requires_grad=True)
    y = x
    for index, (_, k) in enumerate(blocks):
        if index:  # averages let each pixel of a window through
            y = nn.functional.avg_pool2d(y, (2, 1), (2, 1))
        y = nn.functional.avg_pool2d(y, (k, 1), 1, (k // 2, 0))
    (slopes,) = torch.autograd.grad(y[0, 0, y.shape[2] // 2, 0], x)
    return int((slopes > 0).sum())


@exercise
def check_design(blocks: Sequence[Sequence[int]]) -> None:
    """Check the network of exercise 5, a list of (channels, window)."""
    count = len(blocks)
    expect(1 <= count <= MOST_BLOCKS, f"1 to {MOST_BLOCKS} blocks are possible, got {count}")
    given = ask_numbers("blocks", blocks, (count, 2))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"{blocks} must hold whole numbers from 1 up")
    pairs = [tuple(pair) for pair in given.long().tolist()]
    for channels, k in pairs:
        expect(channels <= MOST_CHANNELS, f"at most {MOST_CHANNELS} channels are tried")
        expect(k % 2 == 1 and k <= SIDE, f"a window that keeps the size is odd, got {k}")
    expect(pairs[-1][0] == CLASSES, f"the last block makes {CLASSES} maps, not {pairs[-1][0]}")
    c_in, layers = 3, []
    with torch.device("meta"):
        for channels, k in pairs:
            layers += _block(c_in, channels, k, k // 2)
            c_in = channels
        total = count_parameters(nn.Sequential(*layers))
    expect(total <= BUDGET, f"{total:,} parameters are more than {BUDGET:,}")
    field = _field(pairs)
    expect(field >= FIELD, f"a number of the class maps sees {field} pixels, not {FIELD}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
larger = larger_sheet(check_larger)
