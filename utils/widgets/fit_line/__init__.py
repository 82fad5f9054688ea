"""Fit a line: squares on the residuals, and the bowl over slope and intercept."""

import torch
import traitlets

from utils.widgets.kit.point_presets import PresetPoints

Points = tuple[tuple[float, float], ...]

BOUND = 4  # of points, slope and intercept: all of them stay in the picture
MOST = 12  # points
SAME = 1e-6  # a smaller spread of x counts as none
_XS = (-3.2, -2.4, -1.5, -0.6, 0.4, 1.3, 2.3, 3.1)
_CLOUD = tuple(zip(_XS, (-2.2, -0.9, -1.4, 0.6, 0.2, 2.2, 1.7, 3.4), strict=True))
PRESETS: dict[str, Points] = {
    "cloud": _CLOUD,
    "exact line": tuple((float(x), x / 2 - 0.5) for x in range(-3, 5)),
    "one outlier": (*_CLOUD[:-1], (3.1, -3.2)),
    "curve": tuple(
        (float(x), x * x / 2 - 2.5) for x in (-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5)
    ),
    "far from x = 0": (
        (2.2, 0.1),
        (2.4, 0.9),
        (2.7, 0.7),
        (2.9, 1.6),
        (3.2, 1.2),
        (3.4, 2.2),
        (3.6, 1.9),
        (3.8, 2.7),
    ),
    "two points": ((-2.0, -1.0), (1.0, 2.0)),
    "one x for all": tuple((2.0, y) for y in (-2.4, -1.5, -0.6, 0.2, 0.8, 1.5, 2.2, 3.0)),
}


class PointList(traitlets.TraitType):
    """Places in the plane, kept as a tuple of pairs: nested sequences, an array or a tensor."""

    def validate(self, obj: object, value: object) -> Points:
        """Return ``value`` as a tuple of pairs, or raise a TraitError that gives the bounds."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        shaped = table.ndim == 2 and 1 <= len(table) <= MOST and table.shape[1] == 2
        # A comparison with NaN is false, so NaN is refused as well.
        if not shaped or not (table.abs() <= BOUND).all():
            raise traitlets.TraitError(
                f"{self.name} must be 1 to {MOST} pairs of numbers from {-BOUND} to {BOUND}, "
                f"got {value!r}"
            )
        return tuple(map(tuple, table.tolist()))


class FitLine(PresetPoints):
    """Which line has the smallest squares, and when is it the only one?

    A preset fills ``points``; points of one's own turn ``preset`` into ``"custom"``.
    Given together, the points have the last word.

    Attributes:
        points: 1 to ``MOST`` pairs ``(x, y)`` of numbers from -4 to 4.
        slope: of the line, from -4 to 4.
        intercept: the height of the line at x = 0, from -4 to 4.
        preset: one of ``PRESETS``, or ``"custom"``.

    >>> demo = FitLine(points=[(0, 1), (1, 3)], slope=2, intercept=0)
    >>> demo.area, demo.loss
    (2.0, 0.5)
    >>> demo.fit()
    >>> round(demo.slope, 6), round(demo.intercept, 6), demo.is_unique
    (2.0, 1.0, True)
    """

    module = "fit_line/view"
    summary = (
        "A square stands on the residual of every point; their area over 2n is the loss, which is "
        "a bowl over slope and intercept."
    )
    named = PRESETS
    heights = (641, 717)
    growth = 0.5

    points = PointList(PRESETS["cloud"]).tag(sync=True)
    slope = traitlets.Float(-0.4, min=-BOUND, max=BOUND).tag(sync=True)
    intercept = traitlets.Float(2.2, min=-BOUND, max=BOUND).tag(sync=True)
    preset = traitlets.Enum((*PRESETS, "custom"), "cloud").tag(sync=True)

    @traitlets.validate("slope", "intercept")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return proposal["value"]

    @property
    def inputs(self) -> torch.Tensor:
        """The columns x and 1, float64 of shape ``(n, 2)``."""
        x = torch.tensor(self.points, dtype=torch.float64)[:, 0]
        return torch.stack([x, torch.ones_like(x)], dim=1)

    @property
    def targets(self) -> torch.Tensor:
        """The y of every point, float64 of shape ``(n,)``."""
        return torch.tensor(self.points, dtype=torch.float64)[:, 1]

    @property
    def residuals(self) -> torch.Tensor:
        """Prediction minus target of every point, float64 of shape ``(n,)``."""
        line = torch.tensor([self.slope, self.intercept], dtype=torch.float64)
        return self.inputs @ line - self.targets

    @property
    def area(self) -> float:
        """The sum of the squared residuals."""
        return self.residuals.square().sum().item()

    @property
    def loss(self) -> float:
        """The area over 2n."""
        return self.area / (2 * len(self.points))

    @property
    def gradient(self) -> torch.Tensor:
        """The gradient of the loss by slope and intercept, float64 of shape ``(2,)``."""
        return self.inputs.T @ self.residuals / len(self.points)

    @property
    def is_unique(self) -> bool:
        """Whether there is one best line: not all points share one x."""
        x = self.inputs[:, 0]
        return (x.max() - x.min()).item() >= SAME

    @property
    def best(self) -> torch.Tensor:
        """Slope and intercept of the best line, float64 of shape ``(2,)``.

        Where many lines are best, the pair that lies nearest to zero.
        """
        rtol = 0 if self.is_unique else SAME
        return torch.linalg.pinv(self.inputs, rtol=rtol) @ self.targets

    @property
    def condition_number(self) -> float:
        """Largest over smallest singular value of ``inputs``; infinite unless ``is_unique``."""
        return torch.linalg.cond(self.inputs).item() if self.is_unique else torch.inf

    def fit(self) -> None:
        """Set slope and intercept to the best line within their bounds."""
        (slope, intercept), inputs = self.best.tolist(), self.inputs
        lines = [(slope, intercept)]
        if max(abs(slope), abs(intercept)) > BOUND:
            # The bowl is convex: its lowest place in the square lies on one of the four sides.
            (square, cross), (_, ones) = (inputs.T @ inputs).tolist()
            lines = []
            for end in (-BOUND, BOUND):
                lines.append((end, _bounded(intercept - cross * (end - slope) / ones)))
                lines.append((_bounded(slope - cross * (end - intercept) / square), end))
        areas = [
            (inputs @ torch.tensor(line, dtype=torch.float64) - self.targets).square().sum().item()
            for line in lines
        ]
        self.slope, self.intercept = lines[areas.index(min(areas))]


def _bounded(value: float) -> float:
    return max(-BOUND, min(BOUND, value))
