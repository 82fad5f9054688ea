"""Padding and stride explorer: which input pixels meet in which output number."""

import torch
import torch.nn.functional as F
import traitlets

from utils.conv import conv_output_size, conv_transpose_output_size
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.weights import Weights


def input_values(height: int, width: int) -> torch.Tensor:
    """Return the demo's input, a bright slanting spot in 0 to 3: float64, ``(height, width)``."""
    y, x = (
        (2 * torch.arange(size, dtype=torch.float64) + 1) / size - 1 for size in (height, width)
    )
    y = (y + 0.1)[:, None]
    x = x - 0.05
    away = y * y + x * x + 0.7 * y * x
    return (3.5 * (1.6 - 2 * away).clamp(0, 1)).floor()


def kernel_values(height: int, width: int) -> torch.Tensor:
    """Return the demo's kernel, float64 of shape ``(height, width)``: right minus left."""
    row = (2 * torch.arange(width) + 1 - width).sign() if width > 1 else torch.ones(1)
    return row.double().repeat(height, 1)


def _rows(table: torch.Tensor) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, table.long().tolist()))


class PaddingStride(BookWidget):
    """How large is the output, and which input pixels does each of its numbers see?

    Every setting is a ``(height, width)`` pair and takes one integer for both.

    Attributes:
        kernel: rows of whole weights from -9 to 9, 1×1 to 5×5, not flipped. It
            has the last word on ``kernel_size``; a new ``kernel_size`` keeps the
            weights that still have a place and fills the others in; the demo's own
            kernel becomes its own in that size.
        position: the selected ``(row, column)`` of the output; where the output
            is too small for it, the nearest one counts.
        cells_show: ``"values"`` or ``"uses"``.

    >>> demo = PaddingStride(padding=1)
    >>> demo.stride = 2
    >>> demo.output_size
    (4, 4)
    >>> demo.kernel = [[0, 1], [1, 0]]
    >>> demo.kernel_size, demo.output_size
    ((2, 2), (5, 5))
    """

    module = "padding_stride/view"
    summary = (
        "A window moves over an input; the size of the output, the use of every input cell and "
        "each product follow the kernel, padding, stride and dilation."
    )
    heights = (589, 732)
    growth = 0.34
    phone_growth = -0.25

    input_size = Pair(8, min=1, max=12)
    kernel_size = Pair(3, min=1, max=5)
    kernel = Weights(_rows(kernel_values(3, 3)), largest=5, bound=9)
    padding = Pair(0, min=0, max=4)
    stride = Pair(1, min=1, max=4)
    dilation = Pair(1, min=1, max=3)
    output_padding = Pair(0, min=0, max=3)
    transposed = traitlets.Bool(False).tag(sync=True)
    position = Pair((2, 0), min=0, max=59)
    cells_show = traitlets.Enum(["values", "uses"], default_value="values").tag(sync=True)

    def __init__(self, **state: object) -> None:
        last = {name: state.pop(name) for name in ("kernel",) if name in state}
        super().__init__(**state)
        for name, value in last.items():
            setattr(self, name, value)

    @traitlets.observe("kernel_size")
    def _resize(self, change: dict) -> None:
        if self._shape() != self.kernel_size:
            resized = kernel_values(*self.kernel_size)
            kept = torch.tensor(self.kernel, dtype=resized.dtype)
            if not torch.equal(kept, kernel_values(*self._shape())):
                height, width = map(min, self.kernel_size, self._shape())
                resized[:height, :width] = kept[:height, :width]
            self.kernel = _rows(resized)

    @traitlets.observe("kernel")
    def _measure(self, change: dict) -> None:
        self.kernel_size = self._shape()

    def _shape(self) -> tuple[int, int]:
        return len(self.kernel), len(self.kernel[0])

    @property
    def output_size(self) -> tuple[int, int]:
        """Rows and columns of the output; a ValueError says why there are none."""
        size_of = conv_transpose_output_size if self.transposed else conv_output_size
        return tuple(
            size_of(
                self.input_size[side],
                self.kernel_size[side],
                **{name: pair[side] for name, pair in self._options().items()},
            )
            for side in (0, 1)
        )

    @property
    def use_counts(self) -> torch.Tensor:
        """How often each input cell is used, int64 of shape ``input_size``.

        For a transposed convolution: the number of products that each output
        number adds up, of shape ``output_size``.
        """
        ones = torch.ones(self.input_size, dtype=torch.float64, requires_grad=True)
        sums = self._apply(ones, torch.ones(self.kernel_size, dtype=torch.float64))
        counts = sums.detach() if self.transposed else torch.autograd.grad(sums.sum(), ones)[0]
        return counts.long()

    @property
    def output(self) -> torch.Tensor:
        """All output numbers, int64 of shape ``output_size``."""
        kernel = torch.tensor(self.kernel, dtype=torch.float64)
        return self._apply(input_values(*self.input_size), kernel).long()

    @property
    def value(self) -> int:
        """The selected output number."""
        output = self.output
        return int(output[tuple(map(min, self.position, (n - 1 for n in output.shape)))])

    def _options(self) -> dict[str, tuple[int, int]]:
        names = ["padding", "stride", "dilation"] + ["output_padding"] * self.transposed
        return {name: getattr(self, name) for name in names}

    def _apply(self, x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
        size = self.output_size  # explains an impossible setting better than torch does
        operation = F.conv_transpose2d if self.transposed else F.conv2d
        return operation(x[None, None], kernel[None, None], **self._options()).reshape(size)
