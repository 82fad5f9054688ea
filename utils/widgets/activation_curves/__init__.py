"""Activation curves: a function and its slope, and what many layers leave of a gradient."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget

LEAK = 0.1  # slope of the leaky ReLU below zero
STEPS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}
RAMPS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "ReLU": F.relu,
    "leaky ReLU": lambda x: F.leaky_relu(x, LEAK),
    "GELU": F.gelu,
    "SiLU": F.silu,
}


class ActivationCurves(BookWidget):
    """How steep is an activation function, and what do many such slopes leave of a gradient?

    A layer is f(s x) for the sigmoid and tanh, which become a step as s grows, and f(s x) / s for
    the ramps, which keep their height. The number ``start`` goes through ``layers`` of them.

    Attributes:
        function: one of ``STEPS`` or ``RAMPS``.
        scale: the factor s, from 0.25 to 16.
        start: the number that goes into the first layer, from -3 to 3.
        layers: how many times it goes through, 1 to 20.

    >>> demo = ActivationCurves(function="sigmoid", scale=1, start=0, layers=1)
    >>> demo.product
    0.25
    """

    module = "activation_curves/view"
    summary = (
        "An activation function and its slope, which nears a step as the scale grows; bars show "
        "the product of the slopes over up to 20 layers."
    )
    heights = 545, 676
    growth = 0.37

    function = traitlets.Enum((*STEPS, *RAMPS), "sigmoid").tag(sync=True)
    scale = traitlets.Float(1.0, min=0.25, max=16.0).tag(sync=True)
    start = traitlets.Float(1.0, min=-3.0, max=3.0).tag(sync=True)
    layers = traitlets.Int(8, min=1, max=20).tag(sync=True)

    @traitlets.validate("scale", "start")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return proposal["value"]

    def layer(self, x: torch.Tensor) -> torch.Tensor:
        """Return what one layer makes of ``x``, of the same shape."""
        if self.function in STEPS:
            return STEPS[self.function](self.scale * x)
        return RAMPS[self.function](self.scale * x) / self.scale

    @property
    def slopes(self) -> torch.Tensor:
        """The slope of each layer at its own input, by autograd, float64 ``(layers,)``."""
        x, slopes = torch.tensor(self.start, dtype=torch.float64), []
        for _ in range(self.layers):
            x = x.detach().requires_grad_()
            out = self.layer(x)
            slopes.append(torch.autograd.grad(out, x)[0])
            x = out
        return torch.stack(slopes)

    @property
    def product(self) -> float:
        """The slope of the whole chain: the product of ``slopes``."""
        return self.slopes.prod().item()
