"""The Python side of the demo: what it shows is what torch does."""

import pytest
import torch
import traitlets
from torch import nn

from utils.checks import assert_same
from utils.widgets.module_tree import ModuleTree
from utils.widgets.module_tree.networks import NETWORKS, batch, built, paths

ASSETS = ModuleTree().networks
PLAIN, SHARED = NETWORKS


def module(name, path):
    return next(part for part in ASSETS[name]["modules"] if part["path"] == path)


@pytest.mark.parametrize("name", NETWORKS)
def test_names_and_shapes_are_those_of_the_state_dict(name):
    net = built(name)
    listed = dict(net.named_parameters())
    assert [part["path"] for part in ASSETS[name]["modules"]] == list(paths(net))
    for path, part in paths(net).items():
        start = f"{path}." if path else ""
        shown = {entry["name"]: tuple(entry["shape"]) for entry in module(name, path)["saved"]}
        wanted = {start + key: tuple(value.shape) for key, value in part.state_dict().items()}
        assert shown == wanted
        for entry in module(name, path)["saved"]:
            holder, _, last = entry["name"].rpartition(".")
            own = getattr(net.get_submodule(holder), last)
            assert isinstance(own, nn.Parameter) == (entry["parameter"] is not None)
            assert entry["parameter"] is None or listed[entry["parameter"]] is own


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("training", [True, False])
def test_what_flows_is_what_a_chain_of_calls_gives(name, training):
    # The parts are called by hand, one after the other, with the same numbers dropped.
    net, x = built(name).train(training), batch()
    torch.manual_seed(7)
    for path in ASSETS[name]["calls"]:
        part = paths(net)[path]
        shown = module(name, path)
        if len(list(part.children())) == 0:
            assert shown["inputs"] == list(x.shape)
            x = part(x).detach()
        assert shown["shape"] == list(x.shape)
        numbers = torch.tensor(shown["train" if training else "eval"])
        assert_same(numbers, x, rtol=0, atol=0.0051)
        demo = ModuleTree(network=name, selected=path, training=training, frozen=[])
        assert_same(demo.output, x)
        assert demo.shape == tuple(shown["shape"])


def test_what_lights_up_is_batch_norm_and_dropout():
    kinds = {part["kind"] for part in ASSETS[PLAIN]["modules"] if part["changes"]}
    assert kinds == {"BatchNorm1d", "Dropout", "Sequential"}
    assert not any(part["changes"] for part in ASSETS[SHARED]["modules"])
    assert not module(PLAIN, "features.2")["changes"]


def test_buffers_move_in_training_alone_also_where_parameters_are_frozen():
    for training in (True, False):
        net = built(PLAIN).train(training).requires_grad_(False)
        before = {key: value.clone() for key, value in net.state_dict().items()}
        net(batch())
        moved = [key for key, value in net.state_dict().items() if not value.equal(before[key])]
        assert moved == (ASSETS[PLAIN]["moved"] if training else [])
        assert len(moved) == 3 * training
    assert ASSETS[SHARED]["moved"] == []


def test_dropout_zeroes_some_and_doubles_the_rest():
    before, after = (
        torch.tensor(module(PLAIN, path)["train"]) for path in ("features.2", "features.3")
    )
    kept = after != 0
    assert_same(after[kept], 2 * before[kept], rtol=0, atol=0.011)
    assert (before[~kept] != 0).any()


def test_two_names_of_one_layer():
    assert module(SHARED, "first")["twins"] == ["first", "second"]
    assert module(SHARED, "head")["twins"] == ["head"]
    demo = ModuleTree(network=SHARED)
    assert demo.trained == 28
    assert demo.names == [
        *("first.weight", "first.bias", "second.weight", "second.bias"),
        "head.weight",
    ]
    demo.frozen = ["first.bias"]
    assert demo.trained == 24


def test_python_drives_it():
    demo = ModuleTree(selected="features.3", training=False, frozen=["head.bias", "head.weight"])
    assert demo.frozen == ["head.weight", "head.bias"]  # in torch's order
    assert demo.trained == 42
    assert not demo.model().training
    assert demo.names == []
    demo.network = SHARED
    assert (demo.selected, demo.frozen) == ("", ["head.weight"])
    assert demo.trained == 20


@pytest.mark.parametrize(
    "bad",
    [
        {"selected": "features.9"},
        {"selected": None},
        {"frozen": ["features.1.running_mean"]},
        {"frozen": 3},
        {"network": SHARED, "selected": "features"},
        {"network": SHARED, "frozen": ["second.bias"]},
        {"network": "another"},
        {"training": "no"},
    ],
)
def test_what_is_not_there_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ModuleTree(**bad)


def test_the_global_generator_is_left_alone():
    torch.manual_seed(0)
    wanted = torch.rand(3)
    torch.manual_seed(0)
    ModuleTree(selected="features.3").output.sum()
    _ = ModuleTree().networks
    assert torch.equal(torch.rand(3), wanted)
