"""How does a transposed convolution enlarge? The Python side of the kernel stamps."""

import torch
import traitlets

from utils.transposed import conv_transpose2d
from utils.widgets.kit.base import BookWidget, Pair

INPUT = ((1, 2, 1, 0), (2, 3, 2, 1), (1, 2, 3, 2), (0, 1, 2, 1))
LARGEST = 3 * (len(INPUT) - 1) + 5  # rows of an output, with the widest kernel and stride


def kernel_values(kernel_size: int) -> torch.Tensor:
    """Return the demo's kernel, float64 ``(kernel_size, kernel_size)``, largest in one corner."""
    entry = torch.arange(kernel_size, dtype=torch.float64)
    return kernel_size - torch.maximum(entry[:, None], entry)


class KernelStamps(BookWidget):
    """Each number of a 4×4 input lays its kernel on the output; where stamps overlap they add up.

    Attributes:
        kernel_size: rows and columns of the kernel, 1 to 5.
        stride: output pixels between the places of neighbouring inputs, 1 to 3.
        padding: pixels cut off each edge, 0 to 2.
        seen_as: ``"stamps"``, or ``"convolution"`` for a window over the stretched input.
        cells_show: ``"values"``, or ``"stamps"`` for how many reach each output pixel.
        pixel: (row, column) of the input whose stamp is shown.
        place: (row, column) of the output number whose window is shown; where the output is
            too small for it, the nearest one counts.

    >>> KernelStamps(kernel_size=4, padding=1).size
    8
    """

    module = "kernel_stamps/view"
    summary = "Each input pixel stamps its scaled kernel onto a larger output; overlaps add up."
    heights = 583, 686
    growth = 0.34
    phone_growth = -0.35

    kernel_size = traitlets.Int(3, min=1, max=5).tag(sync=True)
    stride = traitlets.Int(2, min=1, max=3).tag(sync=True)
    padding = traitlets.Int(0, min=0, max=2).tag(sync=True)
    seen_as = traitlets.Enum(("stamps", "convolution"), "stamps").tag(sync=True)
    cells_show = traitlets.Enum(("values", "stamps"), "values").tag(sync=True)
    pixel = Pair((1, 1), min=0, max=len(INPUT) - 1)
    place = Pair((2, 2), min=0, max=LARGEST - 1)

    @property
    def size(self) -> int:
        """Rows and columns of the output; below 1 nothing is left."""
        return (len(INPUT) - 1) * self.stride + self.kernel_size - 2 * self.padding

    @property
    def output(self) -> torch.Tensor:
        """The output, float64 ``(size, size)``; a ValueError says why there is none."""
        return self._stamped(torch.tensor(INPUT), kernel_values(self.kernel_size))

    @property
    def stamps(self) -> torch.Tensor:
        """How many stamps reach each output pixel, int64 ``(size, size)``."""
        ones = torch.ones(self.kernel_size, self.kernel_size, dtype=torch.float64)
        return self._stamped(torch.ones(len(INPUT), len(INPUT)), ones).long()

    def _stamped(self, x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
        settings = {"stride": self.stride, "padding": self.padding}
        return conv_transpose2d(x.double()[None, None], kernel[None, None], **settings)[0, 0]
