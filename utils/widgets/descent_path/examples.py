"""The order in which the minibatches of the gradient-descent demo take the examples."""

from utils.widgets.kit.random import mulberry32, shuffled


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
