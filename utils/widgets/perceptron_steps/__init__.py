"""Perceptron steps: Rosenblatt's rule, one update after the other."""

import itertools
from typing import NamedTuple

import torch
import traitlets

from utils.widgets.kit.point_presets import PresetPoints

Points = tuple[tuple[float, float, int], ...]

BOUNDS = (3.5, 2.5)  # of a point, across and up
GRID = 0.25  # points lie on multiples of it, so that all sums are exact and weights can come back
MOST_POINTS = 12
MOST_UPDATES = 400
_ONE = 1e-12  # rounding
PRESETS: dict[str, Points] = {
    "narrow gap": (
        *((-0.75, 2.25, 1), (1.0, -2.0, -1), (3.0, 1.25, 1), (-1.5, 1.75, -1), (2.0, 1.25, 1)),
        *((0.25, 0.5, -1), (3.0, -0.5, 1), (0.0, -1.5, -1), (3.5, 0.25, 1), (-2.5, 1.25, -1)),
    ),
    "wide gap": (
        *((2.25, 0.25, 1), (0.5, -2.5, -1), (3.0, 1.0, 1), (1.5, -2.25, -1), (1.25, 1.0, 1)),
        *((-2.0, -1.0, -1), (3.5, 0.5, 1), (-0.75, 0.75, -1), (3.0, 2.25, 1), (-3.0, -0.25, -1)),
    ),
    "XOR": ((-1.5, -1.5, -1), (-1.5, 1.5, 1), (1.5, -1.5, 1), (1.5, 1.5, -1)),
}


class Run(NamedTuple):
    """What the rule does from zero on.

    ``weights`` has w₁, w₂ and b after each update, ``(updates + 1, 3)``; ``used`` the sample of
    each update. The run ends ``settled``, or with a ``cycle``: (first, last) update after which
    weights and place in the data are the same; or, with neither, at ``MOST_UPDATES``.
    """

    weights: torch.Tensor
    used: list[int]
    settled: bool
    cycle: tuple[int, int] | None


class LabelledPoints(traitlets.TraitType):
    """Points (x, y, label), kept as a tuple of triples; labels are -1 and 1."""

    def validate(self, obj: object, value: object) -> Points:
        """Return ``value`` as a tuple of triples, or raise a TraitError that gives the bounds."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        shaped = table.ndim == 2 and 2 <= len(table) <= MOST_POINTS and table.shape[1] == 3
        edges = torch.tensor([*BOUNDS, 1], dtype=torch.float64)
        if (
            not shaped
            or not (table.abs() <= edges).all()  # false for NaN as well
            or not (table[:, 2].abs() == 1).all()
            or (table[:, :2] % GRID).any()
        ):
            raise traitlets.TraitError(
                f"{self.name} must be 2 to {MOST_POINTS} points (x, y, label), x and y multiples "
                f"of {GRID} up to ±{BOUNDS[0]} and ±{BOUNDS[1]}, labels -1 or 1, got {value!r}"
            )
        return tuple((x, y, int(label)) for x, y, label in table.tolist())


class PerceptronSteps(PresetPoints):
    """How does a perceptron learn from its mistakes, and when does it stop making them?

    From weights of zero the rule goes through the points in their order, round and round. A point
    whose label times score is not above 0 is a mistake: its label times (x, y, 1) is added to
    (w₁, w₂, b). A preset fills ``points``; points of one's own turn ``preset`` into ``"custom"``.

    Attributes:
        preset: one of ``PRESETS``, or ``"custom"``.
        points: 2 to 12 triples (x, y, label), x and y on a grid of 0.25, labels -1 and 1.
        updates: how many updates are made, 0 to 400; fewer if no mistake is left.

    >>> demo = PerceptronSteps(preset="XOR")
    >>> demo.run.cycle, demo.run.used, demo.bound
    ((0, 4), [0, 1, 2, 3], None)
    """

    module = "perceptron_steps/view"
    summary = (
        "Points of two classes and a line that turns with each mistake of the perceptron: it "
        "settles where a line separates them, and goes in circles on XOR."
    )
    named = PRESETS
    heights = 611, 695
    growth = 0.486
    phone_growth = 0.37

    preset = traitlets.Enum((*PRESETS, "custom"), "narrow gap").tag(sync=True)
    points = LabelledPoints(PRESETS["narrow gap"]).tag(sync=True)
    updates = traitlets.Int(9, min=0, max=MOST_UPDATES).tag(sync=True)

    @property
    def signed(self) -> torch.Tensor:
        """Label times (x, y, 1) of each point, float64 ``(n, 3)``: what an update adds."""
        table = torch.tensor(self.points, dtype=torch.float64)
        return table[:, 2:] * torch.cat([table[:, :2], torch.ones(len(table), 1)], dim=1)

    @property
    def run(self) -> Run:
        """The whole run, until it settles, repeats itself, or reaches ``MOST_UPDATES``."""
        signed, place = self.signed, 0
        weights, used = [torch.zeros(3, dtype=torch.float64)], []
        seen = {(0.0, 0.0, 0.0, 0): 0}
        while len(used) < MOST_UPDATES:
            order = [(place + turn) % len(signed) for turn in range(len(signed))]
            wrong = [index for index in order if signed[index] @ weights[-1] <= 0]
            if not wrong:
                return Run(torch.stack(weights), used, True, None)
            weights.append(weights[-1] + signed[wrong[0]])
            used.append(wrong[0])
            place = (wrong[0] + 1) % len(signed)
            state = (*weights[-1].tolist(), place)
            if state in seen:
                return Run(torch.stack(weights), used, False, (seen[state], len(used)))
            seen[state] = len(used)
        return Run(torch.stack(weights), used, False, None)

    @property
    def weights(self) -> torch.Tensor:
        """w₁, w₂ and b after ``updates`` updates, float64 ``(3,)``."""
        run = self.run
        last, now = len(run.used), self.updates
        if now <= last:
            return run.weights[now]
        if run.cycle is None:
            return run.weights[last]
        first = run.cycle[0]
        return run.weights[first + (now - first) % (last - first)]

    @property
    def margin(self) -> float:
        """The largest margin ρ of weights with ‖w‖² + b² = 1; not above 0 if no line separates.

        The best weights are at right angles to an affine hull of one, two or three of the rows of
        ``signed``, or point to its place next to 0; all of them are tried.
        """
        signed = self.signed
        candidates = list(signed)
        for one, two in itertools.combinations(signed, 2):
            along = two - one
            if along.any():
                candidates.append(one - (one @ along) / (along @ along) * along)
        for one, two, three in itertools.combinations(signed, 3):
            normal = torch.linalg.cross(two - one, three - one)
            candidates += [normal, -normal]
        directions = [vector / vector.norm() for vector in candidates if vector.norm() > _ONE]
        return (torch.stack(directions) @ signed.T).amin(1).max().item()

    @property
    def bound(self) -> float | None:
        """(r² + 1) / ρ², which the count of updates cannot pass; None if no line separates."""
        margin = self.margin
        if margin < 1e-9:
            return None
        radius = torch.tensor(self.points, dtype=torch.float64)[:, :2].norm(dim=1).max().item()
        return (radius**2 + 1) / margin**2
