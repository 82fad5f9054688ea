"""Robust losses with one outlier: three lines that follow it, or resist."""

import itertools

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

Place = tuple[float, float]
Places = tuple[Place, ...]

BOUND = 4  # of all points, in x and in y
LOSSES = ("L2", "L1", "Huber")  # the order of rows in every result
STEPS = 5000  # of reweighting, at most: a few hundred are enough for points within the bounds
STILL = 1e-13  # a smaller change of slope and intercept counts as none
SAME = 1e-9  # losses closer than this are one loss, and a smaller residual is none
_XS = (-3.4, -2.5, -1.7, -0.8, 0.3, 1.1, 2.0, 2.9)
_NOISY = tuple(zip(_XS, (-1.6, -1.3, -0.5, -0.3, 0.7, 0.6, 1.7, 1.8), strict=True))
_EXACT = tuple((x, x / 2 + 0.5) for x in _XS)
_LEFT = tuple(
    zip(
        (-3.6, -3.3, -3.1, -2.9, -2.6, -2.4, -2.2, -1.9),
        (-0.9, -0.9, -0.5, -0.7, 0.1, -0.1, 0.1, 0.6),
        strict=True,
    )
)
PRESETS: dict[str, dict[str, Places | Place]] = {
    "at the end": {"points": _NOISY, "outlier": (3.6, -3.6)},
    "in the middle": {"points": _NOISY, "outlier": (-0.2, -3.8)},
    "no noise": {"points": _EXACT, "outlier": (2.5, -3.5)},
    "far in x": {"points": _LEFT, "outlier": (3.8, -2.0)},
    "no outlier": {"points": _NOISY, "outlier": (3.6, 2.1)},
}


class RobustLosses(BookWidget):
    """How hard does one outlier pull at the best line, under each of three losses?

    A preset chooses the eight other points and puts the outlier where it starts;
    an outlier that is given together with a preset has the last word.

    Attributes:
        preset: one of ``PRESETS``.
        outlier: its place ``(x, y)``, both from -4 to 4.
        delta: threshold of Huber's loss, from 0.1 to 6, in units of y.

    >>> demo = RobustLosses(preset="no noise")
    >>> [round(slope, 2) for slope in demo.lines[:, 0].tolist()]
    [0.19, 0.5, 0.42]
    >>> demo.lines[1].tolist(), demo.pulls[1].item()
    ([0.5, 0.5], 1.0)
    """

    module = "robust_losses/view"
    summary = (
        "Three lines are fitted to the same nine points, with the L2, the L1 and the Huber loss; "
        "the one point that lies far off pulls at each of them with another force."
    )
    assets = ("presets",)
    heights = (616, 645)
    growth = 0.55
    phone_growth = 0.94

    preset = traitlets.Enum(tuple(PRESETS), "at the end").tag(sync=True)
    outlier = Numbers(PRESETS["at the end"]["outlier"], shape=(2,), bound=BOUND)
    delta = traitlets.Float(1.0, min=0.1, max=6.0).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        outlier = state.pop("outlier", None)
        super().__init__(**state)
        self.outlier = PRESETS[self.preset]["outlier"] if outlier is None else outlier

    @traitlets.default("presets")
    def _presets(self) -> dict[str, dict[str, Places | Place]]:
        return PRESETS

    @traitlets.validate("delta")
    def _number(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError("delta must be a number, got NaN")
        return proposal["value"]

    @traitlets.observe("preset")
    def _start(self, change: dict) -> None:
        self.outlier = PRESETS[self.preset]["outlier"]

    @property
    def points(self) -> torch.Tensor:
        """All points, the outlier last, float64 of shape ``(9, 2)``."""
        return torch.tensor((*PRESETS[self.preset]["points"], self.outlier), dtype=torch.float64)

    @property
    def lines(self) -> torch.Tensor:
        """Slope and intercept of the best line of each loss, float64 of shape ``(3, 2)``."""
        x, y = self.points.T
        l2 = _weighted_line(x, y, torch.ones_like(x))
        return torch.stack([l2, _l1_line(x, y), _huber_line(x, y, self.delta)])

    @property
    def residuals(self) -> torch.Tensor:
        """Prediction minus target, float64 of shape ``(3, 9)``: one row a loss."""
        x, y = self.points.T
        found = self.lines @ torch.stack([x, torch.ones_like(x)]) - y
        # A line through a point misses it by a rounding error, whose sign would say nothing.
        return torch.where(found.abs() < SAME, torch.zeros_like(found), found)

    @property
    def losses(self) -> torch.Tensor:
        """What each line makes smallest: the mean of its own loss, float64 of shape ``(3,)``."""
        return torch.stack([self._loss(row, r) for row, r in enumerate(self.residuals)])

    @property
    def pulls(self) -> torch.Tensor:
        """The derivative of each loss at the outlier's residual, float64 of shape ``(3,)``.

        In L1's kink it is 0, as torch has it.
        """
        far = [r[-1].clone().requires_grad_() for r in self.residuals]
        losses = [self._loss(row, r) for row, r in enumerate(far)]
        return torch.stack(torch.autograd.grad(losses, far))

    def _loss(self, row: int, residuals: torch.Tensor) -> torch.Tensor:
        zero = torch.zeros_like(residuals)
        if LOSSES[row] == "L2":
            return F.mse_loss(residuals, zero) / 2
        if LOSSES[row] == "L1":
            return F.l1_loss(residuals, zero)
        return F.huber_loss(residuals, zero, delta=self.delta)


def _weighted_line(x: torch.Tensor, y: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The normal equations of weighted squares, solved around the centre of the points."""
    middle_x, middle_y = (weight @ x) / weight.sum(), (weight @ y) / weight.sum()
    aside = x - middle_x
    slope = (weight * aside) @ (y - middle_y) / ((weight * aside) @ aside)
    return torch.stack([slope, middle_y - slope * middle_x])


def _l1_line(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The middle of the best lines among those through two points: one of these is always best."""
    first, second = torch.tensor(list(itertools.combinations(range(len(x)), 2))).T
    apart = x[first] != x[second]
    first, second = first[apart], second[apart]
    slopes = (y[second] - y[first]) / (x[second] - x[first])
    lines = torch.stack([slopes, y[first] - slopes * x[first]], dim=1)
    totals = (lines @ torch.stack([x, torch.ones_like(x)]) - y).abs().sum(dim=1)
    return lines[totals <= totals.min() + SAME].mean(dim=0)


def _huber_line(x: torch.Tensor, y: torch.Tensor, delta: float) -> torch.Tensor:
    """Iteratively reweighted least squares: a residual beyond delta weighs delta / |residual|."""
    line = _weighted_line(x, y, torch.ones_like(x))
    for _ in range(STEPS):
        size = (line[0] * x + line[1] - y).abs()
        new = _weighted_line(x, y, delta / size.clamp(min=delta))
        change, line = (new - line).abs().max(), new
        if change < STILL:
            break
    return line
