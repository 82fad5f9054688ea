"""Checks for the exercises of the page on transposed convolution, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.conv import conv_transpose_output_size
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.forbidden import expect_not_ready_made, watch
from utils.exercises.transposed_convolution_claims import CLAIMS, draw_layers
from utils.exercises.transposed_convolution_sheets import (
    predict_sheet,
    sizes_sheet,
    stamps_sheet,
)

READY_MADE = {
    "F.interpolate": F.interpolate,
    "F.grid_sample": F.grid_sample,
    "nn.Upsample": torch.nn.Upsample.forward,
}


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 1: a side, a padding and an output padding."""
    side = conv_transpose_output_size(6, 5, stride=3, padding=1)
    expect_number("the side", answers[0], side, within=0)
    expect_number("the padding", answers[1], (8 - 4) // 2, within=0)
    missing = 10 - conv_transpose_output_size(5, 3, stride=2, padding=1)
    expect_number("the output padding", answers[2], missing, within=0)
    right(1)


@exercise
def check_stamps(answers: Sequence) -> None:
    """Check exercise 2: the fewest and the most stamps in a row and in a picture."""
    ones = torch.ones(1, 1, 12)
    inner = F.conv_transpose1d(ones, torch.ones(1, 1, 5), stride=3)[0, 0, 6:-6]
    ends = torch.stack([inner.min(), inner.max()])
    expect_numbers("the pair for a row", answers[0], ends, within=0)
    expect_numbers("the pair for a picture", answers[1], ends**2, within=0)
    right(2)


@exercise
def check_enlarge(enlarge: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 3 against ``F.interpolate``, edges included."""
    for shape, stride in (
        *(((1, 1, 4, 4), 2), ((2, 3, 5, 3), 2), ((1, 2, 3, 4), 3)),
        *(((1, 1, 1, 1), 2), ((2, 1, 2, 5), 4), ((1, 1, 3, 3), 1)),
    ):
        x = torch.rand(shape, generator=torch.Generator().manual_seed(stride)) + 1
        wanted = F.interpolate(x, scale_factor=stride, mode="bilinear", align_corners=False)
        case = f"for images {shape} and stride {stride} your answer"
        run = watch(enlarge, x.clone(), stride)
        given = _tensor(run.result, case)
        expect_not_ready_made(run, READY_MADE, case)
        expect(
            given.shape == wanted.shape,
            f"{case} has shape {tuple(given.shape)}, not {tuple(wanted.shape)}",
        )
        edge = stride // 2
        inside = [
            part[..., edge : part.shape[2] - edge, edge : part.shape[3] - edge]
            for part in (given, wanted)
        ]
        expect(
            torch.allclose(*(part.double() for part in inside), atol=1e-5),
            f"{case} is wrong away from the edges",
        )
        expect(
            torch.allclose(given.double(), wanted.double(), atol=1e-5),
            f"{case} is right inside, and wrong along the edges",
        )
    right(3)


@exercise
def check_as_subpixel(as_subpixel: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4: a transposed convolution as 1×1 convolution and shuffle."""
    for channels, filters, side in ((1, 1, 2), (3, 2, 2), (2, 5, 3), (4, 1, 1), (1, 3, 4)):
        draw = torch.Generator().manual_seed(side)
        weight = torch.randn(channels, filters, side, side, generator=draw)
        x = torch.randn(2, channels, 3, 4, generator=draw)
        case = f"for a weight {tuple(weight.shape)} your answer"
        given = _tensor(as_subpixel(weight.clone()), case)
        wanted = (filters * side**2, channels, 1, 1)
        expect(given.shape == wanted, f"{case} has shape {tuple(given.shape)}, not {wanted}")
        ours = F.pixel_shuffle(F.conv2d(x, given.to(x.dtype)), side)
        theirs = F.conv_transpose2d(x, weight, stride=side)
        expect(torch.allclose(ours, theirs, atol=1e-4), f"{case} has its weights in another order")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random layers."""
    expect_tried(claims, CLAIMS, draw_layers(60), "layer")
    right(5)


def _tensor(answer: object, case: str) -> torch.Tensor:
    expect(isinstance(answer, torch.Tensor), f"{case} must be a tensor, got {answer!r}")
    return answer.detach().cpu()


predict = predict_sheet()
sizes = sizes_sheet(check_sizes)
stamps = stamps_sheet(check_stamps)
