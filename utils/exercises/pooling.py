"""Checks for the exercises of the page on pooling."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import (
    MATRIX_PRODUCTS,
    expect_in_torch,
    expect_same_effort,
    watch,
)
from utils.exercises.pooling_sheets import by_hand_sheet, predict_sheet, settings_sheet

PICTURE = ((0, 1, 3, 1), (2, 2, 0, 1), (5, 0, 1, 1), (0, 3, 1, 1))  # of exercise 1
READY_SUMS = {
    *MATRIX_PRODUCTS,
    *("conv3d", "convolution", "conv_transpose1d", "conv_transpose2d"),
    *("unfold", "im2col", "as_strided", "avg_pool1d", "avg_pool2d", "avg_pool3d", "lp_pool2d"),
    *("adaptive_avg_pool1d", "adaptive_avg_pool2d", "interpolate", "fft_fft2", "fft_rfft2"),
}


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's pooling and its gradients."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    x = torch.tensor(PICTURE, dtype=torch.float64)[None, None].requires_grad_()
    largest, mean, wide = F.max_pool2d(x, 2), F.avg_pool2d(x, 2), F.max_pool2d(x, 3, 1)
    expect_numbers("max pooling", answers[0], largest.detach().flatten())
    expect_numbers("average pooling", answers[1], mean.detach().flatten())
    expect_numbers("max pooling with window 3", answers[2], wide.detach().flatten())
    (of_wide,) = torch.autograd.grad(wide.sum(), x)
    expect_number("the gradient of the 5", answers[3], of_wide[0, 0, 2, 0])
    (of_last,) = torch.autograd.grad(largest[0, 0, 1, 1], x)
    corner = of_last[0, 0, 2:, 2:].flatten()
    expect_numbers("the gradients of the four equal pixels", answers[4], corner)
    right(1)


@exercise
def check_settings(answers: Sequence) -> None:
    """Check exercise 2 with torch's layers."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    side = nn.MaxPool2d(3, 2)(torch.zeros(1, 1, 55, 55)).shape[-1]
    expect_number("the side in AlexNet", answers[0], side, within=0)
    side = nn.AvgPool2d(3)(torch.zeros(1, 1, 10, 10)).shape[-1]
    expect_number("the side after `nn.AvgPool2d(3)`", answers[1], side, within=0)
    learned = sum(part.numel() for part in nn.MaxPool2d(3).parameters())
    expect_number("the count of learned numbers", answers[2], learned, within=0)
    x = torch.zeros(1, 1, 15, 15)
    x[..., 7, 3] = 1
    first, moved = (F.max_pool2d(y, 3, 2).amax(2).flatten() for y in (x, x.roll(6, 3)))
    cells = moved.argmax() - first.argmax()
    expect_number("the move of the output", answers[3], cells, within=0)
    largest = F.max_pool2d(torch.full((1, 1, 4, 4), -5.0), 2, 2, 1).max()
    expect_number("the largest output", answers[4], largest)
    right(2)


def smallest(x: torch.Tensor, kernel_size: int, stride: int, padding: int) -> torch.Tensor:
    """Return the smallest pixel of each window, by a loop; arguments as in ``F.max_pool2d``."""
    x = F.pad(x, (padding,) * 4, value=torch.inf)
    starts = (range(0, side - kernel_size + 1, stride) for side in x.shape[2:])
    tops, lefts = map(list, starts)
    cells = [
        x[:, :, i : i + kernel_size, j : j + kernel_size].amin((2, 3)) for i in tops for j in lefts
    ]
    return torch.stack(cells, 2).unflatten(2, (len(tops), len(lefts)))


@exercise
def check_min_pool2d(min_pool2d: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 against a loop, on numbers of both signs; it may not loop over windows."""
    source = torch.Generator().manual_seed(3)
    for setting in ((2, 2, 0), (3, 2, 1), (2, 1, 1)):
        words = ", ".join(map(str, setting))
        for shift in (0, 3, -3):
            runs = []
            for size in ((4, 5), (9, 8)):
                x = torch.randn(2, 3, *size, generator=source, dtype=torch.float64) + shift
                case = f"min_pool2d(x, {words}) for x of shape {tuple(x.shape)}"
                run = watch(min_pool2d, x.clone(), *setting)
                _expect_same(run.result, smallest(x, *setting), case)
                runs.append(run)
            expect_same_effort(*runs, f"min_pool2d(x, {words})")
    right(3)


@exercise
def check_box_mean(box_mean: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 against torch; its effort must not grow with the window."""
    source = torch.Generator().manual_seed(4)
    runs = []
    for size, k in (((4, 6), 2), ((9, 7), 3), ((12, 12), 5), ((6, 8), 6), ((5, 5), 1)):
        x = torch.randn(2, 3, *size, generator=source, dtype=torch.float64)
        case = f"box_mean(x, {k}) for x of shape {tuple(x.shape)}"
        run = watch(box_mean, x.clone(), k)
        for name in READY_SUMS:
            expect(name not in run.torch_calls, f"{case} uses `{name}`, not allowed here")
        expect_in_torch(run, case)
        _expect_same(run.result, F.avg_pool2d(x, k, 1), case)
        runs.append(run)
    for run in runs[1:]:
        expect_same_effort(runs[0], run, "box_mean")
    right(4)


def _expect_same(result: object, wanted: torch.Tensor, case: str) -> None:
    expect(isinstance(result, torch.Tensor), f"{case} must be a tensor, got {result!r}")
    shapes = tuple(result.shape), tuple(wanted.shape)
    expect(shapes[0] == shapes[1], f"{case} has shape {shapes[0]}, not {shapes[1]}")
    is_same = torch.allclose(result.double(), wanted, rtol=1e-5, atol=1e-5)
    expect(is_same, f"{case} holds wrong numbers")


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, atol=1e-9)


def _largest(x: torch.Tensor, window: int = 2) -> torch.Tensor:
    return F.max_pool2d(x, window)


def _mean(x: torch.Tensor, window: int = 2) -> torch.Tensor:
    return F.avg_pool2d(x, window)


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "max pooling: ReLU before it does the same as ReLU after it": (
        lambda x: _same(_largest(x.relu()), _largest(x).relu())
    ),
    "average pooling: ReLU before it does the same as ReLU after it": (
        lambda x: _same(_mean(x.relu()), _mean(x).relu())
    ),
    "max pooling by 2, twice, is max pooling by 4": (
        lambda x: _same(_largest(_largest(x)), _largest(x, 4))
    ),
    "average pooling by 2, twice, is average pooling by 4": (
        lambda x: _same(_mean(_mean(x)), _mean(x, 4))
    ),
    "max pooling of a sum is the sum of both max poolings": (
        lambda x: _same(_largest(x[:1] + x[1:]), _largest(x[:1]) + _largest(x[1:]))
    ),
    "average pooling of a sum is the sum of both average poolings": (
        lambda x: _same(_mean(x[:1] + x[1:]), _mean(x[:1]) + _mean(x[1:]))
    ),
    "max pooling of -x is minus the max pooling of x": (
        lambda x: _same(_largest(-x), -_largest(x))
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random pictures of 8×8."""
    source = torch.Generator().manual_seed(5)
    draws = [torch.randn(2, 1, 8, 8, generator=source, dtype=torch.float64) for _ in range(20)]
    expect_tried(claims, _CLAIMS, draws, "picture")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
settings = settings_sheet(check_settings)
