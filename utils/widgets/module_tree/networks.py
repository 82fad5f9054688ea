"""The networks of the module tree in torch, and all that the demo shows of them."""

import copy
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache

import torch
from torch import nn

BATCH = 8  # examples that flow through
INPUTS = 4
_WARM_UP = 20  # calls in training before anything is recorded: the running means have settled


def with_batch_norm() -> nn.Sequential:
    """Return a network whose parts differ between training and evaluation."""
    features = nn.Sequential(nn.Linear(INPUTS, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.5))
    return nn.Sequential(OrderedDict(features=features, head=nn.Linear(6, 3)))


def with_shared_layer() -> nn.Sequential:
    """Return a network in which one layer has two names, and another has no bias."""
    shared = nn.Linear(INPUTS, INPUTS)
    head = nn.Linear(INPUTS, 2, bias=False)
    return nn.Sequential(OrderedDict(first=shared, relu=nn.ReLU(), second=shared, head=head))


NETWORKS = {"batch norm and dropout": with_batch_norm, "a shared layer": with_shared_layer}


def built(name: str) -> nn.Sequential:
    """Return a new network of ``NETWORKS``; its weights are the same each time."""
    return copy.deepcopy(_warmed_up(name))


@cache
def _warmed_up(name: str) -> nn.Sequential:
    """Build a network and call it in training; torch's global generator is left as it was."""
    with torch.random.fork_rng(devices=[]), torch.device("cpu"):
        torch.manual_seed(3)
        net = NETWORKS[name]()
        with torch.no_grad():
            for _ in range(_WARM_UP):
                net(torch.randn(BATCH, INPUTS))
    return net


def batch() -> torch.Tensor:
    """Return the examples that flow through, float32 ``(8, 4)``."""
    draw = torch.Generator().manual_seed(5)
    return torch.randn(BATCH, INPUTS, generator=draw, device="cpu")


def paths(net: nn.Module) -> dict[str, nn.Module]:
    """Return all modules by their paths; one that has two names is there twice."""
    return dict(net.named_modules(remove_duplicate=False))


def calls(net: nn.Module) -> list[tuple[str, tuple[int, ...], torch.Tensor]]:
    """Call the network on the batch; return path, input shape and output as hooks meet them.

    A module that has two names is called twice: its calls get its names in their order.
    """
    found: list[tuple[str, tuple[int, ...], torch.Tensor]] = []
    names: dict[nn.Module, Iterator[str]] = {}
    for path, module in paths(net).items():
        names[module] = iter([*names.get(module, ()), path])

    def note(module: nn.Module, inputs: tuple, output: torch.Tensor) -> None:
        found.append((next(names[module]), tuple(inputs[0].shape), output.detach()))

    handles = [module.register_forward_hook(note) for module in names]
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(7)  # which numbers are dropped
        net(batch())
    for handle in handles:
        handle.remove()
    return found


def saved(net: nn.Module, path: str) -> list[dict]:
    """Return what the state dict holds of a part: names, shapes, and the parameters behind them.

    ``parameter`` is the name by which ``named_parameters`` lists it, once for all its names, and
    None for a buffer.
    """
    listed = {value: name for name, value in net.named_parameters()}
    every = dict(net.named_parameters(remove_duplicate=False))
    start = f"{path}." if path else ""
    return [
        {
            "name": name,
            "shape": list(value.shape),
            "parameter": listed[every[name]] if name in every else None,
        }
        for name, value in net.state_dict().items()
        if name.startswith(start)
    ]


def described(name: str) -> dict:
    """Return a network as plain numbers and words: its modules, its parameters, their calls."""
    trained, evaluated = built(name).train(), built(name).eval()
    before = {key: value.clone() for key, value in trained.state_dict().items()}
    in_training = {path: output for path, _, output in calls(trained)}
    moved = [key for key, value in trained.state_dict().items() if not value.equal(before[key])]
    recorded = {path: (inputs, output) for path, inputs, output in calls(evaluated)}
    tree = paths(evaluated)
    modules = []
    for path, module in tree.items():
        inputs, output = recorded[path]
        modules.append(
            {
                "path": path,
                "kind": type(module).__name__,
                "settings": settings(module),
                "twins": [other for other, value in tree.items() if value is module],
                "saved": saved(evaluated, path),
                "changes": changes(module, inputs),
                "inputs": list(inputs),
                "shape": list(output.shape),
                "train": rounded(in_training[path]),
                "eval": rounded(output),
            }
        )
    counts = {key: value.numel() for key, value in evaluated.named_parameters()}
    return {"modules": modules, "calls": list(recorded), "counts": counts, "moved": moved}


def settings(module: nn.Module) -> str:
    """Return the numbers with which a module was made, as a reader would type them."""
    if isinstance(module, nn.Linear):
        bias = "" if module.bias is not None else ", bias=False"
        return f"{module.in_features}, {module.out_features}{bias}"
    if isinstance(module, nn.BatchNorm1d):
        return str(module.num_features)
    return str(module.p) if isinstance(module, nn.Dropout) else ""


def changes(module: nn.Module, shape: tuple[int, ...]) -> bool:
    """Return whether a module answers otherwise in training than in evaluation."""
    found, draw = [], torch.Generator().manual_seed(1)
    inputs = torch.randn(shape, generator=draw, device="cpu")
    for mode in (True, False):
        with torch.random.fork_rng(devices=[]), torch.no_grad():
            torch.manual_seed(2)
            found.append(copy.deepcopy(module).train(mode)(inputs))
    return not torch.equal(*found)


def rounded(output: torch.Tensor) -> list[list[float]]:
    """Return numbers as the picture needs them: two decimals."""
    return [[round(value, 2) + 0.0 for value in row] for row in output.tolist()]
