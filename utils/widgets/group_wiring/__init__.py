"""Group wiring: which channels of a grouped convolution hear which, and what it costs."""

import torch
import torch.nn.functional as F
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget

CHANNELS = 16  # of the input and of each layer
KERNEL = 3  # pixels of a side
SIDE = 56  # pixels of a side of the image that multiply-adds are counted for
GROUPS = 1, 2, 4, 8, 16
LAYERS = "one", "two", "shuffled"


class GroupWiring(BookWidget):
    """Which inputs does an output hear if the channels are convolved in groups?

    Attributes:
        groups: the number of groups, a divisor of the 16 channels.
        layers: ``"one"`` layer, ``"two"`` with the same groups, or two with the channels
            ``"shuffled"`` between them.

    >>> GroupWiring(groups=4).weights
    576
    """

    module = "group_wiring/view"
    summary = (
        "Sixteen channels in groups: the wires between inputs and outputs, the block-diagonal "
        "matrix that they make, and its weights; one layer, or two with a shuffle between."
    )
    heights = 642, 661
    growth = 0.43
    phone_growth = 0.3

    groups = traitlets.Enum(GROUPS, 8).tag(sync=True)
    layers = traitlets.Enum(LAYERS, "one").tag(sync=True)

    @property
    def net(self) -> nn.Sequential:
        """The layers, their weights drawn by torch."""
        sides = {"padding": KERNEL // 2, "groups": self.groups, "bias": False}
        parts = [nn.Conv2d(CHANNELS, CHANNELS, KERNEL, **sides)]
        if self.layers == "shuffled":
            parts.append(nn.ChannelShuffle(self.groups))
        if self.layers != "one":
            parts.append(nn.Conv2d(CHANNELS, CHANNELS, KERNEL, **sides))
        return nn.Sequential(*parts)

    @property
    def weights(self) -> int:
        """How many weights the layers have."""
        return sum(part.numel() for part in self.net.parameters())

    @property
    def multiply_adds(self) -> int:
        """How many multiply-adds an image of 56×56 takes."""
        return self.weights * SIDE**2

    @property
    def routes(self) -> torch.Tensor:
        """Ways from an input (column) to an output (row), int64 ``(16, 16)``."""
        ones = torch.ones(CHANNELS, CHANNELS // self.groups, 1, 1)
        x = torch.eye(CHANNELS)[:, :, None, None]  # an image of one pixel for each input
        x = F.conv2d(x, ones, groups=self.groups)
        if self.layers == "shuffled":
            x = F.channel_shuffle(x, self.groups)
        if self.layers != "one":
            x = F.conv2d(x, ones, groups=self.groups)
        return x[:, :, 0, 0].T.long()
