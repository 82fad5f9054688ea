"""Float bits: sixteen switches, read as a float16 and as a bfloat16."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget


class FloatBits(BookWidget):
    """Which number do sixteen bits stand for, in two formats?

    Attributes:
        code: the bits, read as an integer, 0 to 65535; the sign comes first.

    >>> FloatBits(code=0b0_01111_0000000000).float16
    1.0
    """

    module = "float_bits/view"
    heights = 507, 642
    summary = (
        "Sixteen bits are switched on and off; they are read as a float16 and as a bfloat16, and "
        "both numbers are marked on a logarithmic line."
    )

    code = traitlets.Int(0b0_01011_1001100110, min=0, max=2**16 - 1).tag(sync=True)

    def _read_as(self, dtype: torch.dtype) -> float:
        return torch.tensor([self.code]).to(torch.int16).view(dtype).item()

    @property
    def float16(self) -> float:
        """The number, if the bits are those of a float16."""
        return self._read_as(torch.float16)

    @property
    def bfloat16(self) -> float:
        """The number, if the bits are those of a bfloat16."""
        return self._read_as(torch.bfloat16)
