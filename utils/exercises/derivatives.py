"""Checks for the exercises of the page on derivatives and sub-derivatives."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.derivatives_claims import CLAIMS, Function, central, forward, slope
from utils.exercises.derivatives_sheets import (
    HUNDRED,
    differences_sheet,
    predict_sheet,
    slopes_sheet,
)
from utils.exercises.feedback import ask_numbers, expect, expect_number, right, verdict

_SLOPES: dict[str, tuple[Function, float]] = {
    "x³ − 2x at 2": (lambda x: x**3 - 2 * x, 2.0),
    "x exp x at 0": (lambda x: x * x.exp(), 0.0),
    "log(3x) at 2": (lambda x: (3 * x).log(), 2.0),
    "sin(x²) at 0": (lambda x: (x**2).sin(), 0.0),
    "1 / x at −2": (lambda x: 1 / x, -2.0),
}
_CORNER = "max(2x, −x) at 0"


@exercise
def check_slopes(slopes: Sequence) -> None:
    """Check exercise 1 against torch, and its corner by differences from both sides."""
    expect(len(slopes) == 6, f"six answers are wanted, got {len(slopes)}")
    *smooth, corner = slopes
    for (name, (f, x)), found in zip(_SLOPES.items(), smooth, strict=True):
        expect_number(f"the slope of {name}", found, slope(f, x))
    sides = [forward(lambda x: torch.maximum(2 * x, -x), 0.0, h) for h in (-0.5, 0.5)]
    ends = ask_numbers(f"the pair of slopes of {_CORNER}", corner, (2,))
    for end, ours, theirs in zip(("smallest", "largest"), ends.tolist(), sides, strict=True):
        expect_number(f"the {end} slope of {_CORNER}", ours, theirs)
    right(1)


_DIFFERENCES: dict[str, float] = {
    "forward difference of x²": forward(lambda x: x * x, 3.0, 0.5),
    "central difference of x²": central(lambda x: x * x, 3.0, 0.5),
    "central difference of max(x, 0)": central(F.relu, 0.0, 0.001),
    "difference with the step 1e-17": forward(torch.sin, 1.0, 1e-17),
}


@exercise
def check_differences(answers: Sequence) -> None:
    """Check exercise 2: four differences, and what becomes of an error."""
    expect(len(answers) == 5, f"five answers are wanted, got {len(answers)}")
    *differences, words = answers
    for (name, wanted), answer in zip(_DIFFERENCES.items(), differences, strict=True):
        expect_number(f"the {name}", answer, wanted, within=1e-6)
    expect(words == HUNDRED, f"the error does not become {words!r}")
    right(2)


def _quartic(x: torch.Tensor) -> torch.Tensor:
    return (x**4 + x.flip(tuple(range(x.ndim))) * x).sum()


@exercise
def check_forward_grad(
    forward_grad: Callable[[Function, torch.Tensor, float], torch.Tensor],
) -> None:
    """Check exercise 3 against torch, for many shapes, and count the calls of ``f``."""
    generator = torch.Generator().manual_seed(0)
    for shape in ((3,), (2, 3), (1,), (), (0,)):
        x = torch.randn(shape, generator=generator, dtype=torch.float64)
        given, case, asked = x.clone(), f"for x of shape {shape}", []

        def counted(x: torch.Tensor, asked: list = asked) -> torch.Tensor:
            asked.append(x.clone())
            return _quartic(x)

        for eps in (1e-7, 1e-3):
            asked.clear()
            found = forward_grad(counted, x, eps)
            expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
            expect(found.shape == x.shape, f"the shape is {tuple(found.shape)} {case}")
            expect(torch.equal(x, given), f"x itself is changed {case}")
            count = x.numel() + 1
            # Without an entry there is nothing to ask.
            expect(
                len(asked) == count or len(asked) < count == 1,
                f"f is called {len(asked)} times {case}, not {count}",
            )
            rise = [_quartic(x + eps * unit) - _quartic(x) for unit in _units(x)]
            wanted = torch.stack(rise).view(x.shape) / eps if rise else torch.zeros_like(x)
            close = near(found, wanted, rtol=1e-5)
            expect(close, f"a difference is wrong {case} and eps = {eps:g}")
    right(3)


def _units(x: torch.Tensor) -> list[torch.Tensor]:
    """Tensors like x with a single 1, one for each entry."""
    return [unit.view(x.shape) for unit in torch.eye(x.numel(), dtype=x.dtype)]


@exercise
def check_sharper(sharper: Callable[[Function, torch.Tensor, float], torch.Tensor]) -> None:
    """Check exercise 4 on polynomials, and measure the order of its error."""
    x = torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64)
    for n in range(6):
        found = sharper(lambda x, n=n: x**n, x, 0.25)
        wanted = n * x ** (n - 1) if n else torch.zeros_like(x)
        case = f"for x to the power {n}"
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
        expect(found.shape == x.shape, f"shape {tuple(found.shape)} is wrong {case}")
        if n < 5:
            expect(near(found, wanted, rtol=0, atol=1e-10), f"{case} the slope is wrong")
    errors = [(sharper(torch.exp, x, h) - x.exp()).abs().max().item() for h in (0.1, 0.05)]
    expect(all(errors), "exp has an error of order 4; differences alone cannot avoid it")
    order = math.log2(errors[0] / errors[1])
    expect(abs(order - 4) < 0.2, f"for exp the error is of order {order:.1f}")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on functions that could refute it."""
    for claim, (holds, hint) in CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == holds(), f"{claim!r} is not {answer}: {hint}")
    right(5)


predict = predict_sheet()
slopes = slopes_sheet(check_slopes)
differences = differences_sheet(check_differences)
