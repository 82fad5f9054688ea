"""The chapter's networks made small: grey images of 16×16 pixels, ten classes, about as much work.

Each keeps the idea of its namesake, and takes from 0.22 to 0.3 million multiply-adds for an image.
None has dropout: with so few units it hides too much.
"""

from collections.abc import Callable

from torch import nn

from utils.networks.branched import densenet, googlenet
from utils.networks.parts import conv_bn
from utils.networks.plain import alexnet, lenet, nin, vgg
from utils.networks.residual import convnext, mobilenet_v2, resnet
from utils.repro import seeded

SIDE, CLASSES = 16, 10


def _stem(c_out: int) -> list[nn.Module]:
    """One convolution that halves the sides."""
    return conv_bn(1, c_out, 3, stride=2)


def _lenet() -> nn.Sequential:
    return lenet((14, 28), maps=2, act=nn.Tanh)


def _alexnet() -> nn.Sequential:
    sizes = {"first": (3, 1, 1), "second": 3, "maps": 1, "dropout": 0}
    return alexnet((12, 24, 24, 24, 24), 64, c_in=1, classes=CLASSES, **sizes)


def _vgg() -> nn.Sequential:
    return vgg(((2, 6), (2, 12)), 32, c_in=1, maps=4, dropout=0, classes=CLASSES)


def _nin() -> nn.Sequential:
    return nin(((20, 5, 2, 2), (40, 3, 1, 1), (CLASSES, 3, 1, 1)), c_in=1, pool=2)


def _googlenet() -> nn.Sequential:
    stages = ((8, (8, 16), (4, 8), 8),), ((16, (12, 32), (4, 8), 8),)
    return googlenet(stages, _stem(16), c_in=16, dropout=0, classes=CLASSES)


def _resnet() -> nn.Sequential:
    return resnet((1, 1), _stem(12), c_in=12, width=12, classes=CLASSES)


def _resnext() -> nn.Sequential:
    groups = {"bottleneck": True, "groups": 4, "inner": 2}
    return resnet((1, 1), _stem(16), c_in=16, width=8, classes=CLASSES, **groups)


def _densenet() -> nn.Sequential:
    return densenet((2, 2), 8, _stem(16), c_in=16, reduced=2, classes=CLASSES)


def _mobilenet() -> nn.Sequential:
    stages = (1, 10, 1, 1), (4, 14, 1, 1), (4, 20, 2, 2)
    return mobilenet_v2(stages, images=1, c_in=10, last=64, dropout=0, classes=CLASSES)


def _convnext() -> nn.Sequential:
    stages = (1, 15), (1, 30)
    return convnext(stages, c_in=1, patch=2, kernel=5, scale=0.1, classes=CLASSES)


SMALL: dict[str, Callable[[], nn.Sequential]] = {
    "LeNet": _lenet,
    "AlexNet": _alexnet,
    "VGG": _vgg,
    "NiN": _nin,
    "GoogLeNet": _googlenet,
    "ResNet": _resnet,
    "ResNeXt": _resnext,
    "DenseNet": _densenet,
    "MobileNet-v2": _mobilenet,
    "ConvNeXt": _convnext,
}


def small(name: str, seed: int = 0) -> nn.Sequential:
    """Return one of the small networks, with Kaiming's initial weights and biases of 0.

    Args:
        name: a key of ``SMALL``.
        seed: which weights are drawn.

    >>> len(small("NiN"))
    22
    """
    if name not in SMALL:
        raise ValueError(f"there is no small network {name!r}: take one of {', '.join(SMALL)}")
    seeded(seed)
    net = SMALL[name]()
    for layer in net.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return net
