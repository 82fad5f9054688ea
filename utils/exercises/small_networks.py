"""Claims about networks with one hidden layer, tried on random ones."""

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn


class Network(NamedTuple):
    """Two inputs ``(2, 3)`` and the parameters of a network with four hidden units."""

    X: torch.Tensor
    W1: torch.Tensor
    b1: torch.Tensor
    W2: torch.Tensor
    b2: torch.Tensor

    def outputs(self, activation: Callable[[torch.Tensor], torch.Tensor] = F.relu) -> torch.Tensor:
        """Return the outputs ``(2, 2)``."""
        hidden = activation(F.linear(self.X, self.W1, self.b1))
        return F.linear(hidden, self.W2, self.b2)


def draw(count: int) -> list[Network]:
    """Return random networks, each with its own two inputs."""
    generator = torch.Generator().manual_seed(0)
    shapes = (2, 3), (4, 3), (4,), (2, 4), (2,)
    return [
        Network(*(torch.randn(s, generator=generator, dtype=torch.float64) for s in shapes))
        for _ in range(count)
    ]


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return bool((one - other).abs().max() < 1e-9)


def swapped(net: Network) -> bool:
    """Two hidden units change places; the outputs stay."""
    order = [1, 0, 2, 3]
    other = net._replace(W1=net.W1[order], b1=net.b1[order], W2=net.W2[:, order])
    return _same(net.outputs(), other.outputs())


def rescaled(net: Network) -> bool:
    """The first layer is doubled and the second halved; the outputs stay."""
    other = net._replace(W1=2 * net.W1, b1=2 * net.b1, W2=net.W2 / 2)
    return _same(net.outputs(), other.outputs())


def doubled(net: Network) -> bool:
    """Everything is doubled; the outputs double."""
    other = Network(net.X, *(2 * part for part in net[1:]))
    return _same(2 * net.outputs(), other.outputs())


def collapses(net: Network) -> bool:
    """Without an activation, one layer gives the outputs."""
    weight, bias = net.W2 @ net.W1, net.W2 @ net.b1 + net.b2
    return _same(net.outputs(activation=nn.Identity()), F.linear(net.X, weight, bias))


def halfway(net: Network) -> bool:
    """The output of the middle of two inputs is the middle of their outputs."""
    middle = net._replace(X=net.X.mean(0, keepdim=True))
    return _same(middle.outputs()[0], net.outputs().mean(0))


def stretched(net: Network) -> bool:
    """Without biases, three times the input gives three times the output."""
    bare = net._replace(b1=0 * net.b1, b2=0 * net.b2)
    return _same(bare._replace(X=3 * net.X).outputs(), 3 * bare.outputs())
