"""The exercises of the page on reusing a classifier and freezing layers."""

import copy
import functools
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.reusing_and_freezing_claims import CLAIMS, draw_networks
from utils.exercises.reusing_and_freezing_sheets import by_hand_sheet, counts_sheet, predict_sheet

OLD, NEW = ("cat", "dog", "car", "tree"), ("tree", "bus", "cat", "bird", "dog")
BIASES = 4.0, -1.0, 2.0, 3.0


def _after(steps: int, velocity: float, **settings: float) -> float:
    """Return where SGD takes a weight of 2 whose gradient is set to zero."""
    w = nn.Parameter(torch.tensor(2.0, dtype=torch.float64))
    sgd = torch.optim.SGD([w], lr=0.1, **settings)
    sgd.state[w]["momentum_buffer"] = torch.full_like(w, velocity).detach()
    for _ in range(steps):
        w.grad = torch.zeros_like(w)
        sgd.step()
    return w.item()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by names, means and torch's SGD."""
    rows = torch.tensor([OLD.index(name) for name in NEW if name in OLD])
    biases = torch.tensor(BIASES, dtype=torch.float64)
    wanted = {
        "the rows": rows,
        "the new biases": (biases - biases.mean())[rows],
        "the weight after two steps": _after(2, 0.0, weight_decay=0.5),
        "the weight in the end": _after(200, 8.0, momentum=0.5),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        ask = expect_numbers if isinstance(value, torch.Tensor) else expect_number
        ask(name, answer, value, within=0.001)
    right(1)


@functools.cache
def _work(learning: Sequence[int]) -> int:
    """Return the products of autograd's backward pass through six layers, for one image."""
    net = nn.Sequential(*(nn.Linear(10, 10, device="meta") for _ in range(6)))
    for place, layer in enumerate(net):
        layer.requires_grad_(place in learning)
    out = net(torch.empty(1, 10, device="meta")).sum()
    with FlopCounterMode(display=False) as counter:
        out.backward()
    return counter.get_total_flops() // 2


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 with torch's counter."""
    layer = nn.Linear(10, 10, device="meta")
    wanted = {
        "the work of all layers": _work(range(6)),
        "the work with the first two frozen": _work(range(2, 6)),
        "the work with the last two frozen": _work(range(4)),
        "the work with the third and fourth alone": _work((2, 3)),
        "the count of parameters": 4 * sum(part.numel() for part in layer.parameters()),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0)
    right(2)


@exercise
def check_reuse(reuse: Callable[[nn.Linear, nn.Linear, list, list], object]) -> None:
    """Check exercise 3 on lists that share some names, all in another order, or none."""
    generator = torch.Generator().manual_seed(0)
    for old_names, new_names in (("abc", "bxa"), ("abcd", "dcba"), ("ab", "xyz"), ("abcde", "xe")):
        case = f"for the names {', '.join(old_names)} and {', '.join(new_names)}"
        old, new = (nn.Linear(5, len(n), dtype=torch.float64) for n in (old_names, new_names))
        with torch.no_grad():
            for part in (*old.parameters(), *new.parameters()):
                part.copy_(torch.randn(part.shape, generator=generator, dtype=part.dtype) + 1)
        kept, wanted = copy.deepcopy(old), copy.deepcopy(new)
        with torch.no_grad():
            for place, name in enumerate(new_names):
                if name in old_names:
                    row = old_names.index(name)
                    wanted.weight[place] = old.weight[row] - old.weight.mean(0)
                    wanted.bias[place] = old.bias[row] - old.bias.mean()
        reuse(old, new, list(old_names), list(new_names))
        same = map(torch.equal, old.parameters(), kept.parameters())
        expect(all(same), f"{case} the old layer has changed")
        expect(
            new.weight.is_leaf and new.weight.requires_grad,
            f"{case} the new weights can no longer learn: copy under torch.no_grad()",
        )
        for name in ("weight", "bias"):
            one, other = getattr(new, name), getattr(wanted, name)
            expect(torch.allclose(one, other), f"{case} the new {name} is not as wanted")
    right(3)


def _normed() -> nn.Sequential:
    parts = [
        nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU()),
        nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.BatchNorm1d(4)),
        nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.ReLU()),
        nn.Linear(4, 2),
    ]
    return nn.Sequential(*parts).double()


@exercise
def check_freeze(freeze: Callable[[nn.Sequential, int], list]) -> None:
    """Check exercise 4 on networks with batch normalisation inside their parts."""
    generator = torch.Generator().manual_seed(0)
    x = 3 * torch.randn(6, 3, generator=generator, dtype=torch.float64) + 2
    for k in (0, 1, 2, 3):
        case, net = f"with the first {k} layers frozen", _normed()
        with torch.no_grad():
            for part in (*net.parameters(), *net.buffers()):
                if part.is_floating_point():
                    drawn = torch.randn(part.shape, generator=generator, dtype=part.dtype)
                    part.copy_(drawn.abs() + 0.5)
        start = copy.deepcopy(net).eval()
        left = freeze(net, k)
        expect(isinstance(left, (list, tuple)), f"{case} a list of parameters is wanted")
        wanted = {id(p) for layer in list(net)[k:] for p in layer.parameters()}
        expect({id(p) for p in left} == wanted, f"{case} the list has other parameters")
        net.train()
        frozen = net[:k]
        expect(
            not any(p.requires_grad for p in frozen.parameters()),
            f"{case} a frozen parameter still requires a gradient",
        )
        expect(all(p.requires_grad for p in left), f"{case} a parameter that is left cannot learn")
        net(x).sum().backward()
        stays = zip(frozen.state_dict().values(), start[:k].state_dict().values(), strict=True)
        expect(
            all(torch.equal(a, b) for a, b in stays),
            f"{case} running statistics moved after net.train()",
        )
        expect(
            torch.allclose(frozen(x), start[:k](x)),
            f"{case} the frozen layers' output depends on the batch after net.train()",
        )
        rest = [m for layer in list(net)[k:] for m in layer.modules()]
        expect(all(m.training for m in rest), f"{case} the other layers are not in training mode")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on eight random networks."""
    expect_tried(claims, CLAIMS, draw_networks(8), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
