"""Layers with a forward and a backward pass of their own, as the pages build them.

``forward`` turns a minibatch into another one and keeps what ``backward`` needs. ``backward``
takes the upstream gradient, stores the gradients of the layer's own tensors (``dW`` beside ``W``)
and returns the gradient with respect to what came in.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import torch
import torch.nn.functional as F


class Layer(Protocol):
    """What a list of layers is made of."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what comes out, and keep what :meth:`backward` needs."""

    def backward(self, G: torch.Tensor) -> torch.Tensor:
        """Return the gradient with respect to what came in, given that of what went out."""


class Linear:
    """A fully connected layer, ``x @ W.T + b``.

    Args:
        W: weights, ``(outputs, inputs)``.
        b: biases, ``(outputs,)``.
    """

    def __init__(self, W: torch.Tensor, b: torch.Tensor) -> None:
        self.W, self.b = W, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the sums, ``(batch, outputs)``, of inputs ``(batch, inputs)``."""
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, G: torch.Tensor) -> torch.Tensor:
        """Store ``dW`` and ``db``; return the gradient of the inputs."""
        self.dW = G.T @ self.x
        self.db = G.sum(0)
        return G @ self.W


class ReLU:
    """What is positive passes, the rest becomes 0; at 0 itself the gradient is 0."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``x`` of any shape, cut off at 0."""
        self.positive = x > 0
        return x * self.positive

    def backward(self, G: torch.Tensor) -> torch.Tensor:
        """Return ``G`` where the input was positive, else 0."""
        return G * self.positive


class SoftmaxCrossEntropy:
    """The mean cross-entropy of a minibatch, from logits and class indices."""

    def forward(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the loss of logits ``(batch, classes)`` and int64 labels ``(batch,)``."""
        log_p = logits - logits.logsumexp(1, keepdim=True)
        self.p, self.labels = log_p.exp(), labels
        return -log_p.gather(1, labels[:, None]).mean()

    def backward(self) -> torch.Tensor:
        """Return the gradient of the logits, ``(batch, classes)``."""
        y = F.one_hot(self.labels, self.p.shape[1])
        return (self.p - y) / len(y)


def forward(net: Sequence[Layer], x: torch.Tensor) -> torch.Tensor:
    """Send a minibatch through a list of layers."""
    for layer in net:
        x = layer.forward(x)
    return x


def backward(net: Sequence[Layer], G: torch.Tensor) -> torch.Tensor:
    """Send a gradient back through a list of layers; return that of what came in."""
    for layer in reversed(net):
        G = layer.backward(G)
    return G


class _ByHand(torch.autograd.Function):
    @staticmethod
    def forward(ctx, layer, names, x, *parts):
        ctx.layer, ctx.names = layer, names
        return layer.forward(x)

    @staticmethod
    def backward(ctx, G):
        below = ctx.layer.backward(G)
        return None, None, below, *(getattr(ctx.layer, f"d{name}") for name in ctx.names)


def by_hand(layer: Callable[..., Layer], *names: str) -> Callable[..., torch.Tensor]:
    """Return a function whose gradients autograd takes from the layer's own ``backward``.

    So the gradients that somebody derived can be compared with torch's by ``agree``.

    Args:
        layer: the class of a layer; its ``backward`` stores the gradient of ``W`` as ``dW``.
        names: the layer's tensors that get a gradient, ``"W"`` for example.

    Returns:
        a function of what goes in, and of what the class is made from.

    >>> linear = by_hand(Linear, "W", "b")
    >>> W = torch.tensor([[2.0, 1.0]], requires_grad=True)
    >>> linear(torch.tensor([[3.0, 4.0]]), W, torch.zeros(1)).sum().backward()
    >>> W.grad
    tensor([[3., 4.]])
    """

    def function(x: torch.Tensor, *arguments: object, **settings: object) -> torch.Tensor:
        made = layer(*arguments, **settings)
        return _ByHand.apply(made, names, x, *(getattr(made, name) for name in names))

    function.__name__ = layer.__name__
    return function


def with_weights(net: Sequence[Layer]) -> list[Layer]:
    """Return the layers of a list that have weights ``W`` and biases ``b``."""
    return [layer for layer in net if hasattr(layer, "W")]


def learn(net: Sequence[Layer], x: torch.Tensor, labels: torch.Tensor, lr: float) -> float:
    """Take one step of gradient descent on a minibatch; return the loss before it.

    Args:
        net: layers that give logits ``(batch, classes)``.
        x: what the first layer takes.
        labels: int64, ``(batch,)``.
        lr: the learning rate; with 0 the gradients are there and the weights stay.
    """
    criterion = SoftmaxCrossEntropy()
    loss = criterion.forward(forward(net, x), labels)
    backward(net, criterion.backward())
    for layer in with_weights(net):
        layer.W = layer.W - lr * layer.dW
        layer.b = layer.b - lr * layer.db
    return loss.item()
