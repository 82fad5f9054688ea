"""A transformer that writes: blocks that look back, one after the other.

Source: A. Radford et al., "Improving language understanding by generative pre-training", 2018.
"""

from __future__ import annotations

import torch
from torch import nn

from utils.sequences.attention import causal_mask, sinusoid
from utils.sequences.transformer import Block, Cache


class Writer(nn.Module):
    """A decoder alone: blocks that look back, and a logit for each token that may come next.

    It reads and returns what ``CharacterModel`` does, with caches in place of a state, so the
    functions of ``language_model`` and ``sampling`` take it.

    Args:
        vocabulary_size: how many tokens there are.
        width, heads, ratio, dropout, pre_norm: of each :class:`Block`.
        blocks: how many blocks.
        causal: False lets all tokens of a window see each other: a mistake to be studied.

    >>> logits, caches = Writer(5, width=8, heads=2)(torch.tensor([[0, 1, 2]]))
    >>> logits.shape, len(caches), len(caches[0])
    (torch.Size([1, 3, 5]), 2, 3)
    """

    def __init__(
        self,
        vocabulary_size: int,
        *,
        width: int = 64,
        heads: int = 4,
        blocks: int = 2,
        ratio: float = 4,
        dropout: float = 0.0,
        pre_norm: bool = True,
        causal: bool = True,
    ) -> None:
        super().__init__()
        how = {"ratio": ratio, "dropout": dropout, "pre_norm": pre_norm}
        self.causal = causal
        self.lookup = nn.Embedding(vocabulary_size, width)
        self.blocks = nn.ModuleList(Block(width, heads, **how) for _ in range(blocks))
        self.norm = nn.LayerNorm(width) if pre_norm else nn.Identity()
        self.scores = nn.Linear(width, vocabulary_size)
        self._waves = torch.empty(0, width)  # of as many places as were needed so far

    def forward(
        self, ids: torch.Tensor, caches: list[Cache] | None = None
    ) -> tuple[torch.Tensor, list[Cache]]:
        """Read ids ``(rows, steps)``; return logits ``(rows, steps, vocabulary)`` and the caches.

        Args:
            ids: int64; ``logits[n, t]`` scores what follows ``ids[n, t]``.
            caches: those that an earlier call returned, for ids that go on where it stopped.
                They grow in place.
        """
        caches = [Cache() for _ in self.blocks] if caches is None else caches
        before, steps = len(caches[0]), ids.shape[1]
        x = self.lookup(ids)
        x = x + self._places(before + steps, x)[before:]
        # A single new token may look at all there is, so it needs no mask.
        alone = steps == 1 or not self.causal
        mask = None if alone else causal_mask(before + steps, device=x.device)[before:]
        for block, cache in zip(self.blocks, caches, strict=True):
            x = block(x, mask, cache=cache)
        return self.scores(self.norm(x)), caches

    def _places(self, count: int, x: torch.Tensor) -> torch.Tensor:
        known = self._waves
        if len(known) < count or (known.dtype, known.device) != (x.dtype, x.device):
            known = sinusoid(
                max(count, 2 * len(known)), x.shape[2], device=x.device, dtype=x.dtype
            )
            self._waves = known
        return known[:count]
