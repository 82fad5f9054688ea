"""Checks for the exercises of the page on the learning rate and its schedule."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from torch.optim import lr_scheduler

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.learning_rate_sheets import (
    CLIPPED,
    by_hand_sheet,
    memory_sheet,
    predict_sheet,
)

Slopes = Callable[[torch.Tensor], torch.Tensor]


def torch_descent(
    slopes: Slopes,
    w: torch.Tensor,
    rates: Sequence[float],
    momentum: float = 0.0,
    most: float = math.inf,
    *,
    clear: bool = True,
) -> list[torch.Tensor]:
    """Return the places of torch's SGD with a scheduler, the start first, shape of w each."""
    w = w.detach().clone().requires_grad_()
    optimizer = torch.optim.SGD([w], lr=1.0, momentum=momentum)
    last = len(rates) - 1
    scheduler = lr_scheduler.LambdaLR(optimizer, lambda t: rates[min(t, last)])
    w.grad, places = torch.zeros_like(w), [w.detach().clone()]
    for _ in rates:
        w.grad = slopes(w.detach()) + (0 if clear else w.grad)
        torch.nn.utils.clip_grad_norm_([w], most)
        optimizer.step()
        scheduler.step()
        places.append(w.detach().clone())
    return places


def scheduled(make: Callable[[torch.optim.Optimizer], object], lr: float, steps: int) -> list:
    """Return the learning rates of a scheduler of torch, one a step."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=lr)
    scheduler, rates = make(optimizer), []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def mean_square_left(lr: float, curvature: float, sigma: float) -> float:
    """Return the mean squared distance that noise leaves in the end, by iteration."""
    square = 0.0
    for _ in range(600):
        square = (1 - lr * curvature) ** 2 * square + (lr * sigma) ** 2
    return square


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by walks, torch's schedulers and torch's clipping."""
    expect(len(answers) == 6, f"6 answers are wanted, got {len(answers)}")
    one = torch.ones((), dtype=torch.float64)

    def after(lr: float) -> float:
        return torch_descent(lambda w: 8 * w, one, [lr])[1].item()

    limit = ask_number("the limit", answers[0])
    expect(abs(abs(after(limit)) - 1) < 1e-6 and limit > 0, f"the limit is not {answers[0]}")
    expect_number("the factor", answers[1], after(0.2))
    expect_number("the mean square", answers[2], mean_square_left(0.2, 5, 5))
    steps = scheduled(lambda o: lr_scheduler.StepLR(o, 30, 0.1), 0.4, 90)
    expect_number("the rate at step 70", answers[3], steps[70], within=1e-6)
    cosines = scheduled(lambda o: lr_scheduler.CosineAnnealingLR(o, 60), 1.0, 60)
    expect_numbers("the share of the cosine", answers[4], [cosines[20], cosines[30]])
    gradient = torch.tensor([3.0, 4.0], dtype=torch.float64)
    (_, place) = torch_descent(
        lambda w: gradient, torch.zeros(2, dtype=torch.float64), [1.0], 0, 2
    )
    expect_numbers("the clipped gradient", answers[5], -place, within=1e-4)
    right(1)


@exercise
def check_memory(answers: Sequence) -> None:
    """Check exercise 2 by walking with torch's SGD."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    one = torch.ones((), dtype=torch.float64)
    places = torch_descent(lambda w: 4 * w, one, [0.25] * 5, clear=False)
    expect_numbers("the walk", answers[0], torch.stack(places[1:]))
    rates = [0.1] * 400 + [0.01]
    path = torch_descent(torch.ones_like, one, rates, 0.9)
    expect_number("the step in PyTorch", answers[1], path[-2] - path[-1])
    before = path[-3] - path[-2]
    expect_number("the step with the rate inside", answers[2], 0.9 * before + 0.01)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=20)
    expect_number("the momentum", answers[3], optimizer.param_groups[0]["momentum"])
    tamed = torch_descent(lambda w: 4 * w, one, [0.6] * 200, most=1)
    late = torch.stack(tamed[100:]).abs()
    fate = CLIPPED[0] if late.max() < 1e-3 else CLIPPED[2 if late.max() > 10 else 1]
    expect(answers[4] == fate, f"the clipped walk: not {answers[4]!r}; walk five steps by hand")
    right(2)


@exercise
def check_inverse_root(inverse_root: Callable[[int, int], float]) -> None:
    """Check exercise 3 against the formula of the Transformer, for many steps and ramps."""
    for warm in (1, 2, 10, 400):
        for t in (*range(30), warm - 1, warm, 4 * warm - 1, 5000):
            # The Transformer's formula, divided by its value at the end of the warm-up.
            wanted = min((t + 1) ** -0.5, (t + 1) * warm**-1.5) * warm**0.5
            case = f"the share at step {t} with warm={warm}"
            given = ask_number(case, inverse_root(t, warm))
            expect(abs(given - wanted) < 1e-6, f"{case} is not {given:.6g}, but {wanted:.6g}")
    right(3)


@exercise
def check_descend(descend: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against torch's SGD, scheduler and clipping on a bowl."""
    curvatures = torch.tensor([4.0, 0.5, 1.0], dtype=torch.float64)
    rates = [0.02 * step for step in range(1, 11)] + [0.1] * 5 + [0.01] * 10
    for momentum in (0.0, 0.5, 0.9):
        for most in (0.3, 2.0, 100.0):
            for count in (1, 2, len(rates)):
                w = torch.tensor([2.0, -3.0, 1.0], dtype=torch.float64)
                given = w.clone()
                used = rates[-count:] if count < 3 else rates
                wanted = torch_descent(lambda w: curvatures * w, w, used, momentum, most)[-1]
                answer = descend(lambda w: curvatures * w, given, used, momentum, most)
                case = f"with momentum={momentum}, most={most} and {count} rates"
                is_place = isinstance(answer, torch.Tensor) and answer.shape == w.shape
                expect(is_place, f"{case}: a tensor like w is wanted, got {answer!r}")
                expect(torch.equal(given, w), f"{case}: w itself was changed")
                gap = (answer.detach() - wanted).abs().max().item()
                expect(gap < 1e-4, f"{case}: the last place is off by {gap:.2g}")
    right(4)


class Draw(NamedTuple):
    """A random case: rate times curvature, noise, steps, and two gradients."""

    x: float  # below 2
    curvature: float
    sigma: float
    T: int
    gradients: torch.Tensor  # (2, 3)
    most: float


def _clipped(gradient: torch.Tensor, most: float) -> torch.Tensor:
    weights = torch.zeros_like(gradient).requires_grad_()
    weights.grad = gradient.clone()
    torch.nn.utils.clip_grad_norm_([weights], most)
    return weights.grad


def _same_direction(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.nn.functional.cosine_similarity(one, other, dim=0).item() > 1 - 1e-9


def _half_leaves_less(draw: Draw) -> bool:
    lr = draw.x / draw.curvature
    whole, half = (mean_square_left(r, draw.curvature, draw.sigma) for r in (lr, lr / 2))
    return half < whole / 2


def _cosine_above_half(draw: Draw) -> bool:
    rates = [(1 + math.cos(math.pi * t / draw.T)) / 2 for t in range(draw.T)]
    return sum(rates) / draw.T > 0.5


def _sum_of_clipped(draw: Draw) -> bool:
    one, other = (_clipped(g, draw.most) for g in draw.gradients)
    return torch.allclose(one + other, _clipped(draw.gradients.sum(0), draw.most), atol=1e-5)


def _rests_uncleared(draw: Draw) -> bool:
    w, memory, late = 1.0, 0.0, []
    for step in range(600):
        memory += w
        w -= draw.x / 10 * memory
        late += [abs(w)] if step >= 400 else []
    return max(late) < 0.5


def _rests_clipped(draw: Draw) -> bool:
    w, lr, late = 1.0, (draw.x + 2) / draw.curvature, []
    for step in range(600):
        w -= lr * max(-draw.most, min(draw.most, draw.curvature * w))
        late += [abs(w)] if step >= 400 else []
    return max(late) < 1e-3 * lr * draw.most


_CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "half the rate leaves less than half of the mean square": _half_leaves_less,
    "a cosine's rates average to more than half of the peak": _cosine_above_half,
    "clipping by norm keeps the direction": lambda draw: all(
        _same_direction(_clipped(g, draw.most), g) for g in draw.gradients
    ),
    "the sum of two clipped gradients is the clipped sum": _sum_of_clipped,
    "without clearing, a tenth of the rate brings the swing to rest": _rests_uncleared,
    "above the limit, a clipped walk comes to rest": _rests_clipped,
}


def draws(count: int = 25) -> list[Draw]:
    """Return random cases for the claims."""
    generator = torch.Generator().manual_seed(0)
    shares = torch.rand(count, 5, generator=generator, dtype=torch.float64).tolist()
    pairs = torch.randn(count, 2, 3, generator=generator, dtype=torch.float64)
    return [
        Draw(0.1 + 1.8 * a, 0.5 + 4 * b, 0.5 + c, 2 + int(200 * d), pair, 0.3 + 2 * e)
        for (a, b, c, d, e), pair in zip(shares, pairs, strict=True)
    ]


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 on random parabolas, gradients and numbers of steps."""
    expect_tried(claims, _CLAIMS, draws(), "case")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
memory = memory_sheet(check_memory)
