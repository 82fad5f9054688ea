"""Checks for the exercises of the page on convolution."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.convolution_sheets import (
    LEFT,
    NOTHING,
    SIGN,
    by_hand_sheet,
    effects_sheet,
    predict_sheet,
)
from utils.exercises.feedback import expect, expect_numbers, expect_tried, right
from utils.exercises.forbidden import expect_in_torch, expect_no_loop, watch
from utils.widgets.image_kernel import kernel_preset

PICTURE = ((2, 0, 1), (1, 3, 0), (0, 1, 2))
KERNEL = ((1, -1), (0, 2))


def corr(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """Return torch's own cross-correlation of an image and a kernel, ``(height, width)`` both."""
    return F.conv2d(x[None, None], kernel[None, None])[0, 0]


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1: the four outputs as the kernel stands, and of the turned kernel."""
    expect(len(answers) == 2, f"2 lists are wanted, got {len(answers)}")
    x, kernel = (torch.tensor(rows, dtype=torch.float64) for rows in (PICTURE, KERNEL))
    expect_numbers("the output", answers[0], corr(x, kernel).flatten(), within=0)
    turned = corr(x, kernel.flip(0, 1)).flatten()
    expect_numbers("the output of the turned kernel", answers[1], turned, within=0)
    right(1)


@exercise
def check_effects(answers: Sequence[str]) -> None:
    """Check exercise 2 by letting torch use the kernels on a random picture."""
    expect(len(answers) == 3, f"3 answers are wanted, got {len(answers)}")
    x = torch.rand(7, 7, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    neighbour = torch.zeros(3, 3, dtype=torch.float64)
    neighbour[1, 2] = 1
    # The output's pixel in the middle is the input's right neighbour: all pixels move left.
    is_left = torch.equal(corr(x, neighbour), x[1:-1, 2:])
    sobel = torch.tensor(kernel_preset("Sobel x", 3)[0], dtype=torch.float64)
    is_kept = torch.allclose(corr(x + 50, sobel), corr(x, sobel))
    is_turned = torch.allclose(corr(255 - x, sobel), -corr(x, sobel))
    holds = {LEFT: is_left, NOTHING: is_kept, SIGN: is_turned}
    names = ("the direction", "what 50 more changes", "what the negative changes")
    for name, answer, wanted in zip(names, answers, holds, strict=True):
        expect(answer == wanted and holds[wanted], f"{name} is not {answer!r}")
    right(2)


@exercise
def check_multiply(multiply: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on many pairs of polynomials; no loop, no NumPy, one ``conv1d``."""
    generator = torch.Generator().manual_seed(3)
    for first, second in ((2, 3), (3, 2), (1, 1), (1, 4), (5, 5)):
        p, q = (
            torch.randint(-9, 10, (n,), generator=generator, dtype=torch.float64)
            for n in (first, second)
        )
        case = f"for {p.tolist()} and {q.tolist()} your answer"
        run = watch(multiply, p.clone(), q.clone())
        expect_in_torch(run, case)
        expect_no_loop(run, case)
        expect(run.torch_calls["conv1d"] == 1, f"{case} must call `F.conv1d` once")
        wanted = torch.zeros(first + second - 1, dtype=torch.float64)
        for a, left in enumerate(p):
            wanted[a : a + second] += left * q
        expect_numbers(case, run.result, wanted, within=1e-6)
    right(3)


@exercise
def check_find_kernel(find_kernel: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 with hidden kernels of several shapes, on random pictures."""
    generator = torch.Generator().manual_seed(4)
    for high, wide in ((3, 3), (1, 2), (2, 4), (5, 1)):
        x, kernel = (
            torch.randn(*shape, generator=generator, dtype=torch.float64)
            for shape in ((12, 11), (high, wide))
        )
        found = find_kernel(x.clone(), corr(x, kernel), high, wide)
        expect_numbers(f"the kernel of {high}×{wide} weights", found, kernel, within=1e-6)
    right(4)


def _draws() -> list[tuple[torch.Tensor, ...]]:
    """Return pictures with two kernels each, all random."""
    generator = torch.Generator().manual_seed(5)
    shapes = ((8, 9), (3, 3), (3, 3))
    return [
        tuple(torch.randn(*shape, generator=generator, dtype=torch.float64) for shape in shapes)
        for _ in range(8)
    ]


def _turn(x: torch.Tensor) -> torch.Tensor:
    return x.flip(0, 1)


_SAME = torch.allclose
CLAIMS: dict[str, Callable[[tuple[torch.Tensor, ...]], bool]] = {
    "corr(turn(x), turn(w)) == turn(corr(x, w))": lambda t: _SAME(
        corr(_turn(t[0]), _turn(t[2])), _turn(corr(t[0], t[2]))
    ),
    "corr(x, turn(w)) == turn(corr(x, w))": lambda t: _SAME(
        corr(t[0], _turn(t[2])), _turn(corr(t[0], t[2]))
    ),
    "corr(corr(x, v), w) == corr(corr(x, w), v)": lambda t: _SAME(
        corr(corr(t[0], t[1]), t[2]), corr(corr(t[0], t[2]), t[1])
    ),
    "corr(x, v * w) == corr(x, v) * corr(x, w)": lambda t: _SAME(
        corr(t[0], t[1] * t[2]), corr(t[0], t[1]) * corr(t[0], t[2])
    ),
    "corr(x + 1, w) == corr(x, w) + w.sum()": lambda t: _SAME(
        corr(t[0] + 1, t[2]), corr(t[0], t[2]) + t[2].sum()
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random pictures and kernels."""
    expect_tried(claims, CLAIMS, _draws(), "picture with two kernels")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
effects = effects_sheet(check_effects)
