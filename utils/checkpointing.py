"""Activation checkpointing: what is held when, and the random state that a repetition needs."""

from typing import NamedTuple

import torch


class Moment(NamedTuple):
    """A moment of a training step.

    Attributes:
        kind: ``"start"``, ``"forward"``, ``"again"`` or ``"backward"``.
        layer: the layer that has just run, 1 to n; 0 at the start.
        held: numbers of the activations that are held, ascending; 0 is the input.
    """

    kind: str
    layer: int
    held: tuple[int, ...]


def step_moments(layers: int, length: int) -> list[Moment]:
    """Walk through a step of training with checkpoints, layer by layer.

    Layer i makes activation i from activation i - 1, and needs both in the
    backward pass. The forward pass keeps the first activation of each segment.

    Args:
        layers: how many, 1 or more.
        length: layers in a segment, 1 to ``layers``; the last may be shorter.

    Raises:
        ValueError: if there is no such segment.
    """
    if not 1 <= length <= layers:
        raise ValueError(f"length must be from 1 to layers = {layers}, got {length}")
    held: set[int] = {0}
    moments = [Moment("start", 0, (0,))]

    def add(kind: str, layer: int) -> None:
        moments.append(Moment(kind, layer, tuple(sorted(held))))

    for layer in range(1, layers + 1):
        if layer % length == 0 and layer < layers:
            held.add(layer)
        add("forward", layer)
    for start in reversed(range(0, layers, length)):
        end = min(start + length, layers)
        for layer in range(start + 1, end + 1):
            held.add(layer)
            add("again", layer)
        for layer in reversed(range(start + 1, end + 1)):
            held.discard(layer)
            if layer == start + 1:
                held.discard(start)
            add("backward", layer)
    return moments


def peak_held(layers: int, length: int) -> int:
    """Return the most activations held at one time of :func:`step_moments`."""
    return max(len(moment.held) for moment in step_moments(layers, length))


def random_state(device: torch.device) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Return the states of the generators that draw for tensors on a device."""
    on_gpu = torch.cuda.get_rng_state(device) if device.type == "cuda" else None
    return torch.get_rng_state(), on_gpu


def set_random_state(
    state: tuple[torch.Tensor, torch.Tensor | None], device: torch.device
) -> None:
    """Set the generators as :func:`random_state` found them on the same device."""
    torch.set_rng_state(state[0])
    if state[1] is not None:
        torch.cuda.set_rng_state(state[1], device)
