"""The Python side of the gradient-descent demo."""

import math

import numpy as np
import pytest
import torch
import traitlets
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.widgets.descent_path import BOUNDS, EDGES, PRESETS, DescentPath
from utils.widgets.descent_path.examples import minibatch_indices
from utils.widgets.kit.patients import regression_data

REGIMES = {
    "slow": "slow",
    "fast": "fast",
    "one step": "one step",
    "bouncing": "bouncing",
    "diverging": "diverging",
    "stretched bowl": "bouncing",
    "data, all examples": "fast",
    "data, minibatches": "noisy",
    "data, one example": "noisy",
}


def parabola(**state):
    return DescentPath(surface="parabola", **state)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_shows_what_its_name_says(name):
    demo = DescentPath(steps=25, **PRESETS[name])
    assert demo.regime == REGIMES[name]
    assert demo.left_picture == (name == "diverging")


def autograd_path(demo, batches):
    """The same descent by torch.optim.SGD."""
    inputs, targets = regression_data()
    w = torch.tensor(demo.start, dtype=torch.float64)[: len(demo.minimum)].requires_grad_()
    optimizer = torch.optim.SGD([w], lr=demo.lr, momentum=demo.momentum)
    places = [w.detach().clone()]
    for batch in batches[: len(demo.path) - 1]:
        optimizer.zero_grad()
        if demo.surface == "data":
            (((inputs[batch] @ w - targets[batch]) ** 2).mean() / 2).backward()
        else:
            demo.loss(w).backward()
        optimizer.step()
        places.append(w.detach().clone())
    return torch.stack(places)


@pytest.mark.parametrize("surface", EDGES)
@pytest.mark.parametrize("size", ["full", 16, 4, 1])
@pytest.mark.parametrize("momentum", [0, 0.6])
def test_the_path_is_that_of_torchs_sgd(surface, size, momentum):
    generator = torch.Generator().manual_seed(0)
    for seed in range(4):
        (lr,) = 10 ** (2.4 * torch.rand(1, generator=generator).double() - 2)
        drawn = 2 * torch.rand(2, generator=generator).double() - 1
        start = (drawn * torch.tensor(BOUNDS).double()).tolist()
        settings = {"surface": surface, "batch_size": size, "seed": seed, "start": start}
        settings["momentum"] = momentum
        demo = DescentPath(lr=lr.item(), curvature=1 + 9 * seed, steps=30, **settings)
        count = 64 if size == "full" else size
        batches = minibatch_indices(64, count, steps=30, seed=seed)
        assert_same(demo.path, autograd_path(demo, batches))
        assert_same(demo.losses[-1], demo.loss(demo.path[-1]))


def test_minimum_and_hessian_are_those_of_autograd():
    for surface in EDGES:
        demo = DescentPath(surface=surface, curvature=7)
        zero = torch.zeros_like(demo.minimum)
        w = demo.minimum.requires_grad_()
        assert_same(torch.autograd.grad(demo.loss(w), w)[0], zero)
        assert_same(torch.autograd.functional.hessian(demo.loss, zero), demo.hessian)


@pytest.mark.parametrize(
    ("lr", "regime"),
    [
        (0.024, "slow"),
        (0.026, "fast"),
        (0.2499, "fast"),
        (0.25, "one step"),
        (0.2501, "bouncing"),
        (0.4999, "bouncing"),
        (0.5, "on the bound"),
        (0.5001, "diverging"),
    ],
)
def test_the_regimes_change_at_the_bounds(lr, regime):
    demo = parabola(curvature=4, start=(1, 0), lr=lr, steps=60)
    assert demo.regime == regime
    distances = demo.path[:, 0].abs()
    if regime == "on the bound":
        assert_same(distances, torch.ones_like(distances))
    else:
        assert (distances[-1] < 1) == (regime != "diverging")
    assert (demo.path[1] < 0).item() == (regime in ("bouncing", "on the bound", "diverging"))


def test_only_the_axes_on_which_the_start_is_off_count():
    along, across = (DescentPath(curvature=10, start=s, lr=0.5) for s in ((2, 0), (0, 1)))
    assert (along.curvatures, along.regime) == ([1.0], "fast")
    assert (across.curvatures, across.regime) == ([10.0], "diverging")
    assert DescentPath(start=(0, 0)).regime == "at rest"
    assert DescentPath(start=(0, 0)).losses.sum() == 0


@pytest.mark.parametrize(
    ("lr", "regime"),
    [
        (0.001, "slow"),
        (0.0214, "fast"),
        (0.0215, "bouncing"),
        (0.04, "bouncing"),
        (0.7499, "bouncing"),
        (0.75, "on the bound"),
        (0.7501, "diverging"),
    ],
)
def test_momentum_moves_both_bounds(lr, regime):
    # The square of 1 - sqrt(0.5), and 2 * 1.5, in units of 1/4.
    demo = parabola(curvature=4, start=(0.5, 0), lr=lr, momentum=0.5, steps=60)
    assert demo.regime == regime
    assert (demo.path.min() < 0) == (lr > 0.03)  # just above the bound it takes very long


def test_a_step_keeps_the_share_that_kept_says():
    for lr, momentum in ((0.02, 0.0), (0.45, 0.0), (0.02, 0.3), (0.7, 0.5)):
        demo = parabola(curvature=4, start=(1, 0), lr=lr, momentum=momentum, steps=60)
        early, late = demo.path[20:40, 0].abs().max(), demo.path[40:60, 0].abs().max()
        assert (late / early).item() ** (1 / 20) == pytest.approx(demo.kept[0], rel=0.02)


def test_a_diverging_path_ends_with_the_first_place_outside():
    demo = parabola(curvature=50, start=(1, 0), lr=3, steps=60)
    assert demo.path.squeeze().tolist() == [1, -149]
    assert demo.left_picture
    assert not parabola(curvature=4, start=(1, 0), lr=0.6, steps=2).left_picture


def test_minibatches_change_nothing_where_there_are_no_examples():
    one, full = (DescentPath(batch_size=size).path for size in (1, "full"))
    assert_same(one, full)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("lr", 0.0009),
        ("lr", 3.01),
        ("lr", math.nan),
        ("curvature", 0.9),
        ("curvature", 50.1),
        ("curvature", math.nan),
        ("momentum", -0.1),
        ("momentum", 1.0),
        ("momentum", math.nan),
        ("steps", -1),
        ("steps", 61),
        ("seed", 100),
        ("batch_size", 2),
        ("batch_size", 64),
        ("surface", "saddle"),
    ],
)
def test_what_is_out_of_bounds_is_refused(name, bad):
    assert_refused(DescentPath(), name, bad)


@pytest.mark.parametrize(
    "bad", [(1,), (1, 2, 3), (3.1, 1), (0, math.nan), "12", None, 1, ("a", 1)]
)
def test_a_start_is_two_numbers_within_the_bound(bad):
    with pytest.raises(traitlets.TraitError, match="start must be 2 numbers from -3 to 3"):
        DescentPath(start=bad)


@pytest.mark.parametrize("up", [1.4, -3])
def test_a_start_lies_in_the_picture(up):
    with pytest.raises(traitlets.TraitError, match=f"from -1.3 to 1.3, got {float(up)}"):
        DescentPath(start=(0, up))
    assert all(bound < edge for bound, edge in zip(BOUNDS, EDGES["bowl"], strict=True))


def test_a_start_may_be_a_tensor_or_an_array():
    for start in (torch.tensor([1, -1]), np.array([1.0, -1.0]), [1, -1]):
        assert DescentPath(start=start).start == (1.0, -1.0)


def test_data_and_presets_travel_beside_the_module_and_are_no_controls():
    demo = DescentPath()
    controls = ["batch_size", "curvature", "lr", "momentum", "seed", "start", "steps", "surface"]
    assert DescentPath.controls() == controls
    assert set(demo.asset_values()) == {"data", "presets"}
    inputs, targets = regression_data()
    assert demo.data == {"inputs": inputs.tolist(), "targets": targets.tolist()}
    with pytest.raises(traitlets.TraitError):
        demo.presets = {}
