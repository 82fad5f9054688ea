"""Gradient through time: what becomes of a gradient on its way back through a recurrence."""

import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

ANGLE = math.radians(25)  # by which a step turns the state
MOST_STEPS = 16


class GradientThroughTime(BookWidget):
    """How long is a gradient after so many steps back?

    Attributes:
        radius: what a step multiplies lengths by, 0.5 to 1.5.
        tanh: whether a step goes through tanh as well.
        clip: whether the gradient of the weights is shortened to length 1.
        steps: how many steps the chain has, 4 to 16.
        at: how many steps back the gradient has come, at most ``steps``.

    >>> [round(x, 2) for x in GradientThroughTime(radius=0.5, steps=4).lengths]
    [0.06, 0.12, 0.25, 0.5, 1.0]
    """

    module = "gradient_through_time/view"
    heights = 571, 684
    phone_growth = -0.32
    summary = (
        "A chain of cells, one for each step. Bars show how long the gradient of the last state "
        "is at each earlier state: they shrink or grow from step to step on a logarithmic scale."
    )

    radius = traitlets.Float(0.6, min=0.5, max=1.5).tag(sync=True)
    tanh = traitlets.Bool(False).tag(sync=True)
    clip = traitlets.Bool(False).tag(sync=True)
    steps = traitlets.Int(12, min=4, max=MOST_STEPS).tag(sync=True)
    at = traitlets.Int(MOST_STEPS, min=0, max=MOST_STEPS).tag(sync=True)

    @property
    def weight(self) -> torch.Tensor:
        """The matrix that a step multiplies the state with, float64 ``(2, 2)``."""
        c, s = math.cos(ANGLE), math.sin(ANGLE)
        return self.radius * torch.tensor([[c, -s], [s, c]], dtype=torch.float64)

    def _unrolled(self) -> tuple[list[torch.Tensor], torch.Tensor, torch.Tensor]:
        W = self.weight.requires_grad_()
        states = [torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)]
        for _ in range(self.steps):
            h = W @ states[-1]
            states.append(torch.tanh(h) if self.tanh else h)
        # The loss is the last state along its own direction: a gradient of length 1 sets out.
        direction = (states[-1] / states[-1].norm()).detach()
        return states, W, states[-1] @ direction

    @property
    def states(self) -> list[list[float]]:
        """The states, from the first one to the last."""
        return [h.tolist() for h in self._unrolled()[0]]

    @property
    def lengths(self) -> list[float]:
        """The length of the gradient at each state, from the first one to the last."""
        states, _, loss = self._unrolled()
        return [g.norm().item() for g in torch.autograd.grad(loss, states)]

    @property
    def weight_gradient(self) -> float:
        """The length of the gradient of the weights, clipped to 1 if ``clip`` is on."""
        _, W, loss = self._unrolled()
        total = torch.autograd.grad(loss, W)[0].norm().item()
        return min(1.0, 1 / (total + 1e-6)) * total if self.clip else total
