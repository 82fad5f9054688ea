"""Checks for the exercises of the page on the memory of training, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.checkpointing import peak_held
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect_number, expect_numbers, expect_tried, right
from utils.exercises.memory_of_training_sheets import predict_sheet, segments_sheet, step_sheet

WIDTHS, BATCH = (3, 4, 2), 5  # of exercise 1
LAYERS, LENGTHS = 36, (6, 9)  # of exercise 2


@exercise
def check_step(answers: Sequence) -> None:
    """Check exercise 1: bytes of weights, momentum and activations."""
    weights = 4 * sum((a + 1) * b for a, b in zip(WIDTHS, WIDTHS[1:], strict=False))
    names = "the bytes of the weights", "the bytes of the momentum", "the bytes of the activations"
    wanted = weights, weights, BATCH * (4 * sum(WIDTHS) + 8) + 4
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=0)
    right(1)


@exercise
def check_segments(answers: Sequence) -> None:
    """Check exercise 2: two peaks, and the layers that run again."""
    names = *(f"the peak with segments of {k}" for k in LENGTHS), "the layers that run again"
    wanted = *(peak_held(LAYERS, k) for k in LENGTHS), LAYERS
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=0)
    right(2)


@exercise
def check_best_lengths(best_lengths: Callable[[int], object]) -> None:
    """Check exercise 3 on nets with one best length and with several."""
    for layers in (1, 2, 7, 16, 25, 30, 36):
        peaks = [peak_held(layers, k) for k in range(1, layers + 1)]
        wanted = [k for k, peak in enumerate(peaks, start=1) if peak == min(peaks)]
        name = f"the lengths for {layers} layers"
        given = best_lengths(layers)
        given = sorted(given) if isinstance(given, (set, frozenset)) else given
        expect_numbers(name, given, torch.tensor(wanted, dtype=torch.float64), within=0)
    right(3)


@exercise
def check_whole_gradient(whole_gradient: Callable[..., object]) -> None:
    """Check exercise 4 on equal parts, ragged ones and a single one."""
    for seed, sizes in enumerate(((4, 4, 2), (3, 3), (7,), (1, 5, 2, 9))):
        generator = torch.Generator().manual_seed(seed)
        gradients = torch.randn(len(sizes), 6, generator=generator)
        wanted = sum(b * g for b, g in zip(sizes, gradients.double(), strict=True)) / sum(sizes)
        name = f"the gradient for parts of {', '.join(map(str, sizes))}"
        given = whole_gradient(gradients.clone(), list(sizes))
        expect_numbers(name, given, wanted, within=1e-5)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on nets and lengths."""
    holds = {
        "k = 1 has the peak of k = n": lambda net: (
            peak_held(net[0], 1) == peak_held(net[0], net[0])
        ),
        "shorter segments have a lower peak": _shorter_is_lower,
        "the peak is at least 2 times the root of n": _above_the_root,
        "shorter segments cost more forward passes": lambda net: net[0] == 1,
    }
    nets = [(n, k) for n in range(2, 20) for k in range(2, n + 1)]
    expect_tried(claims, holds, nets, "net")
    right(5)


def _shorter_is_lower(net: tuple[int, int]) -> bool:
    layers, length = net
    return peak_held(layers, length - 1) < peak_held(layers, length)


def _above_the_root(net: tuple[int, int]) -> bool:
    return peak_held(*net) >= 2 * math.sqrt(net[0])


predict = predict_sheet()
step = step_sheet(check_step)
segments = segments_sheet(check_segments)
