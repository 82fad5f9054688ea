"""Checks for the exercises of the page on modules and hooks."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_pre_hook

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.modules_and_hooks_sheets import by_hand_sheet, hooks_sheet, predict_sheet


class _Held(nn.Module):
    """The module of exercise 1."""

    def __init__(self) -> None:
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(3))
        self.first = nn.Linear(3, 3)
        self.again = self.first
        self.last = nn.Linear(3, 2, bias=False)
        self.register_buffer("mean", torch.zeros(3))
        self.register_buffer("cache", torch.zeros(5), persistent=False)
        self.unit = torch.ones(4)


def _single(answers: Sequence, wanted: Mapping[str, float]) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0)


@torch.random.fork_rng(devices=[])
@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with the module itself, built in torch."""
    net = _Held()
    _single(
        answers,
        {
            "the number of entries": len(net.state_dict()),
            "the number of trained numbers": sum(p.numel() for p in net.parameters()),
            "the number of numbers in buffers": sum(b.numel() for b in net.buffers()),
        },
    )
    right(1)


class _Double(nn.Module):
    def forward(self, x: float) -> float:
        return 2 * x


@exercise
def check_hooks(answers: Sequence) -> None:
    """Check exercise 2 with hooks on a module of torch."""
    double = _Double()
    double.register_forward_pre_hook(lambda module, inputs: inputs[0] + 1)
    tenfold = double.register_forward_hook(lambda module, inputs, output: 10 * output)
    double.register_forward_hook(lambda module, inputs, output: None)
    double.register_forward_hook(lambda module, inputs, output: output + inputs[0])
    found = [double(3)]
    tenfold.remove()
    found += [double(3), double.forward(3)]
    names = "double(3)", "double(3) without the hook", "double.forward(3)"
    _single(answers, dict(zip(names, found, strict=True)))
    right(2)


def _network(seed: int = 0) -> nn.Sequential:
    """Return inputs of 4 to 3 outputs through dropout and a hidden layer of 6, float64."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        hidden = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Dropout(0.5))
        return nn.Sequential(hidden, nn.Linear(6, 3)).double()


def _modes(net: nn.Module) -> list[bool]:
    return [part.training for part in net.modules()]


@exercise
def check_evaluating(evaluating: Callable) -> None:
    """Check the context manager of exercise 3 on mixed modes, nesting and an error."""
    for mode in (True, False):
        net = _network().train(mode)
        net[0][2].train(not mode)  # one part in another mode than the rest
        before = _modes(net)
        block = evaluating(net)
        is_block = hasattr(block, "__enter__") and hasattr(block, "__exit__")
        expect(is_block, "evaluating needs the methods __enter__ and __exit__")
        expect(_modes(net) == before, "the mode changed before the block began")
        with block:
            expect(not any(_modes(net)), "in the block some module is in training mode")
            with evaluating(net):
                pass
            expect(not any(_modes(net)), "after a block in the block some module is in training")
        expect(_modes(net) == before, "after the block some module is not in the mode it had")
        try:
            with evaluating(net):
                raise KeyError("an error in the block")
        except KeyError:
            passed_on = True
        else:
            passed_on = False
        expect(passed_on, "an error in the block was swallowed")
        expect(_modes(net) == before, "after an error some module is not in the mode it had")
    net = _network().eval()
    block = evaluating(net)
    net.train()
    with block:
        expect(not any(_modes(net)), "in the block some module is in training mode")
    expect(all(_modes(net)), "the modes are to be read when the block begins")
    right(3)


@torch.random.fork_rng(devices=[])
@exercise
def check_output_shapes(output_shapes: Callable) -> None:
    """Check the function of exercise 4 against shapes that are worked out by hand."""
    shared = nn.Linear(4, 4)
    nets = [
        (_network(), torch.ones(5, 4, dtype=torch.float64)),
        (_network().eval(), torch.ones(1, 4, dtype=torch.float64)),
        (nn.Sequential(shared, nn.ReLU(), shared, nn.Linear(4, 2)), torch.ones(3, 4)),
        (nn.Sequential(nn.Flatten(), nn.Linear(6, 2)), torch.ones(7, 2, 3)),
    ]
    wanted = [
        {"0": (5, 6), "0.0": (5, 6), "0.1": (5, 6), "0.2": (5, 6), "1": (5, 3)},
        {"0": (1, 6), "0.0": (1, 6), "0.1": (1, 6), "0.2": (1, 6), "1": (1, 3)},
        {"0": (3, 4), "1": (3, 4), "3": (3, 2)},
        {"0": (7, 6), "1": (7, 2)},
    ]
    for (net, x), shapes in zip(nets, wanted, strict=True):
        modes, weights = _modes(net), deepcopy(net.state_dict())
        called = []
        heard = register_module_forward_pre_hook(lambda part, inputs, to=called: to.append(part))
        try:
            answer = output_shapes(net, x)
        finally:
            heard.remove()
        calls = sum(part is net for part in called)
        expect(calls <= 1, f"the network was called {calls} times instead of once")
        expect(isinstance(answer, Mapping), f"a dictionary is wanted, got {answer!r}")
        found = {name: tuple(shape) for name, shape in answer.items() if name}
        case = f"for a network of {len(shapes)} parts and inputs of shape {tuple(x.shape)}"
        expect(found == shapes, f"{case} the answer is {answer!r}")
        _expect_untouched(net)
        expect(_modes(net) == modes, "some module is not in the mode it had")
        same = all(value.equal(weights[name]) for name, value in net.state_dict().items())
        expect(same, "some weight is not what it was")
    broken = nn.Sequential(nn.Linear(4, 4), nn.Linear(3, 3))
    try:
        output_shapes(broken, torch.ones(2, 4))
    except RuntimeError:
        pass
    else:
        expect(False, "an error inside the network was swallowed")
    _expect_untouched(broken)
    right(4)


def _expect_untouched(net: nn.Module) -> None:
    left = sum(len(part._forward_hooks) + len(part._forward_pre_hooks) for part in net.modules())
    expect(left == 0, f"{left} hooks are left on the network: remove them, also after an error")


def _loss(net: nn.Module) -> torch.Tensor:
    x = torch.linspace(-1, 2, 20, dtype=torch.float64).view(5, 4)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        return net(x).square().sum()


def _stops_gradients(net: nn.Sequential) -> bool:
    _loss(net.eval()).backward()
    return all(p.grad is None for p in net.parameters())


def _passes_through_frozen(net: nn.Sequential) -> bool:
    net[1].requires_grad_(False)
    _loss(net).backward()
    return net[1].weight.grad is None and bool(net[0][0].weight.grad.any())


def _loading_its_own_changes_nothing(net: nn.Sequential) -> bool:
    before = _loss(net)
    net.load_state_dict(net.state_dict())
    return torch.equal(_loss(net), before)


def _saved_numbers_stay(net: nn.Sequential) -> bool:
    saved = net.state_dict()
    before = deepcopy(saved)
    _loss(net).backward()
    torch.optim.SGD(net.parameters(), lr=0.1).step()
    return all(saved[name].equal(value) for name, value in before.items())


def _no_grad_stops_dropout(net: nn.Sequential) -> bool:
    with torch.no_grad():
        return torch.equal(_loss(net), _loss(deepcopy(net).eval()))


def _both_uses_add_up(net: nn.Sequential) -> bool:
    x = torch.ones(2, 4, dtype=torch.float64)
    layer = nn.Linear(4, 4, bias=False).double()
    with torch.no_grad():
        layer.weight.copy_(net[0][0].weight[:4])
    first, second = deepcopy(layer), deepcopy(layer)
    nn.Sequential(layer, nn.Tanh(), layer)(x).square().sum().backward()
    nn.Sequential(first, nn.Tanh(), second)(x).square().sum().backward()
    return torch.allclose(layer.weight.grad, first.weight.grad + second.weight.grad)


_CLAIMS: dict[str, Callable[[nn.Sequential], bool]] = {
    "after eval(), backward() finds no gradient": _stops_gradients,
    "a frozen layer passes gradients on to the layers before it": _passes_through_frozen,
    "net.load_state_dict(net.state_dict()) changes nothing": _loading_its_own_changes_nothing,
    "saved = net.state_dict() keeps its numbers when training goes on": _saved_numbers_stay,
    "under no_grad, dropout passes everything on": _no_grad_stops_dropout,
    "a layer with two names gets the sum of both gradients": _both_uses_add_up,
}


@torch.random.fork_rng(devices=[])
@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on ten random networks."""
    tried = {
        name: (lambda seed, holds=holds: holds(_network(seed))) for name, holds in _CLAIMS.items()
    }
    with torch.enable_grad():
        expect_tried(claims, tried, range(10), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
hooks = hooks_sheet(check_hooks)
