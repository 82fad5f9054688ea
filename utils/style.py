"""Neural style transfer: a small network that knows textures, three losses, and the descent.

Source: L. A. Gatys, A. S. Ecker, M. Bethge, "Image style transfer using convolutional neural
networks", CVPR 2016, https://openaccess.thecvf.com/content_cvpr_2016/html/Gatys_Image_Style_Transfer_CVPR_2016_paper.html.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.photos import photo

# Photographs that the network learns to tell apart by small crops; each is in colour or grey.
PHOTOS = "astronaut", "brick", "cat", "coffee", "coins", "grass", "gravel", "rocket"
MEAN, SPREAD = 0.45, 0.25  # about those of the photographs, for all three channels
STYLE_LAYERS = 1, 6, 11  # the first ReLU of each of the three blocks
CONTENT_LAYER = 8  # the second ReLU of the second block


class Losses(NamedTuple):
    """The three parts of the loss, each a number without a unit, before they are weighted."""

    content: torch.Tensor
    style: torch.Tensor
    smooth: torch.Tensor


def texture_layers(widths: Sequence[int] = (32, 32, 32), *, seed: int = 0) -> nn.Sequential:
    """Return blocks of two 3×3 convolutions with ReLUs, average pooling between, random weights.

    Args:
        widths: channels of each block.
        seed: of the weights, drawn on the CPU.
    """
    torch.manual_seed(seed)
    layers, c_in = [], 3
    for width in widths:
        layers += [nn.AvgPool2d(2)] if layers else []
        for _ in range(2):
            conv = nn.Conv2d(c_in, width, 3, padding=1)
            nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
            nn.init.zeros_(conv.bias)
            layers += conv, nn.ReLU()
            c_in = width
    return nn.Sequential(*layers)


def crops(
    photos: Sequence[torch.Tensor], count: int, *, size: int = 24, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return random crops ``(count, 3, size, size)`` in random colours, and whose they are.

    Each channel of a crop is stretched around its mean by 0.6 to 1.4 and shifted, so that colour
    alone does not give the photograph away.
    """
    owners = torch.randint(len(photos), (count,), generator=generator)
    shares = torch.rand(2, count, generator=generator)
    pieces = []
    for owner, across, down in zip(owners, *shares, strict=True):
        height, width = photos[owner].shape[1:]
        top, left = int(down * (height - size + 1)), int(across * (width - size + 1))
        pieces.append(photos[owner][:, top : top + size, left : left + size])
    x = torch.stack(pieces)
    stretch = 0.6 + 0.8 * torch.rand(count, 3, 1, 1, generator=generator)
    shift = 0.1 * torch.randn(count, 3, 1, 1, generator=generator)
    mean = x.mean((2, 3), keepdim=True)
    return mean + stretch * (x - mean) + shift, owners


def texture_network(*, steps: int = 80, seed: int = 0, batch: int = 32) -> nn.Sequential:
    """Return :func:`texture_layers` that have learned to tell crops of photographs apart, frozen.

    Args:
        steps: of Adam; 80 take about two seconds on one core.
        seed: of the weights and the crops.
        batch: crops a step.
    """
    layers = texture_layers(seed=seed)
    head = nn.Linear(layers[-2].out_channels, len(PHOTOS))
    adam = torch.optim.Adam([*layers.parameters(), *head.parameters()], lr=0.001)
    photos = [photo(name, size=200, gray=False) for name in PHOTOS]
    generator = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        x, owners = crops(photos, batch, generator=generator)
        scores = head(layers((x - MEAN) / SPREAD).mean((2, 3)))
        adam.zero_grad()
        F.cross_entropy(scores, owners).backward()
        adam.step()
    return layers.requires_grad_(False)


def features(
    layers: nn.Sequential, image: torch.Tensor, places: Sequence[int]
) -> list[torch.Tensor]:
    """Return what comes out of some layers, each ``(channels, pixels)``.

    Args:
        layers: whose input is an image minus ``MEAN``, divided by ``SPREAD``.
        image: ``(3, height, width)``, values about [0, 1].
        places: of the layers, in any order; later ones than these are not computed.
    """
    x, found = (image[None] - MEAN) / SPREAD, {}
    for place, layer in enumerate(layers[: max(places) + 1]):
        x = layer(x)
        if place in places:
            found[place] = x[0].flatten(1)
    return [found[place] for place in places]


def gram(maps: torch.Tensor) -> torch.Tensor:
    """Return the second moments of ``(channels, pixels)``, divided by channels · pixels."""
    return maps @ maps.T / maps.numel()


def total_variation(image: torch.Tensor) -> torch.Tensor:
    """Return the mean step to the right plus the mean step down, ``(channels, height, width)``."""
    return image.diff(dim=-1).abs().mean() + image.diff(dim=-2).abs().mean()


def away(ours: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the squared distance as a share of the squared length of what is wanted."""
    return (ours - wanted).square().sum() / wanted.square().sum()


class Targets:
    """What a picture shall be like: the content of one, the style of another.

    Args:
        layers: the network, frozen.
        content: ``(3, height, width)``.
        style: ``(3, any height, any width)``.
    """

    def __init__(self, layers: nn.Sequential, content: torch.Tensor, style: torch.Tensor) -> None:
        self.layers = layers
        with torch.no_grad():
            (self.content,) = features(layers, content, [CONTENT_LAYER])
            self.style = [gram(maps) for maps in features(layers, style, STYLE_LAYERS)]

    def losses(self, image: torch.Tensor) -> Losses:
        """Return the three losses of a picture."""
        content, *maps = features(self.layers, image, (CONTENT_LAYER, *STYLE_LAYERS))
        pairs = zip(maps, self.style, strict=True)
        style = sum(away(gram(each), wanted) for each, wanted in pairs) / len(maps)
        return Losses(away(content, self.content), style, total_variation(image))


def descend(
    targets: Targets,
    start: torch.Tensor,
    weights: tuple[float, float, float],
    *,
    stops: Sequence[int],
    lr: float = 0.03,
) -> list[torch.Tensor]:
    """Return the picture after each number of Adam's steps in ``stops``, ascending from 0.

    Args:
        targets: what it shall be like.
        start: the first picture, values in [0, 1]; it stays as it is.
        weights: of the content, the style and the smoothness.
        stops: after how many steps the picture is kept.
        lr: Adam's rate; each step moves a value by about as much.

    Raises:
        ValueError: if the stops do not ascend, or a weight is negative.
    """
    if list(stops) != sorted(set(stops)) or min(stops) < 0:
        raise ValueError(f"stops must ascend from 0 on, got {list(stops)}")
    if min(weights) < 0:
        raise ValueError(f"weights must not be negative, got {weights}")
    image = start.detach().clone().requires_grad_()
    adam, kept = torch.optim.Adam([image], lr=lr), []
    for step in range(stops[-1] + 1):
        if step in stops:
            kept.append(image.detach().clone())
        if step == stops[-1]:
            break
        loss = sum(w * part for w, part in zip(weights, targets.losses(image), strict=True) if w)
        adam.zero_grad()
        loss.backward()
        adam.step()
        with torch.no_grad():
            image.clamp_(0, 1)
    return kept
