"""Checks for the exercises of the page on number formats."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, expect, expect_number, expect_tried, right
from utils.exercises.number_formats_sheets import (
    AFTER_NAN,
    DOUBLED,
    by_hand_sheet,
    half_sheet,
    predict_sheet,
)

# The numbers that six bits can hold, from 0 up: four subnormal ones, then four for each exponent.
SIX_BITS = [f / 16 for f in range(4)] + [
    (1 + f / 4) * 2.0 ** (e - 3) for e in range(1, 7) for f in range(4)
]


def rounded_to_six_bits(x: float) -> float:
    """Return the nearest number of six bits; half-way between two the even code wins."""
    code = min(range(len(SIX_BITS)), key=lambda code: (abs(SIX_BITS[code] - x), code % 2))
    return SIX_BITS[code]


def weights_after(bad: float) -> tuple[float, float]:
    """Return a weight of 1 and a scale of 4 after a step of torch's scaler with a bad gradient."""
    w = nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([w], lr=1.0)
    scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    scaler.scale((w * bad).sum()).backward()
    scaler.step(optimizer)
    scaler.update()
    return w.item(), scaler.get_scale()


def _following(x: torch.Tensor) -> torch.Tensor:
    """Return the float16 numbers that follow, away from 0."""
    return (x.view(torch.int16) + 1).view(torch.float16)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 from the codes."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    expect_number("the number with six bits", answers[0], SIX_BITS[0b0_100_01], within=0)
    expect_number("12 + 1", answers[1], rounded_to_six_bits(13), within=0)
    code = torch.tensor(0b0_10000_1000000000, dtype=torch.int16)
    expect_number("the number with these bits", answers[2], code.view(torch.float16))
    start = torch.tensor(1024.0).half()
    expect_number("the distance of neighbours", answers[3], _following(start) - start)
    right(1)


@exercise
def check_half(answers: Sequence) -> None:
    """Check exercise 2 with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    terms = torch.tensor([4096, 1, 60000], dtype=torch.float16)
    expect_number("4096 + 1", answers[0], terms[0] + terms[1])
    doubled = terms[2] + terms[2]
    wanted = DOUBLED[2] if doubled.isinf() else DOUBLED[1]
    expect(answers[1] == wanted, f"60000 + 60000: not {answers[1]!r}; what is the largest number?")
    least = torch.tensor(1, dtype=torch.int16).view(torch.float16)
    expect_number("half of the smallest number", answers[2], least / 2, within=0)
    expect(weights_after(float("nan")) == (1, 2), "torch's scaler does not leave the step out")
    expect(answers[3] == AFTER_NAN[1], f"the scaler: not {answers[3]!r}; it looks at them first")
    right(2)


@exercise
def check_gap(gap: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on all positive float16 numbers that have a larger neighbour."""
    codes = torch.arange(1, 0x7BFF, dtype=torch.int16)
    for name, chosen in (("some", codes[[0, 5, 1022, 1023, 15359]]), ("all", codes)):
        x = chosen.view(torch.float16)
        answer = gap(x.clone())
        is_tensor = isinstance(answer, torch.Tensor) and answer.shape == x.shape
        expect(is_tensor, f"gap of {len(x)} numbers: a tensor of as many is wanted")
        expect(answer.dtype == torch.float64, f"gap: float64 is wanted, got {answer.dtype}")
        wanted = _following(x).double() - x.double()
        wrong = (answer != wanted).nonzero()
        if len(wrong):
            at = wrong[0].item()
            said = f"the gap above {x[at].item():.4g} is {wanted[at].item():.4g}"
            expect(False, f"{name}: {said}, not {answer[at].item():.4g}")
    right(3)


def _fits(gradients: Sequence[torch.Tensor], S: float) -> bool:
    largest = torch.finfo(torch.float16).max
    return all(bool((S * g.double()).abs().max() <= largest) for g in gradients)


@exercise
def check_scale(largest_scale: Callable[[list[torch.Tensor]], float]) -> None:
    """Check exercise 4 on gradients of all sizes, of one tensor and of several."""
    draw = torch.Generator().manual_seed(0)
    drawn = [torch.randn(3, 4, generator=draw), torch.randn(5, generator=draw)]
    cases = {
        "one number, 1": [torch.ones(1)],
        "one number, 1e-8": [torch.tensor([1e-8])],
        "the largest is below 0": [torch.tensor([0.5, -3.0, 1.0])],
        "the largest is in the second tensor": [torch.tensor([0.001]), torch.tensor([[7.0, 0.0]])],
        "already too large": [torch.tensor([1e6, 2.0])],
        "at the limit": [torch.tensor([65504.0])],
        "just above the limit": [torch.tensor([65600.0, 1.0])],
    }
    cases |= {f"random, times 1e{e}": [10.0**e * g for g in drawn] for e in (-12, -3, 0, 9)}
    for name, gradients in cases.items():
        S = ask_number(name, largest_scale([g.clone() for g in gradients]))
        is_power = S > 0 and torch.frexp(torch.tensor(S, dtype=torch.float64))[0] == 0.5
        expect(bool(is_power), f"{name}: {S:g} is no power of 2")
        expect(_fits(gradients, S), f"{name}: with S = {S:g} an entry is too large")
        expect(not _fits(gradients, 2 * S), f"{name}: {2 * S:g} is a larger S that fits")
    right(4)


def _any_order(x: torch.Tensor) -> bool:
    def running(terms: torch.Tensor) -> torch.Tensor:
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    return bool(running(x.half()) == running(x.half().flip(0)))


def _kept(g: torch.Tensor, first: torch.dtype, second: torch.dtype) -> bool:
    """Say whether numbers of one format pass through another one unchanged."""
    x = g.to(first)
    return bool((x.to(second).double() == x.double()).all())


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "a sum of float16 numbers can depend on their order": lambda g: (
        not _any_order(torch.tensor([2048.0, 1, 1]) * 2.0 ** int(g[0] > 0))
    ),
    "a float16 times 2 and halved again is what it was": lambda g: bool(
        (g.half() * 2 / 2 == g.half()).all()
    ),
    "each float16 is also a float32": lambda g: _kept(g, torch.float16, torch.float32),
    "each float16 is also a bfloat16": lambda g: _kept(g, torch.float16, torch.bfloat16),
    "each bfloat16 is also a float32": lambda g: _kept(g, torch.bfloat16, torch.float32),
    "two unequal float16 numbers can have the difference 0": lambda g: bool(
        (_following(g.clamp(-6e4, 6e4).half()) - g.clamp(-6e4, 6e4).half() == 0).any()
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on three hundred draws of numbers of all sizes."""
    draw = torch.Generator().manual_seed(0)
    sizes = torch.logspace(-7, 4.8, 300, dtype=torch.float64)
    draws = [size * torch.randn(5, generator=draw, dtype=torch.float64) for size in sizes]
    expect_tried(claims, _CLAIMS, draws, "draw of numbers")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
half = half_sheet(check_half)
