"""The U-Net: down to a small map that knows what, up again with the maps that know where."""

from collections.abc import Sequence

import torch
from torch import nn

from utils.networks.parts import conv_bn


def block(c_in: int, c_out: int, convs: int = 2) -> nn.Sequential:
    """Return convolutions of 3×3 that keep the size, each with its norm and ReLU."""
    sizes = [c_in, *[c_out] * convs]
    pairs = zip(sizes, sizes[1:], strict=False)
    return nn.Sequential(*[layer for pair in pairs for layer in conv_bn(*pair, 3)])


class UNet(nn.Module):
    """A small U-Net with padded convolutions, so that the mask is as large as the picture.

    Args:
        classes: how many logits a pixel gets, background included.
        widths: the channels of each level, the finest first. Between two levels sides are halved.
        c_in: channels of the picture.
        convs: convolutions of 3×3 in each block; the paper has two.

    Source: O. Ronneberger, P. Fischer, T. Brox, https://arxiv.org/abs/1505.04597. Its convolutions
    are not padded, and have no norm; its joined maps are cropped.

    >>> UNet(5)(torch.zeros(2, 1, 64, 64)).shape
    torch.Size([2, 5, 64, 64])
    """

    def __init__(
        self,
        classes: int,
        widths: Sequence[int] = (8, 16, 32, 64),
        *,
        c_in: int = 1,
        convs: int = 1,
    ) -> None:
        super().__init__()
        if len(widths) < 2:
            raise ValueError(f"widths must name at least two levels, got {widths}")
        levels = list(zip(widths, widths[1:], strict=False))
        self.down = nn.ModuleList(block(*pair, convs) for pair in [(c_in, widths[0]), *levels])
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(deep, shallow, 2, stride=2) for shallow, deep in levels
        )
        self.join = nn.ModuleList(block(2 * shallow, shallow, convs) for shallow, _ in levels)
        self.head = nn.Conv2d(widths[0], classes, 1)

    def features(self, x: torch.Tensor, skips: Sequence[bool] | None = None) -> list[torch.Tensor]:
        """Return what each block gives: down to the smallest map, then up to the finest.

        Args:
            x: ``(batch, c_in, height, width)``; the sides can be halved once a level.
            skips: for each skip, the finest first, whether it is there; zeros stand for a skip
                that is cut. By default all are there.

        Raises:
            ValueError: if a side cannot be halved so often, or ``skips`` has another length.
        """
        skips = [True] * len(self.up) if skips is None else skips
        if len(skips) != len(self.up):
            raise ValueError(f"there are {len(self.up)} skips, and skips has {len(skips)} answers")
        step = 2 ** len(self.up)
        if any(side % step or not side for side in x.shape[2:]):
            raise ValueError(
                f"both sides must be multiples of {step}, got {tuple(x.shape[2:])}: "
                "pad the picture"
            )
        maps = [self.down[0](x)]
        for down in self.down[1:]:
            maps.append(down(self.pool(maps[-1])))
        for level in reversed(range(len(self.up))):
            kept = maps[level] if skips[level] else torch.zeros_like(maps[level])
            maps.append(self.join[level](torch.cat([kept, self.up[level](maps[-1])], dim=1)))
        return maps

    def forward(self, x: torch.Tensor, skips: Sequence[bool] | None = None) -> torch.Tensor:
        """Return logits, ``(batch, classes, height, width)``; arguments as in ``features``."""
        return self.head(self.features(x, skips)[-1])


class WithoutSkips(nn.Module):
    """A U-Net in which given skips are cut, in training as well.

    Args:
        net: the U-Net.
        skips: as in :meth:`UNet.features`.
    """

    def __init__(self, net: UNet, skips: Sequence[bool]) -> None:
        super().__init__()
        self.net, self.skips = net, tuple(skips)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return logits."""
        return self.net(x, self.skips)
