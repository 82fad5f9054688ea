"""Gradient flow: how long the gradient is at each layer of a deep random network."""

import functools
import math

import torch
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.network import fill

WIDTH, EXAMPLES, MOST_LAYERS = 16, 8, 40
ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": torch.relu}


@functools.cache
def _start(layers: int) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    net = nn.Sequential(*(nn.Linear(WIDTH, WIDTH) for _ in range(layers)))
    weights = [math.sqrt(3) * layer.weight.detach() for layer in fill(net.double(), seed=0)]
    ends = nn.Sequential(nn.Linear(WIDTH, EXAMPLES), nn.Linear(WIDTH, EXAMPLES)).double()
    inputs, upstream = (layer.weight.detach() for layer in fill(ends, seed=1))
    return math.sqrt(3 * WIDTH) * inputs, upstream / upstream.norm(), weights


def drawn(layers: int) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    """Return what the demo starts from, the same random numbers each time, in float64.

    Args:
        layers: how many layers the network has, 1 to 40; fewer are the first ones of more.

    Returns:
        The inputs, ``(8, 16)``, of variance 1; the gradient that enters at the top, ``(8, 16)``,
        of norm 1; and the weights, one ``(16, 16)`` a layer, with the standard deviation 1 / 4,
        the inverse root of the number of units.
    """
    inputs, upstream, weights = _start(layers)
    return inputs.clone(), upstream.clone(), [W.clone() for W in weights]


class GradientFlow(BookWidget):
    """When does a gradient vanish or explode on its way back, and what does a sum change?

    A layer turns h into f(W h), or with ``residual`` into h + f(W h). The weights' standard
    deviation is ``scale`` / √16, and a gradient of norm 1 enters at the top.

    Attributes:
        scale: of the weights, 0.25 to 16.
        activation: ``"sigmoid"``, ``"tanh"`` or ``"ReLU"``.
        residual: whether a layer adds to its input.
        layers: how many there are, 2 to 40.

    >>> GradientFlow(activation="sigmoid", scale=1.0, residual=False).norms[0] < 1e-12
    tensor(True)
    """

    module = "gradient_flow/view"
    heights = 573, 610
    phone_growth = -0.32
    summary = (
        "Bars show on a logarithmic scale how long the gradient is at each layer of a deep random "
        "network, whose weights, activation and residual connections can be changed."
    )

    scale = traitlets.Float(0.5, min=0.25, max=16.0).tag(sync=True)
    activation = traitlets.Enum(tuple(ACTIVATIONS), "tanh").tag(sync=True)
    residual = traitlets.Bool(False).tag(sync=True)
    layers = traitlets.Int(30, min=2, max=MOST_LAYERS).tag(sync=True)

    @traitlets.validate("scale")
    def _refuse_nan(self, proposal: dict) -> float:
        if math.isnan(proposal["value"]):  # no bound stops it: a comparison with it is false
            raise traitlets.TraitError("scale must be a number, got NaN")
        return proposal["value"]

    @property
    def norms(self) -> torch.Tensor:
        """The norm of the gradient at the output of each layer, float64 ``(layers,)``."""
        H, upstream, weights = drawn(self.layers)
        outputs = [H.requires_grad_()]
        for W in weights:
            out = ACTIVATIONS[self.activation](outputs[-1] @ (self.scale * W).mT)
            outputs.append(outputs[-1] + out if self.residual else out)
        gradients = torch.autograd.grad(outputs[-1], outputs[1:], upstream)
        return torch.stack([gradient.norm() for gradient in gradients])

    @property
    def factor(self) -> float:
        """What the norm is multiplied by in a layer, on its way down, on (geometric) average."""
        norms = self.norms
        return (norms[0] / norms[-1]).item() ** (1 / (self.layers - 1))
