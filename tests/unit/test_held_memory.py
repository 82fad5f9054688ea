"""Bytes that graphs hold, and steps with checkpoints."""

import itertools

import pytest
import torch
from torch import nn

from utils import checkpointing
from utils.held_memory import Ledger, count_bytes, optimizer_bytes


def test_views_count_once_and_parameters_not_at_all():
    weight = torch.ones(6, requires_grad=True)
    x = torch.ones(4, 6)
    assert count_bytes([x, x[1:], x.T, weight]) == 4 * (24 + 6)
    with Ledger([weight]) as ledger:
        loss = ((x * weight).view(24).sin() * x.flatten()).sum()
    # x twice, once as a view; the argument of the sine
    assert ledger.now == 4 * (24 + 24)
    loss.backward()
    assert ledger.now == 0
    assert ledger.peak == 4 * 48


def test_a_graph_that_dies_is_struck_out():
    x = torch.ones(5, requires_grad=True)
    with Ledger() as ledger:
        y = x.exp()
    assert (ledger.now, ledger.history) == (20, [0, 20])
    del y
    assert (ledger.now, ledger.history) == (0, [0, 20, 0])


def test_the_state_of_optimisers_is_counted():
    sizes = []
    for make, settings in (
        (torch.optim.SGD, {}),
        (torch.optim.SGD, {"momentum": 0.9}),
        (torch.optim.Adam, {}),
    ):
        weight = torch.ones(10, requires_grad=True)
        optimizer = make([weight], lr=0.1, **settings)
        assert optimizer_bytes(optimizer) == 0
        weight.sum().backward()
        optimizer.step()
        sizes.append(optimizer_bytes(optimizer))
    assert sizes == [0, 40, 84]


def test_without_gradients_nothing_is_held():
    with Ledger() as ledger, torch.no_grad():
        nn.Linear(3, 4)(torch.ones(2, 3)).relu()
    assert ledger.peak == 0


def test_a_retained_graph_holds_on():
    x = torch.ones(5, requires_grad=True)
    with Ledger() as ledger:
        y = x.exp().sum()
    y.backward(retain_graph=True)
    assert ledger.now == 20
    y.backward()
    assert ledger.now == 0


def peak_by_formula(layers, length):
    """The last segment, and the whole ones before it, at the end of their repetition."""
    segments = -(-layers // length)
    last = layers - (segments - 1) * length
    return max(segments + last, (segments - 1 + length) * (segments > 1))


@pytest.mark.parametrize("layers", range(1, 38))
def test_the_peak_follows_the_formula(layers):
    for length in range(1, layers + 1):
        assert checkpointing.peak_held(layers, length) == peak_by_formula(layers, length)


def test_each_layer_runs_forward_twice_and_backward_once_with_what_it_needs():
    for length, layers in itertools.combinations_with_replacement(range(1, 12), 2):
        moments = checkpointing.step_moments(layers, length)
        kinds = [moment.kind for moment in moments]
        assert kinds[0] == "start"
        assert [kinds.count(kind) for kind in ("forward", "again", "backward")] == [layers] * 3
        for before, now in itertools.pairwise(moments):
            if now.kind == "again":
                assert now.layer - 1 in before.held
            if now.kind == "backward":
                assert {now.layer - 1, now.layer} <= set(before.held)
        assert moments[layers].held == tuple(range(0, layers, length))
        assert moments[-1].held == ()


@pytest.mark.parametrize(("layers", "length"), [(5, 0), (5, 6), (0, 0), (3, -1)])
def test_segments_that_do_not_exist_are_refused(layers, length):
    with pytest.raises(ValueError, match="length must be"):
        checkpointing.step_moments(layers, length)


def test_the_random_state_comes_back():
    state = checkpointing.random_state(torch.device("cpu"))
    first = torch.rand(3)
    checkpointing.set_random_state(state, torch.device("cpu"))
    assert torch.equal(torch.rand(3), first)
