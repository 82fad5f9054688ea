"""Networks whose blocks join the outputs of several paths: GoogLeNet and DenseNet."""

from collections.abc import Sequence

from torch import nn

from utils.networks.parts import Joined, conv_bn, pooled_head

Paths = tuple[int, tuple[int, int], tuple[int, int], int]
GOOGLENET: tuple[tuple[Paths, ...], ...] = (
    ((64, (96, 128), (16, 32), 32), (128, (128, 192), (32, 96), 64)),
    (
        (192, (96, 208), (16, 48), 64),
        (160, (112, 224), (24, 64), 64),
        (128, (128, 256), (24, 64), 64),
        (112, (144, 288), (32, 64), 64),
        (256, (160, 320), (32, 128), 128),
    ),
    ((256, (160, 320), (32, 128), 128), (384, (192, 384), (48, 128), 128)),
)


def _conv(c_in: int, c_out: int, kernel: int, norm: bool, stride: int = 1) -> list[nn.Module]:
    if norm:
        return conv_bn(c_in, c_out, kernel, stride=stride)
    return [nn.Conv2d(c_in, c_out, kernel, stride, kernel // 2), nn.ReLU()]


def inception(c_in: int, paths: Paths, *, large: int = 5, norm: bool = True) -> Joined:
    """Return an Inception block of four paths.

    Args:
        c_in: channels that come in.
        paths: channels of the 1×1 path; of the 3×3 path, reduced and out; of the path with the
            large kernel likewise; of the 1×1 layer behind the pooling.
        large: the large kernel, 5 in the paper and 3 in torchvision.
        norm: batch normalisation behind each convolution, which then has no bias.
    """
    one, three, five, pool = paths
    return Joined(
        _conv(c_in, one, 1, norm),
        [*_conv(c_in, three[0], 1, norm), *_conv(*three, 3, norm)],
        [*_conv(c_in, five[0], 1, norm), *_conv(*five, large, norm)],
        [nn.MaxPool2d(3, 1, 1), *_conv(c_in, pool, 1, norm)],
    )


def googlenet(
    stages: Sequence[Sequence[Paths]] = GOOGLENET,
    stem: Sequence[nn.Module] | None = None,
    *,
    c_in: int = 192,
    large: int = 5,
    norm: bool = True,
    dropout: float = 0.2,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a GoogLeNet without its auxiliary classifiers.

    Args:
        stages: the blocks of each stage; a maximum of 3×3 with stride 2 stands between two.
        stem: layers before the first block; by default the paper's, without its response
            normalisation.
        c_in: channels that the stem gives.
        large: as for :func:`inception`.
        norm: likewise.
        dropout: probability in front of the linear layer.
        classes: how many logits come out.

    Source: C. Szegedy and others, https://arxiv.org/abs/1409.4842, table 1.
    """
    if stem is None:
        stem = [*_conv(3, 64, 7, norm, stride=2), nn.MaxPool2d(3, 2, ceil_mode=True)]
        stem += [*_conv(64, 64, 1, norm), *_conv(64, c_in, 3, norm)]
        stem.append(nn.MaxPool2d(3, 2, ceil_mode=True))
    layers = [*stem]
    for number, stage in enumerate(stages):
        layers += [nn.MaxPool2d(3, 2, ceil_mode=True)] if number else []
        for paths in stage:
            layers.append(inception(c_in, paths, large=large, norm=norm))
            c_in = paths[0] + paths[1][1] + paths[2][1] + paths[3]
    return nn.Sequential(*layers, *pooled_head(c_in, classes, dropout))


def _norm_conv(c_in: int, c_out: int, kernel: int) -> list[nn.Module]:
    conv = nn.Conv2d(c_in, c_out, kernel, padding=kernel // 2, bias=False)
    return [nn.BatchNorm2d(c_in), nn.ReLU(), conv]


def densenet(
    blocks: Sequence[int] = (6, 12, 24, 16),
    growth: int = 32,
    stem: Sequence[nn.Module] | None = None,
    *,
    c_in: int = 64,
    reduced: int = 4,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a DenseNet, by default DenseNet-121.

    Args:
        blocks: layers of each block.
        growth: channels that a layer adds.
        stem: layers before the first block; by default a 7×7 convolution and a pooling.
        c_in: channels that the stem gives.
        reduced: a layer's 1×1 convolution makes this many times ``growth`` channels.
        classes: how many logits come out.

    Source: G. Huang, Z. Liu, L. van der Maaten, K. Weinberger, https://arxiv.org/abs/1608.06993.
    """
    if stem is None:
        stem = [*conv_bn(3, c_in, 7, stride=2), nn.MaxPool2d(3, 2, 1)]
    layers = [*stem]
    for number, count in enumerate(blocks):
        if number:
            layers += [*_norm_conv(c_in, c_in // 2, 1), nn.AvgPool2d(2)]
            c_in //= 2
        for _ in range(count):
            inside = reduced * growth
            new = [*_norm_conv(c_in, inside, 1), *_norm_conv(inside, growth, 3)]
            layers.append(Joined([], new))
            c_in += growth
    return nn.Sequential(*layers, nn.BatchNorm2d(c_in), nn.ReLU(), *pooled_head(c_in, classes))
