"""Gradient on a contour map: the slope of a function of two numbers, in every direction."""

import math
from collections.abc import Callable

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

BOUND = 2  # keeps the arrows at the point on the map


def bowl(p: torch.Tensor) -> torch.Tensor:
    """Round: a minimum at the origin."""
    x, y = p
    return (x**2 + y**2) / 2


def stretched_bowl(p: torch.Tensor) -> torch.Tensor:
    """Four times as curved across as along: a minimum at the origin."""
    x, y = p
    return x**2 / 4 + y**2


def saddle(p: torch.Tensor) -> torch.Tensor:
    """Up along x, down along y: a saddle point at the origin."""
    x, y = p
    return (x**2 - y**2) / 2


def valley(p: torch.Tensor) -> torch.Tensor:
    """A bent valley with a nearly level floor, after Rosenbrock: a minimum at (1, 0)."""
    x, y = p
    return (x - 1) ** 2 / 8 + (y + 1 - x**2) ** 2 / 12


def waves(p: torch.Tensor) -> torch.Tensor:
    """Hills and pits in turn, with saddle points between them."""
    x, y = p
    return 2 * torch.sin(torch.pi * x / 2) * torch.cos(torch.pi * y / 2)


# Each maps a tensor of shape (2, ...) to the heights, of shape (...).
FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "bowl": bowl,
    "stretched bowl": stretched_bowl,
    "saddle": saddle,
    "valley": valley,
    "waves": waves,
}


class GradientContour(BookWidget):
    """Which way is up, how steep is it there, and how steep in any other direction?

    Attributes:
        function: one of ``FUNCTIONS``.
        point: where the gradient is taken, two numbers from -2 to 2.
        angle: of the direction ``u``, in degrees counter-clockwise from the
            first axis; brought into 0 to 360.

    >>> demo = GradientContour(function="bowl", point=(0.6, 0.8))
    >>> [round(entry, 6) for entry in demo.gradient.tolist()]
    [0.6, 0.8]
    >>> demo.angle = demo.steepest
    >>> round(demo.slope, 6)
    1.0
    """

    module = "gradient_contour/view"
    summary = (
        "Contour lines of a function of two numbers, a point with its gradient at right angles "
        "to the line through it, and the slope in a direction that can be turned."
    )
    heights = (614, 723)
    growth = 0.5
    phone_growth = -0.31

    function = traitlets.Enum(tuple(FUNCTIONS), "stretched bowl").tag(sync=True)
    point = Numbers((1.4, 1.0), shape=(2,), bound=BOUND)
    angle = traitlets.Float(115.0).tag(sync=True)

    @traitlets.validate("angle")
    def _bring_round(self, proposal: dict) -> float:
        if not math.isfinite(proposal["value"]):
            raise traitlets.TraitError(
                f"angle must be a finite number of degrees, got {proposal['value']!r}"
            )
        return proposal["value"] % 360

    @property
    def u(self) -> torch.Tensor:
        """The unit vector at ``angle``, float64 of shape ``(2,)``."""
        radians = math.radians(self.angle)
        return torch.tensor([math.cos(radians), math.sin(radians)], dtype=torch.float64)

    @property
    def height(self) -> float:
        """The value of the function at the point."""
        return FUNCTIONS[self.function](self._tensor()).item()

    @property
    def gradient(self) -> torch.Tensor:
        """Both partial derivatives at the point, float64 of shape ``(2,)``."""
        return torch.func.grad(FUNCTIONS[self.function])(self._tensor())

    @property
    def slope(self) -> float:
        """The directional derivative along ``u``."""
        return (self.gradient @ self.u).item()

    @property
    def steepest(self) -> float | None:
        """The angle of steepest ascent in degrees; None where the gradient is zero."""
        right, up = self.gradient.tolist()
        if math.hypot(right, up) < 1e-9:  # what rounding leaves of zero
            return None
        return math.degrees(math.atan2(up, right)) % 360

    def _tensor(self) -> torch.Tensor:
        return torch.tensor(self.point, dtype=torch.float64)
