"""What the layers of a network cost: the shapes that come out, parameters and multiply-adds."""

from collections.abc import Iterable
from typing import NamedTuple

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


class Cost(NamedTuple):
    """What one layer costs; its ``shape`` is that of what comes out, the batch included."""

    name: str
    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int


def count_parameters(model: nn.Module) -> int:
    """Return how many numbers a model learns.

    >>> count_parameters(nn.Linear(4, 3))
    15
    """
    return sum(part.numel() for part in model.parameters())


@torch.no_grad()
def layer_costs(layers: Iterable[nn.Module], x: torch.Tensor) -> list[Cost]:
    """Send a batch through layers, one after the other; return what each of them costs.

    Layers and batch may lie on the device ``meta``, where nothing is computed or stored.

    Args:
        layers: an ``nn.Sequential``, or any modules of which each takes what the one before gives.
        x: what goes into the first one; multiply-adds count the whole batch.

    Returns:
        one row a layer. Multiply-adds are those of convolutions and matrix products, without
        biases, as ``FlopCounterMode`` finds them: it counts each as two operations.

    >>> with torch.device("meta"):
    ...     layers = nn.Conv2d(3, 10, 5), nn.Flatten()
    ...     rows = layer_costs(layers, torch.empty(1, 3, 32, 32))
    >>> rows[0]
    Cost(name='Conv2d', shape=(1, 10, 28, 28), parameters=760, multiply_adds=588000)
    """
    rows = []
    for layer in layers:
        with FlopCounterMode(display=False) as counter:
            x = layer(x)
        operations = counter.get_total_flops()
        rows.append(
            Cost(type(layer).__name__, tuple(x.shape), count_parameters(layer), operations // 2)
        )
    return rows
