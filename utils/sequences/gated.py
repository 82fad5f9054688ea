"""LSTM and GRU as loops over time, in the layouts of :class:`torch.nn.LSTM` and ``nn.GRU``.

Sources: S. Hochreiter and J. Schmidhuber, "Long short-term memory", 1997; F. Gers, J. Schmidhuber
and F. Cummins, "Learning to forget", 2000; K. Cho et al., https://arxiv.org/abs/1406.1078.
"""

import torch

Result = tuple[torch.Tensor, ...]


def lstm(
    x: torch.Tensor,
    h: torch.Tensor,
    c: torch.Tensor,
    W_ih: torch.Tensor,
    W_hh: torch.Tensor,
    b_ih: torch.Tensor,
    b_hh: torch.Tensor,
) -> Result:
    """Read a batch of sequences; the gates lie in the order of torch: i, f, g, o.

    Args:
        x: ``(sequences, steps, inputs)``.
        h: what is shown before the first step, ``(sequences, hidden)``.
        c: what is kept before the first step, ``(sequences, hidden)``.
        W_ih: ``(4 * hidden, inputs)``.
        W_hh: ``(4 * hidden, hidden)``.
        b_ih: ``(4 * hidden,)``.
        b_hh: ``(4 * hidden,)``.

    Returns:
        The shown states, ``(sequences, steps, hidden)``, the last of them, and the last ``c``.

    Raises:
        ValueError: if there is no step.
    """
    _check(x)
    shown = []
    for x_t in x.unbind(1):
        i, f, g, o = (x_t @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        shown.append(h)
    return torch.stack(shown, dim=1), h, c


def gru(
    x: torch.Tensor,
    h: torch.Tensor,
    W_ih: torch.Tensor,
    W_hh: torch.Tensor,
    b_ih: torch.Tensor,
    b_hh: torch.Tensor,
    *,
    reset_after: bool = True,
) -> Result:
    """Read a batch of sequences; the gates lie in the order of torch: r, z, n.

    Args:
        x: ``(sequences, steps, inputs)``.
        h: the state before the first step, ``(sequences, hidden)``.
        W_ih: ``(3 * hidden, inputs)``.
        W_hh: ``(3 * hidden, hidden)``.
        b_ih: ``(3 * hidden,)``.
        b_hh: ``(3 * hidden,)``.
        reset_after: whether r acts on the product, as in torch, or on the state before it.

    Returns:
        The states, ``(sequences, steps, hidden)``, and the last of them.

    Raises:
        ValueError: if there is no step.
    """
    _check(x)
    W_n, b_n = W_hh.chunk(3)[2], b_hh.chunk(3)[2]
    states = []
    for x_t in x.unbind(1):
        r, z, n = (x_t @ W_ih.T + b_ih).chunk(3, dim=1)
        r_h, z_h, n_h = (h @ W_hh.T + b_hh).chunk(3, dim=1)
        r, z = torch.sigmoid(r + r_h), torch.sigmoid(z + z_h)
        n = torch.tanh(n + (r * n_h if reset_after else (r * h) @ W_n.T + b_n))
        h = (1 - z) * n + z * h
        states.append(h)
    return torch.stack(states, dim=1), h


def _check(x: torch.Tensor) -> None:
    if x.ndim != 3 or x.shape[1] < 1:
        raise ValueError(f"x must be (sequences, steps, inputs) with a step, got {tuple(x.shape)}")
