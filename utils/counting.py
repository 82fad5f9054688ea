"""What a network costs: shapes that come out, parameters, multiply-adds, depth."""

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


# What autograd calls a convolution and the products of matrices in a linear layer.
_WEIGHED = ("ConvolutionBackward", "AddmmBackward", "MmBackward", "LinearBackward")


def depth(output: torch.Tensor) -> int:
    """Return how many layers with weights stand one behind another on the longest path.

    The path is looked for in autograd's graph, so the output must have been computed with
    gradients on. Convolutions and linear layers count; the device may be ``meta``.

    Args:
        output: what came out of a network, of any shape.

    Raises:
        ValueError: if the output has no graph.

    >>> net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(2, 4))
    >>> depth(net(torch.zeros(1, 1, 3, 3)))
    2
    """
    if output.grad_fn is None:
        raise ValueError("output has no graph: compute it outside torch.no_grad()")
    longest, waiting = {}, [output.grad_fn]
    while waiting:  # without recursion: a deep network has thousands of nodes in a row
        node = waiting[-1]
        below = [other for other, _ in node.next_functions if other is not None]
        unknown = [other for other in below if other not in longest]
        if unknown:
            waiting += unknown
            continue
        waiting.pop()
        own = type(node).__name__.startswith(_WEIGHED)
        longest[node] = own + max((longest[other] for other in below), default=0)
    return longest[output.grad_fn]
