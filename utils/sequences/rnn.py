"""A recurrent network as a loop over time, in the layout of :class:`torch.nn.RNN`."""

from collections.abc import Sequence

import torch

Weights = Sequence[torch.Tensor]


def rnn(
    x: torch.Tensor,
    h: torch.Tensor,
    W_ih: torch.Tensor,
    W_hh: torch.Tensor,
    b_ih: torch.Tensor,
    b_hh: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Read a batch of sequences step by step, with one set of weights for all steps.

    Args:
        x: ``(sequences, steps, inputs)``, the layout that torch calls ``batch_first``.
        h: the state before the first step, ``(sequences, hidden)``.
        W_ih: ``(hidden, inputs)``.
        W_hh: ``(hidden, hidden)``.
        b_ih: ``(hidden,)``.
        b_hh: ``(hidden,)``; torch keeps two biases, of which their sum matters.

    Returns:
        The states after each step, ``(sequences, steps, hidden)``, and the last one.

    Raises:
        ValueError: if there is no step.
    """
    if x.ndim != 3 or x.shape[1] < 1:
        raise ValueError(f"x must be (sequences, steps, inputs) with a step, got {tuple(x.shape)}")
    states = []
    for x_t in x.unbind(1):
        h = torch.tanh(x_t @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h


def stacked(
    x: torch.Tensor, h: torch.Tensor, layers: Sequence[Weights]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Read with several layers: each reads the states of the one below.

    Args:
        x: ``(sequences, steps, inputs)``.
        h: ``(layers, sequences, hidden)``.
        layers: for each layer the four tensors that :func:`rnn` takes after ``h``.

    Returns:
        The states of the last layer, ``(sequences, steps, hidden)``, and the last state of
        each layer, ``(layers, sequences, hidden)``.
    """
    ends = []
    for start, weights in zip(h, layers, strict=True):
        x, end = rnn(x, start, *weights)
        ends.append(end)
    return x, torch.stack(ends)
