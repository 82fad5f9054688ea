"""The arithmetic of the playground, in Chromium, against torch."""

import itertools
import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.widgets.kit.random import mulberry32
from utils.widgets.mlp_playground import ACTIVATIONS, MOST_STEPS, PRESETS, MlpPlayground
from utils.widgets.mlp_playground.data import BOUND
from utils.widgets.mlp_playground.network import untrained

CLOSE = {"rtol": 1e-9, "atol": 1e-12}
STEPS = 100


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("mlp_playground/math")


def settings():
    """Each activation, depth and pattern, with widths, rates and seeds drawn beside them."""
    generator = torch.Generator().manual_seed(4)
    drawn = []
    for activation, depth, preset in itertools.product(ACTIVATIONS, (1, 2, 3), PRESETS):
        width, seed = (torch.randint(1, n, (1,), generator=generator).item() for n in (9, 100))
        lr = 10 ** (-3 + 2 * torch.rand(1, generator=generator).item())
        shape = {"width": width, "depth": depth, "activation": activation, "seed": seed}
        drawn.append({"preset": preset, **shape, "lr": lr})
    return drawn


SETTINGS = settings()


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


def shape_of(setting):
    return {name: setting[name] for name in ("width", "depth", "activation", "seed")}


def test_the_generator_gives_the_same_integers_as_in_python(open_module):
    draw = "(module, seed) => { const next = module.mulberry32(seed); return [next(), next()]; }"
    kit = open_module("kit/random")
    for seed in (0, 11, 99, 2**32 - 1):
        assert kit.evaluate(draw, seed) == list(itertools.islice(mulberry32(seed), 2))


def test_first_weights_are_those_of_python_to_the_last_bit(module):
    found = module.call_each([("untrained", setting) for setting in SETTINGS])
    for layers, setting in zip(found, SETTINGS, strict=True):
        net = untrained(**shape_of(setting))
        for ours, theirs in zip(parameters(layers), net.parameters(), strict=True):
            assert torch.equal(ours, theirs)


def noisy(net, generator):
    """The layers of a network with normal weights, as the demo holds them."""
    layers = []
    for layer in net:
        if isinstance(layer, nn.Linear):
            for part in (layer.weight, layer.bias):
                nn.init.normal_(part, std=1.5, generator=generator)
            sizes = {"inputs": layer.in_features, "outputs": layer.out_features}
            numbers = {"weight": layer.weight.flatten().tolist(), "bias": layer.bias.tolist()}
            layers.append({**sizes, **numbers})
    return layers


def test_outputs_loss_and_gradient_are_those_of_autograd_on_random_networks(module, open_module):
    generator = torch.Generator().manual_seed(0)
    forwards, gradients, cases = [], [], []
    for setting in SETTINGS:
        net = untrained(**shape_of(setting))
        layers = noisy(net, generator)
        points = torch.randn(9, 2, generator=generator, dtype=torch.float64)
        labels = torch.randint(2, (9,), generator=generator)
        given = layers, setting["activation"], points.flatten().tolist()
        forwards.append(("forward", *given))
        gradients.append(("gradient", *given, labels.tolist()))
        cases.append((net, points, labels))
    found = zip(
        open_module("kit/network").call_each(forwards), module.call_each(gradients), strict=True
    )
    for (net, points, labels), (outputs, ours) in zip(cases, found, strict=True):
        logits = net(points).squeeze(1)
        assert_same(tensor(outputs[-1]), logits.detach(), **CLOSE)
        hidden = points
        for place, at in enumerate(range(0, len(net) - 1, 2), start=1):
            hidden = net[at + 1](net[at](hidden))
            assert_same(tensor(outputs[place]).view(hidden.shape), hidden.detach(), **CLOSE)
        loss = F.binary_cross_entropy_with_logits(logits, labels.double())
        assert ours["loss"] == pytest.approx(loss.item(), rel=1e-12)
        slopes = torch.autograd.grad(loss, list(net.parameters()))
        flat = [tensor(layer[part]) for layer in ours["slopes"] for part in ("weight", "bias")]
        for mine, theirs in zip(flat, slopes, strict=True):
            assert_same(mine, theirs.flatten(), **CLOSE)


def test_the_slope_of_relu_at_its_kink_is_zero_as_in_torch(module):
    layer = {"inputs": 2, "outputs": 1, "weight": [0.0, 0.0], "bias": [0.0]}
    last = {"inputs": 1, "outputs": 1, "weight": [2.0], "bias": [0.0]}
    found = module.call("gradient", [layer, last], "relu", [1.0, 1.0], [0])
    assert (found["slopes"][0]["bias"], found["slopes"][1]["bias"]) == ([0.0], [0.5])


def test_the_loss_of_huge_logits_does_not_overflow(module):
    logits, labels = [900.0, -900.0, 0.0, -900.0], [0, 0, 1, 1]
    theirs = F.binary_cross_entropy_with_logits(tensor(logits), tensor(labels))
    assert module.call("lossOf", logits, labels) == pytest.approx(theirs.item(), rel=1e-12)


@pytest.fixture(scope="module")
def trained(module):
    """Each setting trained by the demo and by torch: the demo's answer, Python's, its network."""
    found = module.call_each([("trained", s, PRESETS[s["preset"]], STEPS) for s in SETTINGS])
    demos = [MlpPlayground(**setting, steps=STEPS) for setting in SETTINGS]
    return [(ours, demo, demo.model()) for ours, demo in zip(found, demos, strict=True)]


def test_a_hundred_steps_are_those_of_torchs_adam(trained):
    for ours, demo, net in trained:
        assert_same(tensor(ours["losses"]), demo.losses, rtol=1e-9, atol=0)
        for mine, theirs in zip(parameters(ours["layers"]), net.parameters(), strict=True):
            assert_same(mine, theirs.detach(), rtol=1e-9, atol=1e-10)
        logits = net(demo.points).squeeze(1)
        assert ours["right"] == ((logits > 0) == (demo.labels == 1)).tolist()


def test_dead_units_are_those_that_torch_finds(trained):
    count = 0
    for ours, demo, net in trained:
        hidden, dead = demo.points, []
        for at in range(0, len(net) - 1, 2):
            hidden = net[at + 1](net[at](hidden))
            dead.append((hidden == 0).all(0).tolist())
        assert ours["dead"] == dead
        count += sum(map(sum, dead))
    assert count > 3


def test_training_in_parts_is_training_at_once(module, trained):
    setting, whole = SETTINGS[5], trained[5][0]
    points = PRESETS[setting["preset"]]
    train = """(module, setting, points, stops) => {
        const run = module.training(setting, points);
        for (const stop of stops) run.advance(stop);
        return run.losses;
    }"""
    assert module.evaluate(train, setting, points, [3, 3, 40, 39, STEPS]) == whole["losses"]


def test_the_picture_is_as_large_and_as_long_as_python_says(module):
    facts = module.evaluate("(module) => [module.BOUND, module.MOST_STEPS, module.GRID % 4]")
    assert facts == [BOUND, MOST_STEPS, 0]


def test_the_grid_reaches_the_edges_row_by_row_from_the_top(module):
    assert module.call("gridOf", 2, 2) == [-2, 2, 2, 2, -2, -2, 2, -2]
    places = tensor(module.call("gridOf", 3, 7)).view(7, 7, 2)
    steps = torch.linspace(-3, 3, 7, dtype=torch.float64)
    assert_same(places[..., 0], steps.expand(7, 7))
    assert_same(places[..., 1], -steps[:, None].expand(7, 7))


def test_the_line_of_a_unit_ends_on_the_edges_of_the_picture(module):
    generator = torch.Generator().manual_seed(0)
    units = torch.randn(200, 3, generator=generator, dtype=torch.float64)
    straight = tensor([[1, 0, 0.5], [0, -2, 1], [1, 1, 0], [1, -1, 0], [0, 0, 1], [1, 0, 3]])
    units = torch.cat([units, straight])
    found = module.call_each([("lineOf", unit, 2) for unit in units.tolist()])
    crossed = 0
    for ends, (across, up, offset) in zip(found, units.tolist(), strict=True):
        corners = [across * x + up * y + offset for x in (-2, 2) for y in (-2, 2)]
        assert (ends is not None) == (min(corners) <= 0 <= max(corners) and (across, up) != (0, 0))
        if ends is None:
            continue
        crossed += 1
        assert math.dist(*ends) > 1e-9
        for x, y in ends:
            assert abs(across * x + up * y + offset) < 1e-9
            assert max(abs(x), abs(y)) == pytest.approx(2)
    assert crossed > 100
