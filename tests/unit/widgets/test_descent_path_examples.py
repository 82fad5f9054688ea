"""The examples of the gradient-descent demo and the order in which they are taken."""

import itertools

import numpy as np
import pytest
import torch

from utils.checks import assert_same
from utils.widgets.descent_path.examples import minibatch_indices
from utils.widgets.kit.patients import regression_data
from utils.widgets.kit.random import mulberry32


def test_the_generator_gives_integers_that_look_uniform():
    for seed in (0, 1, 99):
        drawn = np.array(list(itertools.islice(mulberry32(seed), 20_000)), dtype=float)
        assert drawn.min() >= 0
        assert drawn.max() < 2**32
        counts, _ = np.histogram(drawn, bins=16, range=(0, 2**32))
        expected = len(drawn) / 16
        assert ((counts - expected) ** 2 / expected).sum() < 45  # 1 in 10,000 at 15 degrees


def test_equal_seeds_give_equal_numbers_and_others_do_not():
    first, again, other = (list(itertools.islice(mulberry32(s), 50)) for s in (3, 3, 4))
    assert first == again
    assert not set(first) & set(other)


@pytest.mark.parametrize(
    ("length", "size"), [(64, 64), (64, 16), (64, 1), (10, 4), (1, 1), (3, 5)]
)
def test_every_epoch_has_every_example_once(length, size):
    an_epoch = -(-length // size)
    batches = minibatch_indices(length, size, steps=3 * an_epoch, seed=5)
    for epoch in range(3):
        part = batches[epoch * an_epoch : (epoch + 1) * an_epoch]
        assert sorted(itertools.chain(*part)) == list(range(length))
        assert [len(batch) for batch in part[:-1]] == [size] * (an_epoch - 1)
        assert len(part[-1]) == (length % size or min(size, length))


def test_the_number_of_batches_is_the_number_of_steps():
    assert minibatch_indices(64, 16, steps=0, seed=0) == []
    assert len(minibatch_indices(64, 16, steps=7, seed=0)) == 7
    assert (
        minibatch_indices(64, 4, steps=5, seed=1) == minibatch_indices(64, 4, steps=9, seed=1)[:5]
    )


@pytest.mark.parametrize(("length", "size"), [(0, 1), (4, 0)])
def test_no_examples_are_refused(length, size):
    with pytest.raises(ValueError, match="both must be at least 1"):
        minibatch_indices(length, size, steps=1, seed=0)


def test_the_data_are_standardised():
    inputs, targets = regression_data()
    assert inputs.shape == (64, 2)
    assert targets.shape == (64,)
    for column in (*inputs.T, targets):
        assert_same(column.mean(), torch.zeros_like(column.mean()))
        assert_same(column.std(correction=0), torch.ones_like(column.mean()))
