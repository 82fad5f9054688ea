"""Claims about backward passes, each tried on a random function."""

from collections.abc import Callable
from dataclasses import dataclass

import torch


@dataclass
class Function:
    """Numbers ``a``, ``b`` and a place ``x`` ``(n,)``, float64, for f = sum of a sin(b x)."""

    a: torch.Tensor
    b: torch.Tensor
    x: torch.Tensor

    def leaf(self) -> torch.Tensor:
        """Return a copy of the place that is tracked."""
        return self.x.clone().requires_grad_()

    def f(self, x: torch.Tensor) -> torch.Tensor:
        """Return the function's value at ``x``."""
        return (self.a * (self.b * x).sin()).sum()

    def gradient(self, x: torch.Tensor) -> torch.Tensor:
        """Return the gradient by its formula, ``(n,)``."""
        return self.a * self.b * (self.b * x).cos()


def draw(count: int) -> list[Function]:
    """Return functions with normal numbers in them, the same ones at each call."""
    generator = torch.Generator().manual_seed(0)
    return [
        Function(*torch.randn(3, 1 + n % 4, generator=generator, dtype=torch.float64))
        for n in range(count)
    ]


def _two_passes_double(one: Function) -> bool:
    x = one.leaf()
    for _ in range(2):
        one.f(x).backward()
    return torch.allclose(x.grad, 2 * one.gradient(one.x))


def _sum_in_two_passes(one: Function) -> bool:
    whole, parts = one.leaf(), one.leaf()
    (one.f(whole) + (whole**3).sum()).backward()
    one.f(parts).backward()
    (parts**3).sum().backward()
    return torch.allclose(whole.grad, parts.grad)


def _cleared_to_zeros(one: Function) -> bool:
    x = one.leaf()
    one.f(x).backward()
    torch.optim.SGD([x], lr=0.1).zero_grad()
    return x.grad is not None and not x.grad.any()


def _detached_is_a_copy(one: Function) -> bool:
    x = one.leaf()
    x.detach().add_(1)
    return torch.equal(x, one.x)


def _same_value_unrecorded(one: Function) -> bool:
    with torch.no_grad():
        value = one.f(one.leaf())
    return torch.equal(value, one.f(one.leaf())) and not value.requires_grad


def _a_corner_fails(one: Function) -> bool:
    return not torch.autograd.gradcheck(
        lambda x: (x - one.x).abs(), one.leaf(), raise_exception=False
    )


CLAIMS: dict[str, Callable[[Function], bool]] = {
    "two passes of the same function leave twice its gradient": _two_passes_double,
    "f + g in one pass leaves what f and g leave in two": _sum_in_two_passes,
    "after zero_grad() there is a 0 in each place of .grad": _cleared_to_zeros,
    "writing into x.detach() leaves x as it was": _detached_is_a_copy,
    "a function has the same value under no_grad, but no graph": _same_value_unrecorded,
    "gradcheck refuses a function with a corner at x": _a_corner_fails,
}
