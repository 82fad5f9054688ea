"""The arithmetic of the gradient-descent demo, in Chromium, against torch."""

import itertools

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.descent_path import EDGES
from utils.widgets.descent_path.examples import minibatch_indices, mulberry32


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def test_the_generator_gives_the_same_integers_as_in_python(called):
    seeds = [0, 1, 2, 42, 99, 2**31, 2**32 - 1]
    numbers = called("shuffle", "drawn", [(seed, 500) for seed in seeds])
    for seed, ours in zip(seeds, numbers, strict=True):
        assert ours == list(itertools.islice(mulberry32(seed), 500))


def test_the_minibatches_are_the_same_as_in_python(called):
    settings = list(itertools.product((1, 5, 63, 64), (1, 4, 16, 64), (0, 1, 33), (0, 7, 99)))
    assert len(settings) > 100
    for batches, (length, size, steps, seed) in zip(
        called("shuffle", "minibatches", settings), settings, strict=True
    ):
        assert batches == minibatch_indices(length, size, steps=steps, seed=seed)


def test_path_losses_and_regime_are_those_of_torch(found, demos, paths):
    for demo, path, ours in zip(demos, paths, found(demos), strict=True):
        losses = demo.loss(path)
        assert_same(as_tensor(ours["path"]), path, rtol=1e-11, atol=1e-11)
        assert_same(as_tensor(ours["losses"]), losses, rtol=1e-11, atol=1e-11)
        above = losses - demo.loss(demo.minimum)
        assert_same(as_tensor(ours["excess"]), above, rtol=1e-11, atol=1e-11)
        assert_same(as_tensor(ours["minimum"]), demo.minimum)
        assert_same(as_tensor(ours["hessian"]), demo.hessian)
        assert ours["curvatures"] == pytest.approx(demo.curvatures)
        assert ours["kept"] == pytest.approx(demo.kept, abs=1e-7)  # a root of a small number
        assert (ours["regime"], ours["hasLeft"]) == (demo.regime, demo.left_picture), demo
        assert tuple(ours["edges"]) == EDGES[demo.surface]


def test_every_regime_and_surface_occurs(found, demos):
    regimes = {ours["regime"] for ours in found(demos)}
    steady = {"slow", "fast", "one step", "bouncing", "on the bound", "diverging"}
    assert regimes == {*steady, "noisy", "at rest"}
    assert {demo.surface for demo in demos} == set(EDGES)
    rolling = {ours.regime for ours in demos if ours.momentum}
    assert rolling >= {"slow", "bouncing", "on the bound", "diverging"}


def test_a_step_with_momentum_keeps_what_the_eigenvalues_of_its_matrix_say(called):
    settings = list(itertools.product((0, 0.01, 0.3, 1, 2, 3.5), (0, 0.2, 0.5, 0.9, 0.99)))
    for ours, (reach, momentum) in zip(called("math", "keptOf", settings), settings, strict=True):
        two_steps = as_tensor([[1 + momentum - reach, -momentum], [1, 0]])
        largest = torch.linalg.eigvals(two_steps).abs().max().item()
        assert ours == pytest.approx(largest, abs=1e-7)


def test_the_bounds_are_where_a_path_begins_to_overshoot_and_to_diverge(called):
    curvatures = (0.5, 4, 10)
    for momentum in (0, 0.5, 0.9):
        given = [(a, momentum) for a in curvatures]
        bounds = as_tensor(called("math", "boundsOf", given))
        rates = torch.stack([0.98 * bounds, 1.02 * bounds])  # below and above, by curvature
        walked = walk(rates * as_tensor(curvatures)[:, None], momentum, steps=600)
        overshoots = (walked < 0).any(0)[..., 0]
        diverges = (walked[-2:].abs() > 1).any(0)[..., 1]
        for is_beyond in (overshoots, diverges):
            assert is_beyond.tolist() == [[False] * 3, [True] * 3], momentum


def walk(reach, momentum, *, steps):
    """The distances of SGD on parabolas whose curvature times learning rate is ``reach``."""
    w = torch.ones_like(reach).requires_grad_()
    optimizer = torch.optim.SGD([w], lr=1.0, momentum=momentum)
    places = []
    for _ in range(steps):
        w.grad = reach * w.detach()
        optimizer.step()
        places.append(w.detach().clone())
    return torch.stack(places)


def test_axes_and_curvatures_are_eigenvectors_and_eigenvalues(called):
    generator = torch.Generator().manual_seed(2)
    factors = torch.randn(200, 2, 2, generator=generator, dtype=torch.float64)
    matrices = [*(factors.mT @ factors), 2 * torch.eye(2).double(), as_tensor([[1, 0], [0, 9]])]
    given = [(matrix.tolist(),) for matrix in matrices]
    for matrix, each in zip(matrices, called("math", "principal", given), strict=True):
        values, vectors = as_tensor(each["values"]), as_tensor(each["axes"])
        assert_same(values, torch.linalg.eigvalsh(matrix), atol=1e-12)
        assert_same(matrix @ vectors.T, vectors.T * values, atol=1e-12)
        assert_same(vectors @ vectors.T, torch.eye(2).double())
    assert called("math", "principal", [([[7]],)]) == [{"values": [7], "axes": [[1]]}]


BOX = {"x": [-1, 1], "y": [0, 4]}
SEGMENTS = [
    ([0, 1], [0.5, 2], [0.5, 2]),
    ([0, 1], [2, 1], [1, 1]),
    ([0, 2], [0, -2], [0, 0]),
    ([0, 2], [4, 6], [1, 3]),
    ([0.5, 1], [-149, 1], [-1, 1]),
]


def test_a_segment_ends_at_the_edge_of_the_picture(called):
    given = [(start, end, BOX) for start, end, _ in SEGMENTS]
    for place, (*_, wanted) in zip(called("math", "clipped", given), SEGMENTS, strict=True):
        assert place == pytest.approx(wanted)
