"""Checks for the exercises of the page on activation functions."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.activation_functions_sheets import by_hand_sheet, predict_sheet, zero_sheet
from utils.exercises.answers import as_number, plain
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import watch

READY_MADE = ("elu", "elu_", "celu", "celu_", "selu", "selu_")
HIDDEN = torch.tensor([[0.0, 2, 0, 1], [0, 0, 0, 3], [0, 5, 0, 0]])  # images, units


def slope_at(function: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return what autograd gives as the slope of an element-wise function, of x's shape."""
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(function(x).sum(), x)[0]


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's functions and autograd."""
    zero = torch.zeros((), dtype=torch.float64)
    at = torch.tensor(0.8, dtype=torch.float64).logit(), torch.tensor(0.6).double().atanh()
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    both = torch.stack([torch.sigmoid(zero), slope_at(torch.sigmoid, zero)])
    expect_numbers("the sigmoid of 0 with its slope", answers[0], both)
    expect_number("the slope of the sigmoid", answers[1], slope_at(torch.sigmoid, at[0]))
    expect_number("the slope of tanh", answers[2], slope_at(torch.tanh, at[1]))
    leaky = F.leaky_relu(torch.tensor([-3.0, 2]).double(), 0.01)
    expect_numbers("the leaky ReLU", answers[3], leaky, within=1e-9)
    expect_number("the number under the 1", answers[4], slope_at(torch.sigmoid, zero) ** -5)
    right(1)


@exercise
def check_zero(answers: Sequence) -> None:
    """Check exercise 2 with torch's functions and autograd."""
    zero = torch.zeros((), dtype=torch.float64)
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    expect_number("the slope of relu", answers[0], slope_at(F.relu, zero))
    of_maximum = slope_at(lambda x: torch.maximum(x, zero), zero)
    expect_number("the slope of maximum", answers[1], of_maximum)
    expect_number("the number of dead units", answers[2], (HIDDEN == 0).all(0).sum(), within=0)
    logits = torch.zeros(4, dtype=torch.float64)
    expect_numbers("the softmax", answers[3], logits.softmax(0))
    moved = torch.tensor([3.0, 0, 0, 0]).double().softmax(0)
    turn = {-1: "they fall", 0: "they stay", 1: "they rise"}
    change = turn[int((moved - logits.softmax(0))[1].sign())]
    expect(answers[4] == change, f"the other three: not {answers[4]!r}; all four add up to 1")
    right(2)


@exercise
def check_elu(elu: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 against torch's, outputs and gradients, on numbers of all sizes."""
    places = [-1000.0, -30, -3, -1, -0.1, -1e-4, 1e-4, 0.1, 2, 30, 1000]
    for dtype in (torch.float64, torch.float32):
        for shape in ((11,), (11, 1)):
            x = torch.tensor(places, dtype=dtype).reshape(shape)
            case = f"elu of {shape} {dtype}"
            given = x.clone()
            run = watch(elu, given)
            expect(torch.equal(given, x), "x itself must not change: make a new tensor")
            for name in READY_MADE:
                expect(name not in run.torch_calls, f"`{name}` is not allowed here")
            expect(isinstance(run.result, torch.Tensor), f"{case} is no tensor")
            expect(run.result.shape == x.shape, f"{case} has the shape {tuple(run.result.shape)}")
            _compare(case, x, run.result, F.elu(x))
            given = x.clone().requires_grad_()
            out = elu(given)
            expect(out.requires_grad, f"{case} is cut off from its gradient")
            (slope,) = torch.autograd.grad(out.sum(), given)
            _compare(f"the slope of {case}", x, slope, slope_at(F.elu, x))
    right(3)


def _compare(case: str, x: torch.Tensor, ours: torch.Tensor, theirs: torch.Tensor) -> None:
    """Name the first place where two results differ."""
    is_off = ~((ours.double() - theirs.double()).abs() <= 1e-5 * (1 + theirs.double().abs()))
    if is_off.any():
        place, got, wanted = (part[is_off][0].item() for part in (x, ours, theirs))
        expect(False, f"{case} at {place:g} is {got:.4g}, and should be {wanted:.4g}")


def random_network(widths: Sequence[int], seed: int) -> nn.Sequential:
    """Return Linear layers with ReLUs between them, some of whose units are off."""
    generator, layers = torch.Generator().manual_seed(seed), []
    for before, after in zip(widths, widths[1:], strict=False):
        layer = nn.utils.skip_init(nn.Linear, before, after)
        layer.weight.data = torch.randn(after, before, generator=generator)
        layer.bias.data = 3 * torch.randn(after, generator=generator)
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def count_dead(net: nn.Sequential, X: torch.Tensor) -> list[int]:
    """Return for each ReLU how many of its units are 0 for all rows of X."""
    counts = []
    with torch.no_grad():
        for layer in net:
            X = layer(X)
            if isinstance(layer, nn.ReLU):
                counts.append(int((X == 0).all(0).sum()))
    return counts


@exercise
def check_dead(dead_units: Callable[[nn.Sequential, torch.Tensor], Sequence[int]]) -> None:
    """Check exercise 4 on networks of one to three hidden layers."""
    generator = torch.Generator().manual_seed(9)
    for seed, widths in enumerate(((3, 12, 2), (4, 20, 15, 3), (2, 9, 9, 9, 1), (5, 1, 2))):
        for rows in (1, 6):
            net = random_network(widths, seed)
            X = torch.randn(rows, widths[0], generator=generator)
            if rows == 6:
                net[0].weight.data[0], net[0].bias.data[0] = 0, 0  # at 0 exactly: dead as well
            before = [part.clone() for part in net.parameters()]
            counts, case = count_dead(net, X), f"for the widths {widths} and {rows} rows"
            answer = plain(dead_units(net, X.clone()))
            is_list = isinstance(answer, list) and len(answer) == len(counts)
            expect(is_list, f"{case}: a list of {len(counts)} counts is wanted, got {answer!r}")
            given = [as_number(part) for part in answer]
            expect(given == counts, f"{case}: {answer} is not right")
            is_free = not any(layer._forward_hooks for layer in net.modules())  # noqa: SLF001
            expect(is_free, f"{case}: a hook was left behind; remove it at the end")
            pairs = zip(before, net.parameters(), strict=True)
            expect(all(map(torch.equal, *zip(*pairs, strict=True))), f"{case}: the net changed")
    right(4)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return bool((one - other).abs().max() < 1e-9)


def _alone(x: torch.Tensor) -> bool:
    return _same(torch.cat([x[:1], x[1:] + x[0]]).softmax(0)[:1], x.softmax(0)[:1])


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "the sigmoid of -x is 1 minus the sigmoid of x": lambda x: _same(
        torch.sigmoid(-x), 1 - torch.sigmoid(x)
    ),
    "relu(x) - relu(-x) is x": lambda x: _same(F.relu(x) - F.relu(-x), x),
    "twice the input doubles the leaky ReLU": lambda x: _same(
        F.leaky_relu(2 * x), 2 * F.leaky_relu(x)
    ),
    "twice the input doubles the GELU": lambda x: _same(F.gelu(2 * x), 2 * F.gelu(x)),
    "the slope of tanh is at least that of the sigmoid": lambda x: bool(
        (slope_at(torch.tanh, x) >= slope_at(torch.sigmoid, x)).all()
    ),
    "of two numbers, the larger one has the larger SiLU": lambda x: bool(
        (F.silu(x.sort().values).diff() >= 0).all()
    ),
    "the first entry of a softmax depends on the first logit alone": _alone,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred random vectors."""
    generator = torch.Generator().manual_seed(0)
    draws = 2 * torch.randn(200, 5, generator=generator, dtype=torch.float64)
    expect_tried(claims, _CLAIMS, list(draws), "vector")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
zero = zero_sheet(check_zero)
