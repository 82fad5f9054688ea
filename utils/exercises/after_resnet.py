"""Checks for the exercises of the page on networks after ResNet."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models import densenet
from torchvision.ops import SqueezeExcitation

from utils.counting import count_parameters
from utils.exercises.after_resnet_sheets import by_hand_sheet, gates_sheet, predict_sheet
from utils.exercises.answers import as_verdict
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_numbers, right

SIDE, CLASSES, STEM = 32, 10, 16
BLOCKS, LAST_SIDE, BUDGET = 6, 8, 30_000  # what exercise 5 asks for
WORDS = {"yes": True, "no": False}
MOST = 512  # rows, blocks or channels that are tried


@exercise
def check_by_hand(answers: Sequence[float]) -> None:
    """Check the counts of exercise 1 with torchvision's dense layer."""
    with torch.device("meta"):
        layer = densenet._DenseLayer(16 + 3 * 8, growth_rate=8, bn_size=4, drop_rate=0.0)
        plain = nn.Conv2d(layer.conv1.in_channels, 8, 3, bias=False)
    given = ask_numbers("answers", answers, (3,))
    squeezed = layer.conv1.weight.numel() + layer.conv2.weight.numel()
    names = "channels read", "weights of the 3×3", "weights with a 1×1"
    for name, answer, wanted in zip(
        names, given, (plain.in_channels, plain.weight.numel(), squeezed), strict=True
    ):
        expect_number(f"the count of {name}", answer, wanted, within=0)
    right(1)


def _gates(x: torch.Tensor, *, zero: bool = False) -> torch.Tensor:
    """Return the gates that a squeeze-and-excitation of fixed weights gives, ``(1, 4, 1, 1)``."""
    gate = SqueezeExcitation(4, 2)
    draw = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for part in gate.parameters():
            part.copy_(torch.rand(part.shape, generator=draw))
        for part in gate.fc2.parameters():
            part.mul_(not zero)
        return gate._scale(x)


@exercise
def check_gates(answers: Sequence) -> None:
    """Check exercise 2 by a squeeze-and-excitation of torchvision."""
    given = list(answers)
    x = torch.rand(1, 4, 3, 5, generator=torch.Generator().manual_seed(1))
    expect(len(given) == 3, f"three answers are wanted, got {len(given)}")
    expect_number("the gate", given[0], _gates(x, zero=True).mean(), within=0)
    moved = {"rolled": x.roll(2, 3), "doubled": 2 * x}
    for answer, (name, changed) in zip(given[1:], moved.items(), strict=True):
        said = as_verdict(WORDS[answer] if answer in ("yes", "no") else answer)
        wanted = not torch.allclose(_gates(changed), _gates(x), atol=1e-5)
        expect(said is not None, f"whether gates change when maps are {name} needs yes or no")
        expect(said == wanted, f"gates when maps are {name}: look at the means")
    right(2)


@exercise
def check_full_kernel(full_kernel: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3: one convolution gives what depthwise and 1×1 give, one after the other."""
    draw = torch.Generator().manual_seed(3)
    for c_in, c_out, k in ((1, 1, 1), (3, 2, 3), (2, 5, 5), (4, 4, 3)):
        D = torch.randn(c_in, 1, k, k, generator=draw)
        P = torch.randn(c_out, c_in, 1, 1, generator=draw)
        case = f"for {c_in} channels to {c_out} and kernels of {k}×{k}"
        W = full_kernel(D, P)
        shape = tuple(getattr(W, "shape", ()))
        wanted = (c_out, c_in, k, k)
        expect(shape == wanted, f"the kernel {case} must have the shape {wanted}, got {shape}")
        x = torch.randn(2, c_in, 7, 6, generator=draw)
        both = F.conv2d(F.conv2d(x, D, groups=c_in), P)
        expect_numbers(f"the output {case}", F.conv2d(x, W), both, within=1e-4)
    right(3)


@exercise
def check_drop_path(drop_path: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 on drawn images, and that the mean over all draws is kept."""
    draw = torch.Generator().manual_seed(4)
    for images, p in ((1, 0.5), (4, 0.25), (3, 0.0)):
        y = torch.randn(images, 2, 3, 2, generator=draw)
        for keep in (
            torch.ones(images, dtype=torch.bool),
            torch.zeros(images, dtype=torch.bool),
            torch.arange(images) % 2 == 0,
        ):
            wanted = torch.stack(
                [
                    image / (1 - p) if kept else 0 * image
                    for image, kept in zip(y, keep, strict=True)
                ]
            )
            answer = drop_path(y.clone(), keep, p)
            case = f"drop_path for keep={keep.tolist()}, p={p}"
            expect_numbers(case, answer, wanted, within=1e-5)
    right(4)


def _block(c_in: int, c_out: int, stride: int, t: int) -> list[nn.Module]:
    wide = t * c_in
    wider = [nn.Conv2d(c_in, wide, 1, bias=False), nn.BatchNorm2d(wide)] if t > 1 else []
    depthwise = nn.Conv2d(wide, wide, 3, stride, 1, groups=wide, bias=False)
    narrower = nn.Conv2d(wide, c_out, 1, bias=False)
    return [*wider, depthwise, nn.BatchNorm2d(wide), narrower, nn.BatchNorm2d(c_out)]


@exercise
def check_design(rows: Sequence[Sequence[int]]) -> None:
    """Check the network of exercise 5, rows of (expansion, channels, repeats, stride)."""
    count = len(rows)
    expect(1 <= count <= MOST, f"between 1 and {MOST} rows are wanted, got {count}")
    given = ask_numbers("rows", rows, (count, 4))
    whole = bool((given == given.round()).all()) and bool((given >= 1).all())
    expect(whole, f"{rows} must hold whole numbers from 1 up")
    expect(bool((given <= MOST).all()), f"numbers up to {MOST} are tried")
    expect(bool((given[:, 3] <= 2).all()), "a stride must be 1 or 2")
    blocks = int(given[:, 2].sum())
    expect(BLOCKS <= blocks <= MOST, f"at least {BLOCKS} blocks are wanted, got {blocks}")
    with torch.device("meta"):
        parts, c_in = [nn.Conv2d(3, STEM, 3, padding=1, bias=False), nn.BatchNorm2d(STEM)], STEM
        for t, c_out, n, stride in given.long().tolist():
            for i in range(n):
                parts += _block(c_in, c_out, stride if i == 0 else 1, t)
                c_in = c_out
        x = nn.Sequential(*parts)(torch.empty(1, 3, SIDE, SIDE))
        total = count_parameters(nn.Sequential(*parts, nn.Linear(c_in, CLASSES)))
    side = x.shape[2]
    expect(side <= LAST_SIDE, f"the last maps are {side}×{side}, not {LAST_SIDE}×{LAST_SIDE}")
    expect(total <= BUDGET, f"{total:,} parameters are more than {BUDGET:,}")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
gates = gates_sheet(check_gates)
