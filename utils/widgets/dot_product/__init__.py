"""Dot product: two arrows, the shadow of one on the other, and their product as a wave."""

import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

REACH = 3  # the longest that an arrow may be


class DotProduct(BookWidget):
    """What does the dot product of two arrows measure?

    Attributes:
        a: two numbers; the arrow is at most 3 long.
        b: the same for the other arrow.

    >>> DotProduct(a=(2, 1), b=(1, 2)).product
    4.0
    """

    module = "dot_product/view"
    heights = 601, 728
    growth = 0.45
    phone_growth = 0.45
    summary = (
        "Two arrows in a plane, the shadow of one on the line of the other, and a wave: their dot "
        "product at each angle."
    )

    a = Numbers((2.0, 1.0), shape=(2,), bound=REACH)
    b = Numbers((1.0, 2.0), shape=(2,), bound=REACH)

    @traitlets.validate("a", "b")
    def _keep_short(self, proposal: dict) -> tuple[float, float]:
        arrow = proposal["value"]
        if math.hypot(*arrow) > REACH + 1e-9:
            raise traitlets.TraitError(
                f"{proposal['trait'].name} must be at most {REACH} long, got {arrow!r}"
            )
        return arrow

    @property
    def product(self) -> float:
        """The dot product."""
        return (self._tensor("a") @ self._tensor("b")).item()

    @property
    def shadow(self) -> float:
        """How far b reaches along a, negative backwards; NaN where a is 0."""
        return (self._tensor("a") @ self._tensor("b") / self._tensor("a").norm()).item()

    @property
    def angle(self) -> float:
        """From a to b in degrees, counter-clockwise, from 0 to 360."""
        ways = (math.atan2(*reversed(arrow)) for arrow in (self.b, self.a))
        return math.degrees(next(ways) - next(ways)) % 360

    def _tensor(self, name: str) -> torch.Tensor:
        return torch.tensor(getattr(self, name), dtype=torch.float64)
