"""Checks for the exercises of the page on export and quantisation, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.export_and_quantise_claims import CLAIMS, draw_weights
from utils.exercises.export_and_quantise_sheets import (
    by_hand_sheet,
    counts_sheet,
    predict_sheet,
)
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.quantisation import fit_levels, quantise, weight_bytes, whole_range

INT32 = 2**31 - 1


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: scales, whole numbers and a zero point."""
    weights = torch.tensor([0.9, -0.2, -0.5], dtype=torch.float64)
    scale, zero = fit_levels(weights, 3)
    whole = quantise(weights, scale, zero, whole_range(3, symmetric=True))
    ends = torch.tensor([-1.0, 5.0], dtype=torch.float64)
    affine = [part.item() for part in fit_levels(ends, 2, symmetric=False)]
    expect(len(answers) == 3, f"three answers are needed, got {len(answers)}")
    expect_number("the scale", answers[0], scale, within=1e-6)
    expect_numbers("the three whole numbers", answers[1], whole, within=1e-6)
    expect_numbers("the pair of scale and zero point", answers[2], affine, within=1e-6)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2: bytes, a factor, and products that fit into 32 bits."""
    layer = torch.nn.Linear(1000, 512, device="meta")
    size = weight_bytes([layer], 4, per_channel=True) - 4 * 512  # without the bias
    wanted = size, (2**8 - 1) / (2**4 - 1), INT32 // (255 * 127)
    names = "the bytes", "the factor", "the number of products"
    expect(len(answers) == 3, f"three answers are needed, got {len(answers)}")
    for name, given, number in zip(names, answers, wanted, strict=True):
        expect_number(name, given, number, within=1e-6)
    right(2)


@exercise
def check_packed(pack: Callable[..., object], unpack: Callable[..., object]) -> None:
    """Check exercise 3 on all pairs of whole numbers from −8 to 7."""
    one = torch.arange(-8, 8, dtype=torch.int8)
    pairs = torch.stack([one.repeat_interleave(16), one.repeat(16)], dim=1).flatten()
    for whole in (pairs, pairs[:2], pairs[30:34]):
        packed = pack(whole.clone())
        is_bytes = isinstance(packed, torch.Tensor) and packed.dtype == torch.uint8
        expect(is_bytes, f"pack must return a tensor of torch.uint8, got {packed!r}")
        half = tuple(packed.shape) == (len(whole) // 2,)
        expect(half, f"pack of {len(whole)} numbers has shape {tuple(packed.shape)}")
        back = unpack(packed.clone())
        is_int8 = isinstance(back, torch.Tensor) and back.dtype == torch.int8
        expect(is_int8, f"unpack must return a tensor of torch.int8, got {back!r}")
        expect(back.shape == whole.shape, f"unpack returns the shape {tuple(back.shape)}")
        wrong = (back.cpu() != whole).nonzero()
        at = wrong[0].item() if len(wrong) else 0
        expect(not len(wrong), f"unpack returns {back[at]} where {whole[at]} was packed")
    right(3)


@exercise
def check_clipped_scale(clipped_scale: Callable[..., object]) -> None:
    """Check exercise 4: a scale whose squared error is near the least of a fine search."""
    for seed, bits in ((0, 4), (1, 3), (2, 4), (3, 6)):
        weights = draw_weights(seed).flatten().repeat(8)
        weights = weights + 0.1 * torch.randn(len(weights), generator=_generator(seed)).double()
        weights[seed] = 12.0
        given = ask_number(f"clipped_scale with {bits} bits", clipped_scale(weights.clone(), bits))
        expect(given > 0, f"the scale must be positive, got {given}")
        end = 2 ** (bits - 1) - 1
        least = min(_error(weights, part / 500 * 12 / end, end) for part in range(1, 501))
        found = _error(weights, given, end)
        expect(
            found <= 1.05 * least,
            f"with {bits} bits the squared error is {found / least:.2f} times the least possible",
        )
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random weights."""
    expect_tried(claims, CLAIMS, [draw_weights(seed) for seed in range(30)], "matrix of weights")
    right(5)


def _error(weights: torch.Tensor, scale: float, end: int) -> float:
    levels = scale * (weights / scale).round().clamp(-end, end)
    return (weights - levels).square().sum().item()


def _generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
