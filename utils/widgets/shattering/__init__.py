"""Shattering: all labellings of three or four points, each with its line or without one."""

import itertools

import torch
import traitlets

from utils.widgets.kit.point_presets import PresetPoints

Points = tuple[tuple[float, float], ...]

BOUNDS = (3.0, 1.75)  # of a point, across and up
GRID = 0.25  # points lie on multiples of it, so that the test for a line is free of rounding
BELOW = 0.6  # how far a line passes under points of one class
PRESETS: dict[str, Points] = {
    "four corners": ((-2.0, 1.25), (1.75, 1.5), (2.25, -1.25), (-1.5, -1.5)),
    "one inside": ((0.0, 1.75), (-2.5, -1.5), (2.5, -1.25), (0.25, -0.25)),
    "four in a row": ((-2.25, -1.5), (-0.75, -0.5), (0.75, 0.5), (2.25, 1.5)),
    "three points": ((-2.0, -1.0), (0.25, 1.25), (1.75, -1.25)),
}


def labellings(n: int) -> torch.Tensor:
    """Return all ways to label n points with -1 and 1, ``(2 ** n, n)``, in the order of counting.

    >>> labellings(2).tolist()
    [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]
    """
    return torch.tensor(list(itertools.product([-1.0, 1.0], repeat=n)), dtype=torch.float64)


def separator(points: torch.Tensor, labels: torch.Tensor) -> torch.Tensor | None:
    """Return w1, w2 and b of the line with the widest margin, w of length 1; None without a line.

    Two convex shapes that do not touch come closest at two corners, or at a corner and a side. So
    w leads from a corner of one class to one of the other, or is at right angles to two points of
    one class, and all of these are tried. Points of one class get a line below them.

    Args:
        points: ``(n, 2)``, float64; on the grid of the demo the verdict is free of rounding.
        labels: ``(n,)`` of -1 and 1.

    >>> separator(torch.tensor([[0.0, 0], [2, 0]]).double(), torch.tensor([-1, 1])).tolist()
    [1.0, 0.0, -1.0]
    """
    minus, plus = points[labels < 0], points[labels > 0]
    if not len(minus) or not len(plus):
        sign = 1.0 if len(plus) else -1.0
        below = points[:, 1].min().item() - BELOW
        return torch.tensor([0.0, sign, -sign * below], dtype=points.dtype)
    ways = [(plus - minus[:, None]).reshape(-1, 2)]
    for side in (minus, plus):
        along = (side - side[:, None]).reshape(-1, 2)
        ways.append(torch.stack([-along[:, 1], along[:, 0]], dim=1))
    ways = torch.cat(ways)
    ways = ways[ways.any(1)]
    low, high = (ways @ minus.T).amax(1), (ways @ plus.T).amin(1)
    margins = (high - low) / ways.norm(dim=1)
    if not len(ways) or margins.max() <= 0:
        return None
    best = margins.argmax()
    line = torch.cat([ways[best], -(low[best] + high[best])[None] / 2])
    return line / ways[best].norm()


class FewPoints(traitlets.TraitType):
    """Three or four different places on the grid, kept as a tuple of pairs."""

    def validate(self, obj: object, value: object) -> Points:
        """Return ``value`` as a tuple of pairs, or raise a TraitError that gives the bounds."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        edges = torch.tensor(BOUNDS, dtype=torch.float64)
        if (
            table.ndim != 2
            or len(table) not in (3, 4)
            or table.shape[1] != 2
            or not (table.abs() <= edges).all()  # false for NaN as well
            or (table % GRID).any()
            or len(table.unique(dim=0)) < len(table)
        ):
            raise traitlets.TraitError(
                f"{self.name} must be 3 or 4 different pairs (x, y), multiples of {GRID} up to "
                f"±{BOUNDS[0]} and ±{BOUNDS[1]}, got {value!r}"
            )
        return tuple(map(tuple, (table + 0.0).tolist()))


class Shattering(PresetPoints):
    """Which labellings of a few points does a line separate?

    Labellings are counted from 1 in the order of :func:`labellings`. A preset fills ``points``;
    points of one's own turn ``preset`` into ``"custom"``. Given together, the points have the
    last word.

    Attributes:
        preset: one of ``PRESETS``, or ``"custom"``.
        points: 3 or 4 different pairs on a grid of 0.25, x up to ±3 and y up to ±1.75.
        labelling: the one that is drawn large, 1 to 16; of three points the last is number 8.

    >>> demo = Shattering(preset="four corners")
    >>> demo.count, len(demo.labels)
    (14, 16)
    """

    module = "shattering/view"
    summary = (
        "Points that can be moved, and a small picture for each way to label them: with the line "
        "that separates the two labels, or crossed out where no line does."
    )
    named = PRESETS
    heights = 550, 680
    growth = 0.357
    phone_growth = 1.2

    preset = traitlets.Enum((*PRESETS, "custom"), "four corners").tag(sync=True)
    points = FewPoints(PRESETS["four corners"]).tag(sync=True)
    labelling = traitlets.Int(6, min=1, max=16).tag(sync=True)

    @property
    def labels(self) -> torch.Tensor:
        """All labellings, float64 ``(2 ** n, n)``."""
        return labellings(len(self.points))

    @property
    def lines(self) -> list[torch.Tensor | None]:
        """The line of each labelling as w1, w2 and b; None where there is none."""
        points = torch.tensor(self.points, dtype=torch.float64)
        return [separator(points, labels) for labels in self.labels]

    @property
    def count(self) -> int:
        """How many labellings a line separates."""
        return sum(line is not None for line in self.lines)
