"""Networks whose blocks add to what comes in: ResNet, ResNeXt, MobileNet-v2 and ConvNeXt."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.networks.parts import Sum, conv_bn, pooled_head


def resnet(
    blocks: Sequence[int],
    stem: Sequence[nn.Module] | None = None,
    *,
    c_in: int = 64,
    width: int = 64,
    bottleneck: bool = False,
    groups: int = 1,
    inner: float = 1,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a residual network; with ``groups`` above 1 it is a ResNeXt.

    Args:
        blocks: how many blocks each stage has; a later stage halves height and width.
        stem: layers before the first block; by default a 7×7 convolution and a pooling.
        c_in: channels that the stem gives.
        width: channels of the first stage, doubled in each later one.
        bottleneck: blocks of 1×1, 3×3, 1×1, with four times the channels at their end, in place
            of blocks of two 3×3.
        groups: of the 3×3 convolution in a bottleneck.
        inner: channels inside a bottleneck as a multiple of the stage's.
        classes: how many logits come out.

    Sources: K. He and others, https://arxiv.org/abs/1512.03385, table 1; S. Xie and others,
    https://arxiv.org/abs/1611.05431, table 1. The stride of a bottleneck stands in its 3×3 layer.
    """
    if stem is None:
        stem = [*conv_bn(3, c_in, 7, stride=2), nn.MaxPool2d(3, 2, 1)]
    layers = [*stem]
    for number, count in enumerate(blocks):
        for block in range(count):
            stride = 2 if number and not block else 1
            if bottleneck:
                inside, c_out = int(width * inner), 4 * width
                path = conv_bn(c_in, inside)
                path += conv_bn(inside, inside, 3, stride=stride, groups=groups)
                path += conv_bn(inside, c_out, act=None)
            else:
                c_out = width
                path = conv_bn(c_in, width, 3, stride=stride)
                path += conv_bn(width, width, 3, act=None)
            changed = stride > 1 or c_in != c_out
            shortcut = conv_bn(c_in, c_out, stride=stride, act=None) if changed else []
            layers += [Sum(path, shortcut), nn.ReLU()]
            c_in = c_out
        width *= 2
    return nn.Sequential(*layers, *pooled_head(c_in, classes))


# Factor inside, channels, blocks and stride of each stage.
MOBILENET_V2 = (
    *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
    *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
)


def mobilenet_v2(
    stages: Sequence[tuple[int, int, int, int]] = MOBILENET_V2,
    *,
    images: int = 3,
    c_in: int = 32,
    last: int = 1280,
    dropout: float = 0.2,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a MobileNet-v2.

    Args:
        stages: the factor by which a block widens inside, channels, blocks, and the stride of
            the first of them.
        images: channels of the images.
        c_in: channels of the first convolution, whose stride is 2.
        last: channels of the last 1×1 convolution.
        dropout: probability in front of the linear layer.
        classes: how many logits come out.

    Source: M. Sandler and others, https://arxiv.org/abs/1801.04381, table 2.
    """
    layers = conv_bn(images, c_in, 3, stride=2, act=nn.ReLU6)
    for factor, c_out, count, first in stages:
        for block in range(count):
            inside, stride = factor * c_in, 1 if block else first
            path = conv_bn(c_in, inside, act=nn.ReLU6) if factor > 1 else []
            path += conv_bn(inside, inside, 3, stride=stride, groups=inside, act=nn.ReLU6)
            path += conv_bn(inside, c_out, act=None)
            same = stride == 1 and c_in == c_out
            layers.append(Sum(path) if same else nn.Sequential(*path))
            c_in = c_out
    return nn.Sequential(
        *layers, *conv_bn(c_in, last, act=nn.ReLU6), *pooled_head(last, classes, dropout)
    )


class ChannelNorm(nn.LayerNorm):
    """Layer normalisation over the channels at each place of ``(batch, channels, h, w)``."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels, eps=1e-6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the normalised maps."""
        x = x.permute(0, 2, 3, 1)
        x = F.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)


class Scale(nn.Module):
    """A learned factor for each channel."""

    def __init__(self, channels: int, start: float) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.full((channels, 1, 1), start))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return maps ``(batch, channels, height, width)``, each times its factor."""
        return self.factor * x


def convnext(
    stages: Sequence[tuple[int, int]] = ((3, 96), (3, 192), (9, 384), (3, 768)),
    *,
    c_in: int = 3,
    patch: int = 4,
    kernel: int = 7,
    scale: float = 1e-6,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a ConvNeXt without stochastic depth, by default ConvNeXt-tiny.

    Its linear layers over the channels are 1×1 convolutions here.

    Args:
        stages: blocks and channels of each stage; a later stage halves height and width.
        c_in: channels of the images.
        patch: kernel and stride of the first convolution.
        kernel: of the depthwise convolutions, odd.
        scale: what the factors of the blocks' channels start from.
        classes: how many logits come out.

    Source: Z. Liu and others, https://arxiv.org/abs/2201.03545, section 2 and table 9.
    """
    layers = []
    for count, width in stages:
        if layers:
            layers += [ChannelNorm(c_in), nn.Conv2d(c_in, width, 2, 2)]
        else:
            layers += [nn.Conv2d(c_in, width, patch, patch), ChannelNorm(width)]
        for _ in range(count):
            depthwise = nn.Conv2d(width, width, kernel, padding=kernel // 2, groups=width)
            path = [depthwise, ChannelNorm(width), nn.Conv2d(width, 4 * width, 1), nn.GELU()]
            layers.append(Sum([*path, nn.Conv2d(4 * width, width, 1), Scale(width, scale)]))
        c_in = width
    pool, *head = pooled_head(c_in, classes)
    return nn.Sequential(*layers, pool, ChannelNorm(c_in), *head)
