"""The examples of the gradient-descent demo, and the order in which minibatches take them."""

import functools

import torch

from utils.widgets.kit.random import mulberry32, shuffled

EXAMPLES = 64


def minibatch_indices(length: int, batch_size: int, *, steps: int, seed: int) -> list[list[int]]:
    """Return the examples of each step: shuffled once an epoch, then sliced.

    The order of an epoch is that of :func:`shuffled`.

    Args:
        length: number of examples.
        batch_size: examples a step; the last minibatch of an epoch may be smaller.
        steps: number of minibatches to return.
        seed: of the generator.

    Raises:
        ValueError: if ``length`` or ``batch_size`` is below 1.

    >>> minibatch_indices(5, 2, steps=4, seed=0)
    [[4, 2], [3, 0], [1], [0, 3]]
    """
    if length < 1 or batch_size < 1:
        raise ValueError(f"both must be at least 1: {length=}, {batch_size=}")
    generator, batches = mulberry32(seed), []
    while len(batches) < steps:
        order = shuffled(length, generator)
        batches += [order[at : at + batch_size] for at in range(0, length, batch_size)]
    return batches[:steps]


@functools.cache
def _columns() -> torch.Tensor:
    from sklearn.datasets import load_diabetes

    inputs, targets = map(torch.from_numpy, load_diabetes(return_X_y=True))
    columns = torch.column_stack([inputs[:, 2:4], targets])[:EXAMPLES]
    return (columns - columns.mean(0)) / columns.std(0, correction=0)


def regression_data() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the demo's data: 64 patients of scikit-learn's diabetes data, standardised.

    Returns:
        Inputs ``(64, 2)``, body-mass index and blood pressure, and targets ``(64,)``, the
        progress of the disease; float64, each column with mean 0 and standard deviation 1.
    """
    columns = _columns().clone()
    return columns[:, :2], columns[:, 2]
