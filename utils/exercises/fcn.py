"""Checks for the exercises of the page on fully convolutional networks."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.fcn_claims import CLAIMS, draws
from utils.exercises.fcn_sheets import SUMS, by_hand_sheet, predict_sheet, sizes_sheet
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.segmentation.fcn import FCN

KERNEL, MAP = torch.tensor([[2.0, -1], [0, 1]]), torch.tensor([[1.0, 2, 0], [3, 1, 4]])
TENT, SCORES = torch.tensor([0.25, 0.75, 0.75, 0.25]), torch.tensor([8.0, 0])
SIDE = 60  # of exercise 2


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's convolutions."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    wanted = F.conv2d(MAP[None, None], KERNEL[None, None]).flatten()
    expect_numbers("the answers of the kernel", answers[0], wanted)
    large = F.conv_transpose1d(SCORES[None, None], TENT[None, None], stride=2, padding=1)
    expect_numbers("the enlarged scores", answers[1], large.flatten())
    expect_number("the count of answers", answers[2], (224 // 32 - 3 + 1) ** 2, within=0)
    right(1)


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 2 with the sides of the book's net."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    with torch.device("meta"):
        net = FCN().eval()
        sides = [part.shape[2] for part in net.maps(torch.empty(1, 1, SIDE, SIDE))][::-1]
    expect_numbers("the list of sides", answers[0], sides, within=0)
    fits = [2 * sides[2] == sides[1], 2 * sides[1] == sides[0], False]
    expect(answers[1] == SUMS[fits.index(False)], f"the sum that fails is not {answers[1]!r}")
    expect_number("the count of rows", answers[2], -SIDE % 8, within=0)
    right(2)


@exercise
def check_to_convolution(to_convolution: Callable[[nn.Linear, int, int], nn.Module]) -> None:
    """Check exercise 3 on maps of the layer's own size, and on larger ones."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(4)
        for channels, side, rows, bias in ((1, 2, 1, True), (3, 4, 5, True), (6, 3, 2, False)):
            linear = nn.Linear(channels * side**2, rows, bias=bias)
            before = [part.clone() for part in linear.parameters()]
            conv = to_convolution(linear, channels, side)
            case = f"for {channels} channels, side {side}{'' if bias else ', without biases'},"
            is_conv = isinstance(conv, nn.Conv2d)
            expect(is_conv, f"{case} an nn.Conv2d is wanted, got {type(conv).__name__}")
            _check_answers(conv, linear, torch.randn(2, channels, side + 2, side + 1), side, case)
            same = map(torch.equal, before, linear.parameters())
            expect(all(same), f"{case} the dense layer has changed")
    right(3)


@torch.no_grad()
def _check_answers(conv: nn.Conv2d, linear: nn.Linear, maps: torch.Tensor, side: int, case: str):
    answer = conv(maps)
    wanted = (len(maps), linear.out_features, 3, 2)
    expect(answer.shape == wanted, f"{case} the answers have shape {tuple(answer.shape)}")
    for row in range(3):
        for column in range(2):
            window = maps[:, :, row : row + side, column : column + side]
            same = torch.allclose(answer[:, :, row, column], linear(window.flatten(1)), atol=1e-5)
            expect(same, f"{case} the answer at row {row}, column {column} differs")


@exercise
def check_mirrored(mirrored: Callable[[Callable, torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 with nets that look at what they are given."""
    generator = torch.Generator().manual_seed(0)
    for height, width, multiple in ((61, 64, 8), (10, 13, 8), (9, 21, 4), (16, 8, 8), (7, 7, 5)):
        x = torch.rand(2, 1, height, width, generator=generator)
        case = f"for {height}×{width} and multiples of {multiple}"
        rows, columns = -height % multiple, -width % multiple
        pads = columns // 2, columns - columns // 2, rows // 2, rows - rows // 2
        wanted = F.pad(x, pads, mode="reflect")
        seen = []

        def look(given: torch.Tensor, seen: list = seen) -> torch.Tensor:
            seen.append(given)
            return torch.cat([given, -2 * given], 1)

        answer = mirrored(look, x.clone(), multiple)
        expect(len(seen) == 1, f"{case} the net should be called once, not {len(seen)} times")
        sides = tuple(seen[0].shape[2:])
        expect(sides == wanted.shape[2:], f"{case} the net was given {sides}")
        expect(torch.equal(seen[0], wanted), f"{case} the net was given other pixels")
        is_tensor = isinstance(answer, torch.Tensor)
        expect(is_tensor, f"{case} a tensor is wanted, got {type(answer).__name__}")
        found = tuple(answer.shape)
        expect(found == (2, 2, height, width), f"{case} the logits have shape {found}")
        same = torch.equal(answer, torch.cat([x, -2 * x], 1))
        expect(same, f"{case} the logits are those of other pixels")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random scores."""
    expect_tried(claims, CLAIMS, draws(10), "draw")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
sizes = sizes_sheet(check_sizes)
