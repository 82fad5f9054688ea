"""Checks for the exercises of the page on gradient descent."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, expect, expect_number, expect_tried, right
from utils.exercises.gradient_descent_sheets import bowl_sheet, by_hand_sheet, predict_sheet
from utils.exercises.small_regressions import SLACK, Regression, draw, sum_has_same_minimum

Scalar = Callable[[torch.Tensor], torch.Tensor]


@exercise
def check_parabola(answers: Sequence) -> None:
    """Check exercise 1 by walking on 3w² with torch, from w = 2."""
    w = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(3 * w**2, w, create_graph=True)
    curvature = torch.autograd.grad(slope, w)[0].item()
    wanted = {
        "the slope at the start": slope.item(),
        "w after one step": (w - 0.1 * slope).item(),
        "the rate that needs one step": 1 / curvature,
        "the rate from which on it diverges": 2 / curvature,
        "the share of the distance that is left": abs(1 - 0.3 * curvature),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value)
    right(1)


@exercise
def check_bowl(answers: Sequence) -> None:
    """Check exercise 2 with the curvatures that autograd finds, and by walking with torch."""
    w = torch.ones(2, dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(lambda w: w[0] ** 2 + 4 * w[1] ** 2, w)
    flat, steep = torch.linalg.eigvalsh(hessian).tolist()
    rates = torch.linspace(0, 1, 10_001, dtype=torch.float64)
    kept = (1 - rates[:, None] * torch.tensor([flat, steep])).abs().amax(1)
    wanted = {
        "the condition number": steep / flat,
        "the bound": 2 / steep,
        "the best rate": rates[kept.argmin()],
        "the share that is kept": kept.min(),
        "the bound on the flat axis": 2 / flat,
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value)
    right(2)


def _bowl(*curvatures: float) -> tuple[Scalar, Scalar]:
    slopes = torch.tensor(curvatures, dtype=torch.float64)
    return lambda w: (slopes * w**2).sum() / 2, lambda w: slopes * w


def _sweeps() -> Iterator[tuple[tuple[Scalar, Scalar], list[float], int, list[float]]]:
    """Yield a loss with its gradient, a start, a number of steps and the rates to try."""
    for curvature, steps, rates in (
        (4.0, 5, [0.6, 0.1, 0.3, 0.45]),
        (4.0, 700, [0.9, 1e9, 0.499, 0.001]),
        (0.5, 400, [30.0, 3.9, 1e-4, 300.0]),
        (10.0, 3, [0.01]),
        (1.0, 20, [1.99, 0.5]),
    ):
        yield _bowl(curvature, curvature / 2), [1.0, -2.0], steps, rates
    # Here the shortest gradient ends at the rate that has not the lowest loss.
    yield _bowl(1.0, 0.01), [1.0, 6.0], 5, [0.9, 1.5]
    # One step later the other rate would have the lower loss.
    yield _bowl(1.0, 0.05), [1.0, 1.0], 5, [1.7, 0.5]
    # Two valleys: the rate that ends lowest was not the lowest on the way, nor a step before.
    wells = (lambda w: ((w**2 - 1) ** 2).sum(), lambda w: 4 * w * (w**2 - 1))
    yield wells, [0.3, 1.6], 5, [0.26, 0.2]


@exercise
def check_best_rate(best_rate: Callable[..., float]) -> None:
    """Check exercise 3 on rates of which some diverge, to infinity and to no number at all."""
    for (loss, gradient), place, steps, rates in _sweeps():
        start = torch.tensor(place, dtype=torch.float64)
        ends = []
        for lr in rates:
            w = start.clone()
            for _ in range(steps):
                w = w - lr * gradient(w)
            ends.append(loss(w).nan_to_num(math.inf).item())
        best = rates[ends.index(min(ends))]
        given = start.clone()
        answer = best_rate(loss, gradient, given, rates, steps)
        expect(torch.equal(given, start), "w itself must not change")
        expect_number(f"the best of {rates} after {steps} steps", answer, best, within=1e-6 * best)
    right(3)


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


@exercise
def check_backtracking(
    backtracking: Callable[..., tuple[torch.Tensor, float]],
) -> None:
    """Check exercise 4 on parabolas, bowls and a loss that is no parabola."""
    for name, loss, start, lr in _landscapes():
        gradient = torch.func.grad(loss)
        before, asked = start.clone(), itertools.count()

        def counted(w: torch.Tensor, loss=loss, asked=asked) -> torch.Tensor:
            is_few = next(asked) < 5000
            expect(is_few, "lr is halved on and on: η is the halved rate, not the first one")
            return loss(w)

        answer = backtracking(counted, gradient, start, lr)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"the new w and its learning rate are wanted, got {answer!r} {name}")
        w, found = answer[0], ask_number("the learning rate", answer[1])
        expect(torch.equal(start, before), f"w itself must not change {name}")
        slope = gradient(start)
        needed = lr
        while loss(start - needed * slope) > loss(start) - needed / 2 * (slope @ slope):
            needed /= 2
        halved = f"{lr:g} halved again and again is not {found:g}"
        expect(found > 0, halved)
        halvings, wanted = (math.log2(lr / rate) for rate in (found, needed))
        expect(halvings == round(halvings), halved)
        expect(halvings <= wanted, f"{found:g} is halved too often {name}")
        expect(halvings >= wanted, f"with {found:g} the loss falls too little {name}")
        expect(isinstance(w, torch.Tensor), f"the new w is a tensor, got {w!r} {name}")
        is_there = w.shape == start.shape and torch.allclose(w, start - found * slope)
        expect(is_there, f"w is not one step away {name}")
    right(4)


def _after(problem: Regression) -> torch.Tensor:
    """Where a step at 0.95 of the bound leads."""
    lr = 0.95 * 2 / problem.largest_curvature()
    return problem.w - lr * problem.gradient(problem.w)


def _leads_nearer(problem: Regression) -> bool:
    before, after = (w - problem.best() for w in (problem.w, _after(problem)))
    return bool(after.norm() < before.norm())


def _lowers_each_entry(problem: Regression) -> bool:
    before, after = (problem.gradient(w).abs() for w in (problem.w, _after(problem)))
    return bool((after < before).all())


def _small_fall_means_near(problem: Regression) -> bool:
    step = 1e-4 / problem.largest_curvature() * problem.gradient(problem.w)
    fall = problem.loss(problem.w) - problem.loss(problem.w - step)
    return fall >= 1e-3 or problem.loss(problem.w) - problem.loss(problem.best()) < 1e-3


def _one_step_is_enough(problem: Regression) -> bool:
    # Inputs with orthogonal columns of one length: all curvatures are the same.
    columns, _ = torch.linalg.qr(problem.inputs)
    round_one = Regression(2 * columns, problem.targets, problem.w)
    step = round_one.gradient(problem.w) / round_one.largest_curvature()
    return bool((problem.w - step - round_one.best()).norm() < SLACK)


_CLAIMS: dict[str, Callable[[Regression], bool]] = {
    "a step lowers the loss": lambda problem: (
        problem.loss(_after(problem)) < problem.loss(problem.w)
    ),
    "a step leads nearer to the lowest place": _leads_nearer,
    "a step lowers the size of each entry of the gradient": _lowers_each_entry,
    "sum and mean of the losses are smallest at the same w": sum_has_same_minimum,
    "if a step lowers the loss by less than 0.001, the minimum is near": _small_fall_means_near,
    "if all curvatures are a, one step with lr = 1/a is enough": _one_step_is_enough,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred small regressions."""
    expect_tried(claims, _CLAIMS, draw(200), "regression")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_parabola)
bowl = bowl_sheet(check_bowl)
