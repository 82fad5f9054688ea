"""What several of the networks are built from: a convolution with its norm, sums, joined paths."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

Activation = Callable[[], nn.Module]


def conv_bn(
    c_in: int, c_out: int, kernel: int = 1, *, act: Activation | None = nn.ReLU, **settings: int
) -> list[nn.Module]:
    """Return a convolution without bias, batch normalisation, and an activation if there is one.

    Args:
        c_in: channels that come in.
        c_out: channels that go out.
        kernel: height and width of the kernel; the padding keeps an odd one's size at stride 1.
        act: makes the activation.
        settings: ``stride`` and ``groups``, as ``nn.Conv2d`` takes them.
    """
    conv = nn.Conv2d(c_in, c_out, kernel, padding=kernel // 2, bias=False, **settings)
    return [conv, nn.BatchNorm2d(c_out), *([act()] if act else [])]


class Sum(nn.Module):
    """What a path gives, plus what its shortcut gives.

    Args:
        path: any layers.
        shortcut: layers that give the same shape; none stand for the identity.
    """

    def __init__(self, path: Sequence[nn.Module], shortcut: Sequence[nn.Module] = ()) -> None:
        super().__init__()
        self.path, self.shortcut = nn.Sequential(*path), nn.Sequential(*shortcut)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the sum."""
        return self.path(x) + self.shortcut(x)


class Joined(nn.Module):
    """The outputs of several paths, one behind the other along the channels.

    Args:
        paths: each a list of layers; an empty one hands on what comes in.
    """

    def __init__(self, *paths: Sequence[nn.Module]) -> None:
        super().__init__()
        self.paths = nn.ModuleList(nn.Sequential(*path) for path in paths)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``(batch, channels of all paths, height, width)``."""
        return torch.cat([path(x) for path in self.paths], dim=1)


def pooled_head(c_in: int, classes: int, dropout: float = 0.0) -> list[nn.Module]:
    """Return global average pooling and one linear layer."""
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout), nn.Linear(c_in, classes)]
