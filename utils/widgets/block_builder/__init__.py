"""Block builder: write a network of blocks, and see where its weights and its work lie."""

import ast

import torch
import traitlets
from torch import nn

from utils.counting import layer_costs
from utils.widgets.kit.base import BookWidget

VGG16 = "((2, 64), (2, 128), (3, 256), (3, 512), (3, 512))"
MOST_BLOCKS, MOST_LAYERS, MOST_CHANNELS = 7, 8, 1024
SIDES = (32, 64, 128, 224)
WIDTHS = tuple(2**power for power in range(4, 13))
CLASSES = 1000


class Blocks(traitlets.Unicode):
    """Blocks as text, ``((convolutions, channels), …)``, one to seven of them."""

    def validate(self, obj: traitlets.HasTraits, value: object) -> str:
        """Return the text, or raise a TraitError that says what to write."""
        text = value if isinstance(value, str) else str(value)
        try:
            blocks = ast.literal_eval(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            blocks = None
        if not _fits(blocks):
            raise traitlets.TraitError(
                f"{self.name} must be 1 to {MOST_BLOCKS} pairs (convolutions, channels), at most "
                f"{MOST_LAYERS} convolutions and {MOST_CHANNELS} channels each, as in {VGG16}, "
                f"got {value!r}"
            )
        return str(tuple(map(tuple, blocks)))


def _fits(blocks: object) -> bool:
    if not isinstance(blocks, (list, tuple)) or not 1 <= len(blocks) <= MOST_BLOCKS:
        return False
    return all(
        isinstance(pair, (list, tuple))
        and len(pair) == 2
        and all(type(part) is int for part in pair)
        and 1 <= pair[0] <= MOST_LAYERS
        and 1 <= pair[1] <= MOST_CHANNELS
        for pair in blocks
    )


class BlockBuilder(BookWidget):
    """Where do the weights of a network of blocks lie, where its work, and how far does it see?

    The blocks have 3×3 convolutions with padding 1, and end in a 2×2 maximum with stride 2. Behind
    them come three dense layers, to 1,000 classes. The input is a colour image.

    Attributes:
        architecture: the blocks as text, ``((convolutions, channels), …)``.
        shown: how many of the blocks are built, from the first on; more than there are is all.
        dense: units of the first two dense layers, a power of two from 16 to 4,096.
        side: pixels along a side of the input, 32, 64, 128 or 224.

    >>> demo = BlockBuilder()
    >>> demo.parameters, demo.multiply_adds, demo.field
    (138357544, 15470264320, 212)
    """

    module = "block_builder/view"
    heights = 630, 656
    growth = 0.425
    phone_growth = 0.45
    summary = (
        "Layers of a network as slabs, and two bars: the parameters lie in the dense layers, the "
        "multiply-adds in the convolutions."
    )

    architecture = Blocks(VGG16).tag(sync=True)
    shown = traitlets.Int(MOST_BLOCKS, min=1, max=MOST_BLOCKS).tag(sync=True)
    dense = traitlets.Enum(WIDTHS, default_value=4096).tag(sync=True)
    side = traitlets.Enum(SIDES, default_value=224).tag(sync=True)

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """The blocks that are built; none that would halve a side of one pixel."""
        most = self.side.bit_length() - 1
        return ast.literal_eval(self.architecture)[: min(self.shown, most)]

    @property
    def layers(self) -> nn.Sequential:
        """The network on the device ``meta``, which keeps shapes and no numbers."""
        c_in, parts = 3, []
        with torch.device("meta"):
            for n, c_out in self.blocks:
                for _ in range(n):
                    parts += [nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU()]
                    c_in = c_out
                parts.append(nn.MaxPool2d(2))
            c_in *= (self.side >> len(self.blocks)) ** 2
            parts += [nn.Flatten(), nn.Linear(c_in, self.dense), nn.ReLU()]
            parts += [nn.Linear(self.dense, self.dense), nn.ReLU()]
            return nn.Sequential(*parts, nn.Linear(self.dense, CLASSES))

    @property
    def parameters(self) -> int:
        """Weights and biases of all layers."""
        return sum(row.parameters for row in self._costs())

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds for one image."""
        return sum(row.multiply_adds for row in self._costs())

    @property
    def dense_share(self) -> float:
        """The share of the parameters that lies in the dense layers."""
        rows = [row for row in self._costs() if row.name == "Linear"]
        return sum(row.parameters for row in rows) / self.parameters

    @property
    def field(self) -> int:
        """Pixels along an axis that a number of the last block sees, if the image is large."""
        seen, jump = 1, 1
        for n, _ in self.blocks:
            seen += (2 * n + 1) * jump
            jump *= 2
        return seen

    def _costs(self) -> list:
        with torch.device("meta"):
            return layer_costs(self.layers, torch.empty(1, 3, self.side, self.side))
