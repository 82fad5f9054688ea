"""Networks that are one chain of layers: LeNet, AlexNet, VGG and NiN."""

from collections.abc import Sequence

from torch import nn

from utils.networks.parts import Activation


def lenet(
    widths: tuple[int, int] = (6, 16),
    dense: tuple[int, int] = (120, 84),
    *,
    maps: int = 5,
    classes: int = 10,
    act: Activation = nn.Sigmoid,
) -> nn.Sequential:
    """Return LeNet for grey images, by default the textbook one for 28×28 pixels.

    Args:
        widths: channels of the two convolutions.
        dense: units of the two hidden linear layers.
        maps: side of the last maps: 5 for images of 28×28, 2 for 16×16.
        classes: how many logits come out.
        act: makes the activations.

    Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, 1998, section II; its first pooling and
    activations differ.
    """
    first, second = widths
    flat = second * maps**2
    return nn.Sequential(
        *(nn.Conv2d(1, first, 5, padding=2), act(), nn.AvgPool2d(2)),
        *(nn.Conv2d(first, second, 5), act(), nn.AvgPool2d(2), nn.Flatten()),
        *(nn.Linear(flat, dense[0]), act(), nn.Linear(dense[0], dense[1]), act()),
        nn.Linear(dense[1], classes),
    )


def alexnet(
    widths: Sequence[int] = (64, 192, 384, 256, 256),
    dense: int = 4096,
    *,
    c_in: int = 3,
    first: tuple[int, int, int] = (11, 4, 2),
    second: int = 5,
    maps: int = 6,
    dropout: float = 0.5,
    classes: int = 1000,
) -> nn.Sequential:
    """Return AlexNet, by default torchvision's for images of 224×224.

    Args:
        widths: channels of the five convolutions.
        dense: units of the two hidden linear layers.
        c_in: channels of the images.
        first: kernel, stride and padding of the first convolution.
        second: kernel of the second one.
        maps: side of the maps that the linear layers read.
        dropout: probability in front of each hidden linear layer.
        classes: how many logits come out.

    Source: A. Krizhevsky, "One weird trick", https://arxiv.org/abs/1404.5997.
    """
    a, b, c, d, e = widths
    last = nn.MaxPool2d(3, 2), nn.AdaptiveAvgPool2d(maps), nn.Flatten()
    return nn.Sequential(
        *(nn.Conv2d(c_in, a, *first), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(a, b, second, padding=second // 2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(b, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, d, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(d, e, 3, padding=1), nn.ReLU(), *last),
        *(nn.Dropout(dropout), nn.Linear(e * maps**2, dense), nn.ReLU()),
        *(nn.Dropout(dropout), nn.Linear(dense, dense), nn.ReLU()),
        nn.Linear(dense, classes),
    )


def vgg(
    blocks: Sequence[tuple[int, int]] = ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)),
    dense: int = 4096,
    *,
    c_in: int = 3,
    maps: int = 7,
    dropout: float = 0.5,
    classes: int = 1000,
) -> nn.Sequential:
    """Return a VGG network, by default VGG-16 for images of 224×224.

    Args:
        blocks: convolutions and channels of each block.
        dense: units of the two hidden linear layers.
        c_in: channels of the images.
        maps: side of the last maps.
        dropout: probability behind each hidden linear layer.
        classes: how many logits come out.

    Source: K. Simonyan, A. Zisserman, https://arxiv.org/abs/1409.1556, table 1.
    """
    layers = []
    for count, c_out in blocks:
        for _ in range(count):
            layers += nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU()
            c_in = c_out
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(
        *(*layers, nn.Flatten(), nn.Linear(c_in * maps**2, dense), nn.ReLU()),
        *(nn.Dropout(dropout), nn.Linear(dense, dense), nn.ReLU(), nn.Dropout(dropout)),
        nn.Linear(dense, classes),
    )


def nin(
    blocks: Sequence[tuple[int, int, int, int]] = (
        *((96, 11, 4, 0), (256, 5, 1, 2)),
        *((384, 3, 1, 1), (1000, 3, 1, 1)),
    ),
    *,
    c_in: int = 3,
    pool: int = 3,
) -> nn.Sequential:
    """Return a network in network; its last block has a channel for each class.

    Args:
        blocks: channels, kernel, stride and padding of the first convolution of each block, which
            two 1×1 convolutions follow; by default the layout of Dive into Deep Learning with
            a thousand classes, for images of 224×224.
        c_in: channels of the images.
        pool: side of the pooling windows, whose stride is 2.

    Source: M. Lin, Q. Chen, S. Yan, https://arxiv.org/abs/1312.4400, section 3.
    """
    layers = []
    for c_out, *window in blocks:
        layers += [*([nn.MaxPool2d(pool, 2)] if layers else [])]
        layers += nn.Conv2d(c_in, c_out, *window), nn.ReLU()
        layers += nn.Conv2d(c_out, c_out, 1), nn.ReLU(), nn.Conv2d(c_out, c_out, 1), nn.ReLU()
        c_in = c_out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
