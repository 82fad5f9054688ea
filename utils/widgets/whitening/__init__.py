"""Whitening: how columns are written, and the bowl that gradient descent walks in."""

import functools
import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

WAYS = ("measured", "standardised", "white")
POINTS = 90
WIDEST = 6.0
STRONGEST = 0.95
MINIMUM = (0.35, -1.0)  # the best weights of the standardised columns
LEFT = 0.01  # of the distance, at the end of a walk


@functools.cache
def base() -> torch.Tensor:
    """Return the white columns of the demo, float64 ``(POINTS, 2)``: their covariance is I."""
    drawn = torch.randn(POINTS, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(4))
    U, _, _ = torch.linalg.svd(drawn - drawn.mean(0), full_matrices=False)
    return POINTS**0.5 * U


def _root(matrix: torch.Tensor, power: float) -> torch.Tensor:
    values, axes = torch.linalg.eigh(matrix)
    return axes * values**power @ axes.T


class Whitening(BookWidget):
    """How many steps does gradient descent need, by the way in which two columns are written?

    The columns have mean 0, the spreads ``scale`` and 1, and the correlation ``correlation``. The
    loss is half the mean squared error of a linear model that fits without a rest, and the walk
    begins at weights of zero. Its learning rate is the best for the slower direction.

    Attributes:
        scale: spread of the first column, from 1 to 6; the second has the spread 1.
        correlation: of the two columns, from -0.95 to 0.95.
        columns: "measured", "standardised" or "white".

    >>> demo = Whitening(scale=4, correlation=0.0)
    >>> round(demo.condition, 6), demo.steps
    (16.0, 37)
    >>> demo.columns = "standardised"
    >>> round(demo.condition, 6), demo.steps
    (1.0, 1)
    """

    module = "whitening/view"
    heights = 635, 603
    growth = 0.406
    phone_growth = 0.04
    summary = (
        "Two columns of data, and the contours of the loss with the path of gradient descent: a "
        "long valley as measured, a tilted one when standardised, and a round bowl when white."
    )
    assets = ("points",)

    scale = traitlets.Float(4.0, min=1.0, max=WIDEST).tag(sync=True)
    correlation = traitlets.Float(0.8, min=-STRONGEST, max=STRONGEST).tag(sync=True)
    columns = traitlets.Enum(WAYS, "measured").tag(sync=True)
    points = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("points")
    def _points(self) -> list[list[float]]:
        return base().tolist()

    @traitlets.validate("scale", "correlation")
    def _is_number(self, proposal: dict) -> float:
        if math.isnan(proposal["value"]):  # traitlets lets it pass any bound
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    @property
    def _spreads(self) -> torch.Tensor:
        return torch.tensor([self.scale, 1.0], dtype=torch.float64)

    @property
    def _correlations(self) -> torch.Tensor:
        r = self.correlation
        return torch.tensor([[1.0, r], [r, 1.0]], dtype=torch.float64)

    @property
    def change(self) -> torch.Tensor:
        """What the measured columns are multiplied by, float64 ``(2, 2)``."""
        eye = torch.eye(2, dtype=torch.float64)
        if self.columns == "measured":
            return eye
        shrunk = eye / self._spreads[:, None]
        return (
            shrunk if self.columns == "standardised" else shrunk @ _root(self._correlations, -0.5)
        )

    @property
    def data(self) -> torch.Tensor:
        """The columns as they are written now, float64 ``(POINTS, 2)``."""
        return base() @ _root(self._correlations, 0.5) * self._spreads @ self.change

    @property
    def hessian(self) -> torch.Tensor:
        """The second derivatives of the loss, the covariance of the columns."""
        return self.data.T @ self.data / POINTS

    @property
    def condition(self) -> float:
        """The largest curvature over the smallest."""
        return torch.linalg.cond(self.hessian).item()

    @property
    def path(self) -> torch.Tensor:
        """Places less the minimum, float64 ``(steps + 1, 2)``, to a hundredth of the distance."""
        minimum = torch.tensor(MINIMUM, dtype=torch.float64) / self._spreads
        H, w = self.hessian, -torch.linalg.solve(self.change, minimum)
        lr, places = 2 / torch.linalg.eigvalsh(H).sum(), [w]
        while places[-1].norm() > LEFT * w.norm() * (1 + 1e-9):
            places.append(places[-1] - lr * H @ places[-1])
        return torch.stack(places)

    @property
    def steps(self) -> int:
        """How many steps leave a hundredth of the distance."""
        return len(self.path) - 1
