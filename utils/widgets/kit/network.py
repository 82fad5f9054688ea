"""First weights that Python and the demos' JavaScript draw alike."""

import math

import torch
from torch import nn

from utils.widgets.kit.random import mulberry32


@torch.no_grad()
def fill(net: nn.Sequential, *, seed: int) -> nn.Sequential:
    """Fill the linear layers of a network with the demos' first weights, and return it.

    As in ``nn.Linear``, weights and biases are uniform between plus and minus the inverse root of
    the number of inputs. They come from a generator that ``layersOf`` in ``kit/network.mjs`` has
    too, layer by layer, first the weights row by row, then the biases.

    >>> round(fill(nn.Sequential(nn.Linear(1, 1)), seed=0)[0].weight.item(), 4)
    -0.4671
    """
    integers = mulberry32(seed)
    for layer in net:
        if not isinstance(layer, nn.Linear):
            continue
        for numbers in (layer.weight, layer.bias):
            drawn = [
                (2 * next(integers) / 2**32 - 1) / math.sqrt(layer.in_features)
                for _ in range(numbers.numel())
            ]
            numbers.copy_(torch.tensor(drawn, dtype=torch.float64).view_as(numbers))
    return net
