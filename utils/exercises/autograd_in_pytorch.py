"""Checks for the exercises of the page on automatic differentiation in PyTorch."""

from collections.abc import Callable, Mapping

import torch
from torch.autograd.graph import saved_tensors_hooks

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, right
from utils.exercises.forbidden import expect_same_effort, watch

ENTRIES = 100  # of each tensor in exercise 3


def _twice(x: torch.Tensor, w: torch.Tensor) -> None:
    (x * x).backward()
    (5 * x).backward()


_LINES: dict[str, Callable[[torch.Tensor, torch.Tensor], None]] = {
    "(x ** 3).backward()": lambda x, w: (x**3).backward(),
    "(x * x).backward(); (5 * x).backward()": _twice,
    "(x * x.detach() ** 2).backward()": lambda x, w: (x * x.detach() ** 2).backward(),
    "(w * x.item()).backward()": lambda x, w: (w * x.item()).backward(),
    "(x * torch.ones(4)).backward(gradient=torch.arange(4.0))": lambda x, w: (
        x * torch.ones(4)
    ).backward(gradient=torch.arange(4.0)),
}


@exercise
def check_gradients(gradients: Mapping[str, float | None]) -> None:
    """Check exercise 1 by running each line."""
    for line, run in _LINES.items():
        expect(line in gradients, f"the answer for {line} is missing")
        answer = gradients[line]
        x, w = (torch.tensor(number, requires_grad=True) for number in (2.0, 7.0))
        run(x, w)
        if x.grad is None:
            expect(answer is None, f"x.grad after {line} is not {answer!r}")
            continue
        expect_number(f"x.grad after {line}", answer, x.grad, within=0)
    right(1)


_LANDSCAPES: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], int]] = {
    "x[0] ** 3": (lambda x: (x**3).sum(), 1),
    "100 * (x[1] - x[0] ** 2) ** 2": (lambda x: 100 * (x[1] - x[0] ** 2) ** 2, 2),
    "sum of sin(x) * exp(x reversed)": (lambda x: (x.sin() * x.flip(0).exp()).sum(), 7),
    "the same of more numbers": (lambda x: (x.sin() * x.flip(0).exp()).sum(), 30),
}
ROUNDING = 1e-12  # of the largest entry: differences of gradients come no closer than 1e-11


@exercise
def check_hessian_vector_product(
    product: Callable[[Callable, torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 2 against torch's Hessian, which the answer itself must not build.

    A function of n inputs gives no operation a reason to make a tensor of n² numbers, and two
    passes call torch equally often for few inputs and for many.
    """
    generator = torch.Generator().manual_seed(0)
    runs = {}
    for name, (f, n) in _LANDSCAPES.items():
        x, v = torch.randn(2, n, generator=generator, dtype=torch.float64)
        runs[n] = watch(product, f, x, v)
        found = runs[n].result
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
        expect(found.shape == x.shape, f"shape {tuple(found.shape)} is wrong for {n} inputs")
        wanted = torch.autograd.functional.hessian(f, x) @ v
        gap = ((found - wanted).abs().max() / wanted.abs().max()).item()
        expect(gap < 1e-4, f"H v is wrong for {name}")
        expect(
            gap < ROUNDING, f"H v is only nearly right for {name}: use gradients, no differences"
        )
    expect(runs[30].largest < 30**2, "a matrix of 30 × 30 numbers was made for 30 inputs")
    expect_same_effort(runs[7], runs[30], "hessian_vector_product")
    right(2)


_KEEPERS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "x / y": lambda x, y: x / y,
    "-x": lambda x, y: -x,
    "x.tanh()": lambda x, y: x.tanh(),
    "(x - y).mean()": lambda x, y: (x - y).mean(),
    "(x * y).exp()": lambda x, y: (x * y).exp(),
    "x * x": lambda x, y: x * x,
}


def _count_kept(f: Callable, x: torch.Tensor, y: torch.Tensor) -> int:
    sizes = []

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        sizes.append(tensor.numel())
        return tensor

    with saved_tensors_hooks(pack, lambda tensor: tensor):
        f(x, y)
    return sum(sizes) // ENTRIES


@exercise
def check_kept(counts: Mapping[str, int]) -> None:
    """Check exercise 3 by counting what each forward pass keeps."""
    x, y = (torch.ones(ENTRIES, requires_grad=True) for _ in range(2))
    for name, f in _KEEPERS.items():
        answer = counts.get(name)
        expect_number(f"what {name} keeps", answer, _count_kept(f, x, y), within=0)
    right(3)
