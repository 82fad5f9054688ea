"""Residual depth: the gradient at each block of a plain and of a residual network."""

import functools
import math

import torch
import torch.nn.functional as F
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.network import fill

WIDTH, EXAMPLES, MOST_BLOCKS = 16, 16, 16


@functools.cache
def _start() -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    net = nn.Sequential(*(nn.Linear(WIDTH, WIDTH) for _ in range(2 * MOST_BLOCKS)))
    weights = [layer.weight.detach() for layer in fill(net.double(), seed=0)]
    ends = nn.Sequential(nn.Linear(WIDTH, EXAMPLES), nn.Linear(WIDTH, EXAMPLES)).double()
    inputs, upstream = (layer.weight.detach() for layer in fill(ends, seed=1))
    return math.sqrt(3 * WIDTH) * inputs, upstream / upstream.norm(), weights


def drawn() -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    """Return what the demo starts from, the same random numbers each time, in float64.

    Returns:
        The inputs, ``(16, 16)``, of variance 1; the gradient that enters behind the last block,
        ``(16, 16)``, of norm 1; and the weights, two ``(16, 16)`` a block for 16 blocks, drawn as
        ``nn.Linear`` draws them.
    """
    inputs, upstream, weights = _start()
    return inputs.clone(), upstream.clone(), [W.clone() for W in weights]


class ResidualDepth(BookWidget):
    """What does depth do to the gradient, where blocks replace their input or add to it?

    A branch g is two layers with a ReLU between them. A plain block computes relu(g(h)), a
    residual one relu(h + g(h)), with the same weights. A gradient of norm 1 enters on top.

    Attributes:
        blocks: how many there are, 2 to 16.
        cut: the block whose branch hands no gradient back, counted from 1; 0, or more than
            ``blocks``, for none.
        normalise: whether batch normalisation follows each layer.

    >>> demo = ResidualDepth(blocks=12)
    >>> bool(demo.plain[0] < 1e-9), bool(demo.residual[0] > 0.5)
    (True, True)
    """

    module = "residual_depth/view"
    heights = 624, 653
    summary = (
        "Two rows of bars show on a logarithmic scale how long the gradient is at each block of a "
        "plain and of a residual network; depth, batch normalisation and a block whose branch is "
        "cut can be changed."
    )

    blocks = traitlets.Int(12, min=2, max=MOST_BLOCKS).tag(sync=True)
    cut = traitlets.Int(0, min=0, max=MOST_BLOCKS).tag(sync=True)
    normalise = traitlets.Bool(False).tag(sync=True)

    @property
    def plain(self) -> torch.Tensor:
        """The norm of the gradient below each plain block, float64 ``(blocks,)``."""
        return self._norms(residual=False)

    @property
    def residual(self) -> torch.Tensor:
        """The norm of the gradient below each residual block, float64 ``(blocks,)``."""
        return self._norms(residual=True)

    def _norms(self, *, residual: bool) -> torch.Tensor:
        inputs, upstream, weights = drawn()
        hidden = [inputs.requires_grad_()]
        for block in range(self.blocks):
            first, second = weights[2 * block : 2 * block + 2]
            g = self._norm(F.relu(self._norm(hidden[-1] @ first.mT)) @ second.mT)
            if block + 1 == self.cut:
                g = g.detach() + 0 * hidden[-1]  # the same numbers, with the slope 0
            hidden.append(F.relu(hidden[-1] + g if residual else g))
        gradients = torch.autograd.grad(hidden[-1], hidden[:-1], upstream)
        return torch.stack([gradient.norm() for gradient in gradients])

    def _norm(self, x: torch.Tensor) -> torch.Tensor:
        return F.batch_norm(x, None, None, training=True) if self.normalise else x
