"""Checks for the exercises of the page on automatic differentiation in PyTorch."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.autograd_in_pytorch_claims import CLAIMS, draw
from utils.exercises.autograd_in_pytorch_sheets import (
    by_hand_sheet,
    cuts_sheet,
    grad_sheet,
    predict_sheet,
)
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.forbidden import expect_same_effort, watch


def _twice(x: torch.Tensor, w: torch.Tensor) -> None:
    (x * x).backward()
    (5 * x).backward()


_LINES: dict[str, Callable[[torch.Tensor, torch.Tensor], None]] = {
    "x.grad after (x ** 3).backward()": lambda x, w: (x**3).backward(),
    "x.grad after (x * x).backward() and (5 * x).backward()": _twice,
    "x.grad after (x * x.detach() ** 2).backward()": (
        lambda x, w: (x * x.detach() ** 2).backward()
    ),
    "the number of Nones after (w * x.item()).backward()": (
        lambda x, w: (w * x.item()).backward()
    ),
    "x.grad after (x * torch.ones(4)).backward(gradient=torch.arange(4.0))": (
        lambda x, w: (x * torch.ones(4)).backward(gradient=torch.arange(4.0))
    ),
}


@exercise
def check_gradients(answers: Sequence) -> None:
    """Check exercise 1 by running each line with x = 2."""
    expect(len(answers) == len(_LINES), f"{len(_LINES)} numbers are wanted, got {len(answers)}")
    for (name, run), answer in zip(_LINES.items(), answers, strict=True):
        x, w = (torch.tensor(number, requires_grad=True) for number in (2.0, 7.0))
        run(x, w)
        wanted = sum(leaf.grad is None for leaf in (x, w)) if "Nones" in name else x.grad
        expect_number(name, answer, wanted, within=0)
    right(1)


def _pass(
    w: torch.Tensor,
    x: torch.Tensor,
    *,
    in_product: bool = True,
    product: bool = True,
    in_loss: bool = True,
    upstream: float = 1.0,
) -> None:
    """Run p = w x and L = p + 4 x back; what is False is not recorded."""
    p = w * (x if in_product else x.detach())
    loss = (p if product else p.detach()) + 4 * (x if in_loss else x.detach())
    loss.backward(gradient=torch.tensor(upstream))


def _cut_in_loss(w: torch.Tensor, x: torch.Tensor) -> None:
    _pass(w, x)
    _pass(w, x, in_loss=False)


def _cleared(w: torch.Tensor, x: torch.Tensor) -> None:
    _pass(w, x)
    torch.optim.SGD([w, x], lr=0.1).zero_grad()
    _pass(w, x, product=False)


_CUTS: dict[str, Callable[[torch.Tensor, torch.Tensor], None]] = {
    "x.grad with w * x.detach()": lambda w, x: _pass(w, x, in_product=False),
    "the number of Nones with p.detach()": lambda w, x: _pass(w, x, product=False),
    "x.grad after a pass and one with 4 * x.detach()": _cut_in_loss,
    "x.grad after zero_grad and a pass with p under no_grad": _cleared,
    "w.grad from an upstream gradient of 10": lambda w, x: _pass(w, x, upstream=10),
}


@exercise
def check_cuts(answers: Sequence) -> None:
    """Check exercise 2 by running each pass with w = 2 and x = 3."""
    expect(len(answers) == len(_CUTS), f"{len(_CUTS)} numbers are wanted, got {len(answers)}")
    for (name, run), answer in zip(_CUTS.items(), answers, strict=True):
        w, x = (torch.tensor(number, requires_grad=True) for number in (2.0, 3.0))
        run(w, x)
        wanted = w.grad if name.startswith("w.grad") else x.grad
        if "Nones" in name:
            wanted = sum(leaf.grad is None for leaf in (w, x))
        expect_number(name, answer, wanted, within=0)
    right(2)


def _mean_squared(w: torch.Tensor, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return ((X @ w - y) ** 2).mean()


@exercise
def check_gradient_in_parts(
    gradient: Callable[[Callable, torch.Tensor, list], torch.Tensor],
) -> None:
    """Check exercise 3 on parts of unequal sizes, of which none may be joined with another."""
    generator = torch.Generator().manual_seed(0)
    for sizes in ((4, 4), (5, 2, 1), (6,), (1, 9, 30), (40, 1)):
        X, y = torch.randn(2, sum(sizes), 3, generator=generator, dtype=torch.float64)
        w, y = torch.randn(3, generator=generator, dtype=torch.float64), y[:, 0]
        leaf = w.clone().requires_grad_()
        (wanted,) = torch.autograd.grad(_mean_squared(leaf, X, y), leaf)
        parts = list(zip(X.split(sizes), y.split(sizes), strict=True))
        before = w.clone()
        run = watch(gradient, _mean_squared, w, parts)
        case = f"for parts of {', '.join(map(str, sizes))} examples"
        found = run.result
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
        expect(found.shape == w.shape, f"shape {tuple(found.shape)} is wrong {case}")
        is_kept = torch.equal(w, before) and not w.requires_grad and w.grad is None
        expect(is_kept, "w itself must not change: work on a copy")
        expect(near(found, wanted), f"the gradient is wrong {case}")
        expect(run.largest <= 3 * max(sizes), f"parts were joined {case}")
    right(3)


_LANDSCAPES: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], int]] = {
    "x[0] ** 3": (lambda x: (x**3).sum(), 1),
    "100 * (x[1] - x[0] ** 2) ** 2": (lambda x: 100 * (x[1] - x[0] ** 2) ** 2, 2),
    "2 * x.sum()": (lambda x: 2 * x.sum(), 3),
    "sum of sin(x) * exp(x reversed)": (lambda x: (x.sin() * x.flip(0).exp()).sum(), 7),
    "the same of more numbers": (lambda x: (x.sin() * x.flip(0).exp()).sum(), 30),
}
ROUNDING = 1e-12  # of the largest entry: differences of gradients come no closer than 1e-11


@exercise
def check_hessian_vector_product(
    product: Callable[[Callable, torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 4 against torch's Hessian, which the answer itself must not build.

    A function of n inputs gives no operation a reason to make a tensor of n² numbers, and two
    passes call torch equally often for few inputs and for many.
    """
    generator = torch.Generator().manual_seed(0)
    runs = {}
    for name, (f, n) in _LANDSCAPES.items():
        x, v = torch.randn(2, n, generator=generator, dtype=torch.float64)
        try:
            runs[n] = watch(product, f, x, v)
        except RuntimeError as error:
            linear = "does not require grad" in str(error)
            expect(not linear, f"for {name} the gradient has no graph behind it: what is H v?")
            raise
        found = runs[n].result
        expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
        expect(found.shape == x.shape, f"shape {tuple(found.shape)} is wrong for {n} inputs")
        wanted = torch.autograd.functional.hessian(f, x) @ v
        scale = wanted.abs().max().item() or 1.0  # of a linear function H v is 0
        gap = (found - wanted).abs().max().item() / scale
        expect(gap < 1e-4, f"H v is wrong for {name}")
        expect(
            gap < ROUNDING, f"H v is only nearly right for {name}: use gradients, no differences"
        )
    expect(runs[30].largest < 30**2, "a matrix of 30 × 30 numbers was made for 30 inputs")
    expect_same_effort(runs[7], runs[30], "hessian_vector_product")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random functions."""
    expect_tried(claims, CLAIMS, draw(40), "function")
    right(5)


predict = predict_sheet()
grad = grad_sheet()
by_hand = by_hand_sheet(check_gradients)
cuts = cuts_sheet(check_cuts)
