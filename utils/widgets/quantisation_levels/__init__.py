"""Quantisation levels: weights of a small net move to few levels, and the net is tried again."""

import torch
import traitlets

from utils.quantisation import fit_levels, rounded, weight_bytes
from utils.widgets.kit.base import BookWidget
from utils.widgets.quantisation_levels.network import (
    HIDDEN,
    carried_images,
    packed,
    right_count,
    unpacked,
)

FEWEST, MOST = 2, 8  # bits


class QuantisationLevels(BookWidget):
    """How few bits does a weight need, and where should its levels lie?

    The net has 12 hidden units with 64 weights each. Both of its layers are rounded; biases stay.

    Attributes:
        bits: bits of a weight, 2 to 8.
        affine: whether the levels reach from the smallest weight to the largest one; otherwise
            as far below 0 as above.
        per_row: whether each row of weights has levels of its own.
        row: the row that is looked at, 0 to 11, or −1 for none.

    >>> demo = QuantisationLevels(bits=8)
    >>> demo.right, demo.right_of_floats
    (345, 345)
    """

    module = "quantisation_levels/view"
    summary = (
        "The 768 weights of a layer are dots in twelve rows, and move to the nearest of a few "
        "levels. Beside them stands how many of 360 test images the net still gets right."
    )
    heights = 568, 698
    growth = 0.22
    phone_growth = 0.4
    assets = ("net", "images")

    bits = traitlets.Int(3, min=FEWEST, max=MOST).tag(sync=True)
    affine = traitlets.Bool(False).tag(sync=True)
    per_row = traitlets.Bool(False).tag(sync=True)
    row = traitlets.Int(-1, min=-1, max=HIDDEN - 1).tag(sync=True)
    net = traitlets.Dict(read_only=True).tag(sync=True)
    images = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> dict[str, list]:
        return packed()

    @traitlets.default("images")
    def _images(self) -> dict[str, str]:
        return carried_images()

    def _options(self) -> dict[str, bool]:
        return {"symmetric": not self.affine, "per_channel": self.per_row}

    @property
    def levels(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Scale and zero point of each row of the first layer, float64 ``(12,)`` each."""
        found = fit_levels(unpacked()[0].weight.detach(), self.bits, **self._options())
        return tuple(part.flatten().expand(HIDDEN) for part in found)

    @property
    def rounded(self) -> torch.Tensor:
        """The weights of the first layer on their levels, float64 ``(12, 64)``."""
        return rounded(unpacked()[0].weight.detach(), self.bits, **self._options())

    @property
    def error(self) -> float:
        """The root of the mean squared distance that the first layer's weights were moved."""
        off = self.rounded - unpacked()[0].weight.detach()
        return off.square().mean().sqrt().item()

    @property
    def right(self) -> int:
        """How many of the 360 test images the rounded net gets right."""
        return right_count(self.bits, **self._options())

    @property
    def right_of_floats(self) -> int:
        """How many the net gets right before it is rounded."""
        return right_count()

    @property
    def bytes(self) -> float:
        """What the parameters take; a zero point takes a byte."""
        size = weight_bytes(unpacked(), self.bits, per_channel=self.per_row)
        count = HIDDEN + 10 if self.per_row else 2
        return size + (count if self.affine else 0)
