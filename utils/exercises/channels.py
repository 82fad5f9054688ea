"""Checks for the exercises of the page on channels."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.channels_sheets import by_hand_sheet, doubled_sheet, predict_sheet
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right
from utils.exercises.forbidden import watch

AUTOGRAD = {"backward", "grad", "requires_grad_", "vjp", "vjpfunc", "vmap"}
CONVOLUTIONS = {
    "conv1d",
    "conv2d",
    "conv3d",
    "convolution",
    "conv_transpose2d",
    "conv_transpose1d",
}
WIDTH, BUDGET, MOST_LAYERS, FEWEST = 128, 30_000, 4, 16
DOUBLED = (64, 64, 56), (128, 128, 28)  # channels in, filters and side, before and after


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the two outputs and the parameters of exercise 1 with a layer of torch."""
    layer = nn.Conv2d(3, 2, 1)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1, 0, -1], [0.5, 0.5, 0]])[:, :, None, None])
        layer.bias.copy_(torch.tensor([0.0, 1]))
        outputs = layer(torch.tensor([4.0, 2, 3])[:, None, None]).flatten()
    expect(len(answers) == 3, f"3 answers are wanted, got {len(answers)}")
    for row, (answer, output) in enumerate(zip(answers, outputs, strict=False)):
        expect_number(f"output channel {row}", answer, output)
    count = sum(parameter.numel() for parameter in layer.parameters())
    expect_number("the count of parameters", answers[2], count, within=0)
    right(1)


@exercise
def check_doubled(answers: Sequence[float]) -> None:
    """Check the two factors of exercise 2 with layers and their outputs."""
    weights, products = [], []
    for channels, filters, side in DOUBLED:
        layer = nn.Conv2d(channels, filters, 3, padding=1, bias=False, device="meta")
        places = layer(torch.empty(1, channels, side, side, device="meta"))[0, 0].numel()
        weights.append(layer.weight.numel())
        products.append(layer.weight.numel() * places)
    expect(len(answers) == 2, f"2 answers are wanted, got {len(answers)}")
    expect_number("the factor of the weights", answers[0], weights[1] / weights[0], within=0)
    expect_number(
        "the factor of the multiply-adds", answers[1], products[1] / products[0], within=0
    )
    right(2)


@exercise
def check_backward(backward: Callable[..., Sequence[torch.Tensor]]) -> None:
    """Check exercise 3 against autograd, which the answer must not use."""
    draw = torch.Generator().manual_seed(3)
    for count, c_in, c_out, height, width in ((1, 1, 1, 1, 1), (2, 3, 4, 5, 3), (3, 4, 2, 2, 6)):
        shapes = (count, c_in, height, width), (c_out, c_in), (count, c_out, height, width)
        x, weight, upstream = (
            torch.randn(shape, generator=draw, dtype=torch.float64) for shape in shapes
        )
        case = f"for a batch of shape {tuple(x.shape)} and {c_out} output channels your answer"
        run = watch(backward, x.clone(), weight.clone(), upstream.clone())
        used = AUTOGRAD & run.torch_calls.keys()
        expect(not used, f"{case} uses `{next(iter(used), '')}`, which is not allowed here")
        leaves = [tensor.requires_grad_() for tensor in (x, weight)]
        wanted = torch.autograd.grad(F.conv2d(x, weight[:, :, None, None]), leaves, upstream)
        expect(
            isinstance(run.result, (tuple, list)) and len(run.result) == 2,
            f"{case} must be two gradients, got {run.result!r}",
        )
        for name, given, gradient in zip(("batch", "weight"), run.result, wanted, strict=True):
            expect_numbers(f"the gradient of the {name} {case}", given, gradient, within=1e-4)
    right(3)


@exercise
def check_grouped(grouped: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against torch's ``groups``, with torch's convolutions forbidden."""
    draw = torch.Generator().manual_seed(4)
    for groups, c_in, c_out in ((1, 2, 3), (2, 4, 6), (3, 3, 3), (2, 2, 4)):
        x = torch.randn(2, c_in, 4, 5, generator=draw, dtype=torch.float64)
        filters = torch.randn(c_out, c_in // groups, 2, 3, generator=draw, dtype=torch.float64)
        case = f"with {c_in} channels, {c_out} filters and groups={groups} your answer"
        run = watch(grouped, x.clone(), filters.clone(), groups)
        used = CONVOLUTIONS & run.torch_calls.keys()
        expect(not used, f"{case} uses PyTorch's `{next(iter(used), '')}`, not allowed here")
        wanted = F.conv2d(x, filters, groups=groups)
        expect_numbers(case, run.result, wanted, within=1e-6)
    right(4)


@exercise
def check_budget(layers: Sequence[Sequence[int]]) -> None:
    """Check the stack of exercise 5, each layer (input channels, filters, kernel size)."""
    count = len(layers)
    expect(1 <= count <= MOST_LAYERS, f"one to {MOST_LAYERS} layers are wanted, got {layers!r}")
    given = ask_numbers("layers", layers, (count, 3))
    expect(bool((given == given.round()).all()), f"{layers} holds a number that is not whole")
    channels, parameters, window = WIDTH, 0, 1
    for place, (c_in, c_out, k) in enumerate(given.long().tolist(), start=1):
        expect(c_in == channels, f"layer {place} gets {channels} channels, not {c_in}")
        expect(c_out >= FEWEST, f"layer {place} has fewer than {FEWEST} filters")
        expect(k >= 1, f"the kernel of layer {place} has no weight")
        layer = nn.Conv2d(c_in, c_out, k, device="meta")
        parameters += sum(parameter.numel() for parameter in layer.parameters())
        channels, window = c_out, window + k - 1
    expect(channels == WIDTH, f"{channels} channels come out, not {WIDTH}")
    expect(window >= 3, f"an output sees a window of {window}×{window}, 3×3 is wanted")
    expect(parameters <= BUDGET, f"{parameters:,} parameters are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
doubled = doubled_sheet(check_doubled)
