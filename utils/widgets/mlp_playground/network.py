"""The network of the playground in torch, with the demo's own first weights."""

from torch import nn

from utils.widgets.kit.network import fill

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
