"""The Python side of the playground."""

import math

import pytest
import torch
import torch.nn.functional as F
import traitlets
from torch import nn
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.widgets.kit.network import fill
from utils.widgets.mlp_playground import ACTIVATIONS, PRESETS, MlpPlayground, points_of
from utils.widgets.mlp_playground.data import BOUND
from utils.widgets.mlp_playground.network import untrained

MODULES = {"none": nn.Identity, "relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_few_points_half_of_each_class_inside_the_picture(preset):
    points, labels = points_of(preset)
    assert points.shape == (len(labels), 2)
    assert points.dtype == torch.float64
    assert 60 <= len(labels) <= 120
    assert labels.bincount().tolist() == [len(labels) // 2] * 2
    assert points.abs().max() < BOUND


@pytest.mark.parametrize("preset", PRESETS)
def test_no_straight_border_is_right_at_all_points_of_a_preset(preset):
    points, labels = points_of(preset)
    angles = torch.linspace(0, 2 * math.pi, 721, dtype=torch.float64)
    heights = points @ torch.stack([angles.cos(), angles.sin()])
    one, zero = heights[labels == 1], heights[labels == 0]
    assert (one.amin(0) < zero.amax(0)).all()


def test_the_points_of_xor_lie_around_four_corners():
    points, labels = points_of("XOR")
    assert torch.equal(labels == 1, points[:, 0] * points[:, 1] < 0)


def test_rings_are_told_apart_by_their_distance_from_the_middle():
    points, labels = points_of("rings")
    far = points.norm(dim=1)
    assert far[labels == 0].max() < far[labels == 1].min()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_model_is_a_sequential_of_the_layers_asked_for(activation):
    net = MlpPlayground(width=5, depth=3, activation=activation, steps=1).model()
    kinds = [nn.Linear, MODULES[activation]] * 3 + [nn.Linear]
    assert [type(part) for part in net] == kinds
    shapes = [tuple(part.weight.shape) for part in net if isinstance(part, nn.Linear)]
    assert shapes == [(5, 2), (5, 5), (5, 5), (1, 5)]
    assert {numbers.dtype for numbers in net.parameters()} == {torch.float64}


def test_first_weights_are_spread_as_those_of_a_linear_layer():
    numbers = [
        next(untrained(width=8, depth=1, activation="relu", seed=seed).parameters()).flatten()
        for seed in range(100)
    ]
    numbers = torch.cat(numbers).detach() * math.sqrt(2)
    assert numbers.abs().max() <= 1
    assert abs(numbers.mean()) < 0.05
    assert abs(numbers.square().mean() - 1 / 3) < 0.02


def test_fill_gives_the_network_of_the_demo():
    net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1)).double()
    for ours, theirs in zip(
        fill(net, seed=11).parameters(), MlpPlayground(steps=0).model().parameters(), strict=True
    ):
        assert torch.equal(ours, theirs)


def test_losses_are_those_of_the_network_before_each_step_and_after_the_last():
    losses = MlpPlayground(steps=12).losses
    assert losses.shape == (13,)
    assert not losses.requires_grad
    for steps in (0, 1, 7, 12):
        demo = MlpPlayground(steps=steps)
        logits = demo.model()(demo.points).squeeze(1)
        loss = F.cross_entropy(torch.stack([0 * logits, logits], 1), demo.labels)
        assert_same(losses[steps], loss.detach())
        assert demo.loss == losses[steps].item()


def test_accuracy_counts_the_points_on_the_right_side():
    for state in ({}, {"steps": 0}, {"preset": "rings", "activation": "none"}):
        demo = MlpPlayground(**state)
        probability = demo.model()(demo.points).sigmoid().squeeze(1)
        right = (probability.round() == demo.labels).sum().item()
        assert demo.accuracy == right / len(demo.labels)


def test_it_trains_although_the_caller_has_switched_gradients_off():
    with torch.no_grad():
        inside = MlpPlayground(steps=5).loss
    assert inside == MlpPlayground(steps=5).loss < MlpPlayground(steps=0).loss


def test_without_an_activation_the_layers_are_one_linear_layer():
    demo = MlpPlayground(width=8, depth=3, activation="none", steps=60)
    first, *rest = [part for part in demo.model() if isinstance(part, nn.Linear)]
    weight, bias = first.weight, first.bias
    for layer in rest:
        weight, bias = layer.weight @ weight, layer.weight @ bias + layer.bias
    assert_same(F.linear(demo.points, weight, bias), demo.model()(demo.points))


def test_what_the_task_claims():
    for width in (1, 4, 8):
        assert MlpPlayground(width=width, activation="none", lr=0.1, steps=300).accuracy < 0.8
    two = [MlpPlayground(width=2, lr=0.1, seed=seed, steps=200).accuracy for seed in range(8)]
    assert two.count(1) >= 2, two
    assert min(two) < 1
    for depth in (1, 2):
        ones = [MlpPlayground(width=1, depth=depth, seed=s, steps=200).accuracy for s in range(5)]
        assert max(ones) < 1


def test_it_opens_half_way_with_the_task_still_to_do():
    demo = MlpPlayground()
    assert 0.9 < demo.accuracy < 1
    assert 0.1 < demo.loss < 0.5
    assert demo.width > 2
    demo.steps = 200
    assert demo.accuracy == 1


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("preset", "circles"),
        ("width", 0),
        ("width", 9),
        ("depth", 0),
        ("depth", 4),
        ("activation", "gelu"),
        ("lr", 0.0009),
        ("lr", 0.31),
        ("lr", math.nan),
        ("seed", -1),
        ("seed", 100),
        ("steps", -1),
        ("steps", 1001),
    ],
)
def test_what_is_out_of_bounds_is_refused(name, bad):
    assert_refused(MlpPlayground(), name, bad)


def test_the_points_travel_beside_the_module_and_are_no_controls():
    demo = MlpPlayground()
    names = ["activation", "depth", "lr", "preset", "seed", "steps", "width"]
    assert MlpPlayground.controls() == names
    assert demo.asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        demo.presets = {}
