"""The arithmetic of the bump builder, in Chromium, against torch."""

import itertools

import pytest
import torch
from torch import nn

from utils.checks import assert_same
from utils.widgets.bump_builder import PLACES, SAMPLES, TARGETS, BumpBuilder
from utils.widgets.bump_builder.network import by_hand, places
from utils.widgets.kit.network import fill

CLOSE = {"rtol": 1e-9, "atol": 1e-12}
HAND = [
    {"target": target, "bumps": bumps, "steepness": steepness}
    for target, (bumps, steepness) in itertools.product(
        TARGETS, [(1, 10.0), (2, 31.5), (7, 250.0), (12, 2000.0), (40, 100.0)]
    )
]
TRAINED = [
    {"target": target, "bumps": bumps, "lr": lr, "seed": seed}
    for target, (bumps, lr, seed) in itertools.product(
        TARGETS, [(1, 0.3, 0), (5, 0.1, 7), (20, 0.03, 99)]
    )
]
STEPS = 60


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("bump_builder/math")


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def parameters(layers):
    """Weights and biases of the demo's layers, in the order of ``nn.Module.parameters``."""
    return [
        part
        for layer in layers
        for part in (
            tensor(layer["weight"]).view(layer["outputs"], layer["inputs"]),
            tensor(layer["bias"]),
        )
    ]


def untrained(*, bumps, seed):
    net = nn.Sequential(nn.Linear(1, 2 * bumps), nn.Sigmoid(), nn.Linear(2 * bumps, 1))
    return fill(net.double(), seed=seed)


def test_constants_are_those_of_python(module):
    names = ["LEAST_STEEP", "MOST_STEEP", "MOST_BUMPS", "MOST_STEPS", "SAMPLES", "PLACES"]
    found = module.evaluate("(module, names) => names.map((name) => module[name])", names)
    traits = BumpBuilder.class_traits()
    assert found == [
        traits["steepness"].min,
        traits["steepness"].max,
        traits["bumps"].max,
        traits["steps"].max,
        SAMPLES,
        PLACES,
    ]
    assert module.evaluate("(module) => Object.keys(module.TARGETS)") == list(TARGETS)


def test_the_curves_are_those_of_python(module):
    assert_same(tensor(module.call("placesOf", PLACES)), places(PLACES))
    ask = "(module, name) => module.placesOf(module.PLACES).map(module.TARGETS[name])"
    for name, target in TARGETS.items():
        assert_same(tensor(list(module.evaluate(ask, name))), target(places(PLACES)), **CLOSE)


def test_weights_set_by_hand_are_those_of_python(module):
    found = module.call_each([("byHand", setting) for setting in HAND])
    for layers, setting in zip(found, HAND, strict=True):
        name, *_ = setting.values()
        net = by_hand(TARGETS[name], bumps=setting["bumps"], steepness=setting["steepness"])
        for ours, theirs in zip(parameters(layers), net.parameters(), strict=True):
            assert_same(ours, theirs.detach(), **CLOSE)


def test_a_bar_is_as_high_as_the_curve_in_its_middle(module):
    bars = module.call("barsOf", {"target": "wave", "bumps": 4})
    assert [(bar["left"], bar["right"]) for bar in bars] == [
        (0, 0.25),
        (0.25, 0.5),
        (0.5, 0.75),
        (0.75, 1),
    ]
    half = 0.5**0.5
    assert [bar["height"] for bar in bars] == pytest.approx([half, half, -half, -half])


def test_outputs_and_the_largest_error_are_those_of_torch(module):
    layers = module.call_each([("byHand", setting) for setting in HAND])
    asked = [("seen", each, setting["target"]) for each, setting in zip(layers, HAND, strict=True)]
    for found, setting in zip(module.call_each(asked), HAND, strict=True):
        demo = BumpBuilder(**setting)
        with torch.no_grad():
            outputs = demo.model()(places(PLACES)[:, None])[:, 0]
            hidden = demo.model()[:2](places(PLACES)[:, None])
        assert_same(tensor(found["outputs"]), outputs, **CLOSE)
        assert_same(tensor(found["hidden"]).view(hidden.shape), hidden, **CLOSE)
        assert found["error"] == pytest.approx(demo.error, rel=1e-9)
        assert demo.errors[round(found["worst"] * (PLACES - 1))] == pytest.approx(demo.error)


def test_loss_and_gradient_are_those_of_autograd(module):
    asked, cases = [], []
    for setting in TRAINED:
        net = untrained(bumps=setting["bumps"], seed=setting["seed"])
        layers = [
            {
                "inputs": layer.in_features,
                "outputs": layer.out_features,
                "weight": (3 * layer.weight.detach()).flatten().tolist(),
                "bias": (3 * layer.bias.detach()).tolist(),
            }
            for layer in (net[0], net[2])
        ]
        with torch.no_grad():
            for part in net.parameters():
                part.mul_(3)
        asked.append(("gradient", layers, setting["target"]))
        cases.append((net, TARGETS[setting["target"]]))
    for found, (net, target) in zip(module.call_each(asked), cases, strict=True):
        X = places(SAMPLES)[:, None]
        loss = nn.functional.mse_loss(net(X), target(X))
        assert found["loss"] == pytest.approx(loss.item(), rel=1e-12)
        slopes = torch.autograd.grad(loss, list(net.parameters()))
        ours = [tensor(layer[part]) for layer in found["slopes"] for part in ("weight", "bias")]
        for mine, theirs in zip(ours, slopes, strict=True):
            assert_same(mine, theirs.flatten(), **CLOSE)


def test_training_starts_and_goes_on_as_in_torch(module):
    found = module.call_each(
        [("trained", setting, steps) for setting in TRAINED for steps in (0, STEPS)]
    )
    for index, setting in enumerate(TRAINED):
        first = untrained(bumps=setting["bumps"], seed=setting["seed"])
        last = BumpBuilder(weights="trained", steps=STEPS, **setting).model()
        for ours, theirs in zip(parameters(found[2 * index]), first.parameters(), strict=True):
            assert torch.equal(ours, theirs)
        for ours, theirs in zip(parameters(found[2 * index + 1]), last.parameters(), strict=True):
            assert_same(ours, theirs.detach(), rtol=1e-7, atol=1e-9)


def test_training_in_parts_is_training_at_once(module):
    ask = """(module, setting, stops) => {
        const run = module.training(setting);
        for (const stop of stops) run.advance(stop);
        return [run.taken(), [...run.layers[0].weight]];
    }"""
    parts = module.evaluate(ask, TRAINED[1], [3, 3, 40, 39, STEPS])
    assert parts == module.evaluate(ask, TRAINED[1], [STEPS])
    assert parts[0] == STEPS
