"""Attention from tensors: a soft look-up, its masks, several heads, and waves for positions.

All masks of this module say who *may look*: True lets a query see a key. That is the convention of
``F.scaled_dot_product_attention``; ``nn.MultiheadAttention`` wants the opposite.

Source: A. Vaswani et al., "Attention is all you need", 2017, https://arxiv.org/abs/1706.03762.
"""

from __future__ import annotations

import math

import torch
from torch import nn

Device = torch.device | str | None


def attention_weights(
    Q: torch.Tensor,
    K: torch.Tensor,
    mask: torch.Tensor | None = None,
    *,
    scale: float | None = None,
) -> torch.Tensor:
    """Return how much each query looks at each key, ``(..., L, S)``; each row sums to 1.

    The row of a query that may look at no key is zero by definition, where a plain softmax
    divides 0 by 0.

    Args:
        Q: queries, ``(..., L, d)``.
        K: keys, ``(..., S, d)``; leading sizes broadcast.
        mask: ``(..., L, S)``; bool, True where a query may look, or numbers that are added to
            the scores, with ``-inf`` where it may not.
        scale: what the scores are multiplied by; by default ``1 / sqrt(d)``.

    Raises:
        ValueError: if queries and keys differ in length, or the mask holds integers.

    >>> one = torch.ones(1, 2)
    >>> attention_weights(one, one.repeat(4, 1))
    tensor([[0.2500, 0.2500, 0.2500, 0.2500]])
    """
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError(
            f"queries have {Q.shape[-1]} numbers, keys {K.shape[-1]}: project both to one length"
        )
    scale = 1 / math.sqrt(Q.shape[-1]) if scale is None else scale
    scores = scale * Q @ K.transpose(-2, -1)
    if mask is None:
        return scores.softmax(dim=-1)
    if mask.dtype == torch.bool:
        scores = scores.masked_fill(~mask, -math.inf)
    elif mask.is_floating_point():
        scores = scores + mask
    else:
        raise ValueError(f"a mask is bool or floating, got {mask.dtype}: call mask.bool()")
    blind = (scores == -math.inf).all(dim=-1, keepdim=True)
    # Numbers first, so that no slope passes through 0/0.
    return scores.masked_fill(blind, 0).softmax(dim=-1).masked_fill(blind, 0)


def attend(
    Q: torch.Tensor,
    K: torch.Tensor,
    V: torch.Tensor,
    mask: torch.Tensor | None = None,
    *,
    scale: float | None = None,
) -> torch.Tensor:
    """Return for each query the mean of the values, weighted by ``attention_weights``.

    Args:
        Q: queries, ``(..., L, d)``.
        K: keys, ``(..., S, d)``.
        V: values, ``(..., S, e)``, one for each key.
        mask: as for :func:`attention_weights`; a query without a key gets zeros.
        scale: as for :func:`attention_weights`.

    Raises:
        ValueError: if there are not as many values as keys, or as ``attention_weights`` does.
    """
    if K.shape[-2] != V.shape[-2]:
        raise ValueError(f"{K.shape[-2]} keys need as many values, got {V.shape[-2]}")
    return attention_weights(Q, K, mask, scale=scale) @ V


def causal_mask(length: int, device: Device = None) -> torch.Tensor:
    """Return ``(length, length)``, True where a token may look: at itself and at earlier ones.

    >>> causal_mask(3).int()
    tensor([[1, 0, 0],
            [1, 1, 0],
            [1, 1, 1]], dtype=torch.int32)
    """
    return torch.ones(length, length, dtype=torch.bool, device=device).tril()


def padding_mask(lengths: torch.Tensor, width: int) -> torch.Tensor:
    """Return ``(batch, 1, width)``, True for real tokens; it broadcasts over the queries.

    Args:
        lengths: ``(batch,)``, how many tokens of each row are real.
        width: tokens a row, padding included.

    >>> padding_mask(torch.tensor([2, 3]), 3)[:, 0].int()
    tensor([[1, 1, 0],
            [1, 1, 1]], dtype=torch.int32)
    """
    return (torch.arange(width, device=lengths.device) < lengths[:, None])[:, None]


def sinusoid(
    length: int,
    width: int,
    *,
    base: float = 10_000.0,
    device: Device = None,
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """Return a row of waves for each position, ``(length, width)``.

    Columns 2i and 2i + 1 are the sine and the cosine of ``position / base**(2i / width)``.

    Raises:
        ValueError: if ``width`` is odd: each wave takes a pair of columns.

    >>> sinusoid(2, 2)
    tensor([[0.0000, 1.0000],
            [0.8415, 0.5403]])
    """
    if width % 2:
        raise ValueError(f"width must be even, a sine and a cosine for each wave, got {width}")
    speeds = base ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * speeds
    waves = torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)
    return waves.to(device, dtype)


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """Return ``(..., heads, L, width / heads)`` of ``(..., L, width)``.

    Raises:
        ValueError: if the heads do not share the width evenly.
    """
    if x.shape[-1] % heads:
        raise ValueError(f"{heads} heads cannot share {x.shape[-1]} numbers evenly")
    return x.unflatten(-1, (heads, -1)).transpose(-3, -2)


def join_heads(x: torch.Tensor) -> torch.Tensor:
    """Return ``(..., L, heads * width)`` of ``(..., heads, L, width)``: undo ``split_heads``."""
    return x.transpose(-3, -2).flatten(-2)


class MultiHead(nn.Module):
    """Several attentions side by side, each on its own part of the projected numbers.

    Args:
        width: numbers a token, in and out; a multiple of ``heads``.
        heads: how many attentions.
        source_width: numbers of each token that is looked at; by default ``width``.

    >>> out, weights = MultiHead(8, heads=2)(torch.zeros(1, 5, 8), mask=causal_mask(5))
    >>> out.shape, weights.shape
    (torch.Size([1, 5, 8]), torch.Size([1, 2, 5, 5]))
    """

    def __init__(self, width: int, heads: int, *, source_width: int | None = None) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads cannot share {width} numbers evenly")
        source_width = source_width or width
        self.heads = heads
        self.query, self.out = nn.Linear(width, width), nn.Linear(width, width)
        self.key, self.value = (nn.Linear(source_width, width) for _ in range(2))

    def forward(
        self,
        x: torch.Tensor,
        source: torch.Tensor | None = None,
        *,
        mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the output, ``(batch, L, width)``, and the weights, ``(batch, heads, L, S)``.

        Args:
            x: tokens that ask, ``(batch, L, width)``.
            source: tokens that are looked at, ``(batch, S, source_width)``; by default ``x``.
            mask: as for :func:`attention_weights`, ``(L, S)`` or ``(batch, L or 1, S)``; all
                heads share it.
        """
        source = x if source is None else source
        parts = self.query(x), self.key(source), self.value(source)
        Q, K, V = (split_heads(part, self.heads) for part in parts)
        mask = mask.unsqueeze(-3) if mask is not None else None
        weights = attention_weights(Q, K, mask)
        return self.out(join_heads(weights @ V)), weights
