"""Checks for the exercises of the page on AlexNet."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.transforms.v2 import functional as ready_made

from utils.conv import conv_output_size
from utils.exercises.alexnet_sheets import FITS, by_hand_sheet, predict_sheet, settings_sheet
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import expect_not_ready_made, watch

Layers = list[tuple[int, int, int]]  # window, stride, padding
AFTER = [(3, 2, 0), (5, 1, 2), (3, 2, 0), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0)]
# In the order of torchvision's `five_crop`.
CROPS = ("crop at the top left", "crop at the top right")
CROPS += ("crop at the bottom left", "crop at the bottom right", "middle")
READY_CROPS = {
    name: getattr(ready_made, name) for name in ("ten_crop", "five_crop", "center_crop")
}


def sides(side: int, layers: Layers) -> list[int]:
    """Return the sides of the maps, from the photograph to what the last layer gives."""
    found = [side]
    for window, stride, padding in layers:
        found.append(conv_output_size(found[-1], window, stride=stride, padding=padding))
    return found


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with the chain of the layers and with torch's LRN."""
    expect(len(answers) == 3, f"3 answers are wanted, got {len(answers)}")
    chain = sides(100, [(11, 4, 0), *AFTER])
    wanted = [chain[place] for place in (1, 2, 4, 8)]
    expect_numbers("the list of sides", answers[0], wanted)
    first = sum(part.numel() for part in nn.Conv2d(3, 96, 11, device="meta").parameters())
    expect_number("the count of parameters", answers[1], first, within=0)
    x = torch.tensor([0.0, 6, 8], dtype=torch.float64).view(1, 3, 1, 1)
    calm = F.local_response_norm(x, 3, alpha=3, beta=0.5, k=0).flatten()
    expect_numbers("what is left of 0, 6 and 8", answers[2], calm)
    right(1)


@exercise
def check_settings(answers: Sequence) -> None:
    """Check exercise 2 with the arithmetic of sizes and torch's layers."""
    expect(len(answers) == 3, f"3 answers are wanted, got {len(answers)}")
    missed = (224 + 2 * 2 - 11) % 4
    expect_number("the count of missed columns", answers[0], missed, within=0)
    weights = nn.Conv2d(96, 256, 5, groups=2, device="meta").weight.numel()
    expect_number("the count of weights", answers[1], weights, within=0)
    fit = tuple(sides(side, [(11, 4, 0), *AFTER])[-1] == 6 for side in (256, 260))
    expect(answers[2] == FITS[fit], f"which sides fit is not {answers[2]!r}")
    right(2)


@exercise
def check_photograph_side(photograph_side: Callable[[Layers, int], int]) -> None:
    """Check exercise 3 by walking forward from the answer, and from one pixel less."""
    chains = [
        [(11, 4, 0), *AFTER],
        [(3, 1, 1)],
        [(3, 2, 0)],
        [(7, 3, 2), (2, 2, 0), (4, 3, 1)],
        [(2, 2, 0), (5, 1, 0), (5, 3, 2), (3, 2, 1)],
    ]
    for layers in chains:
        for last in (2, 3, 6, 11):
            case = f"photograph_side({layers}, {last})"
            wanted = next(n for n in range(2, 999) if _last_side(n, layers) == last)
            expect_number(case, photograph_side(list(layers), last), wanted, within=0)
    right(3)


def _last_side(side: int, layers: Layers) -> int:
    try:
        return sides(side, layers)[-1]
    except ValueError:  # no window fits
        return 0


@exercise
def check_ten_crops(ten_crops: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 against torchvision, in any order."""
    source = torch.Generator().manual_seed(4)
    for height, width, side in ((7, 9, 4), (8, 8, 5), (5, 6, 5), (12, 10, 3)):
        photo = torch.rand(3, height, width, generator=source)
        case = f"ten_crops of {height}×{width} pixels with side {side}"
        run = watch(ten_crops, photo.clone(), side)
        expect_not_ready_made(run, READY_CROPS, case)
        shape = (10, 3, side, side)
        is_tensor = isinstance(run.result, torch.Tensor) and run.result.shape == shape
        expect(is_tensor, f"{case} must be a tensor of shape {shape}")
        # The middle is cut by hand: torchvision's rounds an odd pixel to the even side.
        top, left = (height - side) // 2, (width - side) // 2
        middle = photo[:, top : top + side, left : left + side]
        corners = ready_made.five_crop(photo, [side, side])[:4]
        crops = dict(zip(CROPS, (*corners, middle), strict=True))
        crops |= {f"mirrored {name}": crop.flip(2) for name, crop in crops.items()}
        left_over = list(run.result)
        for name, crop in crops.items():
            place = next((i for i, y in enumerate(left_over) if torch.equal(y, crop)), None)
            expect(place is not None, f"{case} lacks the {name}")
            del left_over[place]
    right(4)


def _lrn(x: torch.Tensor) -> torch.Tensor:
    return F.local_response_norm(x, 5, alpha=0.5, k=2)


def _moved(x: torch.Tensor, pixels: int, places: int) -> bool:
    """Say if the first maps move by ``places`` inside when the photograph moves by ``pixels``."""
    weight = x[:, :1, :11, :11]
    before, after = (F.conv2d(y, weight, stride=4) for y in (x[:, :1], x[:, :1].roll(pixels, 3)))
    return torch.allclose(before.roll(places, 3)[..., 2:], after[..., 2:], atol=1e-9)


def _zeros_between(x: torch.Tensor) -> bool:
    weight = x[0, :, :3, :3].view(4, 1, 3, 3).expand(4, 2, 3, 3)
    whole = weight.new_zeros(4, 4, 3, 3)
    whole[:2, :2], whole[2:, 2:] = weight[:2], weight[2:]
    return torch.allclose(F.conv2d(x, weight, groups=2), F.conv2d(x, whole), atol=1e-9)


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "LRN keeps the sign of each number": lambda x: torch.equal(_lrn(x).sign(), x.sign()),
    "LRN of 2x is twice the LRN of x": lambda x: torch.allclose(_lrn(2 * x), 2 * _lrn(x)),
    "LRN makes no number larger in size": lambda x: bool((_lrn(x).abs() <= x.abs()).all()),
    "the photograph moves by 4 pixels: the first maps move by 1 inside": (
        lambda x: _moved(x, 4, 1)
    ),
    "the photograph moves by 2 pixels: the first maps stay": lambda x: _moved(x, 2, 0),
    "groups=2 is one convolution with zeros between the halves": _zeros_between,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random maps."""
    source = torch.Generator().manual_seed(5)
    draws = [torch.randn(1, 4, 31, 31, generator=source, dtype=torch.float64) for _ in range(10)]
    expect_tried(claims, _CLAIMS, draws, "photograph")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
settings = settings_sheet(check_settings)
