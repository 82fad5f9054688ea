"""A picture as a sequence: patches, a vision transformer, and where it looks.

Source: A. Dosovitskiy et al., "An image is worth 16x16 words", 2020,
https://arxiv.org/abs/2010.11929; :func:`rollout` is that of S. Abnar and W. Zuidema,
"Quantifying attention flow in transformers", 2020, https://arxiv.org/abs/2005.00928.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from utils.sequences.transformer import Block

EPS = 1e-6  # what torchvision's layer norms add to the variance


def cut(images: torch.Tensor, side: int) -> torch.Tensor:
    """Return the patches of images, row by row, ``(batch, patches, channels * side * side)``.

    The numbers of a patch stand in the order of a kernel of ``nn.Conv2d``: channel, row, column.

    Args:
        images: ``(batch, channels, height, width)``.
        side: pixels along either side of a patch.

    Raises:
        ValueError: if the patches do not fill the image.

    >>> cut(torch.arange(16.0).view(1, 1, 4, 4), 2)[0, :2]
    tensor([[0., 1., 4., 5.],
            [2., 3., 6., 7.]])
    """
    n, channels, height, width = images.shape
    if height % side or width % side:
        raise ValueError(f"patches of side {side} do not fill {height}×{width}: resize or pad")
    parts = images.view(n, channels, height // side, side, width // side, side)
    return parts.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)


def joined(patches: torch.Tensor, side: int, *, channels: int = 1) -> torch.Tensor:
    """Return square images of their patches: undo :func:`cut`.

    Args:
        patches: ``(batch, patches, channels * side * side)``, a square number of them.
        side: pixels along either side of a patch.
        channels: of the images.

    Raises:
        ValueError: if the number of patches is not square.
    """
    across = round(patches.shape[1] ** 0.5)
    if across**2 != patches.shape[1]:
        raise ValueError(f"{patches.shape[1]} patches do not make a square")
    parts = patches.unflatten(2, (channels, side, side)).unflatten(1, (across, across))
    return parts.permute(0, 3, 1, 4, 2, 5).flatten(4).flatten(2, 3)


def shuffled(images: torch.Tensor, side: int, order: torch.Tensor) -> torch.Tensor:
    """Return square images whose patch ``i`` is the patch ``order[i]`` of the old ones.

    Args:
        images: ``(batch, channels, height, height)``.
        side: of a patch.
        order: int64 ``(patches,)``, each index once.
    """
    return joined(cut(images, side)[:, order], side, channels=images.shape[1])


class VisionTransformer(nn.Module):
    """Patches, a token for the class, positions, blocks, and logits of the class token.

    Args:
        side: pixels along either side of an image.
        patch: pixels along either side of a patch.
        channels: of the images.
        classes: how many logits come out.
        width, heads, ratio: of each block.
        blocks: how many blocks.
        positions: False leaves the positions out, so that a picture is a bag of patches.

    >>> net = VisionTransformer(16, 4)
    >>> net(torch.zeros(2, 1, 16, 16)).shape, net.positions.shape
    (torch.Size([2, 10]), torch.Size([1, 17, 24]))
    """

    def __init__(
        self,
        side: int,
        patch: int,
        *,
        channels: int = 1,
        classes: int = 10,
        width: int = 24,
        heads: int = 3,
        blocks: int = 2,
        ratio: float = 2,
        positions: bool = True,
    ) -> None:
        super().__init__()
        if side % patch:
            raise ValueError(f"patches of side {patch} do not fill a side of {side} pixels")
        self.patch = patch
        self.embed = nn.Linear(channels * patch**2, width)
        self.class_token = nn.Parameter(torch.zeros(1, 1, width))
        places = torch.randn(1, (side // patch) ** 2 + 1, width) / 50 if positions else None
        self.positions = nn.Parameter(places) if positions else None
        self.blocks = nn.ModuleList(
            Block(width, heads, ratio=ratio, eps=EPS) for _ in range(blocks)
        )
        self.norm = nn.LayerNorm(width, eps=EPS)
        self.head = nn.Linear(width, classes)

    def tokens(self, images: torch.Tensor) -> torch.Tensor:
        """Return what the first block reads, the class token first, ``(batch, 1 + L, width)``."""
        patches = self.embed(cut(images, self.patch))
        x = torch.cat([self.class_token.expand(len(images), -1, -1), patches], dim=1)
        return x if self.positions is None else x + self.positions

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return logits, ``(batch, classes)``, of images ``(batch, channels, side, side)``."""
        x = self.tokens(images)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x[:, 0]))

    @torch.no_grad()
    def weights(self, images: torch.Tensor) -> torch.Tensor:
        """Return who looks at whom, ``(blocks, batch, heads, 1 + L, 1 + L)``; rows sum to 1."""
        x, found = self.tokens(images), []
        for block in self.blocks:
            found.append(block.attention(block.attention_norm(x))[1])
            x = block(x)
        return torch.stack(found)


def rollout(weights: Sequence[torch.Tensor] | torch.Tensor) -> torch.Tensor:
    """Return how much each token holds of each patch behind all blocks, ``(..., L, L)``.

    Each block hands on half of a token itself, by the skip, and half of what its heads fetched
    on average. The shares of blocks that follow each other are multiplied.

    Args:
        weights: for each block ``(..., heads, L, L)``, rows that sum to 1.
    """
    held = None
    for heads in weights:
        mean = heads.mean(-3)
        step = (mean + torch.eye(mean.shape[-1], device=mean.device, dtype=mean.dtype)) / 2
        held = step if held is None else step @ held
    return held
