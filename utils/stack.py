"""Many small networks at once: their weights lie in one stack, and each layer is one product."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

Stack = list[torch.Tensor]
# Takes a stack and inputs ``(networks, rows, …)``; returns logits ``(networks, rows, classes)``.
Logits = Callable[[Stack, torch.Tensor], torch.Tensor]


def stacked(nets: Sequence[nn.Sequential], *, device: torch.device | str = "cpu") -> Stack:
    """Return the parameters of networks that are built alike, one above the other.

    Args:
        nets: ``nn.Linear`` with ``nn.ReLU`` in turns, a ``nn.Linear`` at both ends, all with bias.
        device: where the stack goes.

    Returns:
        weights ``(networks, out, in)`` and biases ``(networks, out)``, in turns.

    Raises:
        ValueError: if a network has other layers.
    """
    for net in nets:
        kinds = [type(layer) for layer in net]
        wanted = [(nn.Linear, nn.ReLU)[index % 2] for index in range(len(kinds))]
        if kinds != wanted or len(kinds) % 2 == 0:
            raise ValueError(f"nets must be Linear and ReLU in turns, Linear last, got {net}")
    parts = zip(*(net.parameters() for net in nets), strict=True)
    return [torch.stack(part).detach().to(device) for part in parts]


def stack_logits(stack: Stack, inputs: torch.Tensor) -> torch.Tensor:
    """Return what each network gives for its own rows.

    Args:
        stack: as :func:`stacked` makes it.
        inputs: ``(networks, rows, features)``.

    Returns:
        ``(networks, rows, outputs)``.
    """
    *hidden, last = zip(stack[::2], stack[1::2], strict=True)
    for W, b in hidden:
        inputs = F.relu(torch.baddbmm(b[:, None], inputs, W.mT))
    W, b = last
    return torch.baddbmm(b[:, None], inputs, W.mT)


def train_stack(
    stack: Stack,
    inputs: torch.Tensor,
    labels: torch.Tensor,
    rows: torch.Tensor,
    lr: torch.Tensor,
    *,
    logits: Logits = stack_logits,
    momentum: float = 0.0,
) -> Stack:
    """Return the stack after gradient descent; each network goes its own way.

    A network whose weights are no longer finite stays so, and disturbs no other.

    Args:
        stack: as :func:`stacked` makes it, or tensors of ``(networks, …)``; it stays as it is.
        inputs: ``(examples, …)``.
        labels: int64, ``(examples,)``.
        rows: int64, ``(steps, networks, batch)``, the examples of each step and network.
        lr: ``(networks,)``, the learning rates, or ``(tensors, networks)``, one for each tensor of
            the stack; a rate of 0 freezes.
        logits: what the networks compute; it must keep their numbers apart.
        momentum: as in ``torch.optim.SGD``.
    """
    stack = [part.clone().requires_grad_() for part in stack]
    speeds = [torch.zeros_like(part) for part in stack]
    rates = lr.expand(len(stack), -1)[..., None]
    for batch in rows:
        found = logits(stack, inputs[batch])
        each = F.cross_entropy(found.flatten(0, 1), labels[batch].flatten(), reduction="sum")
        slopes = torch.autograd.grad(each / batch.shape[1], stack)
        with torch.no_grad():
            for part, speed, slope, rate in zip(stack, speeds, slopes, rates, strict=True):
                speed.mul_(momentum).add_(slope)
                part.flatten(1).sub_(rate * speed.flatten(1))
    return [part.detach() for part in stack]


@torch.no_grad()
def stack_accuracy(
    stack: Stack, inputs: torch.Tensor, labels: torch.Tensor, *, logits: Logits = stack_logits
) -> torch.Tensor:
    """Return the accuracy of each network, NaN where its logits are not finite, ``(networks,)``.

    Args:
        stack: as :func:`stacked` makes it, or tensors of ``(networks, …)``.
        inputs: ``(networks, rows, …)``.
        labels: int64, ``(networks, rows)``.
        logits: what the networks compute.
    """
    found = logits(stack, inputs)
    right = (found.argmax(-1) == labels).to(found.dtype).mean(-1)
    return right.where(found.isfinite().flatten(1).all(1), torch.nan)
