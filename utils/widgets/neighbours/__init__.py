"""Nearest neighbours: the regions that k votes cut out of a plane."""

import torch
import traitlets

from utils.widgets.kit.base import Pair
from utils.widgets.kit.point_presets import PresetPoints

SIDE = 100  # coordinates are whole numbers from 0 to SIDE, so that equal distances are equal
MOST = 48  # points on the plane
CLASSES = ("A", "B", "C")
Point = tuple[int, int, int]

# One example each: x, y and class.
PRESETS: dict[str, tuple[Point, ...]] = {
    "island": (
        *((45, 44, 0), (16, 43, 0), (41, 25, 0), (36, 46, 0), (19, 54, 0), (30, 46, 0)),
        *((14, 66, 0), (23, 43, 0), (37, 13, 0), (44, 66, 0), (30, 26, 0), (9, 50, 0)),
        *((26, 64, 0), (19, 87, 0), (97, 51, 1), (73, 48, 1), (66, 47, 1), (81, 47, 1)),
        *((72, 29, 1), (69, 39, 1), (85, 55, 1), (55, 52, 1), (88, 49, 1), (79, 66, 1)),
        *((60, 44, 1), (77, 39, 1), (53, 58, 1), (29, 54, 1)),
    ),
    "three classes": (
        *((30, 31, 0), (15, 43, 0), (24, 28, 0), (50, 13, 0), (25, 50, 0), (51, 26, 0)),
        *((13, 56, 0), (21, 7, 0), (12, 31, 0), (7, 19, 0), (79, 45, 1), (70, 39, 1)),
        *((62, 38, 1), (71, 17, 1), (87, 46, 1), (58, 14, 1), (76, 12, 1), (63, 47, 1)),
        *((78, 21, 1), (50, 34, 1), (50, 74, 2), (57, 79, 2), (47, 59, 2), (48, 51, 2)),
        *((31, 68, 2), (86, 56, 2), (57, 66, 2), (40, 94, 2), (62, 55, 2), (60, 86, 2)),
    ),
    "checkerboard": tuple(
        (10 + 16 * column, 10 + 16 * row, (row + column) % 2)
        for row in range(6)
        for column in range(6)
    ),
}


class Points(traitlets.TraitType):
    """At most ``MOST`` triples (x, y, class) of integers: nested sequences, an array, a tensor."""

    def validate(self, obj: object, value: object) -> tuple[Point, ...]:
        """Return ``value`` as a tuple of triples, or raise a TraitError that gives the bounds."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.full((1, 1), torch.nan)
        if table.shape == (0,):
            return ()
        bounds = torch.tensor([SIDE, SIDE, len(CLASSES) - 1])
        # A comparison with NaN is false, so NaN is refused as well.
        if (
            table.ndim != 2
            or table.shape[1] != 3
            or len(table) > MOST
            or not ((table == table.round()) & (table >= 0) & (table <= bounds)).all()
        ):
            raise traitlets.TraitError(
                f"{self.name} must be at most {MOST} triples (x, y, class) of integers, with x "
                f"and y from 0 to {SIDE} and a class from 0 to {len(CLASSES) - 1}, got {value!r}"
            )
        return tuple(map(tuple, table.long().tolist()))


class Neighbours(PresetPoints):
    """Which class do the k nearest points give to every place of a plane?

    A preset fills ``points``; points of one's own turn ``preset`` into ``"custom"``. Given
    together, the points have the last word. Of points that are equally far, the one that comes
    first in ``points`` is taken; of classes with equally many votes, the one with the lowest
    number wins. With fewer than ``k`` points, all of them vote.

    Attributes:
        points: triples (x, y, class); x and y are integers from 0 to 100, a class is 0, 1 or 2
            and shown as A, B or C.
        preset: one of ``PRESETS``, or ``"custom"``.
        k: how many neighbours vote, from 1 to 15.
        distance: ``"L2"``, straight, or ``"L1"``, along the axes.
        query: the place that asks, a pair of integers from 0 to 100.
        leave_out: whether a training point is kept from voting on itself.
        new_class: the class of the next point that is added.

    >>> demo = Neighbours(points=[[0, 0, 1], [10, 0, 0], [0, 12, 0]], query=(1, 0), k=1)
    >>> demo.prediction, demo.votes.tolist()
    (1, [0, 1, 0])
    >>> demo.k = 3
    >>> demo.prediction, demo.votes.tolist()
    (0, [2, 1, 0])
    """

    module = "neighbours/view"
    summary = (
        "Coloured points vote on every place of a plane; the regions, the neighbours of one "
        "query and their votes follow k, the distance and the points."
    )
    named = PRESETS
    heights = (655, 715)

    points = Points(PRESETS["island"]).tag(sync=True)
    preset = traitlets.Enum((*PRESETS, "custom"), "island").tag(sync=True)
    k = traitlets.Int(3, min=1, max=15).tag(sync=True)
    distance = traitlets.Enum(("L2", "L1"), "L2").tag(sync=True)
    query = Pair((35, 58), min=0, max=SIDE)
    leave_out = traitlets.Bool(False).tag(sync=True)
    new_class = traitlets.Int(0, min=0, max=len(CLASSES) - 1).tag(sync=True)

    def distances(self, places: torch.Tensor) -> torch.Tensor:
        """Return the distances of places ``(n, 2)`` from all points, float64 ``(n, points)``."""
        return torch.cdist(places.double(), self._table()[:, :2].double(), p=int(self.distance[1]))

    def predict(self, places: torch.Tensor) -> torch.Tensor:
        """Return the class of every place.

        Args:
            places: coordinates, ``(n, 2)``.

        Returns:
            int64 ``(n,)``; -1 everywhere if there is no point to ask.
        """
        return self._winners(self.distances(places))

    @property
    def neighbours(self) -> torch.Tensor:
        """The indices of the points that vote on the query, the nearest first, int64."""
        distances = self.distances(torch.tensor([self.query]))
        return distances[0].argsort(stable=True)[: self.k]

    @property
    def votes(self) -> torch.Tensor:
        """How many of the neighbours belong to each class, int64 of shape ``(3,)``."""
        return self._table()[self.neighbours, 2].bincount(minlength=len(CLASSES))

    @property
    def prediction(self) -> int | None:
        """The class of the query, or None if there is no point."""
        return self.votes.argmax().item() if self.points else None

    @property
    def training_errors(self) -> int | None:
        """How many points are given another class than their own; None if there is none to ask."""
        table = self._table()
        if len(table) <= self.leave_out:
            return None
        distances = self.distances(table[:, :2])
        if self.leave_out:
            distances.fill_diagonal_(torch.inf)
        predicted = self._winners(distances, most=len(table) - self.leave_out)
        return (predicted != table[:, 2]).sum().item()

    def _table(self) -> torch.Tensor:
        return torch.tensor(self.points, dtype=torch.int64).view(-1, 3)

    def _winners(self, distances: torch.Tensor, most: int = MOST) -> torch.Tensor:
        voters = distances.argsort(dim=1, stable=True)[:, : min(self.k, most)]
        if not voters.shape[1]:
            return torch.full((len(distances),), -1)
        labels = self._table()[:, 2][voters]
        counts = torch.nn.functional.one_hot(labels, len(CLASSES)).sum(dim=1)
        return counts.argmax(dim=1)
