import math

import pytest
import torch

from utils.data import planar

MAKERS = [planar.corners, planar.rings, planar.spirals]


def drawn(maker, n=400, seed=0, **settings):
    return maker(n, generator=torch.Generator().manual_seed(seed), **settings)


@pytest.mark.parametrize("maker", MAKERS)
def test_points_and_classes_in_equal_parts_from_the_generator_alone(maker):
    torch.manual_seed(1)
    before = torch.get_rng_state()
    points, classes = drawn(maker)
    assert torch.equal(torch.get_rng_state(), before)
    assert points.shape == (400, 2) and points.dtype == torch.float32
    assert classes.dtype == torch.int64 and classes.bincount().tolist() == [200, 200]
    again, _ = drawn(maker)
    other, _ = drawn(maker, seed=1)
    assert torch.equal(points, again) and not torch.equal(points, other)


@pytest.mark.parametrize("maker", MAKERS)
def test_noise_is_the_spread_of_each_coordinate(maker):
    clean, _ = drawn(maker, 40_000, noise=0)
    noisy, _ = drawn(maker, 40_000, noise=0.2)
    assert (noisy - clean).std(0).tolist() == pytest.approx([0.2, 0.2], rel=0.03)


@pytest.mark.parametrize("maker", MAKERS)
def test_no_line_separates_the_classes(maker):
    """The best straight border, by logistic regression to its end, is wrong for many points."""
    points, classes = drawn(maker)
    X = torch.cat([points, torch.ones(400, 1)], dim=1).double()
    w = torch.zeros(3, dtype=torch.float64)
    for _ in range(300):
        w = w - 2 * X.T @ (torch.sigmoid(X @ w) - classes) / 400
    right = ((X @ w > 0).long() == classes).double().mean()
    assert right < 0.8


def test_a_corner_has_class_one_where_the_coordinates_differ():
    points, classes = drawn(planar.corners, 8, noise=0)
    assert torch.equal(classes, torch.logical_xor(*points.T.bool()).long())
    assert len(points.unique(dim=0)) == 4


def test_the_ring_lies_around_the_disc():
    points, classes = drawn(planar.rings, noise=0)
    radius = points.norm(dim=1)
    assert radius[classes == 0].max() <= 0.5 and torch.allclose(
        radius[classes == 1], torch.ones(1)
    )
    inner = radius[classes == 0]
    assert (inner < 0.25).double().mean().item() == pytest.approx(1 / 4, abs=0.1), "even by area"


def test_one_spiral_is_the_other_turned_by_half_a_turn():
    points, classes = drawn(planar.spirals, noise=0, turns=1.5)
    radius = points.norm(dim=1)
    assert radius.min() >= 0.1 and radius.max() <= 1
    along = (radius - 0.1) / 0.9
    angle = 2 * math.pi * 1.5 * along + math.pi * classes
    wanted = torch.stack([angle.cos(), angle.sin()], dim=1)
    assert torch.allclose(points / radius[:, None], wanted, atol=1e-4)


@pytest.mark.parametrize("maker", MAKERS)
def test_too_few_points_and_negative_noise_are_refused(maker):
    with pytest.raises(ValueError, match="n must be at least"):
        drawn(maker, 1)
    with pytest.raises(ValueError, match="must not be negative"):
        drawn(maker, noise=-1)
    with pytest.raises(ValueError, match="must not be negative"):
        drawn(maker, noise=float("nan"))
