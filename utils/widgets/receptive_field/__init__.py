"""Receptive field: which pixels one number of the third layer sees, and on how many ways."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget

PLACES = 2  # output numbers to each side of the middle one


def _three(default: int, *, most: int) -> traitlets.Tuple:
    """One whole number for each of the three layers, from 1 to ``most``."""
    parts = (traitlets.Int(default, min=1, max=most) for _ in range(3))
    return traitlets.Tuple(*parts, default_value=(default,) * 3).tag(sync=True)


class ReceptiveField(BookWidget):
    """Which pixels can change one number of the third layer, and which of them does it miss?

    Three convolutions without padding follow each other. The picture is just so large that five
    numbers come out along each axis; one of those in the middle row is looked at.

    Attributes:
        kernel: kernel sizes of layer 1, 2 and 3, 1 to 5 each.
        stride: their strides, 1 or 2.
        dilation: their dilations, 1 to 9.
        place: which number of the middle row, -2 (left) to 2 (right).

    >>> demo = ReceptiveField(dilation=(2, 2, 2))
    >>> demo.field, (demo.ways > 0).sum().item()
    (13, 49)
    """

    module = "receptive_field/view"
    heights = 535, 686
    growth = 0.363
    phone_growth = 0.26
    summary = (
        "Three convolutions in a row: lines lead from one output number down to the pixels it "
        "sees. With repeated dilation the pixels form a grid with holes."
    )

    kernel = _three(3, most=5)
    stride = _three(1, most=2)
    dilation = _three(2, most=9)
    place = traitlets.Int(0, min=-PLACES, max=PLACES).tag(sync=True)

    @property
    def field(self) -> int:
        """Pixels from the first to the last that the number sees, along one axis."""
        field, jump = 1, 1
        for kernel, stride, dilation in zip(self.kernel, self.stride, self.dilation, strict=True):
            field += (kernel - 1) * dilation * jump
            jump *= stride
        return field

    @property
    def side(self) -> int:
        """Pixels along each side of the picture."""
        return self.field + 2 * PLACES * self.stride[0] * self.stride[1] * self.stride[2]

    @property
    def ways(self) -> torch.Tensor:
        """On how many ways each pixel reaches the number, int64 ``(side, side)``: a gradient."""
        x = torch.zeros(1, 1, self.side, self.side, dtype=torch.float64, requires_grad=True)
        y = x
        for kernel, stride, dilation in zip(self.kernel, self.stride, self.dilation, strict=True):
            ones = torch.ones(1, 1, kernel, kernel, dtype=x.dtype)
            y = F.conv2d(y, ones, stride=stride, dilation=dilation)
        (ways,) = torch.autograd.grad(y[0, 0, PLACES, PLACES + self.place], x)
        return ways[0, 0].long()
