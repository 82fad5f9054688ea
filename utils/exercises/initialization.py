"""Checks for the exercises of the page on initial weights."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
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
from utils.exercises.initialization_sheets import by_hand_sheet, predict_sheet, start_sheet


def mean_square(x: torch.Tensor) -> float:
    """Return the mean of the squares of all entries."""
    return x.double().pow(2).mean().item()


def variance_of(init: Callable[..., torch.Tensor], shape: Sequence[int], **settings) -> float:
    """Return the variance of the weights that an initialiser of torch draws for a shape."""
    generator = torch.Generator().manual_seed(0)
    return init(torch.empty(shape), generator=generator, **settings).var().item()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's own weights and sums."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    weights = torch.full((1, 100), 0.2, dtype=torch.float64)
    factor = (weights**2).sum()  # mean square of the sums of inputs with mean square 1
    expect_number("the factor", answers[0], factor)
    spread = nn.init.calculate_gain("relu") / math.sqrt(50)
    expect_number("the standard deviation of Kaiming", answers[1], spread)
    of_xavier = variance_of(nn.init.xavier_normal_, (200, 300))
    expect_number("the variance of Xavier", answers[2], of_xavier, within=1e-4)
    bound = math.sqrt(3 * variance_of(nn.init.xavier_uniform_, (4000, 2000)) * 6000 / 6)
    expect_number("the bound a", answers[3], bound)
    n_in, n_out = nn.init._calculate_fan_in_and_fan_out(torch.empty(16, 8, 3, 3))
    expect_numbers("fan-in and fan-out", answers[4], [n_in, n_out], within=0)
    right(1)


def moved_from_zero() -> set[str]:
    """Return the names of the parameters that move in the first step of a network of zeros."""
    with torch.random.fork_rng(devices=[]):
        net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
    for part in net.parameters():
        nn.init.zeros_(part)
    x = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    F.cross_entropy(net(x), torch.tensor([0, 0, 0, 0, 1, 1])).backward()
    return {name for name, part in net.named_parameters() if part.grad.any()}


@exercise
def check_start(answers: Sequence) -> None:
    """Check exercise 2 with torch's layers."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    expect_number("the largest weight", answers[0], 100**-0.5, within=1e-6)
    layers = 10
    left = 0.5**layers  # ReLU halves, Xavier keeps
    expect_number("the number under the 1", answers[1], 1 / left, within=30)
    moved = {"2.bias": "the last biases", "": "nothing at all"}
    wanted = moved.get(",".join(sorted(moved_from_zero())), "the weights of both layers")
    expect(answers[2] == wanted, f"what moves first: not {answers[2]!r}")
    spread = variance_of(nn.init.uniform_, (400, 400), a=-0.3, b=0.3) ** 0.5
    options = {"0.3": 0.3, "about 0.17": 0.17, "0.03": 0.03}
    given = options.get(answers[3], math.nan)
    expect(abs(given - spread) < 0.01, f"the standard deviation: not {answers[3]!r}")
    right(2)


FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "identity": lambda x: x,
    "relu": F.relu,
    "leaky relu": lambda x: F.leaky_relu(x, 0.2),
    "tanh": torch.tanh,
    "gelu": F.gelu,
    "a ramp with a step": lambda x: F.relu(x) + 0.3,  # its mean is not 0
}


def gain_of(function: Callable[[torch.Tensor], torch.Tensor]) -> float:
    """Return 1 over the root mean square of a function of standard normal numbers.

    By the trapezoidal rule, which for a smooth function under a bell curve is nearly exact.
    """
    x = torch.linspace(-10, 10, 20_001, dtype=torch.float64)
    density = torch.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return torch.trapezoid(density * function(x) ** 2, x).item() ** -0.5


@exercise
def check_gain(gain: Callable[[Callable], float]) -> None:
    """Check exercise 3 on six functions, to three hundredths."""
    for name, function in FUNCTIONS.items():
        wanted = gain_of(function)
        given = ask_number(f"the gain of {name}", gain(function))
        about = f"the gain of {name} is not {given:.4g}: numbers of variance 1 go in, "
        got_out = "and multiplied by the gain, what comes out has the mean square 1"
        expect(abs(given / wanted - 1) <= 0.03, about + got_out)
    right(3)


def small_nets() -> list[nn.Sequential]:
    """Return networks with layers to prepare, and others to leave alone."""
    with torch.random.fork_rng(devices=[]):
        return _fresh_nets()


def _fresh_nets() -> list[nn.Sequential]:
    dense = nn.Sequential(nn.Linear(30, 200), nn.ReLU(), nn.LayerNorm(200), nn.Linear(200, 60))
    block = nn.Sequential(nn.Conv2d(8, 40, 3), nn.BatchNorm2d(40), nn.ReLU())
    filters = nn.Sequential(block, nn.Flatten(), nn.Linear(40, 50, bias=False))
    return [dense, filters]


@exercise
def check_prepare(prepare: Callable[[nn.Module], None]) -> None:
    """Check exercise 4 on two networks, one of them nested and with filters."""
    for number, net in enumerate(small_nets(), start=1):
        for part in net.parameters():
            nn.init.constant_(part, 0.7)  # so that what is left alone can be told
        prepare(net)
        for name, layer in net.named_modules():
            case = f"network {number}, layer {name} ({type(layer).__name__})"
            if isinstance(layer, (nn.Linear, nn.Conv2d)):
                W = layer.weight.detach()
                spread = math.sqrt(2 / W[0].numel())
                is_random = len(W.unique()) > W.numel() / 2 and abs(W.mean()) < 0.1 * spread
                expect(is_random, f"{case}: its weights are not random around 0")
                ratio = W.std().item() / spread
                expect(
                    0.93 < ratio < 1.07,
                    f"{case}: its standard deviation is {ratio:.2f} times Kaiming's, {spread:.3g}",
                )
                is_normal = W.abs().max() > 2.2 * spread  # uniform numbers end at 1.73
                expect(is_normal, f"{case}: its weights are uniform, not normal")
                if layer.bias is not None:
                    expect(not layer.bias.any(), f"{case}: its biases are not 0")
            else:
                own = layer.parameters(recurse=False)
                kept = all(bool((part == 0.7).all()) for part in own)
                expect(kept, f"{case}: was to be left alone")
    right(4)


def _draw(seed: int, n_out: int, n_in: int) -> torch.Tensor:
    return torch.randn(n_out, n_in, generator=torch.Generator().manual_seed(seed)).double()


def _apart_after_steps(seed: int, first: float | None, second: float | None) -> bool:
    """Whether the hidden units of a small tanh network differ after 5 steps.

    Args:
        seed: of the inputs, and of the weights that are random.
        first: what all incoming weights are, or None for random ones.
        second: likewise for the outgoing weights.
    """
    W = _draw(seed, 4, 3) if first is None else torch.full((4, 3), first).double()
    V = _draw(seed + 1, 2, 4) if second is None else torch.full((2, 4), second).double()
    x, parts = _draw(seed + 2, 6, 3), [W.requires_grad_(), V.requires_grad_()]
    for _ in range(5):
        loss = F.cross_entropy((x @ parts[0].mT).tanh() @ parts[1].mT, torch.arange(6) % 2)
        slopes = torch.autograd.grad(loss, parts)
        with torch.no_grad():
            for part, slope in zip(parts, slopes, strict=True):
                part -= 0.3 * slope
    return bool((W - W[0]).abs().max() > 1e-6)


def _is_near(one: float, other: float) -> bool:
    return abs(one / other - 1) < 0.25


_CLAIMS: dict[str, Callable[[int], bool]] = {
    "twice the std of the weights makes the mean square four times as large": (
        lambda seed: _is_near(
            mean_square(2 * _draw(seed, 300, 40) @ _draw(seed + 1, 40, 9)),
            4 * mean_square(_draw(seed, 300, 40) @ _draw(seed + 1, 40, 9)),
        )
    ),
    "the factor n times the variance needs inputs of mean 0": (
        lambda seed: (
            not _is_near(
                mean_square(_draw(seed, 4000, 40) @ (_draw(seed + 1, 40, 1) + 2)) / 40,
                mean_square(_draw(seed + 1, 40, 1) + 2),
            )
        )
    ),
    "biases of 0 keep units equal, even if their weights are random": (
        lambda seed: not _apart_after_steps(seed, None, None)
    ),
    "equal incoming and random outgoing weights: the units become different": (
        lambda seed: _apart_after_steps(seed, 0.1, None)
    ),
    "equal incoming and equal outgoing weights: the units stay equal": (
        lambda seed: not _apart_after_steps(seed, 0.1, 0.2)
    ),
    "in a square layer Kaiming has twice the variance of Xavier": (
        lambda seed: _is_near(
            variance_of(nn.init.kaiming_normal_, (200 + seed, 200 + seed)),
            2 * variance_of(nn.init.xavier_normal_, (200 + seed, 200 + seed)),
        )
    ),
    "in a layer with one output, Xavier keeps the mean square forward": (
        lambda seed: _is_near(variance_of(nn.init.xavier_normal_, (1, 999 + seed)) * 999, 1)
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random weights from ten seeds."""
    expect_tried(claims, _CLAIMS, [10 * seed for seed in range(10)], "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
start = start_sheet(check_start)
