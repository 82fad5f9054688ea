"""Checks for the exercises of the page on automatic differentiation in PyTorch."""

from collections.abc import Callable, Mapping

import torch
from torch.autograd.graph import saved_tensors_hooks

from utils.exercises.feedback import expect, right

ENTRIES = 100  # of each tensor in exercise 3


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


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


def check_gradients(gradients: Mapping[str, float | None]) -> None:
    """Check exercise 1 by running each line."""
    for line, run in _LINES.items():
        expect(line in gradients, f"the answer for {line} is missing")
        answer = gradients[line]
        x, w = (torch.tensor(number, requires_grad=True) for number in (2.0, 7.0))
        run(x, w)
        if x.grad is None:
            expect(answer is None, f"after {line} there is something else than {answer!r}")
            continue
        expect(_is_number(answer), f"{line} needs a number, got {answer!r}")
        expect(answer == x.grad.item(), f"after {line} there is something else than {answer!r}")
    right(1)


_LANDSCAPES: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], int]] = {
    "x[0] ** 3": (lambda x: (x**3).sum(), 1),
    "100 * (x[1] - x[0] ** 2) ** 2": (lambda x: 100 * (x[1] - x[0] ** 2) ** 2, 2),
    "sum of sin(x) * exp(x reversed)": (lambda x: (x.sin() * x.flip(0).exp()).sum(), 7),
}
MOST_PASSES = 3  # two, and one to spare; a Hessian of seven rows takes eight


def check_hessian_vector_product(
    product: Callable[[Callable, torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 2 against torch's Hessian, and count the backward passes."""
    generator = torch.Generator().manual_seed(0)
    for name, (f, n) in _LANDSCAPES.items():
        x, v = torch.randn(2, n, generator=generator, dtype=torch.float64)
        passes = []

        def watched(x: torch.Tensor, f: Callable = f, passes: list = passes) -> torch.Tensor:
            x = x.clone()
            if x.requires_grad:
                x.register_hook(lambda gradient: passes.append(gradient))
            return f(x)

        found = product(watched, x, v)
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
        expect(found.shape == x.shape, f"shape {tuple(found.shape)} is wrong for {n} inputs")
        wanted = torch.autograd.functional.hessian(f, x) @ v
        expect(torch.allclose(found, wanted), f"H v is wrong for {name}")
        expect(len(passes) <= MOST_PASSES, f"{len(passes)} gradients of x are too many: use two")
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


def check_kept(counts: Mapping[str, int]) -> None:
    """Check exercise 3 by counting what each forward pass keeps."""
    x, y = (torch.ones(ENTRIES, requires_grad=True) for _ in range(2))
    for name, f in _KEEPERS.items():
        answer = counts.get(name)
        expect(_is_number(answer), f"{name} needs a number, got {answer!r}")
        expect(answer == _count_kept(f, x, y), f"{name} does not keep {answer}")
    right(3)
