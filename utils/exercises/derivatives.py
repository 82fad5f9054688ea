"""Checks for the exercises of the page on derivatives and sub-derivatives."""

import math
from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, right, verdict

Function = Callable[[torch.Tensor], torch.Tensor]


def _tensor(value: float, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return torch.tensor(value, dtype=dtype)


def _slope(f: Function, x: float) -> float:
    point = _tensor(x).requires_grad_()
    return torch.autograd.grad(f(point), point)[0].item()


def _forward(f: Function, x: float, h: float, dtype: torch.dtype = torch.float64) -> float:
    point, step = _tensor(x, dtype), _tensor(h, dtype)
    return ((f(point + step) - f(point)) / step).item()


def _central(f: Function, x: float, h: float) -> float:
    return (_forward(f, x, h) + _forward(f, x, -h)) / 2


_SLOPES: dict[str, tuple[Function, float]] = {
    "x³ − 2x at 2": (lambda x: x**3 - 2 * x, 2.0),
    "x exp x at 0": (lambda x: x * x.exp(), 0.0),
    "log(3x) at 2": (lambda x: (3 * x).log(), 2.0),
    "sin(x²) at 0": (lambda x: (x**2).sin(), 0.0),
    "1 / x at −2": (lambda x: 1 / x, -2.0),
}
_CORNER = "max(2x, −x) at 0"


@exercise
def check_slopes(slopes: Mapping[str, object]) -> None:
    """Check exercise 1 against torch, and its corner by differences from both sides."""
    for name, (f, x) in _SLOPES.items():
        expect_number(f"the slope of {name}", slopes.get(name), _slope(f, x))
    sides = [_forward(lambda x: torch.maximum(2 * x, -x), 0.0, h) for h in (-0.5, 0.5)]
    corner = ask_numbers(f"the pair of slopes of {_CORNER}", slopes.get(_CORNER), (2,))
    for end, ours, theirs in zip(("smallest", "largest"), corner.tolist(), sides, strict=True):
        expect_number(f"the {end} slope of {_CORNER}", ours, theirs)
    right(1)


@exercise
def check_sharper(sharper: Callable[[Function, torch.Tensor, float], torch.Tensor]) -> None:
    """Check exercise 2 on polynomials, and measure the order of its error."""
    x = torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64)
    for n in range(6):
        found = sharper(lambda x, n=n: x**n, x, 0.25)
        wanted = n * x ** (n - 1) if n else torch.zeros_like(x)
        case = f"for x to the power {n}"
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
        expect(found.shape == x.shape, f"shape {tuple(found.shape)} is wrong {case}")
        if n < 5:
            expect(torch.allclose(found, wanted, rtol=0, atol=1e-10), f"{case} the slope is wrong")
    errors = [(sharper(torch.exp, x, h) - x.exp()).abs().max().item() for h in (0.1, 0.05)]
    expect(all(errors), "exp has an error of order 4; differences alone cannot avoid it")
    order = math.log2(errors[0] / errors[1])
    expect(abs(order - 4) < 0.2, f"for exp the error is of order {order:.1f}")
    right(2)


def _two_sided() -> bool:
    smooth = [(torch.sin, 0.3), (torch.exp, 1.0), (torch.log, 2.0), (lambda x: x**3, -1.0)]
    return all(abs(_central(f, x, 1e-5) - _slope(f, x)) < 1e-8 for f, x in smooth)


def _settles_only_on_slopes() -> bool:
    corners = [torch.abs, F.relu]
    return all(_forward(f, 0.0, 1e-3) == _forward(f, 0.0, -1e-3) for f in corners)


def _half_is_better() -> bool:
    errors = [abs(_forward(torch.exp, 1.0, 10.0**-k) - math.e) for k in range(1, 16)]
    return all(after < before for before, after in zip(errors, errors[1:], strict=False))


def _wider_floats_take_smaller_steps() -> bool:
    steps = [10.0**-k for k in range(1, 16)]
    best = {
        dtype: min(steps, key=lambda h: abs(_forward(torch.exp, 1.0, h, dtype) - math.e))
        for dtype in (torch.float32, torch.float64)
    }
    return best[torch.float32] > best[torch.float64]


def _one_check_is_enough() -> bool:
    # The claim "the slope of |x| is 1" passes at every positive x.
    return all((_central(torch.abs, x, 1e-6) - 1) ** 2 < 1e-8 for x in (2.0, -2.0))


def _always_a_subderivative() -> bool:
    def upside_down(x: torch.Tensor) -> torch.Tensor:
        return -x.abs()

    g = _slope(upside_down, 0.0)
    y = torch.linspace(-1, 1, 11, dtype=torch.float64)
    return bool((upside_down(y) >= g * y).all())


# What exercise 3 asks about, and what settles it.
_CLAIMS: dict[str, tuple[Callable[[], bool], str]] = {
    "if f'(x) exists, central differences settle on it": (
        _two_sided,
        "they are the mean of a forward and a backward difference",
    ),
    "if central differences settle on a number, it is f'(x)": (
        _settles_only_on_slopes,
        "look at the corner of |x|",
    ),
    "half the step, half the error of a forward difference": (
        _half_is_better,
        "look at the left side of the U",
    ),
    "float32 needs a larger step than float64": (
        _wider_floats_take_smaller_steps,
        "look at the formula of the best step",
    ),
    "a gradient that passes one check is right": (
        _one_check_is_enough,
        "try 'the slope of |x| is 1' at two points",
    ),
    "torch's answer at a corner is a sub-derivative": (
        _always_a_subderivative,
        "turn |x| upside down",
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 3 by trying each claim on functions that could refute it."""
    for claim, (holds, hint) in _CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == holds(), f"{claim!r} is not {answer}: {hint}")
    right(3)
