"""Checks for the exercises of the page on residual networks."""

import itertools
import math
from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

from utils.counting import count_parameters, layer_costs
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.forbidden import watch
from utils.exercises.resnet_sheets import by_hand_sheet, predict_sheet, ways_sheet

BLOCKS, SLOPE = 4, 0.5  # of exercise 1
LAYERS, BUDGET = 32, 100_000  # what exercise 5 asks for
MOST_BLOCKS, MOST_WIDTH = 30, 256


@exercise
def check_ways(answers: Sequence[float]) -> None:
    """Check exercise 1 by going all ways."""
    given = ask_numbers("answers", answers, (3,))
    ways = list(itertools.product((False, True), repeat=BLOCKS))
    slopes = [SLOPE ** sum(way) for way in ways]
    pairs = sum(slope for way, slope in zip(ways, slopes, strict=True) if sum(way) == 2)
    expect_number("the number of ways", given[0], len(ways), within=0)
    expect_number("the slope of all four blocks", given[1], math.fsum(slopes), within=0.01)
    expect_number("the part of the ways through two branches", given[2], pairs)
    right(1)


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check exercise 2 with the block of torchvision."""
    with torch.device("meta"):
        projection = nn.Conv2d(256, 512, 1, 2, bias=False)
        block = Bottleneck(256, 128, 2, projection, norm_layer=nn.Identity)
        (first,) = layer_costs([block.conv1], torch.empty(1, 256, 28, 28))
    own = count_parameters(projection)
    given = ask_numbers("answers", answers, (3,))
    expect_number("the weights of the branch", given[0], count_parameters(block) - own, within=0)
    expect_number("the weights of the shortcut", given[1], own, within=0)
    expect_number("the multiply-adds", given[2], first.multiply_adds, within=0)
    right(2)


def _preactivated(x: torch.Tensor, *parts: torch.Tensor) -> torch.Tensor:
    y = x
    for gamma, beta, W in (parts[:3], parts[3:]):
        y = F.conv2d(F.relu(F.batch_norm(y, None, None, gamma, beta, True)), W, padding=1)
    return x + y


@exercise
def check_preactivated(preactivated: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3: outputs and the gradient of the images, and the way around."""
    draw = torch.Generator().manual_seed(3)
    for count, channels, *sides in ((2, 3, 4, 5), (1, 1, 6, 3), (4, 2, 3, 3)):
        shapes = [(channels,)] * 2 + [(channels, channels, 3, 3)]
        parts = [torch.randn(shape, generator=draw) for shape in shapes * 2]
        x = 2 * torch.randn(count, channels, *sides, generator=draw)
        x.requires_grad_()
        case = f"for {count} images of {channels} channels"
        kept = x.detach().clone()
        answer = preactivated(x, *parts)
        expect(torch.equal(x.detach(), kept), f"{case} the images must stay as they are")
        wanted = _preactivated(x, *parts)
        expect(isinstance(answer, torch.Tensor), f"{case} a tensor is wanted, got {answer!r}")
        expect_numbers(f"the block {case}", answer.detach(), wanted.detach(), within=1e-4)
        expect(answer.requires_grad, f"{case} no gradient reaches the images")
        upstream = torch.randn(x.shape, generator=draw)
        (slope,), (target,) = (torch.autograd.grad(y, x, upstream) for y in (answer, wanted))
        expect_numbers(f"the gradient {case}", slope, target, within=1e-3)
    right(3)


@exercise
def check_by_length(by_length: Callable[[list[torch.Tensor]], Sequence]) -> None:
    """Check exercise 4 against all ways one by one, and that many blocks take no time."""
    draw = torch.Generator().manual_seed(4)
    for count, size in ((1, 2), (2, 3), (4, 2), (3, 1)):
        jacobians = [
            torch.randn(size, size, generator=draw, dtype=torch.float64) for _ in range(count)
        ]
        wanted = [torch.zeros(size, size, dtype=torch.float64) for _ in range(count + 1)]
        for way in itertools.product((False, True), repeat=count):
            product = torch.eye(size, dtype=torch.float64)
            for J, is_taken in zip(jacobians, way, strict=True):
                product = J @ product if is_taken else product
            wanted[sum(way)] += product
        answer = by_length([J.clone() for J in jacobians])
        case = f"by_length of {count} matrices"
        expect(answer is not None and len(answer) == count + 1, f"{case} needs {count + 1} sums")
        for length, (found, target) in enumerate(zip(answer, wanted, strict=True)):
            expect_numbers(f"{case}, through {length} branches", found, target, within=1e-6)
    run = watch(by_length, [torch.eye(2, dtype=torch.float64)] * 10)
    few = run.torch_calls.total() < 1000  # the ways are more than that
    expect(few, "10 matrices need few products: do not walk the ways one by one")
    right(4)


def _small_resnet(n: int, width: int) -> nn.Sequential:
    """The network of exercise 5, of torchvision's blocks, on the device in use."""
    layers, c_in = [nn.Conv2d(3, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)], width
    for place in range(3):
        c_out = width * 2**place
        for index in range(n):
            stride = 2 if place > 0 and index == 0 else 1
            projection = None
            if c_in != c_out:
                conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
                projection = nn.Sequential(conv, nn.BatchNorm2d(c_out))
            layers.append(BasicBlock(c_in, c_out, stride, projection))
            c_in = c_out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(c_in, 10))


@exercise
def check_design(answer: Sequence[int]) -> None:
    """Check the network of exercise 5, [n, width]."""
    given = ask_numbers("[n, width]", answer, (2,))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"n and width must be whole numbers from 1 up, got {answer}")
    n, width = given.long().tolist()
    small = n <= MOST_BLOCKS and width <= MOST_WIDTH
    expect(small, f"at most {MOST_BLOCKS} blocks a stage of width {MOST_WIDTH} are tried")
    with torch.device("meta"):
        model = _small_resnet(n, width)
    kinds = (nn.Conv2d, nn.Linear)
    named = model.named_modules()
    layers = sum(isinstance(part, kinds) and "downsample" not in name for name, part in named)
    expect(layers >= LAYERS, f"at least {LAYERS} layers are wanted, got {layers}")
    total = count_parameters(model)
    expect(total <= BUDGET, f"{total:,} parameters are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
ways = ways_sheet(check_ways)
by_hand = by_hand_sheet(check_by_hand)
