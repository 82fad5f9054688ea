"""Inception paths: four paths as bands of channels, and what each of them costs."""

import torch
import traitlets
from torch import nn

from utils.counting import count_parameters
from utils.googlenet import BLOCKS, made
from utils.widgets.kit.base import BookWidget

MOST_INPUTS, MOST_CHANNELS = 1024, 512
PATHS = ("1×1", "3×3", "5×5", "pool")


class Widths(traitlets.TraitType):
    """Six numbers of channels, each from 1 to 512."""

    def validate(self, obj: traitlets.HasTraits, value: object) -> tuple[int, ...]:
        """Return them as a tuple, or raise a TraitError that gives the bounds."""
        fits = isinstance(value, (list, tuple)) and len(value) == 6
        if not fits or not all(type(part) is int and 1 <= part <= MOST_CHANNELS for part in value):
            raise traitlets.TraitError(
                f"{self.name} must be six whole numbers from 1 to {MOST_CHANNELS}, "
                f"as in {BLOCKS['3a']}, got {value!r}"
            )
        return tuple(value)


class InceptionPaths(BookWidget):
    """What do four paths with kernels of all sizes cost beside a single layer?

    Attributes:
        inputs: channels that come in.
        side: rows and columns of the maps.
        widths: channels of 1×1, of 1×1 before 3×3, of 3×3, of 1×1 before 5×5, of 5×5, and of 1×1
            behind the maximum.
        bottlenecks: whether the 1×1 layers before and behind the others are there.
        path: the path that the slider is for, one of ``PATHS``.

    >>> demo = InceptionPaths()
    >>> demo.channels, demo.weights
    (256, 163328)
    >>> demo.bottlenecks = False
    >>> demo.channels, demo.weights
    (416, 387072)
    """

    module = "inception_paths/view"
    heights = 642, 662
    growth = 0.46
    phone_growth = 0.9
    summary = (
        "Four paths as bands as thick as their channels, and bars of what the block costs beside "
        "a single 3×3 and a single 5×5 layer."
    )

    inputs = traitlets.Int(192, min=1, max=MOST_INPUTS).tag(sync=True)
    side = traitlets.Int(28, min=1, max=224).tag(sync=True)
    widths = Widths(BLOCKS["3a"]).tag(sync=True)
    bottlenecks = traitlets.Bool(True).tag(sync=True)
    path = traitlets.Enum(PATHS, default_value="3×3").tag(sync=True)

    @property
    def layers(self) -> list[nn.Sequential]:
        """The four paths on the device ``meta``, without biases."""
        one, into3, three, into5, five, pool = self.widths

        def conv(c_in: int, c_out: int, k: int = 1) -> nn.Conv2d:
            return nn.Conv2d(c_in, c_out, k, padding=k // 2, bias=False)

        def path(between: int, c_out: int, k: int) -> list[nn.Module]:
            if not self.bottlenecks:
                return [conv(self.inputs, c_out, k)]
            return [conv(self.inputs, between), conv(between, c_out, k)]

        with torch.device("meta"):
            last = [nn.MaxPool2d(3, stride=1, padding=1)]
            if self.bottlenecks:
                last.append(conv(self.inputs, pool))
            paths = [conv(self.inputs, one)], path(into3, three, 3), path(into5, five, 5), last
            return [nn.Sequential(*parts) for parts in paths]

    @property
    def channels(self) -> int:
        """How many channels come out."""
        return made((*self.widths[:5], self.widths[5] if self.bottlenecks else self.inputs))

    @property
    def weights(self) -> int:
        """The weights of all paths, without biases."""
        return sum(map(count_parameters, self.layers))

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds for one image: each weight is used once at each place."""
        return self.weights * self.side**2
