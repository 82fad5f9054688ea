"""The block of a transformer, and a cache of the keys and values that its attention has read.

Masks say who *may look*, as in :mod:`utils.sequences.attention`.

Sources: A. Vaswani et al., "Attention is all you need", 2017, https://arxiv.org/abs/1706.03762;
pre-norm: R. Xiong et al., "On layer normalization in the transformer architecture", 2020,
https://arxiv.org/abs/2002.04745.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from utils.sequences.attention import MultiHead, join_heads, split_heads


class Cache:
    """Keys and values of what an attention has read so far; it grows as more is read.

    Attributes:
        keys, values: ``(batch, heads, tokens, width / heads)``, or ``None`` at first.
    """

    def __init__(self) -> None:
        self.keys = self.values = None

    def __len__(self) -> int:
        """How many tokens have been read."""
        return 0 if self.keys is None else self.keys.shape[-2]

    def add(self, K: torch.Tensor, V: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Append keys and values of new tokens; return all of them."""
        if self.keys is not None:
            K, V = torch.cat([self.keys, K], dim=-2), torch.cat([self.values, V], dim=-2)
        self.keys, self.values = K, V
        return K, V


def look(
    heads: MultiHead,
    x: torch.Tensor,
    mask: torch.Tensor | None = None,
    cache: Cache | None = None,
) -> torch.Tensor:
    """Return what ``heads(x, mask=mask)`` gives first, ``(batch, L, width)``, and no weights.

    Args:
        heads: the attention; ``heads(x)[1]`` gives the weights to those who want to see them.
        x: the new tokens, ``(batch, L, width)``.
        mask: bool, ``(L, S)`` or ``(batch, L or 1, S)``, True where a token may look at one of
            the S tokens, which are those of the cache and the new ones.
        cache: of earlier tokens; the new ones are put into it.
    """
    parts = heads.query(x), heads.key(x), heads.value(x)
    Q, K, V = (split_heads(part, heads.heads) for part in parts)
    if cache is not None:
        K, V = cache.add(K, V)
    mask = None if mask is None else mask.unsqueeze(-3)
    return heads.out(join_heads(F.scaled_dot_product_attention(Q, K, V, attn_mask=mask)))


class Block(nn.Module):
    """Attention, then a small network for each token; each is added to what came in.

    ``x + part(norm(x))`` with the norm in front, or ``norm(x + part(x))`` with the norm behind.

    Args:
        width: numbers a token, in and out; a multiple of ``heads``.
        heads: how many attentions side by side.
        ratio: how many times as wide the feed-forward part is inside.
        dropout: the share of what each part adds that is dropped in training.
        pre_norm: whether the norm stands in front of each part.
        cross: whether tokens also look at a second sequence, between the other two parts.
        eps: what layer norm adds to the variance.

    >>> from utils.sequences.attention import causal_mask
    >>> block = Block(8, heads=2)
    >>> block(torch.zeros(1, 5, 8), causal_mask(5)).shape
    torch.Size([1, 5, 8])
    """

    def __init__(
        self,
        width: int,
        heads: int,
        *,
        ratio: float = 4,
        dropout: float = 0.0,
        pre_norm: bool = True,
        cross: bool = False,
        eps: float = 1e-5,
    ) -> None:
        super().__init__()
        self.pre_norm = pre_norm
        self.attention = MultiHead(width, heads)
        self.attention_norm = nn.LayerNorm(width, eps=eps)
        self.cross = MultiHead(width, heads) if cross else None
        self.cross_norm = nn.LayerNorm(width, eps=eps) if cross else None
        inner = round(ratio * width)
        self.feed_forward = nn.Sequential(
            nn.Linear(width, inner), nn.GELU(), nn.Linear(inner, width)
        )
        self.feed_forward_norm = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        x: torch.Tensor,
        mask: torch.Tensor | None = None,
        *,
        memory: torch.Tensor | None = None,
        memory_mask: torch.Tensor | None = None,
        cache: Cache | None = None,
    ) -> torch.Tensor:
        """Return new tokens, ``(batch, L, width)``.

        Args:
            x: tokens, ``(batch, L, width)``.
            mask: as for :func:`look`.
            memory: the second sequence, ``(batch, S, width)``, for a block with ``cross``.
            memory_mask: bool, ``(batch, L or 1, S)``, True where a token may look.
            cache: as for :func:`look`.

        Raises:
            ValueError: if a memory is given to a block that cannot look at it, or is missing.
        """
        if (memory is None) != (self.cross is None):
            raise ValueError(
                "a block needs a memory if it was made with cross=True, and only then"
            )
        x = self._add(x, self.attention_norm, lambda x: look(self.attention, x, mask, cache))
        if self.cross is not None:
            x = self._add(x, self.cross_norm, lambda x: self.cross(x, memory, mask=memory_mask)[0])
        return self._add(x, self.feed_forward_norm, self.feed_forward)

    def _add(self, x, norm, part):
        if self.pre_norm:
            return x + self.dropout(part(norm(x)))
        return norm(x + self.dropout(part(x)))
