"""A small convolutional backbone that hands out feature maps at several strides."""

from collections.abc import Sequence

import torch
from torch import nn

from utils.networks.parts import conv_bn

WIDTHS = (16, 32, 64, 64)


class Backbone(nn.Module):
    """Stages of 3×3 convolutions with batch normalisation; each stage halves height and width.

    Args:
        strides: the strides of the maps to hand out, rising powers of two from 2 on; no stage
            is built behind the last. A map of stride 8 has a cell for each 8×8 pixels.
        widths: channels of the stages, for the strides 2, 4, 8, …
        depth: convolutions in a stage but the first, which has one; the first of them has
            stride 2.
        c_in: channels of the pictures.

    Attributes:
        channels: the channels of the maps, in the order of ``strides``.

    Raises:
        ValueError: if a stride is no rising power of two, or has no width.

    >>> maps = Backbone((4, 8))(torch.zeros(5, 1, 64, 64))
    >>> [tuple(m.shape) for m in maps]
    [(5, 32, 16, 16), (5, 64, 8, 8)]
    """

    def __init__(
        self,
        strides: Sequence[int] = (4, 8, 16),
        *,
        widths: Sequence[int] = WIDTHS,
        depth: int = 2,
        c_in: int = 1,
    ) -> None:
        super().__init__()
        possible = [2**stage for stage in range(1, len(widths) + 1)]
        if not strides or list(strides) != [s for s in possible if s in strides]:
            raise ValueError(
                f"strides must rise and be some of {possible}, one for each width, got {strides}"
            )
        self.handed_out = [possible.index(stride) for stride in strides]
        self.channels = [widths[stage] for stage in self.handed_out]
        stages = []
        for stage in range(self.handed_out[-1] + 1):
            layers = conv_bn(widths[stage - 1] if stage else c_in, widths[stage], 3, stride=2)
            for _ in range(depth - 1 if stage else 0):
                layers += conv_bn(widths[stage], widths[stage], 3)
            stages.append(nn.Sequential(*layers))
        self.stages = nn.ModuleList(stages)

    def forward(self, images: torch.Tensor) -> list[torch.Tensor]:
        """Return one map a stride, each ``(batch, channels, height / stride, width / stride)``."""
        maps = []
        for stage in self.stages:
            images = stage(images)
            maps.append(images)
        return [maps[stage] for stage in self.handed_out]
