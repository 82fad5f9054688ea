"""The network of the playground in torch, with the demo's own first weights."""

import math

import torch
from torch import nn

from utils.widgets.kit.random import mulberry32

ACTIVATIONS = {"none": nn.Identity, "relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def untrained(*, width: int, depth: int, activation: str, seed: int) -> nn.Sequential:
    """Return a network with ``depth`` hidden layers of ``width`` units each, float64.

    It maps points ``(n, 2)`` to logits ``(n, 1)``: class 1 where the logit is positive.

    >>> untrained(width=3, depth=1, activation="relu", seed=0)
    Sequential(
      (0): Linear(in_features=2, out_features=3, bias=True)
      (1): ReLU()
      (2): Linear(in_features=3, out_features=1, bias=True)
    )
    """
    parts, inputs = [], 2
    for _ in range(depth):
        parts += [nn.Linear(inputs, width), ACTIVATIONS[activation]()]
        inputs = width
    return fill(nn.Sequential(*parts, nn.Linear(inputs, 1)).double(), seed=seed)


@torch.no_grad()
def fill(net: nn.Sequential, *, seed: int) -> nn.Sequential:
    """Fill the linear layers of a network with the playground's first weights, and return it.

    As in ``nn.Linear``, weights and biases are uniform between plus and minus the inverse root of
    the number of inputs. They come from a generator that the demo's JavaScript has as well, layer
    by layer, first the weights row by row, then the biases.
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
