"""Signal depth: what thirty layers of random weights make of the numbers that go in."""

import functools
import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32

LAYERS, WIDTH, EXAMPLES = 30, 64, 16
SEED = 0
PARTS = 4  # uniform numbers that are added up to one input
FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "tanh": torch.tanh,
    "ReLU": F.relu,
    "linear": lambda x: x,
}


@functools.cache
def drawn() -> tuple[torch.Tensor, torch.Tensor]:
    """Return inputs and weights as ``signal_depth/math.mjs`` draws them, float64.

    Returns:
        inputs ``(examples, width)`` around 0 with mean square 1, each a sum of four uniform
        numbers, and weights ``(layers, width, width)``, uniform, of variance 1 / width.
    """
    integers = mulberry32(SEED)

    def even(*shape: int) -> torch.Tensor:
        """Uniform numbers from -1 to 1."""
        numbers = [2 * next(integers) / 2**32 - 1 for _ in range(math.prod(shape))]
        return torch.tensor(numbers, dtype=torch.float64).reshape(shape)

    sums = even(EXAMPLES, WIDTH, PARTS).sum(2)
    inputs = sums / sums.square().mean().sqrt()
    return inputs, math.sqrt(3 / WIDTH) * even(LAYERS, WIDTH, WIDTH)


class SignalDepth(BookWidget):
    """What becomes of numbers on their way through 30 layers with random weights?

    A layer is f(W x), without bias. Its 64 · 64 weights are uniform around 0, with the standard
    deviation ``scale`` / √64; at scale 1 this is Xavier's, at √2 He's.

    Attributes:
        function: one of ``FUNCTIONS``.
        scale: standard deviation of the weights, as a multiple of 1 / √64, from 0.25 to 4.

    >>> SignalDepth(function="linear", scale=1).sizes[0].item()
    1.0
    """

    module = "signal_depth/view"
    summary = (
        "Histograms of the numbers in 30 layers with random weights: they shrink to 0, keep their "
        "size, or grow and saturate, depending on the weights' standard deviation."
    )
    heights = 645, 674

    function = traitlets.Enum(tuple(FUNCTIONS), "tanh").tag(sync=True)
    scale = traitlets.Float(1.0, min=0.25, max=4.0).tag(sync=True)

    @traitlets.validate("scale")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError("scale must be a number, got NaN")
        return proposal["value"]

    @property
    def signals(self) -> torch.Tensor:
        """The inputs and what each layer puts out, float64 ``(31, 16, 64)``."""
        inputs, weights = drawn()
        signals = [inputs]
        for W in weights:
            signals.append(FUNCTIONS[self.function](signals[-1] @ (self.scale * W).mT))
        return torch.stack(signals)

    @property
    def sizes(self) -> torch.Tensor:
        """The root mean square of the inputs and of each layer, ``(31,)``."""
        return self.signals.square().mean((1, 2)).sqrt()
