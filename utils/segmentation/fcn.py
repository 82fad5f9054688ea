"""A small fully convolutional network: three halvings, class scores, and the way back up."""

import functools
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.samples import Scenes
from utils.history import History
from utils.networks.parts import conv_bn
from utils.repro import seeded
from utils.segmentation.training import train_segmenter
from utils.transposed import bilinear_kernel

WIDTHS = 16, 32, 64  # channels of the stages; their maps have strides of 2, 4 and 8 pixels
CLASSES = 11
SCENES, EPOCHS, BATCH_SIZE, RATE = 1200, 4, 8, 0.03
BACKGROUND = 0.3  # how much a pixel of background counts in the loss, against one of an object


def upsampler(channels: int, stride: int) -> nn.ConvTranspose2d:
    """Return a layer that enlarges each channel by itself, bilinear at first.

    Args:
        channels: how many maps come in, and go out.
        stride: by how much height and width grow; even.

    >>> upsampler(11, 2)(torch.zeros(1, 11, 8, 8)).shape
    torch.Size([1, 11, 16, 16])
    """
    if stride % 2:
        raise ValueError(f"stride must be even, so that the size is multiplied, got {stride}")
    sizes = {"kernel_size": 2 * stride, "stride": stride, "padding": stride // 2}
    layer = nn.ConvTranspose2d(channels, channels, **sizes, groups=channels, bias=False)
    with torch.no_grad():
        layer.weight.copy_(bilinear_kernel(1, stride).expand_as(layer.weight))
    return layer


class FCN(nn.Module):
    """Scores at strides 8, 4 and 2, enlarged and added, up to a score for each class and pixel.

    Args:
        skips: how many finer maps are scored as well: 0, 1 or 2.
        classes: background included.
        widths: channels of the three stages.
        channels: of the pictures.

    Raises:
        ValueError: if there are not as many stages.
    """

    def __init__(
        self,
        skips: int = 2,
        classes: int = CLASSES,
        widths: tuple[int, int, int] = WIDTHS,
        channels: int = 1,
    ) -> None:
        super().__init__()
        if skips not in range(len(widths)):
            raise ValueError(f"skips must be between 0 and {len(widths) - 1}, got {skips!r}")
        inputs = (channels, *widths)
        self.stages = nn.ModuleList(
            nn.Sequential(
                *conv_bn(c_in, c_out, 3, stride=2),
                *(conv_bn(c_out, c_out, 3) if stage else []),
            )
            for stage, (c_in, c_out) in enumerate(zip(inputs, widths, strict=False))
        )
        scored = widths[::-1][: skips + 1]
        self.scores = nn.ModuleList(nn.Conv2d(width, classes, 1) for width in scored)
        last = 2 ** (len(widths) - skips)
        self.ups = nn.ModuleList(upsampler(classes, stride) for stride in [2] * skips + [last])

    def maps(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Return the class scores at each scored stride, the coarsest first."""
        found = []
        for stage in self.stages:
            x = stage(x)
            found.insert(0, x)
        return [score(part) for score, part in zip(self.scores, found, strict=False)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return logits ``(batch, classes, height, width)``; sides must be multiples of 8."""
        coarse, *finer = self.maps(x)
        for up, fine in zip(self.ups, finer, strict=False):
            coarse = up(coarse) + fine
        return self.ups[-1](coarse)


def balanced(
    classes: int = CLASSES, background: float = BACKGROUND
) -> Callable[..., torch.Tensor]:
    """Return the loss: cross-entropy in which a pixel of background counts less.

    Args:
        classes: background, class 0, included.
        background: its weight; that of all others is 1.
    """
    weight = torch.ones(classes)
    weight[0] = background

    def loss(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, masks, weight=weight.to(logits.device))

    return loss


def train_fcn(
    skips: int,
    scenes: Scenes,
    *,
    seed: int,
    device: torch.device | str,
    lr: float = RATE,
    epochs: int = EPOCHS,
    after_epoch: Callable[[nn.Module], float] | None = None,
) -> tuple[FCN, History]:
    """Return an FCN that has learned from scenes, and what was recorded.

    Args:
        skips: as in :class:`FCN`.
        scenes: with masks.
        seed: of the first weights and of the order of the scenes.
        device: where to compute.
        lr: the highest rate.
        epochs: passes over the scenes.
        after_epoch: as in :func:`utils.segmentation.training.train_segmenter`.
    """
    seeded(seed)
    net = FCN(skips)
    settings = {"epochs": epochs, "batch_size": BATCH_SIZE, "lr": lr, "seed": seed}
    train = functools.partial(train_segmenter, loss=balanced(), after_epoch=after_epoch)
    return net, train(net, scenes, device=device, **settings)
