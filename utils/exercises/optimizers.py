"""Checks for the exercises of the page on momentum, Adagrad, RMSProp and Adam."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.optimizers_sheets import by_hand_sheet, foresee_sheet, predict_sheet

Slope = Callable[[torch.Tensor], torch.Tensor]


def walk_of_torch(
    kind: type[torch.optim.Optimizer],
    w: torch.Tensor,
    slope: Slope,
    rates: Sequence[float],
    **settings: object,
) -> torch.Tensor:
    """Return the places to which an optimiser of torch leads, one for each rate.

    Args:
        kind: a class of ``torch.optim``.
        w: where the walk begins, of any shape.
        slope: takes a place and returns the gradient there.
        rates: the learning rate of each step.
        settings: further arguments of ``kind``.

    Returns:
        ``(steps, *w.shape)``.
    """
    w = torch.nn.Parameter(w.detach().clone())
    optimizer, places = kind([w], lr=rates[0], **settings), []
    for lr in rates:
        optimizer.param_groups[0]["lr"] = lr
        w.grad = slope(w.detach().clone())
        optimizer.step()
        places.append(w.detach().clone())
    return torch.stack(places)


def steps_of_torch(
    kind: type[torch.optim.Optimizer], gradients: Iterable, lr: float, **settings: object
) -> torch.Tensor:
    """Return how far each step of an optimiser moves the weights, given the gradients."""
    given = torch.as_tensor(gradients, dtype=torch.float64)
    left = iter(given)
    start = torch.zeros_like(given[:1])
    places = walk_of_torch(kind, start[0], lambda w: next(left), [lr] * len(given), **settings)
    return torch.cat([start, places]).diff(dim=0)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with four optimisers of torch."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    SGD, Adagrad, RMSprop, Adam = (
        getattr(torch.optim, name) for name in ("SGD", "Adagrad", "RMSprop", "Adam")
    )
    moved = steps_of_torch(SGD, [2.0, 2.0], 0.1, momentum=0.5).sum()
    expect_number("the weight with momentum", answers[0], 1 + moved, within=0.001)
    moved = steps_of_torch(Adagrad, [3.0, 4.0], 0.1)[1].abs()
    expect_number("the second step of Adagrad", answers[1], moved, within=0.001)
    moved = steps_of_torch(RMSprop, [7.0], 0.1, alpha=0.75)[0].abs()
    expect_number("the first step of RMSProp", answers[2], moved, within=0.001)
    moved = steps_of_torch(Adam, [1.0, -1.0], 0.3, betas=(0.5, 0.5))[1]
    expect_number("the second step of Adam", answers[3], moved, within=0.001)
    right(1)


@exercise
def check_foresee(answers: Sequence) -> None:
    """Check exercise 2: two scales, a rate that is cut, and what an optimiser stores."""
    expect(len(answers) == 4, f"4 numbers are wanted, got {len(answers)}")
    expect_number("the factor for SGD", answers[0], 0.01, within=1e-6)
    expect_number("the factor for Adam", answers[1], 1.0, within=1e-6)
    w = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    for lr, slope in ((0.1, 5.0), (0.01, 0.0)):
        optimizer.param_groups[0]["lr"] = lr
        before, w.grad = w.item(), torch.full_like(w, slope)
        optimizer.step()
    expect_number("the step after the cut", answers[2], before - w.item(), within=0.0001)
    kept = torch.nn.Parameter(torch.zeros(7))
    adam = torch.optim.Adam([kept])
    kept.grad = torch.ones(7)
    adam.step()
    stored = sum(value.numel() for value in adam.state[kept].values() if value.shape == kept.shape)
    expect_number("the numbers for each weight", answers[3], stored / 7, within=0)
    right(2)


RECORDS = (
    ([3.0], 0.9),
    ([3.0, 3.0, 3.0], 0.9),
    ([1.0, -1.0], 0.5),
    ([0.0, 0.0, 8.0, 2.0], 0.75),
    ([5.0, 4.0, 7.0], 0.0),
    ([1.0, -2.0, 3.0, 10.0, 0.5, 0.25], 0.99),
)


def weighted_mean(numbers: Sequence[float], beta: float) -> float:
    """Return the mean of numbers with weights that fall by ``beta`` for each step back."""
    weights = [beta ** (len(numbers) - 1 - at) for at in range(len(numbers))]
    return sum(w * x for w, x in zip(weights, numbers, strict=True)) / sum(weights)


@exercise
def check_corrected_mean(corrected_mean: Callable[[Sequence[float], float], float]) -> None:
    """Check exercise 3 against the mean with falling weights, written out."""
    for numbers, beta in RECORDS:
        answer = corrected_mean(list(numbers), beta)
        expect_number(
            f"corrected_mean({numbers}, {beta})", answer, weighted_mean(numbers, beta), within=1e-6
        )
    right(3)


def shrinking(w: torch.Tensor) -> torch.Tensor:
    """Slopes that are steep at first: the maximum and the moving mean then part."""
    return w**3 * torch.tensor([1.0, 30.0, 0.0, 0.01], dtype=w.dtype)


@exercise
def check_amsgrad(amsgrad: Callable[..., Iterable[torch.Tensor]]) -> None:
    """Check exercise 4 against torch's, over 60 steps whose rate changes."""
    start = torch.tensor([2.0, -1.0, 3.0, 4.0], dtype=torch.float64)
    rates = [0.3] * 30 + [0.1] * 30
    given = start.clone()
    found = amsgrad(given, shrinking, rates)
    expect(isinstance(found, Iterable), f"amsgrad must yield places, got {found!r}")
    places = [place.clone() if isinstance(place, torch.Tensor) else place for place in found]
    expect(len(places) == 60, f"60 rates make 60 places, got {len(places)}")
    expect(torch.equal(given, start), "the tensor that amsgrad is given must not change")
    wanted = walk_of_torch(torch.optim.Adam, start, shrinking, rates, amsgrad=True)
    for step in (0, 1, 29, 59):
        name = f"the place after step {step + 1}"
        expect_numbers(name, places[step], wanted[step], within=1e-9)
    right(4)


def _draws() -> list[torch.Tensor]:
    """Return gradients for two weights; half are mostly zero, and large at the end."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(20, 30, 2, generator=generator, dtype=torch.float64)
    drawn[10:] *= torch.rand(10, 30, 2, generator=generator) < 0.1
    drawn[10:, -8:] = 5.0
    return list(drawn)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, rtol=1e-6, atol=1e-9)


ADAM, SGD = torch.optim.Adam, torch.optim.SGD
EXACT = {"eps": 1e-300}  # small enough to play no part, and 0 / 0 stays away
TURN = torch.tensor([[0.6, -0.8], [0.8, 0.6]], dtype=torch.float64)


def _ten_times(kind: type, **settings: object) -> Callable[[torch.Tensor], bool]:
    def holds(drawn: torch.Tensor) -> bool:
        plain, larger = (steps_of_torch(kind, g, 0.1, **settings) for g in (drawn, 10 * drawn))
        return _same(plain, larger)

    return holds


def _turned(kind: type, **settings: object) -> Callable[[torch.Tensor], bool]:
    def holds(drawn: torch.Tensor) -> bool:
        plain, turned = (steps_of_torch(kind, g, 0.1, **settings) for g in (drawn, drawn @ TURN))
        return _same(plain @ TURN, turned)

    return holds


def _stands(drawn: torch.Tensor) -> bool:
    steps = steps_of_torch(SGD, drawn, 0.1, momentum=0.9)
    return bool((steps[drawn == 0] == 0).all())


def _no_longer(kind: type) -> Callable[[torch.Tensor], bool]:
    return lambda drawn: bool((steps_of_torch(kind, drawn, 0.1).abs() <= 0.1 + 1e-9).all())


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "with gradients ten times as large, Adam takes the same steps": _ten_times(ADAM, **EXACT),
    "with gradients ten times as large, momentum takes the same steps": _ten_times(
        SGD, momentum=0.9
    ),
    "no step of Adagrad moves a weight by more than lr": _no_longer(torch.optim.Adagrad),
    "no step of Adam moves a weight by more than lr": _no_longer(ADAM),
    "with momentum, a weight whose gradient is 0 stays where it is": _stands,
    "if all gradients are turned, so are the steps of momentum": _turned(SGD, momentum=0.9),
    "if all gradients are turned, so are the steps of Adam": _turned(ADAM),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random gradients for two weights."""
    expect_tried(claims, _CLAIMS, _draws(), "record of gradients")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
foresee = foresee_sheet(check_foresee)
