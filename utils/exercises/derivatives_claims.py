"""What the last exercise of the page on derivatives claims, and what settles it."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F

Function = Callable[[torch.Tensor], torch.Tensor]


def tensor(value: float, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """Return a number as a tensor without axes."""
    return torch.tensor(value, dtype=dtype)


def slope(f: Function, x: float) -> float:
    """Return torch's slope of ``f`` at ``x``, in float64."""
    point = tensor(x).requires_grad_()
    return torch.autograd.grad(f(point), point)[0].item()


def forward(f: Function, x: float, h: float, dtype: torch.dtype = torch.float64) -> float:
    """Return the forward difference, computed in ``dtype``."""
    point, step = tensor(x, dtype), tensor(h, dtype)
    return ((f(point + step) - f(point)) / step).item()


def central(f: Function, x: float, h: float) -> float:
    """Return the central difference, the mean of a forward and a backward one."""
    return (forward(f, x, h) + forward(f, x, -h)) / 2


def _two_sided() -> bool:
    smooth = [(torch.sin, 0.3), (torch.exp, 1.0), (torch.log, 2.0), (lambda x: x**3, -1.0)]
    return all(abs(central(f, x, 1e-5) - slope(f, x)) < 1e-8 for f, x in smooth)


def _settles_only_on_slopes() -> bool:
    corners = [torch.abs, F.relu]
    return all(forward(f, 0.0, 1e-3) == forward(f, 0.0, -1e-3) for f in corners)


def _half_is_better() -> bool:
    errors = [abs(forward(torch.exp, 1.0, 10.0**-k) - math.e) for k in range(1, 16)]
    return all(after < before for before, after in zip(errors, errors[1:], strict=False))


def _wider_floats_take_smaller_steps() -> bool:
    steps = [10.0**-k for k in range(1, 16)]
    best = {
        dtype: min(steps, key=lambda h: abs(forward(torch.exp, 1.0, h, dtype) - math.e))
        for dtype in (torch.float32, torch.float64)
    }
    return best[torch.float32] > best[torch.float64]


def _one_check_is_enough() -> bool:
    # The claim "the slope of |x| is 1" passes at every positive x.
    return all((central(torch.abs, x, 1e-6) - 1) ** 2 < 1e-8 for x in (2.0, -2.0))


def _always_a_subderivative() -> bool:
    def upside_down(x: torch.Tensor) -> torch.Tensor:
        return -x.abs()

    g = slope(upside_down, 0.0)
    y = torch.linspace(-1, 1, 11, dtype=torch.float64)
    return bool((upside_down(y) >= g * y).all())


# What exercise 5 asks about, and what settles it.
CLAIMS: dict[str, tuple[Callable[[], bool], str]] = {
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
    "for exp, float32 needs a larger step than float64": (
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
