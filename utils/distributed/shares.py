"""How the examples of a batch are shared out, without repeats."""

import torch


def own_part(batch: torch.Tensor, rank: int, world: int) -> torch.Tensor:
    """Return one worker's examples of a batch: every ``world``-th from number ``rank`` on.

    The parts of all workers hold each example once, and their sizes differ by at most 1. torch's
    ``DistributedSampler`` repeats examples, or drops some, so that all parts are of one size.

    Args:
        batch: numbers of examples, or examples, along axis 0.
        rank: the worker, from 0.
        world: how many workers.

    Raises:
        ValueError: if there is no such worker.

    >>> [own_part(torch.arange(7), rank, 3).tolist() for rank in range(3)]
    [[0, 3, 6], [1, 4], [2, 5]]
    """
    if not 0 <= rank < world:
        raise ValueError(f"rank must be from 0 to world - 1 = {world - 1}, got {rank}")
    return batch[rank::world]
