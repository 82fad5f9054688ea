"""The Python side of the bump builder."""

import math

import pytest
import torch
from torch import nn
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.widgets.bump_builder import TARGETS, BumpBuilder
from utils.widgets.bump_builder.network import by_hand, places


def test_the_targets_stay_in_the_picture_and_one_of_them_jumps():
    x = places(401)
    for name, target in TARGETS.items():
        y = target(x)
        assert y.shape == x.shape
        assert y.dtype == x.dtype
        assert 0.5 < y.abs().max() <= 1
        assert (y.diff().abs().max() > 0.2) == (name == "jump")
    assert_same(TARGETS["wave"](torch.tensor([0.25])), torch.tensor([1.0]))
    peak = 0.6 * math.sin(0.625 * math.pi) + 0.4
    assert TARGETS["wiggles"](torch.tensor([0.3125])).item() == pytest.approx(peak)
    assert TARGETS["corner"](torch.tensor([0.0, 0.5, 1.0])).tolist() == pytest.approx(
        [-0.8, 0.8, -0.8]
    )
    assert TARGETS["jump"](torch.tensor([0.499, 0.5])).tolist() == pytest.approx([-0.6, 0.6])


def test_places_run_from_0_to_1():
    assert places(5).tolist() == [0, 0.25, 0.5, 0.75, 1]


@torch.no_grad()
def test_very_steep_bumps_are_a_staircase_with_the_heights_of_the_middles():
    for bumps in (1, 2, 5, 16):
        net = by_hand(TARGETS["wiggles"], bumps=bumps, steepness=1e5)
        middles = (torch.arange(bumps).double() + 0.5) / bumps
        for shift in (-0.49, 0.0, 0.49):
            outputs = net((middles + shift / bumps)[:, None])[:, 0]
            assert_same(outputs, TARGETS["wiggles"](middles), atol=1e-6)


@torch.no_grad()
def test_the_ends_of_the_interval_belong_to_the_outermost_bumps():
    net = by_hand(torch.ones_like, bumps=4, steepness=200)
    assert_same(net(places(9)[:, None]), torch.ones(9, 1, dtype=torch.float64))


def test_the_error_is_the_largest_distance_from_the_target():
    for state in ({}, {"target": "jump", "bumps": 7}, {"weights": "trained", "steps": 20}):
        demo = BumpBuilder(**state)
        x = torch.linspace(0, 1, 401, dtype=torch.float64)
        with torch.no_grad():
            outputs = demo.model()(x[:, None]).flatten()
        assert demo.error == pytest.approx((outputs - TARGETS[demo.target](x)).abs().max().item())
        assert demo.errors.shape == (401,)


def test_training_lowers_the_loss_although_the_caller_has_switched_gradients_off():
    def loss(steps):
        demo = BumpBuilder(weights="trained", steps=steps)
        x = places(65)
        return nn.functional.mse_loss(demo.model()(x[:, None])[:, 0], TARGETS["wiggles"](x)).item()

    with torch.no_grad():
        assert loss(50) < loss(0)


def test_what_the_remarks_claim():
    for target in ("wave", "wiggles", "corner"):
        for bumps in (10, 13, 20):
            one, two = (
                BumpBuilder(target=target, bumps=n, steepness=12.0 * bumps).error
                for n in (bumps, 2 * bumps)
            )
            assert 0.35 < two / one < 0.75, (target, bumps, one, two)
    jump = [BumpBuilder(target="jump", bumps=n, steepness=2000).error for n in range(2, 41)]
    assert min(jump) > 0.59
    x = torch.tensor([[0.5]], dtype=torch.float64)
    for bumps in (5, 15):  # a bump of height 1 in the middle, all others flat
        middle = lambda m, h=bumps: ((m - 0.5).abs() < 0.1 / h).to(m)  # noqa: E731
        peaks = [by_hand(middle, bumps=bumps, steepness=s * bumps)(x).item() for s in (5.9, 12.0)]
        assert peaks[0] < 0.91 < 0.99 < peaks[1]


def test_what_the_task_claims():
    hand = [BumpBuilder(bumps=n, steepness=1000).error for n in (20, 30, 40)]
    assert hand[0] > 0.25 > hand[1]
    trained = [
        BumpBuilder(weights="trained", bumps=30, seed=seed, steps=1000).error for seed in (0, 1)
    ]
    assert min(trained) > hand[1]
    assert BumpBuilder(target="wave", weights="trained", bumps=4, steps=1000).error < 0.2
    assert BumpBuilder(target="wave", bumps=4, steepness=1000).error > 0.5


def test_it_opens_with_the_task_still_to_do():
    demo = BumpBuilder()
    assert demo.weights == "by hand"
    assert demo.error > 0.25


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("target", "sine"),
        ("weights", "random"),
        ("bumps", 0),
        ("bumps", 41),
        ("steepness", 9.9),
        ("steepness", 2001),
        ("steepness", math.nan),
        ("steps", -1),
        ("steps", 2001),
        ("lr", 0.0009),
        ("lr", 0.31),
        ("lr", math.nan),
        ("seed", -1),
        ("seed", 100),
    ],
)
def test_what_is_out_of_bounds_is_refused(name, bad):
    assert_refused(BumpBuilder(), name, bad)
