"""Checks for the exercises of the page on gradient descent and minibatches."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch

from utils.exercises.feedback import ask_number, expect, expect_number, expect_tried, right

SLACK = 1e-9  # of rounding errors

Scalar = Callable[[torch.Tensor], torch.Tensor]


def check_parabola(answers: Mapping[str, float]) -> None:
    """Check exercise 1 by walking on 3w² with torch, from w = 2."""
    w = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(3 * w**2, w, create_graph=True)
    curvature = torch.autograd.grad(slope, w)[0].item()
    wanted = {
        "slope at the start": slope.item(),
        "w after one step, lr 0.1": (w - 0.1 * slope).item(),
        "lr that needs one step": 1 / curvature,
        "lr from which on it diverges": 2 / curvature,
        "distance kept per step, lr 0.3": abs(1 - 0.3 * curvature),
        "batch size with a tenth of the noise of 16": 16 * 10**2,
    }
    for name, value in wanted.items():
        expect_number(f"{name!r}", answers.get(name), value)
    right(1)


def _landscapes() -> Iterator[tuple[str, Scalar, torch.Tensor, float]]:
    """Yield a name, a loss, a start and a first learning rate."""
    generator = torch.Generator().manual_seed(0)
    for curvature in (0.1, 1.0, 4.0, 300.0):
        for lr in (1.0, 64.0):
            start = torch.randn(1, generator=generator, dtype=torch.float64)
            name = f"on {curvature / 2:g} w² from lr = {lr:g}"
            yield name, lambda w, a=curvature: (a / 2 * w**2).sum(), start, lr
    for features in (2, 5):
        root = torch.randn(features, features, generator=generator, dtype=torch.float64)
        start = torch.randn(features, generator=generator, dtype=torch.float64)
        name = f"in a bowl of {features} dimensions"
        yield name, lambda w, root=root: ((root @ w) ** 2).mean(), start, 10.0
    yield "on log cosh w", lambda w: w.cosh().log().sum(), torch.tensor([3.0, -1]).double(), 8.0
    yield "in a minimum", lambda w: (w**2).sum(), torch.zeros(2, dtype=torch.float64), 0.5


def check_backtracking(
    backtracking: Callable[..., tuple[torch.Tensor, float]],
) -> None:
    """Check exercise 2 on parabolas, bowls and a loss that is no parabola."""
    for name, loss, start, lr in _landscapes():
        gradient = torch.func.grad(loss)
        before = start.clone()
        answer = backtracking(loss, gradient, start, lr)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"the new w and its learning rate are wanted, got {answer!r} {name}")
        w, found = answer[0], ask_number(f"the learning rate {name}", answer[1])
        expect(torch.equal(start, before), f"w itself must not change {name}")
        slope = gradient(start)
        needed = lr
        while loss(start - needed * slope) > loss(start) - needed / 2 * (slope @ slope):
            needed /= 2
        halvings, wanted = (math.log2(lr / rate) for rate in (found, needed))
        expect(halvings == round(halvings), f"{lr:g} halved again and again is never {found:g}")
        expect(halvings <= wanted, f"{found:g} is halved too often {name}")
        expect(halvings >= wanted, f"with {found:g} the loss falls too little {name}")
        expect(torch.allclose(w, start - found * slope), f"w is not one step away {name}")
    right(2)


@dataclass
class _Problem:
    """A linear model: inputs ``(12, 3)``, targets ``(12,)`` and a place ``(3,)``."""

    inputs: torch.Tensor
    targets: torch.Tensor
    w: torch.Tensor

    def loss(self, w: torch.Tensor) -> float:
        return ((self.inputs @ w - self.targets) ** 2).mean().item() / 2

    def gradients(self, w: torch.Tensor) -> torch.Tensor:
        """One row an example."""
        return self.inputs * (self.inputs @ w - self.targets)[:, None]

    def hessian(self) -> torch.Tensor:
        return self.inputs.T @ self.inputs / len(self.inputs)

    def bound(self) -> float:
        return 2 / torch.linalg.eigvalsh(self.hessian()).max().item()

    def best(self) -> torch.Tensor:
        return torch.linalg.lstsq(self.inputs, self.targets[:, None]).solution[:, 0]


def _falls(problem: _Problem, rows: slice) -> bool:
    """Whether a step against the mean gradient of these rows lowers the loss of all."""
    after = problem.w - 0.9 * problem.bound() * problem.gradients(problem.w)[rows].mean(0)
    return problem.loss(after) < problem.loss(problem.w)


def _noise(problem: _Problem, size: int) -> float:
    """The error that the mean of ``size`` drawn gradients has, exactly: σ / √size."""
    gradients = problem.gradients(problem.w)
    spread = (gradients - gradients.mean(0)).square().sum(1).mean().sqrt().item()
    return spread / math.sqrt(size)


def _sum_has_same_minimum(problem: _Problem) -> bool:
    return bool(problem.gradients(problem.best()).sum(0).norm() < SLACK)


def _small_fall_means_near(problem: _Problem) -> bool:
    step = 1e-4 * problem.bound() * problem.gradients(problem.w).mean(0)
    fall = problem.loss(problem.w) - problem.loss(problem.w - step)
    return fall >= 1e-3 or problem.loss(problem.w) - problem.loss(problem.best()) < 1e-3


def _one_step_is_enough(problem: _Problem) -> bool:
    # Equal curvatures: the bowl with the same minimum, and the identity as its Hessian.
    reached = problem.w - 1.0 * (problem.w - problem.best())
    return bool((reached - problem.best()).norm() < SLACK)


_CLAIMS: dict[str, Callable[[_Problem], bool]] = {
    "if lr < 2/a, a step against the full gradient lowers the loss": (
        lambda problem: _falls(problem, slice(None))
    ),
    "if lr < 2/a, a step against one example's gradient lowers the loss of all": (
        lambda problem: _falls(problem, slice(1))
    ),
    "a minibatch of twice the size has half the noise": (
        lambda problem: math.isclose(_noise(problem, 8), _noise(problem, 4) / 2)
    ),
    "sum and mean of the losses have the same minimum": _sum_has_same_minimum,
    "if a step lowers the loss by less than 0.001, the minimum is near": _small_fall_means_near,
    "if all curvatures are a, lr = 1/a needs one step": _one_step_is_enough,
}


def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 3 by trying every claim on two hundred small regressions."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(200, 13, 4, generator=generator, dtype=torch.float64)
    problems = [_Problem(each[:12, :3], each[:12, 3], 3 * each[12, :3]) for each in drawn]
    expect_tried(claims, _CLAIMS, problems, "regression")
    right(3)
