"""Digit reader: two networks read what is drawn, as it is or as MNIST would keep it."""

import functools

import torch
import torch.nn.functional as F
import traitlets

from utils.mnist_view import mnist_view
from utils.widgets.digit_reader.nets import NETS, packed, trained
from utils.widgets.kit import drawing
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.ink import as_picture, as_text

FARTHEST = 8  # pixels
OPENS_WITH = "2"


@functools.cache
def examples() -> dict[str, str]:
    """Return a test digit of each kind as MNIST would keep it, by its name."""
    digits = drawing.examples()
    return {name: as_text(mnist_view(as_picture(text))) for name, text in digits.items()}


class DigitReader(BookWidget):
    """Why do two networks fail on a digit that anybody can read, and what helps?

    Attributes:
        drawing: 28×28 numbers from 0 to 1, or a digit from "0" to "9"; kept as base64 of one
            byte a pixel.
        moved: rows down and columns to the right by which the drawing is moved, −8 to 8.
        centred: whether it is scaled and centred by mass, as MNIST's digits are.

    >>> DigitReader(centred=True).says
    {'mlp': 2, 'lenet': 2}
    """

    module = "digit_reader/view"
    heights = 571, 710
    growth = 0.42
    summary = (
        "A digit is drawn on 28 by 28 pixels and moved about. A network of full layers and a "
        "convolutional one read it side by side, as it is or centred by its mass."
    )
    assets = ("examples", "nets")

    drawing = drawing.Drawing(examples).tag(sync=True)
    moved = Pair((1, 4), min=-FARTHEST, max=FARTHEST)
    centred = traitlets.Bool(False).tag(sync=True)
    examples = traitlets.Dict(read_only=True).tag(sync=True)
    nets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("drawing")
    def _opens_with(self) -> str:
        return examples()[OPENS_WITH]

    @traitlets.default("examples")
    def _examples(self) -> dict[str, str]:
        return examples()

    @traitlets.default("nets")
    def _nets(self) -> dict[str, list]:
        return packed()

    @property
    def seen(self) -> torch.Tensor:
        """What the networks get, float64 ``(28, 28)`` in [0, 1]."""
        rows, columns = self.moved
        # Negative padding cuts off.
        picture = F.pad(as_picture(self.drawing), (columns, -columns, rows, -rows))
        return mnist_view(picture) if self.centred else picture

    @property
    @torch.no_grad()
    def logits(self) -> dict[str, torch.Tensor]:
        """The logits of each network, float64 ``(10,)``."""
        picture = self.seen[None, None]
        return {name: trained(name, torch.float64)(picture)[0] for name in NETS}

    @property
    def probabilities(self) -> dict[str, torch.Tensor]:
        """The probabilities of each network, float64 ``(10,)``."""
        return {name: logits.softmax(0) for name, logits in self.logits.items()}

    @property
    def says(self) -> dict[str, int]:
        """The digit that each network takes it for."""
        return {name: logits.argmax().item() for name, logits in self.logits.items()}

    def __repr__(self) -> str:
        names = [name for name, text in self.examples.items() if text == self.drawing]
        drawing = repr(names[0]) if names else "own"
        return f"DigitReader(drawing={drawing}, moved={self.moved}, centred={self.centred})"
