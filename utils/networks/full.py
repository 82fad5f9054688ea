"""The full-size networks of the chapters on convolution: ours, and what torchvision calls its."""

from collections.abc import Callable
from typing import NamedTuple

from torch import nn
from torchvision import models

from utils.networks.branched import densenet, googlenet
from utils.networks.plain import alexnet, lenet, nin, vgg
from utils.networks.residual import convnext, mobilenet_v2, resnet


class Network(NamedTuple):
    """One architecture.

    Attributes:
        ours: builds it from this package.
        theirs: what torchvision calls it; empty where torchvision has none.
        year: of the first publication, on arXiv or in print.
        image: channels, height and width of an image.
    """

    ours: Callable[[], nn.Module]
    theirs: str
    year: int
    image: tuple[int, int, int] = (3, 224, 224)


def _googlenet() -> nn.Module:
    return googlenet(large=3)  # torchvision's: 3×3 where the paper has 5×5, with batch norm


def _resnet18() -> nn.Module:
    return resnet((2, 2, 2, 2))


def _resnet34() -> nn.Module:
    return resnet((3, 4, 6, 3))


def _resnet50() -> nn.Module:
    return resnet((3, 4, 6, 3), bottleneck=True)


def _resnext50() -> nn.Module:
    return resnet((3, 4, 6, 3), bottleneck=True, groups=32, inner=2)


FULL: dict[str, Network] = {
    "LeNet": Network(lenet, "", 1998, (1, 28, 28)),
    "AlexNet": Network(alexnet, "alexnet", 2012),
    "NiN": Network(nin, "", 2013),
    "VGG-16": Network(vgg, "vgg16", 2014),
    "GoogLeNet": Network(_googlenet, "googlenet", 2014),
    "ResNet-18": Network(_resnet18, "resnet18", 2015),
    "ResNet-34": Network(_resnet34, "resnet34", 2015),
    "ResNet-50": Network(_resnet50, "resnet50", 2015),
    "DenseNet-121": Network(densenet, "densenet121", 2016),
    "ResNeXt-50": Network(_resnext50, "resnext50_32x4d", 2016),
    "MobileNet-v2": Network(mobilenet_v2, "mobilenet_v2", 2018),
    "ConvNeXt-tiny": Network(convnext, "convnext_tiny", 2022),
}


def torchvision_model(name: str) -> nn.Module:
    """Return one of torchvision's classifiers without trained weights or auxiliary outputs.

    Args:
        name: what torchvision calls it, ``"resnet18"`` for example.

    >>> type(torchvision_model("squeezenet1_1")).__name__
    'SqueezeNet'
    """
    alone = {"init_weights": False, "aux_logits": False}
    settings = alone if name in ("googlenet", "inception_v3") else {}
    return models.get_model(name, weights=None, **settings)
