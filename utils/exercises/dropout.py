"""Checks for the exercises of the page on dropout."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.dropout_sheets import behind_sheet, by_hand_sheet, predict_sheet
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)


def all_masks(units: int) -> torch.Tensor:
    """Return all masks of so many units, float64 ``(2**units, units)``: 1 stays, 0 is dropped.

    >>> all_masks(2).tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    places = torch.arange(units - 1, -1, -1)
    return (torch.arange(2**units)[:, None] >> places & 1).double()


def chances(masks: torch.Tensor, p: float) -> torch.Tensor:
    """Return the probability of each mask, ``(masks, units)`` to ``(masks,)``."""
    return (masks * (1 - p) + (1 - masks) * p).prod(1)


def regressions(device: torch.device | str = "cpu") -> list[tuple[torch.Tensor, ...]]:
    """Return small regressions ``(X, y, w)`` in float32 and float64, one with a column of 0."""
    generator = torch.Generator().manual_seed(0)
    cases = []
    for rows, columns in ((1, 1), (2, 2), (3, 2), (1, 5)):
        shapes = ((rows, columns), (rows,), (columns,))
        cases.append(tuple(torch.randn(*shape, generator=generator) for shape in shapes))
    X, y, w = cases[1]
    cases.append((X * torch.tensor([1.0, 0.0]), y, w))
    return [
        tuple(part.to(device, dtype) for part in case)
        for case in cases
        for dtype in (torch.float32, torch.float64)
    ]


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by trying all masks of four units."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    x, p = torch.tensor([3.0, -2, -6, 9]).double(), 0.25
    masks = all_masks(4)
    weights = chances(masks, p)
    dropped = masks * x / (1 - p)
    mean = weights @ dropped
    expect_numbers("the list of what comes out", answers[0], dropped[0b1011])
    expect_number("the mean", answers[1], mean[3])
    expect_number("the variance", answers[2], (weights @ dropped**2 - mean**2)[3])
    expect_number("the probability", answers[3], weights[0], within=0.00006)
    right(1)


@exercise
def check_behind(answers: Sequence) -> None:
    """Check exercise 2 by trying all masks of two units."""
    expect(len(answers) == 2, f"2 numbers are wanted, got {len(answers)}")
    h, w = torch.tensor([2.0, 3.0]).double(), torch.tensor([1.0, -1.0]).double()
    masks = all_masks(2)
    outputs = (masks * h / 0.5 @ w).relu()
    expect_number("the output in evaluation mode", answers[0], (h @ w).relu())
    expect_number("the mean", answers[1], chances(masks, 0.5) @ outputs)
    right(2)


@exercise
def check_drop_channels(drop_channels: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 with given random numbers, some of them equal to p."""
    generator = torch.Generator().manual_seed(0)
    shapes = ((2, 3, 4, 5), (1, 1, 1, 1), (3, 3, 3, 3), (4, 2, 1, 6), (2, 5, 2, 1))
    for shape in shapes:
        for p in (0.0, 0.25, 0.5):
            x = torch.randn(shape, generator=generator, dtype=torch.float64)
            u = (8 * torch.rand(shape[:2], generator=generator)).floor() / 8
            stays = (u >= p).double()
            wanted = torch.einsum("ncij,nc->ncij", x, stays / (1 - p))
            given = x.clone(), u.clone()
            case = f"drop_channels for {shape} and p = {p}"
            answer = drop_channels(given[0], p, given[1])
            expect_numbers(case, answer, wanted, within=1e-6)
            unchanged = torch.equal(given[0], x) and torch.equal(given[1], u)
            expect(unchanged, "x and u themselves must not change")
    right(3)


class _Counting(nn.Module):
    """Counts the passes that go through it, and those in training mode."""

    def __init__(self) -> None:
        super().__init__()
        self.passes = self.in_training = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.passes += 1
        self.in_training += self.training
        return x


def _network() -> nn.Sequential:
    """A net with dropout and batch normalisation, without a call to the global generator."""
    generator = torch.Generator().manual_seed(0)
    first, last = nn.utils.skip_init(nn.Linear, 2, 4), nn.utils.skip_init(nn.Linear, 4, 3)
    with torch.no_grad():
        for part in (*first.parameters(), *last.parameters()):
            part.copy_(torch.randn(part.shape, generator=generator))
    norm = nn.BatchNorm1d(4)
    norm.running_mean.fill_(0.3)
    norm.running_var.fill_(2)
    return nn.Sequential(first, norm, nn.ReLU(), nn.Dropout(0.5), _Counting(), last).double()


@exercise
def check_vote(vote: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against the mean over all masks, and that all modes come back."""
    X = torch.tensor([[1.0, -1.0], [0.5, 2.0], [-2.0, 0.3]]).double()
    reference = _network().eval()
    with torch.no_grad():
        h = reference[:3](X)
        masks = all_masks(4)
        each = F.softmax(reference[5](h * masks[:, None] / 0.5), dim=2)
        wanted = (chances(masks, 0.5)[:, None, None] * each).sum(0)
    for training in (True, False):
        net = _network().train(training)
        net[1].eval()
        modes = [module.training for module in net.modules()]
        before = net.state_dict()
        kept = {name: part.clone() for name, part in before.items()}
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            answer = vote(net, X, 2000)
        after = [module.training for module in net.modules()]
        expect(after == modes, "each module must be in the mode in which it was")
        same = all(torch.equal(part, kept[name]) for name, part in net.state_dict().items())
        expect(same, "batch normalisation must work as in evaluation mode, and learn nothing")
        expect(net[4].passes == 2000, f"2000 passes were asked for, got {net[4].passes}")
        expect(net[4].in_training == 0, "layers other than dropout must be in evaluation mode")
        expect_numbers("vote", answer, wanted, within=0.03)
    right(4)


class Drawn(NamedTuple):
    """What exercise 5 tries its claims on."""

    p: float
    q: float
    h: torch.Tensor  # (4,)
    W: torch.Tensor  # (3, 4)
    signs: torch.Tensor  # (3,)


def draw(count: int) -> list[Drawn]:
    """Return random units, weights and drop probabilities."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    drawn = []
    for _ in range(count):
        p, q = (0.05 + 0.4 * torch.rand(2, generator=generator)).tolist()
        drawn.append(Drawn(p, q, normal(4), normal(3, 4), normal(3).sign()))
    return drawn


def _mean(one: Drawn, f: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    masks = all_masks(4)
    return chances(masks, one.p) @ f(masks * one.h / (1 - one.p))


def _commutes(one: Drawn) -> bool:
    scaled = all_masks(4) / (1 - one.p)
    return torch.allclose((scaled * one.h).relu(), scaled * one.h.relu())


def _adds(one: Drawn) -> bool:
    first, second = all_masks(2).T[:, :, None]  # of one number
    stays_twice = chances(first, one.p) * chances(second, one.q) @ (first * second)
    return abs(stays_twice.item() - (1 - one.p - one.q)) < 1e-9


def _convex(one: Drawn) -> bool:
    mean = _mean(one, lambda rows: (rows @ one.W.T).relu())
    return bool((mean >= (one.W @ one.h).relu() - 1e-9).all())


def _any_signs(one: Drawn) -> bool:
    mean = _mean(one, lambda rows: (rows @ one.W.T).relu() @ one.signs)
    return bool(mean >= (one.W @ one.h).relu() @ one.signs - 1e-9)


def _largest_at_half(one: Drawn) -> bool:
    at = [p / (1 - p) * one.h.square().max() for p in (0.5, 0.5 + one.p)]
    return bool(at[0] >= at[1])


_CLAIMS: dict[str, Callable[[Drawn], bool]] = {
    "dropout before a ReLU and after it give the same, mask by mask": _commutes,
    "dropping with p and then with q drops with p + q": _adds,
    "a ReLU unit behind dropout has a mean of at least its eval output": _convex,
    "the sum of such units, with any signs, has that mean at least": _any_signs,
    "the variance of a number behind dropout is largest at p = 1/2": _largest_at_half,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random units and probabilities."""
    expect_tried(claims, _CLAIMS, draw(60), "draw")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
behind = behind_sheet(check_behind)
