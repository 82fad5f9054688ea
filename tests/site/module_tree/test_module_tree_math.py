"""What the demo works out, against torch: parameters of a part, what is trained, the calls."""

import itertools

import pytest
import torch

from utils.widgets.module_tree import ModuleTree
from utils.widgets.module_tree.networks import NETWORKS, built, paths

ASSETS = ModuleTree().networks
PARTS = [(name, path) for name in NETWORKS for path in paths(built(name))]


def frozen_sets(name):
    """Every set of parameters of a network that may be frozen."""
    names = list(ASSETS[name]["counts"])
    for count in range(len(names) + 1):
        yield from map(list, itertools.combinations(names, count))


def with_frozen(name, frozen):
    """A network in torch with some of its parameters frozen."""
    net = built(name)
    for key in frozen:
        net.get_parameter(key).requires_grad_(False)
    return net


@pytest.fixture(scope="module")
def run(open_module):
    def called(calls):
        return open_module("module_tree/math").call_each(calls)

    return called


def test_the_parameters_of_a_part_are_those_that_torch_lists(run):
    found = run([("parametersOf", ASSETS[name], path) for name, path in PARTS])
    for (name, path), names in zip(PARTS, found, strict=True):
        net = built(name)
        listed = {value: key for key, value in net.named_parameters()}
        assert names == [listed[p] for p in net.get_submodule(path).parameters()]


def test_as_many_numbers_are_trained_as_have_a_gradient_in_torch(run):
    cases = [(name, frozen) for name in NETWORKS for frozen in frozen_sets(name)][::3]
    found = run([("trainedCount", ASSETS[name], frozen) for name, frozen in cases])
    for (name, frozen), (trained, everything) in zip(cases, found, strict=True):
        net = with_frozen(name, frozen)
        if trained:
            net(torch.ones(2, 4)).sum().backward()
        with_gradient = sum(p.numel() for p in net.parameters() if p.grad is not None)
        assert trained == with_gradient
        assert everything == sum(p.numel() for p in net.parameters())


def test_a_part_freezes_and_thaws_as_requires_grad_does(run):
    cases = [
        (name, path, frozen, way)
        for name, path in PARTS
        for frozen in list(frozen_sets(name))[::7]
        for way in (True, False)
    ]
    calls = [("frozenAfter", ASSETS[name], *rest) for name, *rest in cases]
    states = [("frozenPart", ASSETS[name], path, frozen) for name, path, frozen, _ in cases]
    found = run([*calls, *states])
    for case, after, part in zip(cases, found[: len(cases)], found[len(cases) :], strict=True):
        name, path, frozen, way = case
        net = with_frozen(name, frozen)
        flags = [not p.requires_grad for p in net.get_submodule(path).parameters()]
        words = "all" if all(flags) else "some" if any(flags) else "none"
        assert part == (words if flags else None)
        net.get_submodule(path).requires_grad_(not way)
        assert after == [key for key, p in net.named_parameters() if not p.requires_grad]


def test_calls_follow_each_other_as_hooks_run(run):
    for name, net in ASSETS.items():
        heard, module = [], built(name)
        for part in dict.fromkeys(paths(module).values()):
            part.register_forward_hook(lambda part, *_, heard=heard: heard.append(part))
        module(torch.ones(2, 4))
        assert [paths(module)[path] for path in net["calls"]] == heard
        found = run([("nextCall", net, path) for path in net["calls"]])
        assert found == [*net["calls"][1:], None]


@pytest.mark.parametrize(
    ("path", "rows", "columns", "to"),
    [
        ("", 0, -1, ""),
        ("", -1, 0, ""),
        ("", 1, 0, "features"),
        ("", 0, 1, "features"),
        ("features", 0, 1, "features.0"),
        ("features.0", 0, 1, "features.0"),
        ("features.3", 1, 0, "head"),
        ("features.3", 0, -1, "features"),
        ("head", 1, 0, "head"),
        ("head", 0, -1, ""),
    ],
)
def test_arrows_walk_through_the_tree(run, path, rows, columns, to):
    assert run([("moved", ASSETS["batch norm and dropout"], path, rows, columns)]) == [to]


def test_choices_of_another_network_are_dropped(run):
    state = {"network": "a shared layer", "selected": "features.1", "training": True}
    state["frozen"] = ["head.weight", "head.bias"]
    (found,) = run([("fitting", ASSETS["a shared layer"], state)])
    assert found == {**state, "selected": "", "frozen": ["head.weight"]}
