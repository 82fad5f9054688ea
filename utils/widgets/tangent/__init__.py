"""Secant, tangent and rounding error: a derivative from two function values."""

import math
from collections.abc import Callable

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

BOUND = 2.0  # of the point
LEAST_STEP = 1e-16
FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "square": lambda x: x * x,
    "cube": lambda x: x * x * x,
    "sin": torch.sin,
    "exp": torch.exp,
    "log": torch.log,
    "abs": torch.abs,
    "relu": torch.relu,
}
# Slopes on the left and on the right of a corner at 0.
CORNERS = {"abs": (-1.0, 1.0), "relu": (0.0, 1.0)}


class Tangent(BookWidget):
    """How well does a secant know the slope of the tangent, and why not better?

    Attributes:
        function: one of ``FUNCTIONS``.
        x: the point, from -2 to 2; ``"log"`` needs it to be positive.
        step: the distance h of the function values, from 1e-16 to 1.
        difference: ``"forward"``, from x to x + h, or ``"central"``, from x − h
            to x + h.
        dtype: ``"float64"`` or ``"float32"``; every operation is rounded to it.

    >>> demo = Tangent(function="square", x=1.0, step=0.5)
    >>> demo.estimate, demo.derivative, demo.error
    (2.5, 2.0, 0.5)
    """

    module = "tangent/view"
    summary = (
        "A curve with its tangent and the secant through two of its points, the digits of both "
        "slopes, and the error of the secant's for every step from 1 down to 1e-16."
    )
    heights = (624, 689)
    growth = 0.38
    phone_growth = 0.91

    function = traitlets.Enum(tuple(FUNCTIONS), "sin").tag(sync=True)
    x = traitlets.Float(1.0, min=-BOUND, max=BOUND).tag(sync=True)
    step = traitlets.Float(0.5, min=LEAST_STEP, max=1.0).tag(sync=True)
    difference = traitlets.Enum(("forward", "central"), "forward").tag(sync=True)
    dtype = traitlets.Enum(("float64", "float32"), "float64").tag(sync=True)

    @traitlets.validate("x", "step")
    def _is_number(self, proposal: dict) -> float:
        # The bounds let NaN pass, because every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    @property
    def estimate(self) -> float:
        """The slope of the secant, computed in ``dtype``.

        Raises:
            ValueError: if the function has no value at one of the two places.
        """
        x, h = self._point(), self._tensor(self.step)
        low, span = (x - h, 2 * h) if self.difference == "central" else (x, h)
        self._expect_value(low)
        f = FUNCTIONS[self.function]
        return ((f(x + h) - f(low)) / span).item()

    @property
    def torch_answer(self) -> float:
        """What ``torch.autograd.grad`` returns at the point in ``dtype``.

        Raises:
            ValueError: if the function has no value at the point.
        """
        return self._gradient(self._point())

    @property
    def one_sided(self) -> tuple[float, float]:
        """The slopes on the left and on the right of the point, in float64.

        Raises:
            ValueError: if the function has no value at the point.
        """
        if self.x == 0 and self.function in CORNERS:
            return CORNERS[self.function]
        slope = self._gradient(self._point().double())
        return slope, slope

    @property
    def derivative(self) -> float | None:
        """The slope of the tangent in float64, or None at a corner.

        Raises:
            ValueError: if the function has no value at the point.
        """
        left, right = self.one_sided
        return left if left == right else None

    @property
    def error(self) -> float | None:
        """Estimate minus derivative, or None at a corner.

        Raises:
            ValueError: if the function has no value at one of the two places.
        """
        derivative = self.derivative
        return None if derivative is None else self.estimate - derivative

    def _tensor(self, value: float) -> torch.Tensor:
        return torch.tensor(value, dtype=getattr(torch, self.dtype))

    def _point(self) -> torch.Tensor:
        return self._tensor(self.x)

    def _gradient(self, x: torch.Tensor) -> float:
        self._expect_value(x)
        x = x.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(FUNCTIONS[self.function](x), x)
        return gradient.item()

    def _expect_value(self, x: torch.Tensor) -> None:
        if self.function == "log" and not x > 0:
            raise ValueError(f"log has no value at {x.item():g}, which is not positive")
