"""Checks for the exercises of the page on the training workflow of PyTorch."""

import copy
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from utils.exercises.answers import plain
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.training_in_pytorch_sheets import by_hand_sheet, predict_sheet, shapes_sheet

_apart = torch.random.fork_rng(devices=[])  # a check gives torch's generator back as it was


@exercise
@_apart
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's loader and optimiser."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    examples = range(1150)
    loader = DataLoader(examples, batch_size=32)
    expect_number("the number of steps", answers[0], len(loader), within=0)
    expect_number("the size of the last one", answers[1], len(list(loader)[-1]), within=0)
    dropped = DataLoader(examples, batch_size=32, drop_last=True)
    expect_number("the number without short ones", answers[2], 4 * len(dropped), within=0)
    w = nn.Parameter(torch.ones(1))
    optimizer, found = torch.optim.SGD([w], lr=0.1, momentum=0.5), []
    for _ in range(2):
        w.grad = torch.tensor([2.0])
        optimizer.step()
        found.append(w.item())
    expect_numbers("w", answers[3], found)
    right(1)


@exercise
@_apart
def check_shapes(answers: Sequence) -> None:
    """Check exercise 2 by sending an image through the layers."""
    expect(len(answers) == 3, f"3 answers are wanted, got {len(answers)}")
    x, sides = torch.zeros(1, 1, 28, 28), []
    layers = nn.Conv2d(1, 6, 5), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.MaxPool2d(2)
    for layer in layers:
        x = layer(x)
        sides.append(x.shape[-1])
    expect_numbers("the sides", answers[0], sides, within=0)
    expect_number("the number behind Flatten", answers[1], x.flatten(1).shape[1], within=0)
    count = sum(part.numel() for part in layers[2].parameters())
    expect_number("the number of weights and biases", answers[2], count, within=0)
    right(2)


class _Watched(nn.Module):
    """A network that notes how it is called: in which mode, with or without a graph."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 4), nn.Dropout(dropout), nn.Linear(4, 2))
        self.sizes, self.modes, self.graphs = [], set(), set()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.layers(x)
        self.sizes.append(len(x))
        self.modes.add(self.training)
        self.graphs.add(out.requires_grad)
        return out


@exercise
@_apart
def check_mean_loss(mean_loss: Callable[..., float]) -> None:
    """Check exercise 3 on loaders with and without a shorter last minibatch, and mixed modes."""
    generator = torch.Generator().manual_seed(0)
    for batch_size, training in ((4, True), (3, True), (10, False), (7, True)):
        torch.manual_seed(1)
        net = _Watched(0.5).train(training)
        if batch_size != 4:
            net.layers[0].train(not training)
        before = [part.training for part in net.modules()]
        X = torch.randn(10, 3, generator=generator)
        y = torch.randint(2, (10,), generator=generator)
        weights = copy.deepcopy(net.state_dict())
        answer = mean_loss(net, DataLoader(TensorDataset(X, y), batch_size))
        case = f"with minibatches of {batch_size}, the mean loss"
        expect(sum(net.sizes) == 10, f"{case} looked at {sum(net.sizes)} examples instead of 10")
        expect(max(net.sizes) <= batch_size, f"{case} looked at more than a minibatch at once")
        expect(net.modes == {False}, f"{case} was computed in training mode")
        expect(net.graphs == {False}, f"{case} recorded a graph for gradients")
        expect(net.training is training, f"{case} left the network in another mode")
        after = [part.training for part in net.modules()]
        expect(after == before, f"{case} left a part of the network in another mode")
        kept = all(torch.equal(part, weights[k]) for k, part in net.state_dict().items())
        expect(kept, f"{case} changed the network")
        with torch.no_grad():
            wanted = F.cross_entropy(net.eval()(X), y)
        number = ask_number(case, answer)
        is_short = len(X) % batch_size > 0
        hint = "; the last minibatch is shorter, and each example counts once" * is_short
        expect(abs(number - wanted) <= 1e-5, f"{case} is not {number:.4g}{hint}")
    right(3)


@exercise
@_apart
def check_forgotten(forgotten: Callable[..., Sequence[str]]) -> None:
    """Check exercise 4 on optimisers that hold all, some, or other parameters."""
    SGD = torch.optim.SGD
    for case, change, wanted in (
        ("all are held", lambda net: SGD(net.parameters(), lr=1), []),
        (
            "one layer is held",
            lambda net: SGD(net[0].parameters(), lr=1),
            ["2.weight", "2.bias"],
        ),
        ("the biases are held", lambda net: SGD([net[0].bias, net[2].bias], lr=1), None),
        ("the last layer was replaced", _replaced, ["2.weight", "2.bias"]),
        ("there are two groups", _in_groups, ["2.bias"]),
    ):
        net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 3))
        with torch.no_grad():  # equal numbers are not the same parameter
            for part in net.parameters():
                part.zero_()
        optimizer = change(net)
        try:
            answer = forgotten(net, optimizer)
        except RuntimeError as error:
            expect(
                "ambiguous" not in str(error), "`in` on a list compares numbers: use `is`, or ids"
            )
            raise
        listed = plain(list(answer) if isinstance(answer, (set, dict)) else answer)
        is_list = isinstance(listed, list) and all(isinstance(name, str) for name in listed)
        expect(is_list, f"where {case}, names are wanted, got {answer!r}")
        names = ["0.weight", "2.weight"] if wanted is None else wanted
        expect(sorted(listed) == sorted(names), f"where {case}, the answer is {answer!r}")
    right(4)


def _replaced(net: nn.Sequential) -> torch.optim.Optimizer:
    optimizer = torch.optim.SGD(net.parameters(), lr=1)
    net[2] = nn.Linear(3, 3)
    with torch.no_grad():
        for part in net[2].parameters():
            part.zero_()
    return optimizer


def _in_groups(net: nn.Sequential) -> torch.optim.Optimizer:
    groups = [{"params": list(net[0].parameters())}, {"params": [net[2].weight], "lr": 0.5}]
    return torch.optim.SGD(groups, lr=1)


def _run(seed: int, dropout: float = 0.0) -> tuple[nn.Sequential, torch.optim.SGD, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    net = nn.Sequential(nn.Linear(3, 8), nn.Dropout(dropout), nn.Linear(8, 2))
    with torch.no_grad():
        for part in net.parameters():
            part.copy_(torch.randn(part.shape, generator=generator))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    X = torch.randn(6, 3, generator=generator)
    _step(net, optimizer, X)
    return net, optimizer, X


def _step(net: nn.Module, optimizer: torch.optim.Optimizer, X: torch.Tensor) -> None:
    optimizer.zero_grad()
    net(X).square().mean().backward()
    optimizer.step()


def _zeros_after_clearing(seed: int) -> bool:
    net, _, _ = _run(seed)
    net.zero_grad()
    return all(part.grad is not None and not part.grad.any() for part in net.parameters())


def _eval_stops_gradients(seed: int) -> bool:
    net, _, X = _run(seed)
    return not net.eval()(X).requires_grad


def _no_grad_stops_dropout(seed: int) -> bool:
    net, _, X = _run(seed, dropout=0.5)
    with torch.no_grad():
        return torch.equal(net(X), net(X))


def _a_buffer_each(seed: int) -> bool:
    net, optimizer, _ = _run(seed)
    shapes = [list(part.shape) for part in net.parameters()]
    kept = optimizer.state_dict()["state"].values()
    return [list(part["momentum_buffer"].shape) for part in kept] == shapes


def _same_order(seed: int) -> bool:
    X = torch.randn(7, generator=torch.Generator().manual_seed(seed))
    loader = DataLoader(X, batch_size=3)
    return all(torch.equal(a, b) for a, b in zip(loader, loader, strict=True))


def _weights_suffice(seed: int) -> bool:
    net, optimizer, X = _run(seed)
    twin = copy.deepcopy(net)
    _step(net, optimizer, X)
    _step(twin, torch.optim.SGD(twin.parameters(), lr=0.1, momentum=0.9), X)
    return torch.equal(net[0].weight, twin[0].weight)


_CLAIMS: dict[str, Callable[[int], bool]] = {
    "after net.zero_grad() each gradient is a tensor of zeros": _zeros_after_clearing,
    "net.eval() keeps autograd from recording": _eval_stops_gradients,
    "torch.no_grad() switches dropout off": _no_grad_stops_dropout,
    "SGD with momentum keeps one more number for each weight": _a_buffer_each,
    "without shuffle, the minibatches of all epochs are the same": _same_order,
    "the weights alone are enough to continue a run with momentum": _weights_suffice,
}


@exercise
@_apart
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on some random runs."""
    expect_tried(claims, _CLAIMS, range(10), "run")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
shapes = shapes_sheet(check_shapes)
