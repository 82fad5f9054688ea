"""A block of 2×3×4 numbers that collapses along the axis that is named."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

# Loaves that a baker sells, ``[day][shop][bread]``; no two on a line along an axis are equal.
LOAVES = (
    ((3, 1, 4, 2), (5, 9, 2, 6), (1, 3, 5, 8)),
    ((8, 7, 3, 6), (4, 1, 7, 9), (2, 6, 9, 0)),
)


class AxisCollapse(BookWidget):
    """Which axis is gone after a reduction, and which numbers have flowed together?

    Attributes:
        dim: the axis that is named: 0 (days), 1 (shops) or 2 (breads).
        reduction: ``"sum"``, ``"mean"`` or ``"amax"``.
        keepdim: whether the axis stays, with size 1.
        step: how many slices along the axis have flowed together so far, 0 to 4; more than
            there are count as all.
        place: which number of the result is lit, counted in the order of memory, 0 to 11; more
            than there are count as the last.

    >>> AxisCollapse(dim=1).result
    tensor([[ 9., 13., 11., 16.],
            [14., 14., 19., 15.]])
    """

    module = "axis_collapse/view"
    heights = 610, 669
    growth = 0.74
    phone_growth = 0.6
    summary = (
        "A block of 2 by 3 by 4 numbers. Along the axis that is named the numbers flow together, "
        "and that axis is gone from the shape, or keeps the size 1."
    )

    dim = traitlets.Int(1, min=0, max=2).tag(sync=True)
    reduction = traitlets.Enum(("sum", "mean", "amax"), "sum").tag(sync=True)
    keepdim = traitlets.Bool(False).tag(sync=True)
    step = traitlets.Int(4, min=0, max=4).tag(sync=True)
    place = traitlets.Int(2, min=0, max=11).tag(sync=True)

    @property
    def block(self) -> torch.Tensor:
        """The loaves, float32 ``(2, 3, 4)``: days, shops, breads."""
        return torch.tensor(LOAVES, dtype=torch.float32)

    @property
    def result(self) -> torch.Tensor:
        """What the first ``step`` slices give, float32.

        Raises:
            ValueError: if no slice has flowed in yet; a sum of nothing is 0, but an amax is none.
        """
        if not self.step:
            raise ValueError("no slice has flowed together yet: set step to at least 1")
        count = min(self.step, self.block.shape[self.dim])
        slices = self.block.narrow(self.dim, 0, count)
        return getattr(torch, self.reduction)(slices, self.dim, keepdim=self.keepdim)
