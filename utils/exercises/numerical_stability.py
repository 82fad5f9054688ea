"""Checks for the exercises of the page on exploding and vanishing gradients."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import BY_AUTOGRAD, expect_not_ready_made, watch
from utils.exercises.numerical_stability_sheets import (
    CLIPPED,
    SIGMOIDS,
    by_hand_sheet,
    factors_sheet,
    predict_sheet,
)

# Jacobians and the functions of torch.func come down to one of these.


def clipped(gradient: torch.Tensor, limit: float, *, by_value: bool = False) -> torch.Tensor:
    """Return what torch leaves of a gradient, of its shape; the gradient stays as it is."""
    parameter = nn.Parameter(torch.zeros_like(gradient))
    parameter.grad = gradient.clone()
    clip = nn.utils.clip_grad_value_ if by_value else nn.utils.clip_grad_norm_
    clip([parameter], limit)
    return parameter.grad


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    expect_number("the gradient at the bottom", answers[0], 8 * math.prod([0.5, 4, 0.25]))
    expect_number("the number of Jacobians", answers[1], len(range(4, 10)))
    W, x = torch.tensor([[1.0, 2], [3, -1]]), torch.tensor([1.0, 2])
    J = torch.autograd.functional.jacobian(lambda h: torch.relu(W @ h), x)
    expect_numbers("the Jacobian", answers[2], J.flatten())
    shorter = clipped(torch.tensor([6.0, 8]).double(), 5.0)
    expect_numbers("the clipped gradient", answers[3], shorter, within=1e-4)
    right(1)


def doubling(layers: int) -> float:
    """Return how many times as long the gradient at the input is, if all weights are doubled."""
    draw = torch.Generator().manual_seed(0)
    weights = [
        torch.randn(6, 6, generator=draw, dtype=torch.float64).abs() - 0.1 for _ in range(layers)
    ]
    lengths = []
    for scale in (1, 2):
        x = torch.ones(6, dtype=torch.float64, requires_grad=True)
        h = x
        for W in weights:
            h = torch.relu(scale * W @ h)
        (slope,) = torch.autograd.grad(h, x, torch.ones_like(h))
        lengths.append(slope.norm().item())
    return lengths[1] / lengths[0]


@exercise
def check_factors(answers: Sequence) -> None:
    """Check exercise 2 with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    steepest = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(torch.sigmoid(steepest), steepest)
    through = {2: SIGMOIDS[0], 5: SIGMOIDS[1], 12: SIGMOIDS[2]}[int(-math.log10(slope**20))]
    expect(answers[0] == through, f"twenty sigmoids: not {answers[0]!r}; each leaves at most 1/4")
    expect_number("the factor of two residual layers", answers[1], (1 + 0.5) * (1 - 0.5))
    expect_number("the gradient of doubled weights", answers[2], doubling(10))
    short = torch.full((4,), 0.5e-9, dtype=torch.float64)
    left = CLIPPED[0] if torch.equal(clipped(short, 1.0), short) else CLIPPED[1]
    expect(answers[3] == left, f"clipping: not {answers[3]!r}; what is short stays as it is")
    right(2)


def _log_size(matrices: Sequence[torch.Tensor]) -> float:
    """Return the right answer of exercise 3: powers of two are taken out, which rounds nothing."""
    product = torch.eye(len(matrices[0]), dtype=torch.float64)
    powers = 0
    for W in matrices:
        product = W.double() @ product
        _, power = math.frexp(product.abs().max().item())
        product, powers = product * 2.0**-power, powers + power
    return torch.linalg.matrix_norm(product).log().item() + powers * math.log(2)


@exercise
def check_log_size(log_size: Callable[[list[torch.Tensor]], float]) -> None:
    """Check exercise 3 on short and long products, many of them beyond the range of floats."""
    draw = torch.Generator().manual_seed(0)
    cases = ((1, 3, 1.0), (3, 2, 1.0), (60, 4, 0.5), (800, 4, 3.0), (800, 4, 0.01), (2000, 2, 9.0))
    for count, width, scale in cases:
        matrices = [
            scale * torch.randn(width, width, generator=draw, dtype=torch.float64)
            for _ in range(count)
        ]
        name = f"{count} matrices of {width}×{width}, scale {scale:g}"
        given = ask_number(name, log_size([W.clone() for W in matrices]))
        expect(math.isfinite(given), f"{name}: {given} is no size; what is too large for a float?")
        wanted = _log_size(matrices)
        expect(abs(given - wanted) <= 1e-6 * max(1, abs(wanted)), f"{name}: not {given:.6g}")
    right(3)


@exercise
def check_residual(residual_backward: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against autograd, on networks of one, three and no layers."""
    draw = torch.Generator().manual_seed(0)
    for rows, width, depth in ((3, 4, 1), (5, 3, 3), (1, 2, 6), (2, 2, 0)):
        H, G, *weights = (
            torch.randn(shape, generator=draw, dtype=torch.float64)
            for shape in ((rows, width), (rows, width), *[(width, width)] * depth)
        )
        case = f"with {depth} layers of {width} units and {rows} rows"
        given = H.clone().requires_grad_()
        out = given
        for W in weights:
            out = out + torch.tanh(out @ W.mT)
        (wanted,) = torch.autograd.grad(out, given, G)
        run = watch(residual_backward, H.clone(), G.clone(), [W.clone() for W in weights])
        expect_not_ready_made(run, BY_AUTOGRAD, case)
        is_tensor = isinstance(run.result, torch.Tensor) and run.result.shape == H.shape
        expect(is_tensor, f"{case}: a tensor of the shape {tuple(H.shape)} is wanted")
        expect_numbers(f"{case} the gradient", run.result, wanted, within=1e-4)
    right(4)


def _same_direction(a: torch.Tensor, b: torch.Tensor) -> bool:
    return bool(torch.cosine_similarity(a, b, dim=0) > 1 - 1e-6)


def _layer(norm: float) -> torch.Tensor:
    """Return a Jacobian of a given operator norm, which stretches some directions and not all."""
    draw = torch.Generator().manual_seed(1)
    J = torch.randn(5, 5, generator=draw, dtype=torch.float64)
    return norm * J / torch.linalg.matrix_norm(J, 2)


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "clipping by norm keeps the direction": lambda g: _same_direction(clipped(g, 1.0), g),
    "clipping by value keeps the direction": lambda g: _same_direction(
        clipped(g, 1.0, by_value=True), g
    ),
    "clipping by norm can make a gradient longer": lambda g: bool(
        clipped(g, 1.0).norm() > g.norm()
    ),
    "a layer of operator norm 1 makes no gradient longer": lambda g: bool(
        (g @ _layer(1.0)).norm() <= g.norm() * (1 + 1e-9)
    ),
    "a layer of operator norm 2 makes each gradient longer": lambda g: bool(
        (g @ _layer(2.0)).norm() > g.norm()
    ),
    "a residual connection makes each gradient longer": lambda g: bool(
        (g + g @ _layer(0.5)).norm() > g.norm()
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred random gradients of all sizes."""
    draw = torch.Generator().manual_seed(0)
    sizes = torch.logspace(-2, 4.8, 200, dtype=torch.float64)
    draws = [size * torch.randn(5, generator=draw, dtype=torch.float64) for size in sizes]
    expect_tried(claims, _CLAIMS, draws, "gradient")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
factors = factors_sheet(check_factors)
